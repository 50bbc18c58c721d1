"""Titles that nobody would think of: each makes a page that works, or is refused with a sentence."""

import html
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from mittkoping.text.links import Target, target_of
from mittkoping.text.normalise import normalise_line
from tests.text.corpora import load_titles
from wiki.models import Page

TYPED = "Det här har någon skrivit i en timme.\n"

# One or more of each class; CORPORA has hundreds.
TITLES = [
    "",
    "   ",
    "\u200b\u202e\ufeff",
    "\u3164",
    "\x00",
    "\ud83d",
    "/",
    "..",
    "....//",
    "%2e%2e%2f",
    "../../etc/passwd",
    "x" * 120,
    "x" * 121,
    "å" * 120,
    "ﷺ" * 120,
    "Z" + "\u0351\u036b\u0343\u036a\u0302" * 23,
    "Räksmörgås",
    "Ra\u0308ksmo\u0308rga\u030as",
    "RÄKSMÖRGÅS ",
    "Raksmorgas",
    "\u202eskola\u202c",
    "sko\u200bla",
    "Skolа (kyrilliskt a)",
    "Straße",
    "İstanbul",
    "ﬁler",
    "مدرسة",
    "学校",
    "👩‍👩‍👧",
    "🦆",
    "ny",
    "Ny",
    "skolan.md",
    "redigera",
    "a\tb\nc",
    "100 % digitalt",
    "50 %",
    "a?b=c#d",
    "a&amp;b",
    "R&D",
    "'; DROP TABLE wiki_page; --",
    "{{7*7}}{% debug %}",
    "<b>fet</b>",
    '"onmouseover="alert(1)',
    "[[Skolan]]",
    "a|b",
    "*stjärna* och `kod`",
    "under_streck_",
    "back\\slash",
    "faktor:skola",
    "kommun:Malmö",
    "Faktor: vad är det?",
    "^1",
    "www.lurad.example",
    "https://lurad.example/",
    "javascript:alert(1)",
    "CON",
    "null",
    "0",
    "-1",
    "1e400",
    "½ dag",
    "a a a",
    "ett två tre fyra fem sex sju åtta nio tio elva tolv",
]

# Within [[…]] these end the link, start another, or are Markdown's own; the address can be linked instead.
NOT_IN_LINKS = frozenset("[]|`\\")


@dataclass(frozen=True)
class Sent:
    """A title that was sent, and what the form answered."""

    title: str
    answer: Any
    page: Page | None


REASONS = (
    "Skriv en titel.",
    "Titeln behöver minst en bokstav eller siffra.",
    "tecken lång. Gränsen är 120.",
    "Det finns redan en sida som heter",
)

SOME = 6  # of the titles that make a page, every so many-th is also found and saved once more
ALL_TITLES = list(dict.fromkeys([*TITLES, *load_titles()]))
CHUNKS = [ALL_TITLES[at : at + 250] for at in range(0, len(ALL_TITLES), 250)]


def send(client: Client, title: str) -> Sent:
    """Ask for a page of this title."""
    # A browser sends a question mark or U+FFFD instead of half a character.
    as_sent = title.encode("utf-8", "replace").decode()
    answer = client.post("/sidor/ny/", {"title": as_sent, "body": TYPED, "lead": "Ingress."})
    made = answer.status_code == 302
    slug = unquote(answer["Location"]).removeprefix("/sidor/").removesuffix("/") if made else ""
    return Sent(as_sent, answer, Page.objects.get(slug=slug) if made else None)


def listed(client: Client) -> set[str]:
    """The addresses on all pages of the list."""
    found: set[str] = set()
    number = 1
    while True:
        shown = client.get("/sidor/", {"sida": number}).context["pages"]
        found |= {page.get_absolute_url() for page in shown}
        if not shown.has_next():
            return found
        number += 1


def assert_made_or_refused(each: Sent) -> None:
    """A page under an address of plain letters, or a sentence at the title, and everything typed is there."""
    if each.page:
        assert each.page.title == normalise_line(each.title)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each.page.slug)
        return
    assert each.answer.status_code == 200
    form = each.answer.context["form"]
    assert set(form.errors) == {"title"}
    [sentence] = form.errors["title"]
    assert any(reason in sentence for reason in REASONS), (each.title, sentence)
    assert html.escape(sentence) in each.answer.text
    assert TYPED in each.answer.text
    assert form["title"].value() == each.title
    assert form["lead"].value() == "Ingress."


def assert_edited(client: Client, page: Page) -> None:
    """The form gives back the title as it is, and saves under it."""
    address = f"{page.get_absolute_url()}redigera/"
    form = client.get(address).context["form"]
    fields = {name: form[name].value() for name in ("title", "lead", "base")}
    assert client.post(address, fields | {"body": "Nytt."}).status_code == 302
    page.refresh_from_db()
    assert (page.number, page.body, page.title) == (2, "Nytt.", fields["title"])


def assert_read_and_found(client: Client, page: Page, addresses: set[str]) -> None:
    """The page opens, is in the list, and is found by its title."""
    answer = client.get(page.get_absolute_url())
    assert answer.status_code == 200
    assert html.escape(page.title) in answer.text
    assert page.get_absolute_url() in addresses
    hits = client.get("/sok/", {"q": page.title}).context["hits"]
    assert page in hits.paginator.object_list, page.title


def assert_linked(client: Client, made: list[Page]) -> int:
    """[[title]] leads to the page, wherever the syntax lets the title be written; how many were."""
    linkable = [
        page
        for page in made
        if target_of(page.title) == Target("page", page.title)
        and not NOT_IN_LINKS & set(page.title)
        and page.title[0] != "^"
    ]
    body = "".join(f"- [[{page.title}]]\n" for page in linkable)
    answer = client.post("/sidor/ny/", {"title": "Alla länkar", "body": body}, follow=True)
    for page in linkable:
        assert f'href="{page.get_absolute_url()}"' in answer.text, (page.title, page.slug)
    return len(linkable)


@pytest.mark.parametrize("titles", CHUNKS, ids=range(len(CHUNKS)))
def test_every_title_makes_a_page_that_works_or_is_refused(as_eva: Client, titles: list[str]) -> None:
    reader = Client()
    sent = [send(as_eva, title) for title in titles]
    for each in sent:
        assert_made_or_refused(each)
    made = [each.page for each in sent if each.page]
    addresses = listed(reader)
    for page in made:
        assert reader.get(page.get_absolute_url()).status_code == 200
    for page in [page for page in made if page.title in TITLES] + made[::SOME]:
        assert_read_and_found(reader, page, addresses)
    for page in made[::SOME]:
        assert_edited(as_eva, page)
    linked = assert_linked(as_eva, made)
    assert len(titles) / 2 < len(made) < len(titles)
    assert linked > len(made) / 5
