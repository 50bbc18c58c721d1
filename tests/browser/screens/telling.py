"""The screens of what one watches and is told."""

import pytest

from tests.browser.screens.review import decided
from tests.browser.screens.screen import ADA, EVA, Screen, page, person, press
from tests.browser.screens.talking import talk
from tests.wiki.telling import change
from wiki.models import Notification, Page, Watch
from wiki.notices.unsubscribing import DIGEST, token
from wiki.operations.watching import watch


def forget_all(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Eva watches nothing, and has been told nothing."""
    Watch.objects.all().delete()
    Notification.objects.all().delete()


def watch_much(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Eva watches one of each kind."""
    eva = person(EVA)
    watch(page(), by=eva)
    watch(page().municipalities.all()[0], by=eva)
    watch(page().factor_tags.select_related("factor")[0].factor, by=eva)
    watch(Page.Track.HEALTH, by=eva)


def be_told_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ada has a proposal decided, somebody mentions her, and a page that she watches is changed."""
    decided(monkeypatch)
    watch(page(), by=person(ADA))
    change(page(), by=person(EVA))
    talk(monkeypatch)


def link_in_a_mail(_monkeypatch: pytest.MonkeyPatch) -> str:
    """What the link at the end of a mail holds."""
    return token(person(EVA), DIGEST)


UNSUBSCRIBING = [
    Screen("unsubscribe", "/konto/avsluta/{}/", "main form", prepare=link_in_a_mail),
    Screen(
        "unsubscribed",
        "/konto/avsluta/{}/",
        "text=Nu slutar mejlen",
        act=press("Sluta skicka"),
        prepare=link_in_a_mail,
    ),
]
TELLING = [
    Screen("watches", "/konto/bevakningar/", ".watches__row", EVA, prepare=watch_much),
    Screen("no watches", "/konto/bevakningar/", ".empty", EVA, prepare=forget_all),
    Screen("notifications", "/konto/aviseringar/", ".notification--new", ADA, prepare=be_told_much),
    Screen("no notifications", "/konto/aviseringar/", ".empty", EVA, prepare=forget_all),
    Screen("what comes by mail", "/konto/aviseringar/installningar/", "main form", EVA),
]
