"""Whether a passage is so elsewhere too: one answer for each municipality, changeable and counted."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import Membership, User
from mittkoping.log.models import LogEntry
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage, signed_in
from tests.conftest import tag as make_tag
from wiki import operations, rules
from wiki.experiences import answers_to, tallies, why_no_answer
from wiki.models import Experience, FactorTag, Page
from wiki.passages import choose

pytestmark = pytest.mark.usefixtures("catalogue")

KEY = "5c0d1f4e-0000-4000-8000-000000000001"
BASE = "/sidor/skolan/markning/5c0d1f4e-0000-4000-8000-000000000001/"
ANSWER = f"{BASE}svar/"


@pytest.fixture
def tag(make_page: MakePage, eva: User) -> FactorTag:
    """A tag on words, which counts for Mittköping."""
    page = make_page(body="Batterierna dog i kylan.")
    passage = choose(page, 1, 0, len("Batterierna dog"))
    operations.tag_passage(
        page, make_tag(KEY, direction="hindering", author=eva.pk, passage=passage), base=1, by=eva
    )
    return FactorTag.objects.select_related("page").get()


@pytest.fixture
def moa(malmo: Municipality) -> User:
    """An editor of a real municipality."""
    user = User.objects.create_user("moa@malmo.example", "x", name="Moa Åberg")
    Membership.objects.create(user=user, municipality=malmo, role=Membership.Role.EDITOR)
    return user


def said(tag: FactorTag, user: Any = None) -> list[tuple[str, bool, str]]:
    """What somebody reads: municipality, whether it applies, the line."""
    shown = answers_to(tag, user).shown
    return [(row.municipality.name, row.applies, row.line) for row in shown]


def test_a_municipality_answers_once_and_may_change_its_answer(tag: FactorTag, bo: User) -> None:
    operations.answer_passage(tag, applies=True, line="Samma här.", by=bo)
    operations.answer_passage(tag, applies=False, line="Inte längre.", by=bo)
    assert said(tag, bo) == [("Granneby", False, "Inte längre.")]
    with pytest.raises(operations.NothingChanged):
        operations.answer_passage(tag, applies=False, line="Inte längre.", by=bo)
    assert operations.take_back_answer(tag, by=bo) is True
    assert operations.take_back_answer(tag, by=bo) is False
    assert said(tag, bo) == []


def test_real_municipalities_are_counted_and_invented_ones_apart(tag: FactorTag, bo: User, moa: User) -> None:
    operations.answer_passage(tag, applies=True, line="", by=bo)
    operations.answer_passage(tag, applies=True, line="Också.", by=moa)
    tally = answers_to(tag, bo).tally
    assert (tally.yes, tally.no, tally.fictional_yes, tally.fictional_no, tally.of) == (1, 0, 1, 0, 1)
    of_key = tallies([UUID(KEY)])[UUID(KEY)]
    assert (of_key.yes, of_key.fictional_yes) == (1, 0)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("eva", "Märkningen är er egen."),
        (
            "ada",
            "Bara den som en moderator har bekräftat arbetar i en kommun svarar för den. Ingen har bekräftat",
        ),
        ("rut", "svarar för den. Du hör inte till någon kommun."),
    ],
)
def test_only_confirmed_members_of_other_municipalities_answer(
    request: pytest.FixtureRequest, tag: FactorTag, name: str, sentence: str
) -> None:
    user = request.getfixturevalue(name)
    with pytest.raises(PermissionDenied, match=sentence):
        operations.answer_passage(tag, applies=True, line="", by=user)
    assert not Experience.objects.exists()
    # The page says the same before one has tried.
    html = signed_in(user).get(ANSWER).text
    assert sentence in html
    assert "Spara svaret" not in html


def test_who_is_blocked_is_told_that(tag: FactorTag, bo: User) -> None:
    client = signed_in(bo)
    assert "Spara svaret" in client.get(ANSWER).text
    User.objects.filter(pk=bo.pk).update(blocked_until=timezone.now() + timedelta(days=1))
    html = client.get(ANSWER).text
    assert "Ditt konto är blockerat, så du kan inte svara." in html
    assert "Spara svaret" not in html


def test_why_one_may_not_answer_agrees_with_the_rule(
    tag: FactorTag, ada: User, bo: User, eva: User, rut: User, moa: User
) -> None:
    for user in (AnonymousUser(), ada, bo, eva, rut, moa):
        assert rules.may_answer(user, tag) is not bool(why_no_answer(user, tag))


def test_who_has_had_their_answer_hidden_reads_why_and_has_no_form(
    tag: FactorTag, bo: User, rut: User, eva: User
) -> None:
    row = operations.answer_passage(tag, applies=True, line="Fult.", by=bo)
    operations.hide_answer(row, reason="Angrepp på en person.", by=rut)
    html = signed_in(bo).get(ANSWER).text
    assert "En moderator har dolt er kommuns svar: Angrepp på en person." in html
    assert "Spara svaret" not in html
    # Nobody else reads it.
    assert "Angrepp på en person." not in signed_in(eva).get(ANSWER).text
    operations.show_answer(row, by=rut)
    assert "Spara svaret" in signed_in(bo).get(ANSWER).text


def test_a_moderator_hides_an_answer_with_a_reason_and_shows_it_again(
    tag: FactorTag, bo: User, rut: User
) -> None:
    row = operations.answer_passage(tag, applies=True, line="Fult.", by=bo)
    with pytest.raises(operations.ReasonMissing):
        operations.hide_answer(row, reason=" ", by=rut)
    assert operations.hide_answer(row, reason="Angrepp på en person.", by=rut) is True
    assert operations.hide_answer(row, reason="Igen.", by=rut) is False
    assert said(tag, bo) == []
    assert said(tag, rut) == [("Granneby", True, "Fult.")]
    assert answers_to(tag, rut).tally.is_empty
    with pytest.raises(operations.AnswerHidden, match="Angrepp på en person"):
        operations.answer_passage(tag, applies=True, line="Nytt.", by=bo)
    assert operations.show_answer(row, by=rut) is True
    assert said(tag, bo) == [("Granneby", True, "Fult.")]
    acts = list(LogEntry.objects.order_by("pk").values_list("act", "reason"))[-2:]
    assert acts == [("hide_experience", "Angrepp på en person."), ("show_experience", "")]


def test_nobody_else_hides(tag: FactorTag, bo: User, eva: User) -> None:
    row = operations.answer_passage(tag, applies=True, line="", by=bo)
    with pytest.raises(PermissionDenied):
        operations.hide_answer(row, reason="Fel.", by=eva)


def test_answers_stay_when_the_tag_goes_and_comes_back(tag: FactorTag, bo: User, eva: User) -> None:
    operations.answer_passage(tag, applies=True, line="Samma.", by=bo)
    operations.untag(tag.page, KEY, base=2, by=eva)
    operations.revert(tag.page, 2, base=3, by=eva)
    again = FactorTag.objects.select_related("page").get()
    assert said(again, bo) == [("Granneby", True, "Samma.")]


def test_the_form_saves_and_leads_back(tag: FactorTag, bo: User) -> None:
    client = signed_in(bo)
    html = client.get(ANSWER).text
    assert "”Batterierna dog”" in html
    assert "Du svarar för Granneby." in html
    answer = client.post(ANSWER, {"do": "answer", "applies": "ja", "line": "Vi bytte batterier."})
    assert (answer.status_code, answer["Location"]) == (302, BASE)
    assert said(tag, bo) == [("Granneby", True, "Vi bytte batterier.")]
    assert 'value="Vi bytte batterier."' in client.get(ANSWER).text
    client.post(ANSWER, {"do": "take_back"})
    assert said(tag, bo) == []


def test_a_bad_answer_comes_back_with_what_was_typed(tag: FactorTag, bo: User) -> None:
    client = signed_in(bo)
    html = client.post(ANSWER, {"line": "Utan val."}).text
    assert "Välj om det gäller er eller inte." in html
    assert 'value="Utan val."' in html
    html = client.post(ANSWER, {"applies": "ja", "line": "å" * 201}).text
    assert "Raden är 201 tecken lång. Gränsen är 200." in html
    assert f'value="{"å" * 201}"' in html
    html = client.post(ANSWER, {"applies": "ja", "line": "Ring 19811218-9876."}).text
    assert "Raden innehåller ett personnummer" in html
    assert not Experience.objects.exists()


def test_a_refused_answer_hands_the_line_back(tag: FactorTag, eva: User) -> None:
    answer = signed_in(eva).post(ANSWER, {"applies": "ja", "line": "Vår egen rad."})
    assert answer.status_code == 403
    assert "Märkningen är er egen." in answer.text
    assert "Vår egen rad." in answer.text


def test_hiding_is_for_moderators(tag: FactorTag, bo: User, rut: User) -> None:
    row = operations.answer_passage(tag, applies=True, line="Fult.", by=bo)
    address = f"{ANSWER}{row.pk}/dolj/"
    assert signed_in(bo).get(address).status_code == 403
    client = signed_in(rut)
    assert "Fult." in client.get(address).text
    assert "Skriv ett skäl" in client.post(address, {"do": "hide", "reason": ""}).text
    assert client.post(address, {"do": "hide", "reason": "Fel ton."})["Location"] == BASE
    assert said(tag, bo) == []
    client.post(address, {"do": "show"})
    assert said(tag, bo) == [("Granneby", True, "Fult.")]


def test_without_signing_in_one_is_led_there(tag: FactorTag, client: Client) -> None:
    assert client.get(ANSWER)["Location"].startswith("/konto/login/")


def test_a_tag_that_is_not_there_is_not_answered(page: Page, bo: User) -> None:
    assert signed_in(bo).get(ANSWER).status_code == 404
