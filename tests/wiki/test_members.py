"""Moderators see who says that they work where, and answer."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import Membership, User
from mittkoping.log.models import LogEntry
from mittkoping.municipalities.models import Municipality
from tests.conftest import form_of, make_moderator, signed_in
from wiki.models import Edit, Notification, Page, Proposal
from wiki.operations import members

LIST = "/granskning/medlemmar/"
DEEDS = ("confirm", "unconfirm", "decline")


@pytest.fixture
def waiting(ada: User) -> Membership:
    """Ada has asked to be confirmed."""
    membership = ada.memberships.get()
    membership.asked_at = timezone.now() - timedelta(days=1)
    membership.save()
    return membership


def address(membership: Membership) -> str:
    """The page of one membership."""
    return f"{LIST}{membership.pk}/"


def test_one_press_makes_a_contributor_an_editor(waiting: Membership, rut: User) -> None:
    answer = signed_in(rut).post(address(waiting), {"do": "confirm"})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    ended, active = waiting.user.memberships.order_by("pk")
    assert (ended.pk, ended.role, ended.ended_at) == (waiting.pk, "contributor", active.started_at)
    assert (active.role, active.asked_at, active.answered_at) == (
        "editor",
        waiting.asked_at,
        active.started_at,
    )
    assert User.objects.get(pk=waiting.user_id).edits
    assert not Membership.objects.waiting().exists()
    entry = LogEntry.objects.get()
    assert (entry.act, entry.actor, entry.user, entry.target, entry.reason) == (
        "confirm",
        rut,
        waiting.user,
        active,
        "",
    )
    assert entry.facts == {"municipality": "9901", "role": "editor"}
    notification = Notification.objects.get()
    assert (notification.user, notification.kind, notification.outcome) == (
        waiting.user,
        "membership",
        "confirm",
    )


def test_a_confirmation_is_taken_back_with_a_reason(eva: User, rut: User) -> None:
    browser = signed_in(rut)
    answer = browser.post(address(eva.memberships.get()), {"do": "unconfirm", "reason": " Har  slutat. "})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert "Eva Berg är bidragsgivare igen. Det gäller från och med nu." in browser.get(LIST).text
    active = eva.memberships.active().get()
    assert (active.role, active.municipality.name, active.answered_at) == (
        "contributor",
        "Mittköping",
        active.started_at,
    )
    assert not Membership.objects.waiting().exists()
    assert LogEntry.objects.values_list("act", "reason").get() == ("unconfirm", "Har slutat.")
    assert "Har slutat." in signed_in(eva).get("/konto/").text
    assert "En moderator har tagit tillbaka din bekräftelse." in signed_in(eva).get("/konto/").text


def test_not_now_leaves_a_contributor_who_can_be_confirmed_later(waiting: Membership, rut: User) -> None:
    browser = signed_in(rut)
    browser.post(address(waiting), {"do": "decline", "reason": "Vi känner inte igen dig än."})
    waiting.refresh_from_db()
    assert (waiting.role, waiting.ended_at, waiting.answered_at is not None) == ("contributor", None, True)
    assert not Membership.objects.waiting().exists()
    assert LogEntry.objects.values_list("act", "reason").get() == ("decline", "Vi känner inte igen dig än.")
    own = signed_in(waiting.user).get("/konto/").text
    assert "En moderator har svarat ”inte nu”." in own
    assert "Vi känner inte igen dig än." in own
    again = browser.post(address(waiting), {"do": "decline", "reason": "En gång till"})
    assert again.status_code == 409
    browser.post(address(waiting), {"do": "confirm"})
    assert User.objects.get(pk=waiting.user_id).edits


def test_what_is_taken_away_is_gone_in_an_open_session(page: Page, eva: User, rut: User) -> None:
    browser = signed_in(eva)
    browser.post("/sidor/skolan/redigera/", form_of(page, body="Före"))
    assert Edit.objects.filter(page=page, number=2).exists()
    signed_in(rut).post(address(eva.memberships.get()), {"do": "unconfirm", "reason": "Har slutat."})
    page.refresh_from_db()
    browser.post("/sidor/skolan/redigera/", form_of(page, body="Efter"))
    assert not Edit.objects.filter(page=page, number=3).exists()
    assert Proposal.objects.get().body.strip() == "Efter"


def test_what_is_given_is_there_in_an_open_session(page: Page, waiting: Membership, rut: User) -> None:
    browser = signed_in(waiting.user)
    assert not browser.get("/konto/").context["user"].edits
    signed_in(rut).post(address(waiting), {"do": "confirm"})
    browser.post("/sidor/skolan/redigera/", form_of(page, body="Av en redaktör"))
    assert Edit.objects.get(page=page, number=2).author == waiting.user


def test_a_moderator_who_is_one_no_more_is_refused_in_the_same_session(
    waiting: Membership, rut: User
) -> None:
    browser = signed_in(rut)
    assert browser.get(LIST).status_code == 200
    User.objects.filter(pk=rut.pk).update(is_moderator=False)
    answer = browser.post(address(waiting), {"do": "decline", "reason": "Något jag skrev"})
    assert answer.status_code == 403
    assert "Bara moderatorer" in answer.text
    assert "Något jag skrev</textarea>" in answer.text
    assert browser.get(LIST).status_code == 403


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("reason", ["", " \t\u200b ", "x" * 301])
def test_a_reason_is_needed_and_short(
    eva: User, waiting: Membership, rut: User, deed: str, reason: str
) -> None:
    membership = eva.memberships.get() if deed == "unconfirm" else waiting
    answer = signed_in(rut).post(address(membership), {"do": deed, "reason": reason})
    if deed == "confirm":
        assert answer.status_code == 302
        return
    sentence = (
        "Skälet är 301 tecken lång. Gränsen är 300."
        if reason.startswith("x")
        else "Skriv ett skäl. Medlemmen får läsa det, och det står i loggen."
    )
    assert answer.status_code == 200
    assert sentence in answer.text
    assert not LogEntry.objects.exists()
    if reason.startswith("x"):
        assert f'value="{reason}"' in answer.text


def test_of_two_moderators_at_once_the_second_is_told(waiting: Membership, rut: User) -> None:
    other = make_moderator("per@skl.example", "Per Ås")
    signed_in(rut).post(address(waiting), {"do": "confirm"})
    for data in ({"do": "confirm"}, {"do": "decline", "reason": "Mitt skäl"}):
        answer = signed_in(other).post(address(waiting), data)
        assert answer.status_code == 409
        assert "Det har redan ändrats. Se efter vad som gäller nu." in answer.text
        assert f'href="{address(waiting.user.memberships.active().get())}"' in answer.text
    assert LogEntry.objects.count() == 1
    assert waiting.user.memberships.count() == 2


def test_a_conflict_hands_the_reason_back(eva: User, rut: User) -> None:
    membership = eva.memberships.get()
    answer = signed_in(rut).post(address(membership), {"do": "decline", "reason": "Mitt långa skäl"})
    assert answer.status_code == 409
    assert 'value="Mitt långa skäl"' in answer.text


@pytest.mark.parametrize("do", ["", "x", "delete"])
def test_an_unknown_deed_does_nothing(waiting: Membership, rut: User, do: str) -> None:
    answer = signed_in(rut).post(address(waiting), {"do": do})
    assert answer.status_code == 200
    assert "Välj vad du vill göra." in answer.text
    assert not LogEntry.objects.exists()


def test_nobody_answers_their_own_question(rut: User, mittkoping_: Municipality) -> None:
    own = Membership.objects.create(user=rut, municipality=mittkoping_, asked_at=timezone.now())
    browser = signed_in(rut)
    for data in ({"do": "confirm"}, {"do": "decline", "reason": "Jag"}):
        answer = browser.post(address(own), data)
        assert answer.status_code == 403
        assert "Du kan inte svara på din egen fråga. Be en annan moderator." in answer.text
    assert "Det här är du. En annan moderator svarar." in browser.get(address(own)).text
    assert 'value="confirm"' not in browser.get(LIST).text
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("who", ["anonymous", "ada", "eva", "blocked", "no second factor"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_moderators_see_and_answer(
    request: pytest.FixtureRequest, waiting: Membership, eva: User, who: str, method: str
) -> None:
    client = Client()
    if who in {"ada", "eva"}:
        client = signed_in(request.getfixturevalue(who))
    elif who == "blocked":
        eva.blocked_until = timezone.now() + timedelta(days=1)
        eva.save()
        client = signed_in(eva)
    elif who != "anonymous":
        plain = User.objects.create_user("per@skl.example", "x", name="Per", is_moderator=True)
        client = signed_in(plain)
    paths = [address(waiting)] if method == "post" else [LIST, address(waiting)]
    for path in paths:
        answer = getattr(client, method)(path, {"do": "confirm"})
        expected = {("anonymous", "get"): 302}.get((who, method), 403)
        assert (path, answer.status_code) == (path, expected)
        assert "Ada Lind" not in answer.text or who == "ada"
    assert not LogEntry.objects.exists()
    waiting.refresh_from_db()
    assert waiting.ended_at is None


def test_the_operations_refuse_whom_the_rules_refuse(waiting: Membership, eva: User) -> None:
    for by in (eva, waiting.user):
        with pytest.raises(PermissionDenied):
            members.confirm(waiting, by=by)
        with pytest.raises(PermissionDenied):
            members.decline(waiting, reason="x", by=by)
        with pytest.raises(PermissionDenied):
            members.unconfirm(eva.memberships.get(), reason="x", by=by)
    with pytest.raises(members.MemberReasonMissing):
        members.decline(waiting, reason=" ", by=make_moderator("per@skl.example", "Per"))


def test_ids_that_lead_nowhere_are_404(rut: User) -> None:
    for number in ("0", "1", "999999999", "9999999999999999999999", "x"):
        assert signed_in(rut).get(f"{LIST}{number}/").status_code == 404
        assert signed_in(rut).post(f"{LIST}{number}/", {"do": "confirm"}).status_code == 404


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("/granskning/?sida=2", "/granskning/?sida=2"),
        ("/granskning/medlemmar/?q=a&kommun=malmo", "/granskning/medlemmar/?q=a&kommun=malmo"),
        ("", LIST),
        ("https://evil.example/", LIST),
        ("//evil.example/", LIST),
        ("/\\evil.example/", LIST),
        ("/\t/evil.example/", LIST),
        ("javascript:alert(1)", LIST),
        ("granskning/", LIST),
        ("https://[", LIST),
        ("/a\r\nSet-Cookie: x=1", "/a%0D%0ASet-Cookie:%20x=1"),
    ],
)
def test_the_button_leads_back_to_where_it_was_but_never_off_the_site(
    waiting: Membership, rut: User, came_from: str, leads_to: str
) -> None:
    answer = signed_in(rut).post(address(waiting), {"do": "confirm", "next": came_from})
    assert (answer.status_code, answer["Location"]) == (302, leads_to)
    assert User.objects.get(pk=waiting.user_id).edits


def test_an_ended_membership_leads_to_the_one_that_holds(waiting: Membership, rut: User) -> None:
    browser = signed_in(rut)
    browser.post(address(waiting), {"do": "confirm"})
    text = browser.get(address(waiting)).text
    active = waiting.user.memberships.active().get()
    assert "Medlemskapet i Mittköping är avslutat." in text
    assert f'href="{address(active)}"' in text
    assert 'name="do"' not in text
    shown = browser.get(address(active)).text
    assert f'<a class="person__name" href="/konto/profil/{rut.pk}/">Rut Alm</a>' in shown
    assert "<p>Bekräftade en redaktör</p>" in shown
    assert "Redaktör för Mittköping." in shown


def test_a_name_is_escaped_wherever_it_stands(waiting: Membership, rut: User) -> None:
    User.objects.filter(pk=waiting.user_id).update(name="<b>Ada</b>", job_title="{{7*7}}<i>")
    for path in (LIST, address(waiting)):
        text = signed_in(rut).get(path).text
        assert "&lt;b&gt;Ada&lt;/b&gt;" in text
        assert "{{7*7}}&lt;i&gt;" in text
        assert "<b>Ada" not in text
