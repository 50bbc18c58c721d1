"""Where somebody says that they work: asked at sign-up, waited for, changed, and always in the log."""

import io
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from mittkoping.accounts import operations
from mittkoping.accounts.models import Membership, User
from mittkoping.accounts.people import known_people
from mittkoping.log.models import LogEntry
from mittkoping.municipalities.models import Municipality
from tests.accounts.flows import KIM, link, mails, sign_up
from tests.conftest import signed_in

CONTRIBUTOR = Membership.Role.CONTRIBUTOR
EDITOR = Membership.Role.EDITOR


@pytest.fixture(autouse=True)
def no_limits_used(db: None) -> None:
    """Limits that other tests have used up are no concern of these."""
    cache.clear()


@pytest.fixture
def domains(mittkoping_: Municipality, granneby: Municipality) -> None:
    """The two municipalities with their domains."""
    Municipality.objects.filter(pk=mittkoping_.pk).update(domain="mittkoping.example")
    Municipality.objects.filter(pk=granneby.pk).update(domain="granneby.example")


def logged(user: User) -> list[tuple[str, int | None, dict[str, str]]]:
    """What the log says was done to somebody, oldest first: act, actor, facts."""
    entries = LogEntry.objects.filter(user=user).order_by("pk")
    return [(entry.act, entry.actor_id, entry.facts) for entry in entries]


def sign_up_as_kim(**changes: str) -> User:
    """Make kim's account; the address is not confirmed yet."""
    assert sign_up(Client(), **changes).status_code == 302
    return User.objects.get(email=changes.get("email", KIM))


def test_an_empty_municipality_is_what_the_address_suggests(domains: None) -> None:
    kim = sign_up_as_kim()
    assert kim.membership
    assert (kim.membership.municipality.name, kim.membership.role) == ("Mittköping", "contributor")
    assert (kim.job_title, kim.terms_accepted_at is not None, kim.edits) == ("Rektor", True, False)


def test_another_municipality_than_the_address_suggests_is_accepted(domains: None) -> None:
    kim = sign_up_as_kim(municipality="granneby")
    assert kim.membership
    assert kim.membership.municipality.name == "Granneby"


def test_an_address_elsewhere_suggests_nothing_and_needs_nothing(domains: None) -> None:
    kim = sign_up_as_kim(email="kim@evilmittkoping.example")
    assert kim.membership is None
    operations.verified(kim)
    assert not Membership.objects.waiting().exists()
    assert logged(kim) == [("sign_up", kim.pk, {})]


def test_nobody_waits_or_is_seen_or_is_logged_before_the_address_is_confirmed(
    domains: None, rut: User
) -> None:
    kim = sign_up_as_kim()
    assert not LogEntry.objects.exists()
    assert not Membership.objects.waiting().exists()
    assert kim not in known_people()
    assert "Kim Ny" not in signed_in(rut).get("/granskning/medlemmar/").text
    assert Client().get(f"/konto/profil/{kim.pk}/").status_code == 404
    assert signed_in(rut).get(f"/granskning/medlemmar/{kim.memberships.get().pk}/").status_code == 404

    Client().post(link(mails(KIM)[0]))

    waiting = Membership.objects.waiting().get()
    assert (waiting.user, waiting.municipality.name) == (kim, "Mittköping")
    facts = {"municipality": "9901", "role": "contributor"}
    assert logged(kim) == [("sign_up", kim.pk, {}), ("join", kim.pk, facts)]
    assert kim in known_people()
    assert "Kim Ny" in signed_in(rut).get("/granskning/medlemmar/").text
    assert Client().get(f"/konto/profil/{kim.pk}/").status_code == 200


def test_confirming_an_address_again_asks_nothing_again(domains: None, rut: User) -> None:
    kim = sign_up_as_kim()
    operations.verified(kim)
    asked = kim.memberships.get().asked_at
    operations.decline(kim.memberships.get(), reason="Fel kommun", by=rut)
    operations.verified(User.objects.get(pk=kim.pk))
    assert kim.memberships.get().asked_at == asked
    assert not Membership.objects.waiting().exists()
    assert [act for act, _by, _facts in logged(kim)] == ["sign_up", "join", "decline"]


def test_an_account_by_the_operator_is_known_and_logged_without_an_actor(domains: None) -> None:
    kim = operations.add("kim@x.example", name="Kim", password="en lång mening")
    operations.join(kim, Municipality.objects.get(code="9901"), CONTRIBUTOR)
    operations.join(kim, Municipality.objects.get(code="9902"), EDITOR)
    assert logged(kim) == [
        ("sign_up", None, {}),
        ("join", None, {"municipality": "9901", "role": "contributor"}),
        ("join", None, {"municipality": "9902", "role": "editor"}),
    ]
    assert kim in known_people()
    first, second = kim.memberships.order_by("pk")
    assert first.asked_at is not None
    assert (first.ended_at, second.ended_at) == (second.started_at, None)


def test_a_deactivated_account_or_one_without_a_confirmed_address_is_nobody(eva: User, ada: User) -> None:
    assert {eva, ada} == set(known_people())
    User.objects.filter(pk=ada.pk).update(is_active=False)
    EmailAddress.objects.create(user=eva, email=eva.email, primary=True)
    assert list(known_people()) == []
    # The address that one changes to is not confirmed yet; the one before still is.
    EmailAddress.objects.create(user=eva, email="eva@annat.example", verified=True)
    assert list(known_people()) == [eva]


def test_moving_starts_anew_as_a_contributor_who_waits(eva: User, granneby: Municipality) -> None:
    old = eva.membership
    assert old
    moved = operations.change_profile(eva, name="Eva B", job_title="Rektor", municipality=granneby, by=eva)
    assert moved
    assert eva.membership == moved
    assert (moved.role, moved.asked_at is not None, eva.edits) == ("contributor", True, False)
    old.refresh_from_db()
    assert (old.role, old.ended_at) == ("editor", moved.started_at)
    assert list(Membership.objects.waiting()) == [moved]
    assert logged(eva) == [("join", eva.pk, {"municipality": "9902", "role": "contributor"})]


def test_staying_keeps_what_a_moderator_has_confirmed(eva: User, mittkoping_: Municipality) -> None:
    operations.change_profile(eva, name="Eva B", job_title="", municipality=mittkoping_, by=eva)
    operations.change_profile(eva, name="Eva C", job_title="", municipality=None, by=eva)
    fresh = User.objects.get(pk=eva.pk)
    assert (fresh.name, fresh.edits, fresh.memberships.count()) == ("Eva C", True, 1)
    assert logged(eva) == []


def test_nobody_changes_somebody_else_or_while_blocked(eva: User, bo: User) -> None:
    with pytest.raises(PermissionDenied):
        operations.change_profile(eva, name="X Y", job_title="", municipality=None, by=bo)
    eva.blocked_until = timezone.now() + timedelta(days=1)
    with pytest.raises(PermissionDenied):
        operations.change_profile(eva, name="X Y", job_title="", municipality=None, by=eva)
    assert User.objects.get(pk=eva.pk).name == "Eva Berg"


def test_a_moderator_is_made_and_unmade_at_the_command_line_and_both_are_logged(ada: User) -> None:
    def run(*options: str) -> str:
        out = io.StringIO()
        call_command("make_moderator", ada.email, *options, stdout=out)
        return out.getvalue().strip()

    assert run() == run() == "Ada Lind (ada@mittkoping.example) är moderator."
    assert User.objects.get(pk=ada.pk).is_moderator
    assert run("--remove") == run("--remove") == "Ada Lind (ada@mittkoping.example) är inte moderator."
    assert not User.objects.get(pk=ada.pk).is_appointed
    assert logged(ada) == [("make_moderator", None, {}), ("unmake_moderator", None, {})]
    User.objects.filter(pk=ada.pk).update(is_superuser=True, is_active=False)
    assert run("--remove").splitlines()[1] == (
        "Kontot är fortfarande administratör, med en moderators rättigheter."
    )
