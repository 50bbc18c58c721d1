"""The screens on which moderators keep order, and their log."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page as Tab

from tests.browser.screens.people import block, key_of
from tests.browser.screens.reading import hide_a_version
from tests.browser.screens.screen import ADA, EVA, PAGE, RUT, Screen, page, person, press
from tests.browser.screens.writing import protected
from tests.wiki.telling import change, propose
from wiki.models import Page
from wiki.operations.blocking import answer_appeal, appeal

ROLL_BACK = "/konto/profil/{}/rulla-tillbaka/"


def appealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eva is blocked, has asked why, was answered, and asks again."""
    block(monkeypatch)
    asked = appeal("Det var ingen reklam.", by=person(EVA))
    answer_appeal(asked, grant=False, reason="Länkarna ledde till en butik.", by=person(RUT))
    appeal("Butiken är borta nu.\n\nFår jag skriva igen?", by=person(EVA))


def write_much(_monkeypatch: pytest.MonkeyPatch) -> int:
    """Eva has changed two pages, one of which somebody else has changed since, and Ada has proposed one."""
    eva, other = person(EVA), Page.objects.get(slug="vad-leda-var")
    for each in (page(), other):
        change(each, by=eva, body=f"{each.body}\n\nKöp hos oss.\n")
    change(other, by=person("bo@granneby.example"), lead="Bos ingress.")
    return eva.pk


def look_since_yesterday(tab: Tab) -> None:
    """See what there is to roll back."""
    since = timezone.localtime() - timedelta(days=1)
    tab.locator("#id_sedan").fill(f"{since:%Y-%m-%dT%H:%M}")
    press("Visa ändringarna")(tab)


def take_it_back(tab: Tab) -> None:
    """Roll back what is ticked."""
    look_since_yesterday(tab)
    tab.locator("#id_reason").fill("Reklam.")
    press("Rulla tillbaka det förbockade")(tab)


def propose_something(_monkeypatch: pytest.MonkeyPatch) -> int:
    """Ada waits for an answer."""
    propose(page(), by=person(ADA), lead="En ny ingress.")
    return person(ADA).pk


LOG = [
    Screen("log", "/logg/", ".log-row", prepare=hide_a_version),
    Screen("log, nothing fits", "/logg/?om=finns-inte", ".empty"),
]
ORDER = [
    Screen("protect", f"{PAGE}skydda/", "#id_reason", by=RUT),
    Screen("protect without a reason", f"{PAGE}skydda/", "#fel", by=RUT, act=press("Ändra skyddet")),
    Screen(
        "protected already",
        f"{PAGE}skydda/",
        ".protection",
        by=RUT,
        prepare=lambda monkeypatch: protected(Page.Protection.REVIEWED),
    ),
    Screen("purge", f"{PAGE}version/7/dolj/?ord=signering", ".purge__row", by=RUT),
    Screen("purge without a reason", f"{PAGE}version/3/dolj/", "#fel", RUT, act=press("Dölj det förbockade")),
    Screen("block", "/konto/profil/{}/stang-av/", "#id_reason", RUT, prepare=key_of(EVA)),
    Screen(
        "block without a reason",
        "/konto/profil/{}/stang-av/",
        "#fel",
        RUT,
        act=press("Stäng av kontot"),
        prepare=key_of(EVA),
    ),
    Screen("blocked already", "/konto/profil/{}/stang-av/", "#slapp-in", RUT, prepare=block),
    Screen("roll back", ROLL_BACK, "#id_sedan", RUT, prepare=key_of(EVA)),
    Screen("roll back pages", ROLL_BACK, "main fieldset", RUT, 200, look_since_yesterday, write_much),
    Screen("roll back proposals", ROLL_BACK, "#forslag", RUT, 200, look_since_yesterday, propose_something),
    Screen("rolled back", ROLL_BACK, ".outcome", RUT, 200, take_it_back, write_much),
    Screen("appeal", "/konto/overklaga/", "#id_comment", EVA, prepare=block),
    Screen("appeal that waits", "/konto/overklaga/", ".appeal", EVA, prepare=appealed),
    Screen("appeals", "/granskning/overklaganden/", ".appeal", RUT, prepare=appealed),
    Screen("no appeals", "/granskning/overklaganden/", ".empty", RUT),
    Screen(
        "appeal without an answer",
        "/granskning/overklaganden/",
        "[aria-invalid=true]",
        RUT,
        act=press("Låt avstängningen stå fast"),
        prepare=appealed,
    ),
]
