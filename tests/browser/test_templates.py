"""A new page from a template, and what is to be thought of while it is written."""

import pytest
from playwright.sync_api import Dialog, Locator, Page, Route, expect

from tests.browser.drafts import EVA, TOLD_LATE, body, dialogs_on_closing, expect_state
from tests.browser.experience import answered
from tests.browser.visual import editor, visual_window
from tests.browser.window import OpenWindow, Window
from wiki.models import Page as WikiPage

NEW = "/sidor/ny/"
PLACE = "() => document.querySelector('.edit-form__save .actions').getBoundingClientRect().top"


@pytest.fixture
def tab(window: Window) -> Page:
    """Eva is about to write a page, as text; the visual editor has tests of its own."""
    window.sign_in(EVA)
    window.tab.goto(NEW)
    return window.tab


def panel(tab: Page) -> Locator:
    """What is to be thought of, above the buttons."""
    return tab.locator("[data-advice] .advice")


def kinds(tab: Page) -> list[str | None]:
    """What kinds of advice the panel has."""
    items = tab.locator("[data-advice] .advice__item")
    return [items.nth(at).get_attribute("data-kind") for at in range(items.count())]


def go_to_save(tab: Page) -> None:
    """Come to the part of the form where it is saved."""
    tab.get_by_label("Sammanfattning").focus()


def stop_posts(route: Route) -> None:
    """Let no draft through."""
    if route.request.method == "POST":
        route.abort()
    else:
        route.fallback()


def test_a_page_is_written_from_the_template_of_experiences(tab: Page) -> None:
    tab.get_by_role("link", name="Erfarenhet", exact=True).click()
    expect(tab.get_by_text("Mall: Erfarenhet")).to_be_visible()
    template = body(tab).input_value()
    assert template.startswith("## Bakgrund\n\nSkriv här: vilket problem")
    tab.get_by_label("Titel").fill("Läkemedel utan pärm")
    go_to_save(tab)
    expect(panel(tab)).to_be_visible()
    expect(panel(tab)).to_contain_text("10 hjälptexter från mallen är kvar.")
    assert kinds(tab) == ["hints", "factor", "lead"]
    expect(tab.locator("[data-advice-status]")).to_have_text("3 saker att tänka på.")

    body(tab).fill(answered(template))
    tab.get_by_label("Ingress").fill("Glömda doser minskade från 61 till 12.")
    tab.get_by_role("combobox", name="Nyckelfaktor").last.select_option(label="Gemensam målbild")
    expect(tab.locator("[data-advice-status]")).to_have_text("Inget mer att tänka på.", timeout=20_000)
    expect(panel(tab)).to_have_count(0)

    tab.get_by_label("Främjar").last.check()
    tab.get_by_role("button", name="Spara sidan").last.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Läkemedel utan pärm")
    made = WikiPage.objects.get(slug="lakemedel-utan-parm")
    assert (made.kind, made.body) == ("erfarenhet", answered(template))


def test_another_template_does_not_cost_what_is_typed(tab: Page) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    tab.on("dialog", stay)
    tab.get_by_role("link", name="Guide", exact=True).click()
    tab.route(f"**{NEW}**", stop_posts)
    body(tab).press("Control+End")
    body(tab).press_sequentially("Mina ord.")
    tab.get_by_role("link", name="Byt mall").click(no_wait_after=True)
    assert asked == ["beforeunload"]
    assert "Mina ord." in body(tab).input_value()

    tab.unroute(f"**{NEW}**")
    body(tab).press_sequentially(" Och fler.")
    expect_state(tab, "saved")
    tab.get_by_role("link", name="Byt mall").click()
    expect(tab.get_by_role("heading", name="Börja med en mall")).to_be_visible()
    assert asked == ["beforeunload"]
    tab.get_by_role("link", name="Fortsätt på utkastet").click()
    assert "Mina ord. Och fler." in body(tab).input_value()
    expect(tab.get_by_role("heading", name="Börja med en mall")).to_have_count(0)


def test_a_template_nobody_has_written_in_is_left_without_a_question(tab: Page) -> None:
    tab.get_by_role("link", name="Lärdom", exact=True).click()
    expect(tab.get_by_text("Mall: Lärdom")).to_be_visible()
    assert dialogs_on_closing(tab) == []


def test_advice_moves_neither_the_buttons_nor_the_focus(tab: Page) -> None:
    tab.get_by_role("link", name="Tom sida").click()
    tab.get_by_label("Titel").fill("Ny sida")
    body(tab).fill("Se [här](https://a.se).\n\n#### Rubrik\n\nText.")
    preview = tab.get_by_role("button", name="Förhandsgranska").last
    preview.scroll_into_view_if_needed()
    preview.hover()
    before = tab.evaluate(PLACE)
    tab.get_by_label("Sammanfattning").focus()
    expect(panel(tab)).to_be_visible()
    assert abs(tab.evaluate(PLACE) - before) <= 2
    expect(tab.get_by_label("Sammanfattning")).to_be_focused()


def test_advice_comes_by_itself_when_the_writer_rests_and_can_be_folded(tab: Page) -> None:
    tab.get_by_role("link", name="Tom sida").click()
    body(tab).fill("Se [här](https://a.se).")
    expect(panel(tab)).to_be_visible(timeout=TOLD_LATE)
    assert kinds(tab) == ["links", "factor", "lead"]
    panel(tab).locator("summary").click()
    expect(panel(tab).get_by_text("Skriv vart länken leder")).to_be_hidden()
    tab.get_by_label("Ingress").fill("Kort.")
    expect(panel(tab).locator("summary")).to_contain_text("(2)", timeout=20_000)
    expect(panel(tab)).not_to_have_attribute("open", "")


def test_advice_leads_to_where_it_is_put_right(tab: Page) -> None:
    tab.get_by_role("link", name="Tom sida").click()
    body(tab).fill("Se [här](https://a.se).")
    go_to_save(tab)
    panel(tab).get_by_role("link", name="Till ingressen").click()
    expect(tab.get_by_label("Ingress")).to_be_focused()
    panel(tab).get_by_role("link", name="Till texten").click()
    expect(body(tab)).to_be_focused()
    panel(tab).get_by_role("link", name="Till nyckelfaktorerna").click()
    expect(tab.get_by_role("heading", name="Nyckelfaktorer")).to_be_in_viewport()


def test_all_of_it_works_without_javascript(open_window: OpenWindow) -> None:
    window = open_window(java_script_enabled=False)
    window.sign_in(EVA)
    tab = window.tab
    tab.goto(NEW)
    tab.get_by_role("link", name="Hemläxa", exact=True).click()
    tab.get_by_label("Titel").fill("Fråga tre personer till")
    tab.get_by_role("button", name="Förhandsgranska").click()
    expect(tab.locator(".preview .advice")).to_contain_text("hjälptexter från mallen är kvar")
    expect(tab.get_by_text("Byt mall")).to_have_count(0)
    tab.get_by_role("button", name="Spara sidan").last.click()
    expect(tab.get_by_text("Hjälptexter från mallen är kvar i texten.")).to_be_visible()


def test_advice_leads_into_the_editor_when_that_is_what_one_writes_in(open_window: OpenWindow) -> None:
    tab = visual_window(open_window).tab
    tab.goto(f"{NEW}?mall=lardom")
    expect(editor(tab)).to_contain_text("Skriv här: vad är lärdomen")
    go_to_save(tab)
    expect(panel(tab)).to_contain_text("5 hjälptexter från mallen är kvar.")
    panel(tab).get_by_role("link", name="Till texten").click()
    expect(editor(tab)).to_be_focused()
