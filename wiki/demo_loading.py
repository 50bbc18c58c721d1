"""The demo: invented municipalities, accounts that everybody knows, and pages with a history."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import Membership, User, email_key
from mittkoping.accounts.operations import add, join, make_moderator
from mittkoping.municipalities.loading import load_fictional
from mittkoping.municipalities.models import Municipality
from mittkoping.text.normalise import normalise_line
from wiki import operations
from wiki.content import MAX_SUMMARY
from wiki.models import Page
from wiki.operations.links import draw_all_stale
from wiki.transfer.catalogue import Catalogue
from wiki.transfer.contents import ContentBuilder
from wiki.transfer.document import Document, Entry
from wiki.transfer.files import read_text
from wiki.transfer.front_matter import read
from wiki.transfer.problems import Problem, Unreadable
from wiki.validation import too_long

PAGES = Path(__file__).parent / "demo" / "pages"
PASSWORD = "mittkoping-demo"  # noqa: S105 - everybody knows it; the sign-in refuses it outside demo mode
EDITOR = Membership.Role.EDITOR
CONTRIBUTOR = Membership.Role.CONTRIBUTOR
NOW = datetime.max.replace(tzinfo=UTC)  # after every time that a file can say


@dataclass(frozen=True)
class Account:
    """A demo account; moderators and administrators belong to no municipality."""

    email: str
    name: str
    municipality: str = ""
    role: Membership.Role = EDITOR
    is_moderator: bool = False
    is_superuser: bool = False


ACCOUNTS = (
    Account("ada@mittkoping.example", "Ada Lind", "Mittköping", CONTRIBUTOR),
    Account("eva@mittkoping.example", "Eva Berg", "Mittköping"),
    Account("bo@granneby.example", "Bo Ek", "Granneby"),
    Account("siv@storhamn.example", "Siv Hammar", "Storhamn"),
    Account("lena@lillsjo.example", "Lena Strand", "Lillsjö"),
    Account("nils@norras.example", "Nils Åström", "Norrås"),
    Account("sara@soderby.example", "Sara Öberg", "Söderby"),
    Account("rut@skl.example", "Rut Alm", is_moderator=True),
    Account("admin@skl.example", "Driftansvarig", is_superuser=True),
)


class DemoRefused(Exception):
    """The demo cannot be loaded here; the sentence says why."""


@dataclass(frozen=True)
class Loaded:
    """What was added; nothing when it was all there."""

    accounts: int
    pages: int
    versions: int


@transaction.atomic  # all or nothing: a demo that stopped half-way would count as loaded
def load(*, editors: int = 0) -> Loaded:
    """Load what is missing of the demo; may be repeated. Pages are only added to a wiki without any.

    editors   how many accounts for load tests there shall be

    Raises DemoRefused.
    """
    if not settings.DEMO:
        raise DemoRefused(_("Demokontonas lösenord är kända, så de läggs bara in när DEMO=1 är satt."))
    load_fictional()
    accounts = sum(_add_account(account) for account in (*ACCOUNTS, *_test_editors(editors)))
    if Page.objects.exists():
        return Loaded(accounts, 0, 0)
    versions = _Loader(PAGES).load()
    draw_all_stale()
    return Loaded(accounts, Page.objects.count(), versions)


def _test_editors(count: int) -> list[Account]:
    numbers = range(1, count + 1)
    return [Account(f"editor{n}@mittkoping.example", f"Redaktör {n}", "Mittköping") for n in numbers]


def _add_account(account: Account) -> bool:
    """Add an account unless there is one; whether it was added."""
    if User.objects.filter(email=email_key(account.email)).exists():
        return False
    user = add(account.email, name=account.name, password=PASSWORD, is_demo=True)
    if account.municipality:
        join(user, Municipality.objects.get(name=account.municipality), account.role)
    if account.is_moderator:
        make_moderator(user)
    if account.is_superuser:
        User.objects.filter(pk=user.pk).update(is_superuser=True)
    return True


@dataclass(frozen=True)
class _Version:
    """One file, `<slug>/<number>.md`, and when it is said to have been saved; None is now."""

    path: Path
    document: Document
    at: datetime | None

    @property
    def order(self) -> tuple[datetime, str, str]:
        """By time; those without come last: every page's first, then every page's second …"""
        return self.at or NOW, self.path.stem, self.path.parent.name


class _Loader:
    """Saves versions one after the other, each by its own author at its own time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalogue = Catalogue()
        self.authors = {user.email: user for user in User.objects.all()}

    def load(self) -> int:
        """Save every version of the folder; how many. Raises DemoRefused, with file and line."""
        versions = sorted(map(self._read, self.folder.glob("*/*.md")), key=lambda version: version.order)
        for version in versions:
            try:
                problems = self._save(version)
            except (operations.DuplicateTitle, operations.NothingChanged) as error:
                problems = [Problem(0, str(error))]
            self._check(version.path, problems)
        return len(versions)

    def _check(self, path: Path, problems: list[Problem]) -> None:
        if problems:
            name = str(path.relative_to(self.folder))
            raise DemoRefused("\n".join(problem.at(name) for problem in problems))

    def _read(self, path: Path) -> _Version:
        try:
            document = read(read_text(path, inside=self.folder))
            return _Version(path, document, _time(document.date))
        except Unreadable as error:
            self._check(path, [error.problem])
            raise

    def _save(self, version: _Version) -> list[Problem]:
        document = version.document
        author = self.authors.get(email_key(document.author.text))
        if author is None:
            return [Problem(document.author.line, _("Författaren (author) är inget av demokontona."))]
        summary = normalise_line(document.summary.text)
        if len(summary) > MAX_SUMMARY:
            sentence = too_long(_("Sammanfattningen"), len(summary), MAX_SUMMARY)
            return [Problem(document.summary.line, sentence)]
        slug = version.path.parent.name
        page = Page.objects.filter(slug=slug).first()
        before = page.content.tags if page else ()
        builder = ContentBuilder(document, self.catalogue, before=before, author=author.pk)
        if builder.problems:
            return builder.problems
        if page is None:
            operations.create(builder.content, by=author, summary=summary, slug=slug, at=version.at)
        else:
            operations.edit(
                page,
                builder.content,
                base=page.number,
                summary=summary,
                minor=document.is_minor,
                at=version.at,
                by=author,
            )
        return []


def _time(entry: Entry) -> datetime | None:
    """A local time as text; None when there is none. Raises Unreadable."""
    if not entry.text:
        return None
    try:
        return timezone.make_aware(datetime.fromisoformat(entry.text))
    except ValueError as error:
        sentence = _("Tiden (date) ska skrivas utan tidszon, som 2026-03-17T09:42.")
        raise Unreadable(sentence, entry.line) from error
