"""The review screen as tests use it: its address, what it shows, what it sends."""

import html
import re
from dataclasses import replace
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mittkoping.accounts.models import User
from wiki import operations
from wiki.models import Page, Proposal

BODY = "Vi började i liten skala.\n\nSedan växte det.\n\nTill sist var alla med.\n"
# The keys of its passages.
FIRST, SECOND, THIRD = "body-0", "body-27", "body-45"
WORDS = "Det här har jag skrivit länge på."


def url(proposal: Proposal, part: str = "") -> str:
    """The address of a proposal, or of one of its parts."""
    return f"/granskning/forslag/{proposal.pk}/{part}"


def seen(markup: str) -> str:
    """What stands on a screen: no tags, single spaces."""
    body = markup.partition("<main")[2].partition("</main>")[0]
    text = re.sub(r"(?s)<(dialog|svg|textarea)\b.*?</\1>", " ", body)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", text)))


def read(client: Client, proposal: Proposal, query: str = "") -> str:
    """What the address of the proposal shows."""
    answer = client.get(url(proposal) + query)
    assert answer.status_code == 200
    assert '<meta name="robots" content="noindex">' in answer.text
    return seen(answer.text)


def count_queries(client: Client, address: str) -> int:
    """How many queries an address takes when nothing is cached."""
    cache.clear()
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def move_on(page: Page, by: User, body: str) -> None:
    """Somebody publishes another text."""
    page.refresh_from_db()
    operations.edit(page, replace(page.content, body=body), base=page.number, by=by)


def change(page: Page, by: User, old: str, new: str) -> None:
    """Somebody publishes a change of a few words."""
    page.refresh_from_db()
    move_on(page, by, page.body.replace(old, new))


def rewrite(proposal: Proposal, ada: User, old: str, new: str) -> None:
    """Ada changes her proposal."""
    proposal.refresh_from_db()
    content = replace(proposal.content, body=proposal.body.replace(old, new))
    operations.revise(proposal, content, revision=proposal.revision, base=proposal.base, by=ada)


def send(client: Client, proposal: Proposal, *ticked: str, **fields: Any) -> Any:
    """Press a button of the review screen of a proposal that nobody has changed; do="accept" unless given."""
    sent = {"do": "accept", "revision": "1", "number": "1", **{f"andring-{key}": "on" for key in ticked}}
    names = {name.replace("__", "-"): value for name, value in fields.items()}
    return client.post(f"/granskning/forslag/{proposal.pk}/beslut/", sent | names)


def field(answer: Any, name: str) -> str:
    """What stands in a text field of the answer."""
    found = re.search(rf'<textarea[^>]*\bname="{name}"[^>]*>\n?(.*?)</textarea>', answer.text, re.DOTALL)
    assert found, name
    return html.unescape(found[1])


def ticked(answer: Any) -> set[str]:
    """The keys of the ticked changes of the answer."""
    boxes = re.findall(r'<input[^>]*name="andring-([^"]+)"[^>]*>', answer.text)
    return {key for key in boxes if re.search(rf'name="andring-{re.escape(key)}"[^>]* checked', answer.text)}
