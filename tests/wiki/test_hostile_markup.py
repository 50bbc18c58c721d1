"""Markup that would run or deceive: wherever somebody may write, it comes out as text."""

from collections import Counter
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.text.names import title_key
from mittkoping.text.normalise import normalise, normalise_line
from tests.conftest import MakePage, form_of, published, signed_in, tag
from tests.text import corpora, hostile
from tests.text.walls import TAGS, faults
from tests.wiki.bulk import add_pages, add_versions
from tests.wiki.seen import Seen
from wiki import operations
from wiki.content import MAX_LEAD, MAX_NOTE, MAX_SUMMARY, MAX_TITLE, Content
from wiki.validation import title_problems

OWN = [
    *hostile.XSS,
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</template><script>alert(1)</script>",
    "'\"><script>alert(1)</script>",
    '" autofocus onfocus="alert(1)',
    "' onmouseover='alert(1)",
    "x onerror=alert(1)",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    '\\"><script>alert(1)</script>',
    "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "<scr\u00adipt>alert(1)</scr\u00adipt>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{{7*7}}",
    "{% debug %}",
    "{{ request.user.password }}{% include 'base.html' %}",
    "${7*7}#{7*7}<%= 7*7 %>",
]
VECTORS = list(dict.fromkeys([*OWN, *corpora.xss()]))
# Templates do not look at what they escape: of the large set, some are enough for every screen.
SOME = [part for part in (OWN[::2], OWN[1::2], corpora.xss()[::40]) if part]
TOGETHER = 40  # vectors in the text of one page
COMPARING = {"jamfor/1/2/", "jamfor/2/3/", "conflict"}

# What the text of a page, the list of its headings and a comparison may have more or fewer of.
OF_TEXT = TAGS | {"nav", "details", "summary", "ins", "del", "section"}


def seen(answer: Any, status: int = 200, without: str = "") -> Seen:
    """Read an answer, which must have the status and hold nothing that runs; `without` is left out of it."""
    assert answer.status_code == status
    assert without in answer.text
    page = Seen(answer.text.replace(without, ""))
    assert page.faults == []
    return page


def only(elements: Counter[str], left_out: set[str]) -> dict[str, int]:
    """The elements but for these."""
    return {tag: count for tag, count in elements.items() if tag not in left_out}


def all_pages(client: Client, address: str, name: str, **query: str) -> Counter[str]:
    """The elements of a list, over all its pages."""
    elements: Counter[str] = Counter()
    number = 1
    while True:
        answer = client.get(address, {**query, "sida": str(number)})
        elements += seen(answer).elements
        if not answer.context[name].has_next():
            return elements
        number += 1


def harmless(vectors: list[str]) -> list[str]:
    """As many texts of no danger."""
    return [f"Ofarlig text {at}" for at in range(len(vectors))]


def titled(vectors: list[str]) -> list[str]:
    """Those that may be titles, each once."""
    titles = {title_key(title): title for title in map(normalise_line, vectors) if not title_problems(title)}
    return list(titles.values())


def lists(texts: list[str], *, eva: User, factor: Factor) -> dict[str, Counter[str]]:
    """Make pages of which lists show these texts; gives the elements of the lists, and undoes it."""
    reader, point = Client(), transaction.savepoint()
    hub = published(operations.create(Content(title="Navet"), by=eva)).page
    contents = (Content(title=text, lead=text) for text in texts)
    add_pages(contents, by=eva, links_to=hub, factor=factor)
    add_versions(hub, (text[:MAX_SUMMARY] for text in texts), by=eva)
    elements = {
        "list": all_pages(reader, "/sidor/", "pages"),
        "search": all_pages(reader, "/sok/", "hits", q="massvis"),
        "changes": all_pages(reader, "/andringar/", "edits"),
        "history": all_pages(reader, "/sidor/navet/historik/", "edits"),
        "start": seen(reader.get("/")).elements,
        "links": seen(reader.get("/sidor/navet/lankar-hit/")).elements,
        "factor": seen(reader.get(factor.get_absolute_url())).elements,
        "municipality": seen(reader.get("/kommuner/mittkoping/")).elements,
    }
    assert normalise_line(texts[0]) in "".join(seen(reader.get("/sidor/navet/lankar-hit/")).text)
    transaction.savepoint_rollback(point)
    return elements


def test_lists_show_hostile_titles_leads_summaries_and_notes_as_text(
    eva: User, catalogue: dict[str, Factor]
) -> None:
    factor = catalogue["gemensam-malbild"]
    vectors = [*OWN, *corpora.xss()[::4]]  # how long a list is does not matter; `screens` looks at it closer
    titles = titled(vectors)
    assert len(titles) > len(vectors) / 2
    expected = lists(harmless(titles), eva=eva, factor=factor)
    found = lists(titles, eva=eva, factor=factor)
    assert found == expected
    assert min(sum(elements.values()) for elements in expected.values()) > 50


def screens(text: str, *, eva: User, rut: User) -> dict[str, Counter[str]]:
    """Put the text wherever a page takes one, look at every screen that shows it, and undo it."""
    reader, writer, point = Client(), signed_in(eva), transaction.savepoint()
    line = normalise_line(text) or "tomt"
    title = line[:MAX_TITLE] if not title_problems(line[:MAX_TITLE]) else "Titel"
    note = tag(note=line[:MAX_NOTE], municipality="9901")
    lead = normalise(text)[:MAX_LEAD]
    content = Content(title=title, lead=lead, body="Mitten", tags=(note,), municipalities=("9901",))
    content = replace(content, lead=content.lead if content.lead.strip() else "tomt")
    page = published(operations.create(content, by=eva, summary=line[:MAX_SUMMARY])).page
    operations.edit(page, replace(content, title="Annan", lead="Annan", tags=()), base=1, by=eva)
    operations.edit(page, replace(content, body="Deras"), base=2, by=eva)
    page.refresh_from_db()
    here = page.get_absolute_url()
    read = {
        name: reader.get(here + name)
        for name in ("", "historik/", "version/1/", "jamfor/1/2/", "jamfor/2/3/")
    }
    assert title in "".join(seen(read[""]).text)
    write = {name: writer.get(here + name) for name in ("redigera/", "byt-namn/")}
    write["arkivera/"] = signed_in(rut).get(f"{here}arkivera/")
    elements = {name: seen(answer).elements for name, answer in (read | write).items()}
    short = line[:MAX_SUMMARY]  # within all limits: what is too long gets a sentence more
    row = {"tags-TOTAL_FORMS": "1", "tags-INITIAL_FORMS": "0", "tags-0-note": short, "tags-0-factor": short}
    form = form_of(page, title=title, lead=short, body=text, summary=short, **row)
    wrong = form | {"base": text, "kind": text, "municipalities": "finns inte alls", "title": ""}
    elements["errors"] = seen(writer.post(f"{here}redigera/", wrong)).elements
    stale = {
        "title": title,
        "lead": normalise(text)[:MAX_LEAD],
        "body": line,  # where they have one word for another
        "summary": line[:MAX_SUMMARY],
        "base": "1",
    }
    elements["conflict"] = seen(writer.post(f"{here}redigera/", stale), 409).elements
    sent = urlencode(form | {f"x{normalise(text)}": "x"})  # also the name of a field
    handed_back = reader.post(f"{here}redigera/", sent, "application/x-www-form-urlencoded")
    elements["handed back"] = seen(handed_back, 403).elements
    transaction.savepoint_rollback(point)
    return elements


@pytest.mark.parametrize("texts", SOME, ids=range(len(SOME)))
def test_every_screen_of_a_page_shows_hostile_text_as_text(
    eva: User, rut: User, catalogue: dict[str, Factor], texts: list[str]
) -> None:
    expected = screens("Ofarlig text", eva=eva, rut=rut)
    for text in texts:
        found = screens(text, eva=eva, rut=rut)
        for name in expected:
            left_out = OF_TEXT if name in COMPARING else set()  # how many words differ depends on the text
            assert only(found[name], left_out) == only(expected[name], left_out), (text, name)


@pytest.mark.parametrize("texts", SOME, ids=range(len(SOME)))
def test_what_is_asked_for_comes_back_as_text(
    eva: User, catalogue: dict[str, Factor], texts: list[str]
) -> None:
    reader, writer = Client(), signed_in(eva)

    def answers(text: str) -> dict[str, Counter[str]]:
        cache.clear()  # nobody signs in this often
        sent = normalise(text)
        facets = dict.fromkeys(("q", "spar", "typ", "faktor", "riktning", "kommun", "grupp"), sent)
        address = quote(f"/sidor/{sent.replace('/', '')}x/")
        return {
            "search": seen(reader.get("/sok/", {"q": f"x{sent}"})).elements,
            "list": seen(reader.get("/sidor/", facets | {"q": f"x{sent}"})).elements,
            "new": seen(writer.get("/sidor/ny/", {"titel": sent})).elements,
            "not found": seen(reader.get(address), 404).elements,
            "sign in": seen(reader.get("/konto/login/", {"next": f"/{sent}"})).elements,
            "refused": seen(
                reader.post("/konto/login/", {"login": f"x{sent[:99]}", "password": ""})
            ).elements,
        }

    expected = answers("ofarligt")
    for text in texts:
        assert answers(text) == expected, text


@pytest.mark.parametrize("at", range(0, len(VECTORS), TOGETHER))
def test_a_hostile_text_does_not_run_in_a_page(
    make_page: MakePage, as_eva: Client, client: Client, at: int
) -> None:
    body = normalise("\n\n".join(VECTORS[at : at + TOGETHER]))
    page, plain = make_page("Farlig"), make_page("Ofarlig")
    for each, text in ((page, body), (plain, "Ofarlig text.")):
        assert as_eva.post(f"{each.get_absolute_url()}redigera/", form_of(each, body=text)).status_code == 302
        each.refresh_from_db()
    assert faults(page.html) == []
    assert page.is_rendered
    for name in ("", "version/2/", "jamfor/1/2/", "jamfor/2/1/", "historik/", "redigera/"):
        looks = [
            seen(as_eva.get(each.get_absolute_url() + name), without="" if name else each.html)
            for each in (page, plain)
        ]
        hostile_look, plain_look = (only(look.elements, OF_TEXT) for look in looks)
        assert hostile_look == plain_look, name
    preview = as_eva.post("/forhandsgranska/", {"body": body})
    assert page.html in preview.text
    assert only(seen(preview).elements, OF_TEXT) == {}
    for address in ("/sidor/farlig.md", "/sidor/farlig/version/2.md"):
        source = client.get(address)
        assert (source.text, source["Content-Type"]) == (body, "text/markdown; charset=utf-8")
        assert source["X-Content-Type-Options"] == "nosniff"


def test_template_code_is_only_text(make_page: MakePage, client: Client) -> None:
    code = "{{7*7}} {% debug %} {{ request.user }} {# x #}"
    page = make_page(code, lead=code, body=code, summary=code)
    for address in (
        "/sidor/",
        page.get_absolute_url(),
        f"{page.get_absolute_url()}version/1/",
        "/andringar/",
    ):
        assert code in client.get(address).text


def test_the_look_notices_what_it_is_for() -> None:
    assert Seen("<p onclick=x>").faults == ["<p onclick='x'>"]
    assert Seen("<a href=java&#115;cript:x>").faults == ["<a href='javascript:x'>"]
    assert Seen("<img src=//lurad.example>").faults == ["<img src='//lurad.example'>"]
    assert Seen("<b style=x><!--y-->").faults == ["<b style='x'>", "<!--y-->"]
    assert Seen("<script></script><b>").elements == {"script": 1, "b": 1}
