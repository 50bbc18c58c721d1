"""Where words are: the script and the server read the same plain text from a page."""

import pytest
from playwright.sync_api import expect

from mittkoping.accounts.models import User
from tests.browser.window import Window
from tests.conftest import published
from wiki import operations
from wiki.content import Content, Tag
from wiki.models import Page
from wiki.passages import choose

EVA = "eva@mittkoping.example"
EVERYTHING = """\
Ett *stycke* med **fet stil**, `kod  med  blanksteg`, [[Länk som saknas]] och https://example.org/å ö.
Andra raden  \nefter en brytning.

## En rubrik med &amp; och 🙂👩‍👩‍👧

* Punkt ett 🥶
* Punkt två

    1. inuti
    2. <skriv inte så>

> Ett citat
> på två rader

| Kommun | Antal |
|:-------|------:|
| Åre 🎿 | 12    |
|        | *tom* före |

Fotnot[^1] här och[^två] där.

```
kod {
    med  mellanslag

    🙂 = 1
}
```

![En bild av ett skåp](/media/finns-inte.png) efter bilden.

Term
:   Förklaring med 𝔘𝔫𝔦𝔠𝔬𝔡𝔢

---

[^1]: Första noten.
[^två]: Andra noten, med `kod`.
"""
PLAIN = """async () => {
  const { readPlain } = await import("/static/js/plain_text.js");
  const { plain, nodes } = readPlain(document.getElementById("sidtext"));
  return [plain, nodes.length];
}"""
ROUND = """async () => {
  const { placeOf, rangeOf, readPlain } = await import("/static/js/plain_text.js");
  const read = readPlain(document.getElementById("sidtext"));
  const wrong = [];
  for (let start = 0; start < read.nodes.length - 1; start += 3) {
    const end = Math.min(start + 1 + (start % 40), read.nodes.length);
    if (!read.nodes[start] || !read.nodes[end - 1]) continue;
    const place = placeOf(rangeOf(start, end, read), read);
    if (place[0] !== start || place[1] !== end) wrong.push([start, end, place]);
  }
  return wrong;
}"""


@pytest.fixture
def everything(demo: None) -> Page:
    """A page with all that a text may hold."""
    eva = User.objects.get(email=EVA)
    return published(operations.create(Content(title="Allt på en gång", body=EVERYTHING), by=eva)).page


def test_the_script_reads_the_same_plain_text_as_the_server(window: Window, everything: Page) -> None:
    window.sign_in(EVA)
    tab = window.tab
    tab.route("**/media/*", lambda route: route.fulfill(status=200, body=""))
    tab.goto(everything.get_absolute_url())
    expect(tab.locator(".section-edit").first).to_be_visible()
    plain, length = tab.evaluate(PLAIN)
    assert plain == everything.plain
    assert length == len(everything.plain)
    assert "En bild av ett skåp efter bilden." in plain
    assert tab.evaluate(ROUND) == []


def test_so_they_do_where_passages_are_marked(window: Window, everything: Page) -> None:
    eva, plain = User.objects.get(email=EVA), everything.plain
    for number, (first, last) in enumerate([("fet stil", "12"), ("brytning", "ett 🥶"), ("kod {", "= 1")]):
        passage = choose(everything, everything.number, plain.index(first), plain.index(last) + len(last))
        key = f"5c0d1f4e-0000-4000-8000-{number:012}"
        tag = Tag(key=key, factor="mod-att-prova", direction="enabling", author=eva.pk, passage=passage)
        operations.tag_passage(everything, tag, base=everything.number, by=eva)
        everything.refresh_from_db()
    window.sign_in(EVA)
    tab = window.tab
    tab.route("**/media/*", lambda route: route.fulfill(status=200, body=""))
    tab.goto(everything.get_absolute_url())
    expect(tab.locator(".section-edit").first).to_be_visible()
    assert tab.locator("#sidtext mark.passage").count() > 10
    assert tab.locator("#sidtext [id^='p-5c0d1f4e']").count() == 3
    assert tab.evaluate(PLAIN)[0] == plain
    assert tab.evaluate(ROUND) == []
