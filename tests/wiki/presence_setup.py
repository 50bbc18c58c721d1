"""Opening a page for writing, and what one then sees of the others."""

import re

from django.test import Client

from mittkoping.accounts.models import User
from wiki import operations
from wiki.models import Page, Presence

PING = "/sidor/skolan/narvaro/"
TOGETHER = "Ni kan skriva samtidigt: det ni sparar sätts ihop."


def come(page: Page, by: User, tab: str = "ett", *, is_hidden: bool = False) -> None:
    """Open the page for writing, or say that one is still there."""
    operations.keep_presence(page, tab=tab, is_hidden=is_hidden, by=by)


def beside(page: Page, user: User) -> list[str]:
    """The names of the others."""
    return [other.name for other in Presence.objects.others(page, user)]


def said(client: Client, **fields: object) -> list[str]:
    """The lines that a ping is answered with, as they are read."""
    answer = client.post(PING, {"tab": "tva", "base": "1", **fields})
    assert answer.status_code == 200
    lines = re.findall(r"(?s)<p [^>]*data-key=[^>]*>(.*?)</p>", answer.text)
    texts = [re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", line)).strip() for line in lines]
    return [text for text in texts if text]
