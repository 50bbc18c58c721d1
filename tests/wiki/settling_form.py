"""The screen on which two texts are put together, as tests use it: what it shows, what it sends."""

import html
import re
from dataclasses import replace
from typing import Any

from django.test import Client

from mittkoping.accounts.models import User
from tests.faults.forms import form_with
from wiki import operations
from wiki.forms.settling import Choice
from wiki.models import Page
from wiki.views.settling import Conflict

EDIT = "/sidor/skolan/redigera/"
SETTLE = "Spara den sammanfogade texten"
BASE = "Ett stycke här.\n\nTvå stycken här.\n\nTre stycken här.\n"
THEIRS = BASE.replace("Tre stycken här", "Tre stycken där")
MINE = BASE.replace("Tre stycken här", "Tre stycken nu")
KEY = "body-35"  # of the place that both have changed


def send(client: Client, answer: Any, do: str = "settle", **fields: str) -> Any:
    """Press a button on the form of an answer; val="own" and text="…" are about KEY, others by full name."""
    named = {f"{name}-{KEY}" if name in ("val", "text") else name: words for name, words in fields.items()}
    data: dict[str, list[str]] = {"do": [do]}
    for name, words in form_with(answer.text, SETTLE).filled(**named):
        data.setdefault(name, []).append(words)
    return client.post(EDIT, data)


def change(page: Page, by: User, body: str, summary: str = "") -> None:
    """Somebody publishes another text."""
    page.refresh_from_db()
    operations.edit(page, replace(page.content, body=body), base=page.number, summary=summary, by=by)


def conflict(answer: Any) -> Conflict:
    """What an answer is about."""
    assert isinstance(answer.context["conflict"], Conflict)
    return answer.context["conflict"]


def choices(answer: Any) -> dict[str, Choice]:
    """The places of an answer, by key."""
    return {choice.place.key: choice for choice in conflict(answer).choices.choices}


def value(answer: Any, name: str) -> str:
    """What stands in a field of the answer's form, as the browser has it."""
    return next(value for field, value in form_with(answer.text, SETTLE).fields if field == name)


def seen(answer: Any) -> str:
    """What stands on the screen: no tags, single spaces."""
    body = answer.text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", body)))
