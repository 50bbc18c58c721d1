"""The screens that say no."""

from datetime import timedelta

import pytest
from django.core.exceptions import BadRequest

from tests.browser.screens.screen import EVA, PAGE, Prepare, Screen, page, person, press
from tests.wiki.telling import change
from wiki.operations import limits
from wiki.views import browse


def make_the_list_fail(error: Exception) -> Prepare:
    """The list of pages raises."""

    def fail(*_arguments: object) -> None:
        raise error

    return lambda monkeypatch: monkeypatch.setattr(browse, "Facets", fail)


def lower_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form of 2 kB is too large."""
    monkeypatch.setattr("django.conf.settings.DATA_UPLOAD_MAX_MEMORY_SIZE", 2000)


def save_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eva has saved as often as one may in a while."""
    for _number in range(2):
        change(page(), by=person(EVA))
    monkeypatch.setattr(limits, "_is_exempt", lambda user: False)
    monkeypatch.setattr(limits, "SAVES", ((timedelta(minutes=10), 2),))


REFUSALS = [
    Screen("403", f"{PAGE}arkivera/", ".error-page", by=EVA, status=403),
    Screen(
        "413",
        f"{PAGE}redigera/",
        "text=Det blev för mycket på en gång",
        by=EVA,
        status=413,
        act=press("Spara ändringen"),
        prepare=lower_the_limit,
    ),
    Screen("429 of a form", f"{PAGE}redigera/", "#fel", EVA, 429, press("Spara ändringen"), save_enough),
    Screen(
        "429",
        f"{PAGE}version/3/",
        ".error-page",
        EVA,
        429,
        press("Återställ"),
        save_enough,
        leads_to="wiki:revert",
    ),
    Screen("400", "/sidor/", ".error-page", status=400, prepare=make_the_list_fail(BadRequest("x"))),
    Screen("500", "/sidor/", ".error-page__code", status=500, prepare=make_the_list_fail(ValueError("x"))),
]
