"""The screens of discussions."""

import pytest
from playwright.sync_api import Page

from tests.browser.screens.screen import ADA, BO, EVA, PAGE, RUT, Prepare, Screen, page, person, press
from tests.wiki.telling import answer, say
from wiki import operations
from wiki.models import Comment, Topic

TALK = f"{PAGE}diskussion/"


def silence(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has talked about the page."""
    Comment.objects.filter(topic__page=page()).delete()
    Topic.objects.filter(page=page()).delete()


def talk(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Bo and Ada have talked about the page: one topic is resolved, one answer hidden. Keys, by name."""
    silence(monkeypatch)
    ada, bo, rut = person(ADA), person(BO), person(RUT)
    resolved = say(page(), by=bo, title="Rubriken", body="Kan den bli kortare?")
    operations.resolve(resolved.topic, by=bo)
    first = say(page(), by=bo, title="Hur många var ni?", body="## Siffror\n\n- tolv\n- *elva*")
    own = answer(first, by=ada, body="> - tolv\n\n@Bo Ek, vi var elva, se [[Vad LEDA var]].")
    hidden = answer(first, by=bo, body="Den som frågar är dum.")
    operations.hide_comment(hidden, reason="Personangrepp.", by=rut)
    return {
        "topic": first.topic.pk,
        "resolved": resolved.topic.pk,
        "first": first.pk,
        "own": own.pk,
        "hidden": hidden.pk,
    }


def about(name: str) -> Prepare:
    """They have talked, and one key of that stands in the address."""
    return lambda monkeypatch: talk(monkeypatch)[name]


def quote(tab: Page) -> None:
    """Answer with what somebody has said."""
    tab.get_by_role("link", name="Citera").first.click()


TALKING = [
    Screen("discussion without topics", TALK, ".empty", prepare=silence),
    Screen("discussion", TALK, ".topic-row", prepare=talk),
    Screen("topic", f"{TALK}{{}}/", ".comment__hidden", prepare=about("topic")),
]
ANSWERING = [
    Screen("discussion with a passage", f"{TALK}?citat=Ord", "#id_comment", by=ADA, prepare=talk),
    Screen("topic without a title", TALK, "#fel", by=ADA, act=press("Skapa ämnet")),
    Screen("resolved topic", f"{TALK}{{}}/", "#id_comment", by=EVA, prepare=about("resolved")),
    Screen("topic with a quotation", f"{TALK}{{}}/", "#id_comment", ADA, act=quote, prepare=about("topic")),
    Screen("topic of a moderator", f"{TALK}{{}}/", ".comment__tools", by=RUT, prepare=about("topic")),
    Screen("own comment", f"{TALK}inlagg/{{}}/redigera/", "#id_comment", by=ADA, prepare=about("own")),
    Screen("comment to hide", f"{TALK}inlagg/{{}}/dolj/", "#id_reason", by=RUT, prepare=about("first")),
    Screen("comment to show", f"{TALK}inlagg/{{}}/dolj/", "#id_reason", by=RUT, prepare=about("hidden")),
]
