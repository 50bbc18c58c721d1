"""Words that must not be read any more go from drafts too; moderators are told how many, and see none."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mittkoping.accounts.models import User
from mittkoping.text.normalise import normalise
from tests.conftest import MakePage, signed_in
from tests.wiki.drafting import EDIT, keep, sent_from, shown
from tests.wiki.purge_setup import ADDRESS, CANARY, clean, hide, send, tell
from wiki import operations
from wiki.models import Draft, Page
from wiki.operations.finding_words import contains, phrases
from wiki.operations.wiping import count_drafts, wipe, without

MARK = "[borttaget]"


@pytest.fixture
def cleaned(page: Page, eva: User) -> Page:
    """Versions 2 and 3 tell of somebody; version 4, the newest, of nobody."""
    return clean(tell(page, eva), eva)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Rektorn Zebulon Kvist slutar.", f"Rektorn {MARK} slutar."),
        ("ZEBULON  kvist, och zebulon\nKvist.", f"{MARK}, och {MARK}."),
        ("Zebu\u00adlon\u200b Kvi\u200dst!", f"{MARK}!"),
        ("”Zebulon \u200b Kvist”", f"”{MARK}”"),
        ("Zebulon Kvists hus", f"{MARK}s hus"),
        ("Zebulon. Kvist", "Zebulon. Kvist"),
        ("Ingen alls", "Ingen alls"),
        ("", ""),
    ],
)
def test_words_are_replaced_however_they_are_written(text: str, left: str) -> None:
    assert without(text, phrases(CANARY)) == left


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("På Straße 7 bor", "strasse 7", f"På {MARK} bor"),
        ("Åsa A\u030asa ÅSA", "åsa", f"{MARK} {MARK} {MARK}"),
        ("İpek Ek", "i̇pek ek", MARK),
        ("anna banan", "anna, nan", f"{MARK} ba{MARK}"),
        ("Anna-Karin", "anna, anna-karin", MARK),
        ("borttaget", "t", MARK),
    ],
)
def test_folding_is_undone_where_letters_change(text: str, words: str, left: str) -> None:
    assert without(normalise(text), phrases(words)) == left


@given(
    st.text(alphabet="aåAÅ ßsS\u00ad\u200b\u030aéE\u0301\n.x", max_size=40),
    st.text(alphabet="aåAÅ ßs\u030aée\u0301x", min_size=1, max_size=4),
)
def test_nothing_of_the_words_is_ever_left_and_the_rest_is(text: str, words: str) -> None:
    text, wanted = normalise(text), phrases(words)
    left = without(text, wanted)
    assert left == MARK or not contains(left, wanted)
    if not contains(text, wanted):
        assert left == text
    elif left != MARK:
        pieces = left.split(MARK)
        assert text.startswith(pieces[0])
        assert text.endswith(pieces[-1])


def test_drafts_of_the_page_lose_the_words_and_only_these(
    cleaned: Page, make_page: MakePage, eva: User, bo: User, rut: User
) -> None:
    more: dict[str, Any] = {"tags-0-note": f"Sa {CANARY}", "text-body-1": f"Av {CANARY}.", "summary": CANARY}
    told = keep(
        cleaned,
        by=eva,
        base=3,
        title=f"Om {CANARY}",
        body=f"Före.\n\n{CANARY.upper()} efter.",
        **more,
    )
    thrown_away = keep(cleaned, by=bo, base=3, body=f"Bos {CANARY}.")
    operations.delete_draft(thrown_away, by=bo)
    harmless = keep(cleaned, by=bo, base=4, body="Zebulon. Kvist.")
    elsewhere = keep(make_page("Omsorgen"), by=eva, body=f"Om {CANARY}.")
    send(rut, f"?ord={CANARY}")
    told.refresh_from_db()
    assert told.title == f"Om {MARK}"
    assert told.fields | {"base": ["3"]} == {
        "title": [f"Om {MARK}"],
        "body": [f"Före.\n\n{MARK} efter."],
        "base": ["3"],
        "summary": [MARK],
        "tags-0-note": [f"Sa {MARK}"],
        "text-body-1": [f"Av {MARK}."],
    }
    texts = [Draft.objects.get(pk=draft.pk).fields["body"] for draft in (thrown_away, harmless, elsewhere)]
    assert texts == [[f"Bos {MARK}."], ["Zebulon. Kvist."], [f"Om {CANARY}."]]


def test_the_moderator_is_told_how_many_and_nothing_of_them(cleaned: Page, eva: User, rut: User) -> None:
    keep(cleaned, by=eva, body=f"Hemligt om {CANARY}.", title="Evas titel")
    keep(cleaned, by=eva, body="Något annat hemligt.")
    text = signed_in(rut).get(f"{ADDRESS}?ord={CANARY}").text
    assert "Orden står i ett utkast av sidan, som bara den som skriver det kan läsa." in text
    assert ("Hemligt" in text, "hemligt" in text, "Evas titel" in text) == (False, False, False)
    assert "Orden står i utkast" not in signed_in(rut).get(f"{ADDRESS}?ord=Ingenalls").text
    assert "Orden står i utkast" not in signed_in(rut).get(ADDRESS).text
    assert (count_drafts(cleaned, CANARY), count_drafts(cleaned, "")) == (1, 0)


def test_a_purge_by_number_leaves_the_words_and_says_that_the_base_is_hidden(
    cleaned: Page, eva: User, rut: User
) -> None:
    draft = keep(cleaned, by=eva, base=3, body=f"Mitt om {CANARY}.")
    hide(cleaned, [2, 3], by=rut)
    draft.refresh_from_db()
    assert CANARY in draft.fields["body"][0]
    assert "utgår från version 3, som är dold" in shown(eva, draft.get_absolute_url()).text


def test_a_purged_draft_is_opened_compared_and_saved(cleaned: Page, eva: User, rut: User) -> None:
    draft = keep(cleaned, by=eva, base=3, body=f"{CANARY} kom.\n\nMera text.")
    send(rut, f"?ord={CANARY}")
    answer = shown(eva, draft.form_url)
    form = sent_from(answer.context["form"])
    assert form["body"] == f"{MARK} kom.\n\nMera text."
    assert shown(eva, draft.get_absolute_url()).context["reading"].comparison
    saved = signed_in(eva).post(EDIT, form | {"body": "Mera text.", "base": "4", "first_base": ""})
    assert saved.status_code == 302


def test_a_purge_that_fails_leaves_drafts_alone(
    cleaned: Page, eva: User, rut: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_more: Any) -> None:
        raise RuntimeError

    draft = keep(cleaned, by=eva, body=f"Om {CANARY}.")
    monkeypatch.setattr("wiki.operations.purging.contains", fail)
    with pytest.raises(RuntimeError):
        hide(cleaned, [2, 3], words=CANARY, by=rut)
    draft.refresh_from_db()
    assert draft.fields["body"] == [f"Om {CANARY}."]


def test_nothing_is_wiped_without_words(cleaned: Page, eva: User) -> None:
    draft = keep(cleaned, by=eva, body="Om allt.")
    wipe(cleaned, " , ")
    draft.refresh_from_db()
    assert draft.fields["body"] == ["Om allt."]
