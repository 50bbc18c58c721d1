"""Talking about a passage of a page, in a browser."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from mittkoping.accounts.models import User
from tests.browser.test_narrow_screens import WORD, too_wide
from tests.browser.window import OpenWindow, Window
from wiki import operations
from wiki.models import Comment, Topic
from wiki.models import Page as WikiPage

SLUG = "frukostmote-vem-ager-uppgiften"
ADA = "ada@mittkoping.example"
SELECT = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector("#sidtext p"));
  document.getSelection().removeAllRanges();
  document.getSelection().addRange(range);
}"""


@pytest.fixture
def topic(demo: None) -> Topic:
    """Bo has asked something."""
    page = WikiPage.objects.get(slug=SLUG)
    bo = User.objects.get(email="bo@granneby.example")
    return operations.start_topic(page, "Vem bjöd in?", "Var det **chefen**?", by=bo).topic


def test_a_selected_passage_leads_to_its_discussion(window: Window) -> None:
    tab = window.tab
    window.sign_in(ADA)
    tab.goto(f"/sidor/{SLUG}/")
    link = tab.get_by_role("link", name="Diskutera avsnittet")
    expect(link).to_be_hidden()
    passage = tab.locator("#sidtext p").first.inner_text()
    tab.evaluate(SELECT)
    expect(link).to_be_visible()
    tab.evaluate("document.getSelection().removeAllRanges()")
    expect(link).to_be_hidden()
    tab.evaluate(SELECT)
    link.click()
    field = tab.get_by_label("Ditt inlägg")
    expect(field).to_have_value(f"> {passage}\n\n")
    tab.get_by_role("textbox", name="Ämne").fill("Fråga om det här")
    field.press("Control+End")
    field.press_sequentially("Hur gick det sedan?")
    tab.get_by_role("button", name="Skapa ämnet").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Fråga om det här")
    expect(tab.locator("article.comment blockquote")).to_have_text(passage)
    expect(tab.locator("article.comment")).to_contain_text("Hur gick det sedan?")
    assert tab.url.endswith(f"#k-{Comment.objects.latest('pk').pk}")


@pytest.mark.parametrize("has_script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_comment_is_quoted_answered_and_the_topic_resolved(
    open_window: OpenWindow, topic: Topic, has_script: bool
) -> None:
    window = open_window(java_script_enabled=has_script)
    window.sign_in("eva@mittkoping.example")
    tab = window.tab
    tab.goto(topic.get_absolute_url())
    tab.get_by_role("link", name="Citera Bo Ek").click()
    field = tab.get_by_label("Ditt inlägg")
    expect(field).to_have_value("@Bo Ek skrev:\n\n> Var det **chefen**?\n\n")
    field.fill(f"{field.input_value()}Nej, det var vi.")
    send(tab)
    expect(tab.locator("article.comment").last).to_contain_text("Nej, det var vi.")
    expect(tab.locator("article.comment").last).to_contain_text("Nämner Bo Ek")
    tab.get_by_role("button", name="Markera ämnet som löst").click()
    expect(tab.get_by_role("main")).to_contain_text("Ämnet är markerat som löst.")
    reader = open_window(java_script_enabled=has_script)
    reader.tab.goto(f"/sidor/{SLUG}/diskussion/")
    reader.tab.get_by_role("link", name="Vem bjöd in?").click()
    expect(reader.tab.locator("article.comment")).to_have_count(2)
    assert reader.tab.locator("script").count() == 0


def send(tab: Page) -> None:
    """Press the button."""
    tab.get_by_role("button", name="Skicka svaret").click()


def test_a_tab_with_unsent_words_warns(window: Window, topic: Topic) -> None:
    window.sign_in(ADA)
    tab = window.tab
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    tab.on("dialog", leave)
    tab.goto(topic.get_absolute_url())
    tab.goto(f"/sidor/{SLUG}/")
    assert asked == []
    tab.goto(topic.get_absolute_url())
    tab.get_by_label("Ditt inlägg").press_sequentially("Halva mening")
    tab.goto(f"/sidor/{SLUG}/")
    assert asked == ["beforeunload"]
    tab.goto(topic.get_absolute_url())
    tab.get_by_label("Ditt inlägg").press_sequentially("Hel mening")
    send(tab)
    expect(tab.locator("article.comment").last).to_contain_text("Hel mening")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("width", [320, 390])
def test_words_without_end_do_not_widen_the_screen(open_window: OpenWindow, demo: None, width: int) -> None:
    page = WikiPage.objects.get(slug=SLUG)
    eva = User.objects.get(email="eva@mittkoping.example")
    title, body = WORD[:120], f"## {WORD}\n\n> {WORD}\n\n`{WORD}`\n\n| {WORD} | b |\n|---|---|\n| a | b |"
    topic = operations.start_topic(page, title, body, by=eva).topic
    tab = open_window(viewport={"width": width, "height": 800}).tab
    for address in (f"/sidor/{SLUG}/diskussion/", topic.get_absolute_url()):
        assert too_wide(tab, address) == []
