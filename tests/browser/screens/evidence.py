"""The screens of passages: tagged, looked over, and answered by other municipalities."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page as Tab

from tests.browser.screens.screen import BO, EVA, RUT, Screen, person, press
from tests.conftest import published, tag
from wiki import operations
from wiki.content import Content
from wiki.models import Experience, FactorTag, Page
from wiki.passages import choose

PAGE = "/sidor/larplattformen-som-skulle-passa-alla/"
# Two tags that have a key in the demo: one points at words that are there, the other's words are gone.
TAG = f"{PAGE}markning/8f49db1b-e6e7-5574-9bf2-ffcef0190d61/"
GONE = f"{PAGE}markning/d510a22a-4421-5281-ac77-6f814b161f2c/"
KEY = "5c0d1f4e-0000-4000-8000-000000000009"
WORDS = "Ingen hade mandat att stänga av faxen i källaren"
OWN = f"/sidor/faxen-i-kallaren/markning/{KEY}/"


def tag_words(_monkeypatch: pytest.MonkeyPatch) -> FactorTag:
    """Eva has tagged words on a page of their own."""
    eva = person(EVA)
    content = Content(title="Faxen i källaren", body=f"{WORDS} i två år.")
    made = published(operations.create(content, by=eva)).page
    passage = choose(made, 1, 0, len(WORDS))
    says = tag(KEY, factor="tillit", direction="hindering", author=eva.pk, passage=passage, tried="Ett möte.")
    operations.tag_passage(made, says, base=1, by=eva)
    return FactorTag.objects.select_related("page").get(key=KEY)


def rewrite_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the words are others by now."""
    found = Page.objects.get(pk=tag_words(monkeypatch).page_id)
    content = replace(found.content, body="Ingen hade mandat att byta ut datorn på vinden i två år.")
    operations.edit(found, content, base=found.number, by=person(EVA))


def answer_it(monkeypatch: pytest.MonkeyPatch) -> int:
    """Bo has answered for Granneby."""
    made = tag_words(monkeypatch)
    return operations.answer_passage(made, applies=True, line="Vår står i ett skåp.", by=person(BO)).pk


def hide_it(monkeypatch: pytest.MonkeyPatch) -> int:
    """Rut has hidden the answer."""
    answer = Experience.objects.get(pk=answer_it(monkeypatch))
    operations.hide_answer(answer, reason="Namnger en kollega.", by=person(RUT))
    return answer.pk


def remove_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eva has taken the tag away."""
    made = tag_words(monkeypatch)
    operations.untag(made.page, KEY, base=2, by=person(EVA))


def save_nothing(tab: Tab) -> None:
    """Send the form as it is."""
    tab.locator("main form button[type=submit]").last.click()


PASSAGES = [
    Screen("page with passages", PAGE, ".passages"),
    Screen("version with passages", f"{PAGE}version/4/", ".passages"),
    Screen("tag", TAG, ".chosen-words"),
    Screen("tag whose words are gone", GONE, "h1"),
    Screen("tag that was removed", OWN, "h1", prepare=remove_it),
]
TAGGING = [
    Screen("tag whose words are gone, of an editor", GONE, "#se-over", EVA),
    Screen("tag that needs a look", OWN, "#se-over", EVA, prepare=rewrite_it),
    Screen("choose a paragraph", f"{PAGE}markera/", ".paragraph-choice", EVA),
    Screen("words that are not there", f"{PAGE}markera/?start=1", ".error-summary", EVA),
    Screen("tag words", f"{PAGE}markera/?version=4&start=20&end=60", ".factor-picker", EVA),
    Screen(
        "tag words with mistakes", f"{PAGE}markera/?version=7&start=20&end=60", "#fel", EVA, act=save_nothing
    ),
    Screen("answer", f"{TAG}svar/", "#id_line", EVA),
    Screen("answer with mistakes", f"{TAG}svar/", "#fel", EVA, act=press("Spara svaret")),
    Screen("answers", OWN, ".answers__answer", RUT, prepare=answer_it),
    Screen("hide an answer", f"{OWN}svar/{{}}/dolj/", "#id_reason", RUT, prepare=answer_it),
    Screen("show an answer again", f"{OWN}svar/{{}}/dolj/", "text=Svaret är dolt", RUT, prepare=hide_it),
]
