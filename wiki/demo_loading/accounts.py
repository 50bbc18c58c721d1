"""Accounts that everybody knows, and one of somebody who has just signed up."""

from dataclasses import dataclass
from functools import partial

from django.utils import timezone

from mittkoping.accounts.models import Membership, User, email_key
from mittkoping.accounts.operations import add, join, make_moderator
from mittkoping.municipalities.models import Municipality
from wiki.demo_loading.files import as_time
from wiki.demo_loading.steps import Step
from wiki.models import NotificationSettings

PASSWORD = "mittkoping-demo"  # noqa: S105 - everybody knows it; the sign-in refuses it outside demo mode
EDITOR = Membership.Role.EDITOR
CONTRIBUTOR = Membership.Role.CONTRIBUTOR
START = "2026-01-08T09:00"


@dataclass(frozen=True)
class Account:
    """A demo account; moderators and administrators belong to no municipality.

    since             when it is said to have been made; empty is now
    has_signed_up     its owner made it, and waits to be confirmed; others were added by the operator
    """

    email: str
    name: str
    municipality: str = ""
    role: Membership.Role = EDITOR
    job_title: str = ""
    since: str = START
    is_moderator: bool = False
    is_superuser: bool = False
    has_signed_up: bool = False

    @property
    def step(self) -> Step:
        """Make it."""
        return Step(as_time(self.since) if self.since else None, f"0 {self.email}", partial(_add, self))


ACCOUNTS = (
    Account("eva@mittkoping.example", "Eva Berg", "Mittköping", job_title="Verksamhetsutvecklare"),
    Account("bo@granneby.example", "Bo Ek", "Granneby", job_title="Enhetschef, äldreomsorgen"),
    Account("siv@storhamn.example", "Siv Hammar", "Storhamn", job_title="It-strateg"),
    Account("lena@lillsjo.example", "Lena Strand", "Lillsjö", job_title="Lärare, årskurs 4–6"),
    Account("nils@norras.example", "Nils Åström", "Norrås", job_title="Utvecklingssamordnare"),
    Account("sara@soderby.example", "Sara Öberg", "Söderby", job_title="Undersköterska"),
    Account("rut@skl.example", "Rut Alm", is_moderator=True),
    Account("admin@skl.example", "Driftansvarig", is_superuser=True),
    Account(
        "ada@mittkoping.example",
        "Ada Lind",
        "Mittköping",
        CONTRIBUTOR,
        job_title="Timvikarie i hemtjänsten",
        since="2026-05-18T08:30",
        has_signed_up=True,
    ),
    Account(
        "tor@granneby.example",
        "Tor Vik",
        "Granneby",
        CONTRIBUTOR,
        job_title="It-samordnare, skolan",
        since="2026-11-19T10:20",
        has_signed_up=True,
    ),
)


def missing_accounts(editors: int) -> list[Account]:
    """Those that there are not yet; `editors` is how many there shall be for load tests."""
    known = set(User.objects.values_list("email", flat=True))
    accounts = (*ACCOUNTS, *_test_editors(editors))
    return [account for account in accounts if email_key(account.email) not in known]


def _test_editors(count: int) -> list[Account]:
    return [
        Account(f"editor{number}@mittkoping.example", f"Redaktör {number}", "Mittköping", since="")
        for number in range(1, count + 1)
    ]


def _add(account: Account) -> None:
    user = add(account.email, name=account.name, password=PASSWORD, is_demo=True)
    accepted_at = timezone.now() if account.has_signed_up else None
    User.objects.filter(pk=user.pk).update(
        job_title=account.job_title, is_superuser=account.is_superuser, terms_accepted_at=accepted_at
    )
    if account.municipality:
        by = user if account.has_signed_up else None
        join(user, Municipality.objects.get(name=account.municipality), account.role, by=by)
    if account.is_moderator:
        make_moderator(user)
    # Nobody is told by mail of what is said to have happened long ago.
    NotificationSettings.objects.create(user=user, mail=NotificationSettings.Mail.NONE)
