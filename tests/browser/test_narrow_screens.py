"""Words without end, on narrow screens: they break, and nothing has to be scrolled sideways."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from mittkoping.accounts.models import User
from tests.browser.window import OpenWindow
from tests.conftest import published
from wiki import operations
from wiki.content import Content
from wiki.models import Page

WORD = "Ord" * 33
TOO_WIDE = """() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const inside = [...document.querySelectorAll("body *")];
  const wide = inside.filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
  return [scrollWidth, ...wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 90))];
}"""
# Ordinary words that stand on more than one line; a heading may divide long ones where the language does.
BROKEN_WORDS = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const broken = [];
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.parentElement.checkVisibility() || text.parentElement.closest("h1, .ds-sr-only")) continue;
    for (const word of text.data.matchAll(/\\p{L}{2,16}/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = [...range.getClientRects()].map((line) => Math.round(line.top));
      if (Math.max(...lines) - Math.min(...lines) > 8) broken.push(word[0]);
    }
  }
  return broken;
}"""


@pytest.fixture
def endless(demo: None) -> Page:
    """A page whose title, lead, text, notes and summaries are words without end."""
    eva = User.objects.get(email="eva@mittkoping.example")
    demo_page = Page.objects.get(slug="trygghetskamera-pa-natten").content
    tags = tuple(replace(tag, note=(WORD * 5)[:499], author=eva.pk) for tag in demo_page.tags)
    content = Content(
        title=f"{WORD}{'y' * 20}",
        lead=WORD * 5,
        body=f"## {WORD}\n\n{WORD * 3}\n\n* {WORD}\n\n| {WORD} | b |\n|---|---|\n| a | b |\n\n`{WORD}`\n",
        kind="erfarenhet",
        tracks=("halsa", "skola"),
        municipalities=demo_page.municipalities,
        tags=tags,
    )
    edit = published(operations.create(content, by=eva, summary=WORD * 2))
    changed = replace(content, lead=f"Z{content.lead[1:]}", body=f"{WORD * 2}\n\n{content.body}")
    return published(operations.edit(edit.page, changed, base=1, by=eva, summary=f"{WORD}x")).page


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways(open_window: OpenWindow, endless: Page, width: int) -> None:
    slug, factor = endless.slug, endless.content.tags[0].factor
    addresses = [
        f"/sidor/{slug}/",
        "/",
        "/andringar/",
        f"/sok/?q={WORD}",
        f"/faktorer/{factor}/",
        "/kommuner/mittkoping/",
        f"/sidor/{slug}/historik/",
        f"/sidor/{slug}/jamfor/1/2/",
        f"/sidor/{slug}/version/1/",
        f"/sidor/{slug}/lankar-hit/",
        "/sidor/",
        f"/sidor/?q={WORD}",
        f"/sidor/{WORD.lower()}/",
    ]
    tab = open_window(viewport={"width": width, "height": 800}).tab
    assert {address: wide for address in addresses if (wide := too_wide(tab, address))} == {}


def too_wide(tab: Tab, address: str) -> list[object]:
    """How wide a screen is that is too wide, and what makes it so; nothing when all is well."""
    tab.goto(address)
    expect(tab.get_by_role("main")).to_contain_text(re.compile(r"\S"))
    found: list[object] = tab.evaluate(TOO_WIDE)
    return found


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_ordinary_words_stay_whole(open_window: OpenWindow, width: int) -> None:
    window = open_window(viewport={"width": width, "height": 800})
    broken = {}
    for address in (
        "/",
        "/sidor/trygghetskamera-pa-natten/",
        "/sidor/kartlagg-nyttan-innan-ni-borjar/",
        "/sidor/mittkoping-och-grannarna/",
        "/sidor/trygghetskamera-pa-natten/historik/",
        "/sidor/trygghetskamera-pa-natten/jamfor/1/8/",
        "/sidor/",
        "/sok/?q=natt",
        "/andringar/",
        "/faktorer/",
        "/faktorer/chefers-engagemang/",
        "/kommuner/",
        "/kommuner/mittkoping/",
        "/om/",
        "/villkor/",
        "/integritet/",
        "/logg/",
        "/granskning/statistik/",
        "/konto/login/",
        "/konto/registrera/",
    ):
        window.tab.goto(address)
        if (menu := window.tab.locator("summary.menu__toggle")).is_visible():
            menu.click()
        if words := window.tab.evaluate(BROKEN_WORDS):
            broken[address] = words
    assert broken == {}
