"""Writing: seeing the text before it is saved, and never losing it."""

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect

from mittkoping.accounts.models import User
from tests.browser.drafts import EDIT, EVA, MINE, SLUG, body, dialogs_on_closing, save, write
from tests.browser.window import OpenWindow, Window
from wiki import operations
from wiki.content import Content
from wiki.demo_loading import PASSWORD
from wiki.models import Page as WikiPage
from wiki.transfer import front_matter

PRESENCE = f"/sidor/{SLUG}/narvaro/"
ADVICE = "/forhandsgranska/rad/"


@pytest.fixture
def page(demo: None) -> WikiPage:
    """The page that is written on."""
    return WikiPage.objects.get(slug=SLUG)


@pytest.fixture
def tab(window: Window, page: WikiPage) -> Page:
    """Eva has opened the form of the page."""
    window.sign_in(EVA)
    window.tab.goto(EDIT)
    return window.tab


def keep_from_saving(tab: Page) -> None:
    """No draft reaches the server."""
    tab.route(f"**{EDIT}", lambda route: route.abort() if _is_draft(route) else route.fallback())


def _is_draft(route: Route) -> bool:
    return route.request.method == "POST" and route.request.headers.get("accept") == "application/json"


def test_the_preview_comes_without_leaving_the_form(tab: Page, window: Window) -> None:
    keep_from_saving(tab)
    body(tab).fill("## Gröt\n\nSe [[Vad LEDA var]].")
    tab.evaluate("document.body.dataset.stayed = 'yes'")
    asked = len(window.asked)
    tab.get_by_role("button", name="Förhandsgranska").click()
    preview = tab.locator("#forhandsgranskning")
    expect(preview).to_be_focused()
    expect(preview.get_by_role("heading", name="Gröt")).to_be_visible()
    expect(preview.get_by_role("link", name="Vad LEDA var")).to_have_attribute("href", "/sidor/vad-leda-var/")
    expect(tab.locator("[data-status]")).to_have_text("Förhandsgranskningen är uppdaterad.")
    assert set(window.asked[asked:]) - {PRESENCE, EDIT, ADVICE} == {"/forhandsgranska/"}
    assert tab.evaluate("document.body.dataset.stayed") == "yes"


def test_the_preview_works_without_javascript(open_window: OpenWindow, page: WikiPage) -> None:
    window = open_window(java_script_enabled=False)
    window.sign_in(EVA)
    tab = window.tab
    tab.goto(EDIT)
    body(tab).fill("## Gröt\n\nBrödtext.")
    tab.get_by_role("button", name="Förhandsgranska").click()
    expect(tab.locator("#forhandsvisning").get_by_role("heading", name="Gröt")).to_be_visible()
    expect(body(tab)).to_have_value("## Gröt\n\nBrödtext.")
    page.refresh_from_db()
    assert "Gröt" not in page.body


def test_a_preview_that_does_not_come_is_told_of(tab: Page, window: Window) -> None:
    window.context.set_offline(True)
    tab.get_by_role("button", name="Förhandsgranska").click()
    expect(tab.locator("[data-status]")).to_contain_text("Din text finns kvar.")
    window.forgive("^console: htmx:")


def test_a_tab_with_unsaved_text_asks_before_it_closes(tab: Page) -> None:
    keep_from_saving(tab)
    write(tab)
    assert dialogs_on_closing(tab) == ["beforeunload"]


def test_a_tab_without_unsaved_text_just_closes(tab: Page) -> None:
    body(tab).click()
    assert dialogs_on_closing(tab) == []


def test_a_tab_whose_text_is_saved_just_closes(tab: Page, page: WikiPage) -> None:
    asked: list[str] = []
    tab.on("dialog", lambda dialog: asked.append(dialog.type))
    write(tab)
    save(tab)
    expect(tab.get_by_role("status")).to_contain_text(f"Sparat som version {page.number + 1}.")
    assert (asked, dialogs_on_closing(tab)) == ([], [])


def test_a_mistake_leads_to_its_field_and_the_text_is_still_unsaved(tab: Page) -> None:
    keep_from_saving(tab)
    tab.get_by_label("Titel").fill("")
    tab.locator(".tag-row").last.get_by_label("Motivering").fill("Utan faktor")
    save(tab)
    expect(tab.locator("#fel")).to_be_focused()
    for words, name in (("Skriv en titel.", "title"), ("Välj en nyckelfaktor", "-factor")):
        tab.locator("#fel").get_by_role("link", name=words).click()
        field = tab.locator(":focus")
        assert (field.get_attribute("name") or "").endswith(name)
        assert field.get_attribute("aria-invalid") == "true"
        described = (field.get_attribute("aria-describedby") or "").split()[-1]
        expect(tab.locator(f"#{described}")).to_be_visible()
    body(tab).click()
    assert dialogs_on_closing(tab) == ["beforeunload"]


def test_the_later_of_two_saves_gets_both_texts(tab: Page, page: WikiPage) -> None:
    write(tab)
    bo = User.objects.get(email="bo@granneby.example")
    theirs = Content(**{**vars(page.content), "body": f"{page.body}\nBos mening."})
    operations.edit(page, theirs, base=page.number, summary="Bo var här", by=bo)
    with tab.expect_response(lambda response: response.request.method == "POST") as answer:
        save(tab)
    assert answer.value.status == 409
    expect(tab.get_by_role("alert")).to_contain_text("Bo Ek, Granneby")
    expect(body(tab)).to_have_value(f"{page.body}\n{MINE}")
    expect(tab.locator("ins").filter(has_text="Bos mening.")).to_be_visible()
    expect(tab.locator("ins").filter(has_text=MINE)).to_be_visible()

    tab.get_by_role("button", name="Spara min text som den är").click()
    expect(tab.get_by_role("status").first).to_contain_text("Sparat som version")
    bodies = [edit.content.body for edit in page.edits.order_by("-number")[:2]]
    assert [("Bos mening." in text, MINE in text) for text in bodies] == [(False, True), (True, False)]


def test_a_session_that_ends_meanwhile_costs_no_text(tab: Page, window: Window, page: WikiPage) -> None:
    write(tab)
    Session.objects.all().delete()
    save(tab)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Texten är inte sparad ännu")
    expect(tab.get_by_label("Din text")).to_have_value(f"{page.body}\n{MINE}")

    other = window.context.new_page()
    other.goto("/konto/login/")
    other.get_by_label("E-post").fill(EVA)
    other.get_by_label("Lösenord").fill(PASSWORD)
    other.get_by_role("main").get_by_role("button", name="Logga in").click()
    expect(other.get_by_role("button", name="Logga ut")).to_be_visible()

    # Signing in has made the form's token invalid; the text comes back once more, with a fresh one.
    tab.get_by_role("button", name="Skicka igen").click()
    expect(tab.locator("[name=base]")).to_have_value(str(page.number))
    tab.get_by_role("button", name="Skicka igen").click()
    expect(tab.get_by_role("status")).to_contain_text(f"Sparat som version {page.number + 1}.")
    before = page.content
    page.refresh_from_db()
    assert page.content.tags == before.tags
    assert page.content == Content(**{**vars(before), "body": f"{before.body}\n{MINE}"})


def test_enter_in_the_title_saves(tab: Page, page: WikiPage) -> None:
    rows = tab.locator(".tag-row").count()
    tab.get_by_label("Titel").fill("Frukostmöte med gröt")
    tab.get_by_label("Titel").press("Enter")
    expect(tab.get_by_role("status")).to_contain_text(f"Sparat som version {page.number + 1}.")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Frukostmöte med gröt")
    tab.goto(EDIT)
    assert tab.locator(".tag-row").count() == rows


def test_rows_for_tags_are_added_without_the_server(tab: Page, window: Window) -> None:
    rows, asked = tab.locator(".tag-row"), len(window.asked)
    before = rows.count()
    tab.get_by_role("button", name="Lägg till en märkning").click()
    tab.get_by_role("button", name="Lägg till en märkning").click()
    expect(rows).to_have_count(before + 2)
    names = [
        rows.nth(number).get_by_label("Nyckelfaktor").get_attribute("name") for number in range(before + 2)
    ]
    assert names == [f"tags-{number}-factor" for number in range(before + 2)]
    expect(rows.last.get_by_label("Nyckelfaktor")).to_be_focused()
    assert EDIT not in window.asked[asked:]


def test_a_contributor_is_told_first_that_it_will_be_reviewed(
    window: Window, page: WikiPage, tmp_path: Path
) -> None:
    window.sign_in("ada@mittkoping.example")
    tab = window.tab
    tab.goto(EDIT)
    notice = tab.get_by_text("Det du skickar granskas innan det publiceras.")
    assert notice.evaluate(
        "(notice, form) => notice.compareDocumentPosition(document.querySelector(form)) & 4", "#redigera"
    )
    expect(tab.get_by_role("button", name="Spara ändringen")).to_have_count(0)
    expect(tab.get_by_role("button", name="Skicka förslaget")).to_have_count(1)
    write(tab)
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Ladda ner som Markdown").click()
    path = tmp_path / "text.md"
    download.value.save_as(path)
    assert download.value.suggested_filename == f"{SLUG}.md"
    taken = front_matter.read(path.read_text())
    assert (taken.title.text, taken.body.text) == (page.title, f"{page.body}\n{MINE}")
    page.refresh_from_db()
    assert MINE not in page.body
