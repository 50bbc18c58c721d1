"""Passages in a browser: select words, say what they say, see them go along with the text."""

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from factors.models import Factor
from mittkoping.accounts.models import User
from tests.browser.keyboard import assert_seen, tab_to
from tests.browser.test_accessibility import faults
from tests.browser.window import OpenWindow, Window
from tests.conftest import published
from wiki import operations
from wiki.content import Content
from wiki.models import FactorTag, Page

EVA = "eva@mittkoping.example"
BODY = (
    "## Natten\n\nVi hade ett skåp med nycklar. Batterierna dog när det blev kallt 🥶 ute i skogen.\n\n"
    "Chefen frågade varje vecka hur det gick."
)
WORDS = "Batterierna dog när det blev kallt 🥶 ute"
SELECT = """words => {
  const text = document.getElementById("sidtext");
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    document.getSelection().removeAllRanges();
    document.getSelection().addRange(range);
    return range.getBoundingClientRect().toJSON();
  }
}"""
BOX = """words => {
  const walker = document.createTreeWalker(document.getElementById("sidtext"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    walker.currentNode.parentElement.scrollIntoView({ block: "center" });
    const boxes = [...range.getClientRects()].map((box) => box.toJSON());
    return [boxes[0], boxes.at(-1)];
  }
}"""


@pytest.fixture
def night(demo: None) -> Page:
    """A page of Eva's."""
    eva = User.objects.get(email=EVA)
    return published(operations.create(Content(title="Natten i skogen", body=BODY), by=eva)).page


def say(tab: Tab, *, factor: str = "återkoppl", picks: str = "", direction: str = "hämmar") -> None:
    """Fill in the form that is open, and save it."""
    dialog = tab.locator("[data-tagging]")
    dialog.get_by_label(direction, exact=True).check()
    field = dialog.get_by_role("combobox", name="Vilken nyckelfaktor?")
    field.fill(factor)
    field.press("Enter")
    if picks:
        expect(field).to_have_value(picks)
    dialog.get_by_label("Vad provade ni?").fill("Vi bytte till lås utan batteri.")
    dialog.get_by_role("button", name="Spara märkningen").click()


def test_words_selected_with_the_mouse_are_tagged_and_go_along(window: Window, night: Page) -> None:
    window.sign_in(EVA)
    tab = window.tab
    tab.goto(night.get_absolute_url())
    button = tab.get_by_role("link", name="Märk avsnittet")
    expect(button).to_be_hidden()
    first, last = tab.evaluate(BOX, WORDS)
    tab.mouse.move(first["left"] + 1, first["top"] + first["height"] / 2)
    tab.mouse.down()
    tab.mouse.move(last["right"] - 1, last["top"] + last["height"] / 2, steps=5)
    tab.mouse.up()
    button.click()
    dialog = tab.get_by_role("dialog", name="Märk de här orden")
    expect(dialog.locator(".chosen-words__words")).to_have_text(WORDS)
    assert faults(tab) == []
    say(tab, factor="mod att", picks="Mod att prova och misslyckas")
    expect(tab.get_by_role("main")).to_contain_text("Sparat som version 2.")
    row = night.factor_tags.get()
    assert (row.words, row.state, row.tried) == (WORDS, "here", "Vi bytte till lås utan batteri.")
    mark = tab.locator("#sidtext mark.passage")
    expect(mark).to_have_text(WORDS)
    assert tab.url.endswith(f"#p-{row.key}")
    expect(tab.locator(".passage-entry")).to_contain_text("Mod att prova och misslyckas")
    tab.get_by_role("link", name="Redigera", exact=True).first.click()
    body = tab.get_by_role("textbox", name="Text", exact=True)
    body.fill(f"Först något nytt.\n\n{body.input_value().replace('dog när', 'dog tvärt när')}")
    tab.get_by_role("button", name="Spara ändringen").click()
    expect(tab.locator("#sidtext mark.passage")).to_have_text(WORDS.replace("dog när", "dog tvärt när"))
    assert night.factor_tags.get().state == FactorTag.State.HERE
    tab.goto(f"{night.get_absolute_url()}#p-{row.key}")
    expect(tab.locator("mark:target")).to_be_in_viewport()


def test_words_are_selected_and_tagged_with_the_keyboard_alone(window: Window, night: Page) -> None:
    window.sign_in(EVA)
    tab = window.tab
    tab.goto(night.get_absolute_url())
    tab_to(tab, "[data-tag-by-keyboard]", most=120)
    tab.keyboard.press("Enter")
    keys = tab.get_by_role("group", name="Välj ord med tangenterna")
    expect(keys).to_be_visible()
    assert faults(tab) == []
    # From the heading to the paragraph, to its first word, and on to the second sentence.
    for key in ("ArrowUp", "ArrowUp", "ArrowDown", "ArrowRight"):
        tab.keyboard.press(key)
        assert_seen(tab)
    assert tab.evaluate("String(document.getSelection())") == "Vi"
    tab.keyboard.press("Shift+ArrowDown")
    assert tab.evaluate("String(document.getSelection())") == "Vi hade ett skåp med nycklar."
    for _word in range(6):
        tab.keyboard.press("ArrowRight")
    for _word in range(7):
        tab.keyboard.press("Shift+ArrowRight")
    tab.keyboard.press("Shift+ArrowLeft")
    chosen = tab.evaluate("String(document.getSelection())")
    expect(tab.locator("[data-passage-status]")).to_have_text(f"Valt: ”{chosen}”")
    tab.keyboard.press("Enter")
    expect(keys).to_be_hidden()
    dialog = tab.get_by_role("dialog", name="Märk de här orden")
    expect(dialog.locator(".chosen-words__words")).to_have_text(chosen)
    assert_seen(tab)
    tab.keyboard.press("Space")
    tab.keyboard.press("Tab")
    assert_seen(tab)
    tab.keyboard.type("chefers")
    expect(dialog.get_by_role("option").first).to_be_visible()
    assert faults(tab) == []
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("Enter")
    expect(dialog.get_by_role("combobox", name="Vilken nyckelfaktor?")).to_have_value("Chefers engagemang")
    expect(dialog.locator(".factor-chosen")).to_contain_text(".")
    tab_to(tab, "[data-tagging] button[type=submit]")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("main")).to_contain_text("Sparat som version 2.")
    row = night.factor_tags.get()
    assert (row.words, row.factor.slug, row.direction) == (chosen, "chefers-engagemang", "enabling")


def test_who_is_fast_tags_the_words_that_are_selected_last(window: Window, night: Page) -> None:
    window.sign_in(EVA)
    tab = window.tab
    tab.goto(night.get_absolute_url())
    tab.evaluate(SELECT, "Batterierna dog")
    expect(tab.get_by_role("link", name="Märk avsnittet")).to_be_visible()
    tab.evaluate(
        f"""words => new Promise(resolve => {{
          document.addEventListener("selectionchange", () => {{
            document.querySelector("[data-tag-selection]").click();
            resolve();
          }}, {{ once: true }});
          ({SELECT})(words);
        }})""",
        "Chefen frågade",
    )
    expect(tab.get_by_role("dialog", name="Märk de här orden").locator("mark")).to_have_text("Chefen frågade")


def test_escape_ends_choosing_and_leads_back(window: Window, night: Page) -> None:
    window.sign_in(EVA)
    tab = window.tab
    tab.goto(night.get_absolute_url())
    link = tab.get_by_role("link", name="Märk ett avsnitt")
    link.click()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Escape")
    expect(link).to_be_focused()
    assert tab.evaluate("String(document.getSelection())") == ""
    tab.evaluate(SELECT, "Chefen frågade")
    button = tab.get_by_role("link", name="Märk avsnittet")
    expect(button).to_be_visible()
    tab.keyboard.press("Tab")
    expect(button).to_be_focused()
    tab.keyboard.press("Enter")
    dialog = tab.get_by_role("dialog", name="Märk de här orden")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Motivering").fill("Sägs två gånger.")
    tab.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    tab.keyboard.press("Enter")
    expect(dialog.get_by_label("Motivering")).to_have_value("Sägs två gånger.")
    # What opened it may have gone out of sight: then the focus is where one begins.
    tab.evaluate("document.querySelector('[data-tag-selection]').hidden = true")
    dialog.get_by_role("link", name="Avbryt").click()
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_the_name_that_was_typed_comes_first(window: Window, night: Page) -> None:
    synonym = Factor.objects.get(slug="chefers-engagemang")
    synonym.aliases = ["Tillit", "Gemensam"]
    synonym.save(update_fields=["aliases"])
    window.sign_in(EVA)
    tab = window.tab
    tab.goto(night.get_absolute_url())
    tab.evaluate(SELECT, "Chefen frågade")
    tab.get_by_role("link", name="Märk avsnittet").click()
    dialog = tab.get_by_role("dialog", name="Märk de här orden")
    field = dialog.get_by_role("combobox", name="Vilken nyckelfaktor?")
    names = dialog.locator(".factor-list__name")
    for sought, first in (
        ("tillit", "Tillit"),
        ("gemensam", "Gemensam målbild"),
        ("målbild", "Gemensam målbild"),
    ):
        field.fill(sought)
        expect(names.first).to_have_text(first)
    field.fill("tillit")
    assert "Chefers engagemang" in names.all_text_contents()
    field.press("Enter")
    expect(field).to_have_value("Tillit")


def test_a_finger_has_the_button_within_reach(open_window: OpenWindow, night: Page) -> None:
    window = open_window(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    window.sign_in(EVA)
    tab = window.tab
    tab.goto(night.get_absolute_url())
    tab.evaluate(SELECT, "varje vecka")
    button = tab.get_by_role("link", name="Märk avsnittet")
    expect(button).to_be_in_viewport()
    other = tab.get_by_role("link", name="Diskutera avsnittet")
    mine, theirs = button.bounding_box(), other.bounding_box()
    assert mine
    assert theirs
    assert mine["y"] + mine["height"] <= theirs["y"]
    button.tap()
    dialog = tab.get_by_role("dialog", name="Märk de här orden")
    expect(dialog.locator(".chosen-words__words")).to_have_text("varje vecka")
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    say(tab, factor="chefers")
    expect(tab.locator("#sidtext mark.passage")).to_have_text("varje vecka")


def test_without_a_script_one_chooses_a_paragraph(open_window: OpenWindow, night: Page) -> None:
    window = open_window(java_script_enabled=False)
    window.sign_in(EVA)
    tab = window.tab
    tab.goto(night.get_absolute_url())
    tab.get_by_role("link", name="Märk ett avsnitt").click()
    tab.get_by_label("Vi hade ett skåp med nycklar.").check()
    tab.get_by_label("Bara en del av stycket?").fill(WORDS)
    tab.get_by_role("button", name="Gå vidare").click()
    expect(tab.locator(".chosen-words__words")).to_have_text(WORDS)
    tab.get_by_label("främjar", exact=True).check()
    tab.get_by_label("Vilken nyckelfaktor?").select_option("mod-att-prova")
    tab.get_by_role("button", name="Spara märkningen").click()
    expect(tab.locator("#sidtext mark.passage")).to_have_text(WORDS)


def test_passages_are_switched_off_and_that_is_remembered(open_window: OpenWindow, night: Page) -> None:
    window = open_window()
    window.sign_in(EVA)
    tab = window.tab
    tab.goto(night.get_absolute_url())
    tab.evaluate(SELECT, WORDS)
    tab.get_by_role("link", name="Märk avsnittet").click()
    say(tab, factor="mod att")
    other = open_window()
    other.sign_in("bo@granneby.example")
    reader = other.tab
    reader.goto(night.get_absolute_url())
    line = "getComputedStyle(document.querySelector('mark.passage')).textDecorationLine"
    switch = reader.get_by_label("Visa avsnitt i texten")
    assert reader.evaluate(line) == "underline"
    switch.uncheck()
    assert reader.evaluate(line) == "none"
    reader.reload()
    expect(switch).not_to_be_checked()
    assert reader.evaluate(line) == "none"
    reader.goto(f"{night.get_absolute_url()}#p-{night.factor_tags.get().key}")
    assert reader.evaluate(line) == "underline"
    switch.check()
    reader.reload()
    expect(switch).to_be_checked()
    plain = open_window().tab
    plain.goto(night.get_absolute_url())
    assert plain.locator("script").count() == 0
    plain.get_by_label("Visa avsnitt i texten").uncheck()
    expect(plain.locator("mark.passage")).to_have_css("text-decoration-line", "none")
