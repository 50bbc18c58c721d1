"""Without the server: what is typed stays in the browser, comes back whole, and does not stay for others."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.drafts import (
    BO,
    EDIT,
    EVA,
    MINE,
    body,
    come_back,
    copies,
    drafted,
    expect_state,
    kept_bodies,
    late,
    lose_the_tab,
    offer,
    open_form,
    own_drafts,
    save,
    wiki_page,
    write,
)
from tests.browser.window import OpenWindow, Window
from wiki.transfer import front_matter

REST = 2_500  # milliseconds: longer than the script waits after the last key
NO_ROOM = """
const { setItem } = Storage.prototype;
Storage.prototype.setItem = function () { throw new DOMException("full", "QuotaExceededError"); };
"""
NO_STORAGE = """
Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
"""


@pytest.fixture
def tab(window: Window) -> Page:
    """Eva has opened the form of the page."""
    return open_form(window)


def test_offline_and_back(tab: Page, window: Window) -> None:
    window.context.set_offline(True)
    write(tab)
    failed = expect_state(tab, "failed")
    expect(failed).to_contain_text("Så länge finns texten i den här webbläsaren.")
    write(tab, "Och mer.")
    tab.wait_for_timeout(1_500)
    assert kept_bodies(tab)[0].endswith(f"{MINE}\nOch mer.")
    assert own_drafts() == []
    window.context.set_offline(False)
    expect_state(tab, "saved")
    expect(failed).to_be_hidden()
    assert drafted(f"{MINE}\nOch mer.")
    assert copies(tab) == []


def test_what_did_not_get_to_the_server_is_offered_and_comes_back_whole(tab: Page, window: Window) -> None:
    tab.get_by_label("Titel").fill("Frukostmöte med gröt")
    tab.get_by_label("Ingress").fill("En ingress\nmed två rader.")
    tab.get_by_label("Kommuner").fill("Umeå, Påhitt")
    tab.get_by_label("Sammanfattning").fill("Gröt")
    tab.get_by_label("Hälsa och omsorg").check()
    tab.get_by_role("button", name="Lägg till en märkning").click()
    row = tab.locator(".tag-row").last
    row.get_by_label("Nyckelfaktor").select_option(index=2)
    row.get_by_label("Motivering").fill("Vi såg det\nsjälva.")
    chosen = row.get_by_label("Nyckelfaktor").input_value()
    before = tab.locator(".tag-row").count()
    lose_the_tab(window)
    tab = come_back(window)

    assert body(tab).input_value() == wiki_page().body
    expect(offer(tab)).to_contain_text(
        re.compile(r"I den här webbläsaren finns text från \d\d\.\d\d som inte hann sparas\.")
    )
    expect(offer(tab)).to_contain_text("Frukostmöte med gröt")
    with tab.expect_event("domcontentloaded"):
        offer(tab).get_by_role("button", name="Hämta tillbaka").click()
    assert body(tab).input_value() == f"{wiki_page().body}\n{MINE}"
    expect(tab.get_by_label("Titel")).to_have_value("Frukostmöte med gröt")
    expect(tab.get_by_label("Ingress")).to_have_value("En ingress\nmed två rader.")
    expect(tab.get_by_label("Kommuner")).to_have_value("Umeå, Påhitt")
    expect(tab.get_by_label("Sammanfattning")).to_have_value("Gröt")
    expect(tab.get_by_label("Hälsa och omsorg")).to_be_checked()
    row = tab.locator(".tag-row").last
    assert tab.locator(".tag-row").count() in {before, before + 1}
    filled = tab.locator(".tag-row", has=tab.locator(f"option[value='{chosen}'][selected]")).last
    expect(filled.locator("textarea[name$=-note]")).to_have_value("Vi såg det\nsjälva.")

    expect_state(tab, "saved")
    expect(offer(tab)).to_have_count(0)
    assert copies(tab) == []
    assert drafted(MINE)


def test_what_is_offered_can_be_thrown_away_and_that_can_be_undone(tab: Page, window: Window) -> None:
    lose_the_tab(window)
    tab = come_back(window)
    before = copies(tab)
    assert len(before) == 1
    offer(tab).get_by_role("button", name="Ta bort").click()
    expect(offer(tab)).to_contain_text("Texten är borttagen ur webbläsaren.")
    expect(offer(tab).get_by_role("button", name="Ångra")).to_be_focused()
    assert copies(tab) == []
    tab.keyboard.press("Enter")
    expect(offer(tab).get_by_role("button", name="Ta bort")).to_be_focused()
    assert copies(tab) == before
    tab.keyboard.press("Enter")
    tab.reload()
    expect(tab.locator("[data-autosave]")).to_have_count(1)
    tab.wait_for_timeout(500)
    expect(offer(tab)).to_have_count(0)


def test_what_is_offered_can_be_downloaded(tab: Page, window: Window, tmp_path: Path) -> None:
    lose_the_tab(window)
    come_back(window)
    with window.tab.expect_download() as download:
        offer(window.tab).get_by_role("button", name="Ladda ner").click()
    path = tmp_path / "text.md"
    download.value.save_as(path)
    taken = front_matter.read(path.read_text())
    assert taken.body.text == f"{wiki_page().body}\n{MINE}"
    assert len(copies(window.tab)) == 1


def test_nobody_else_is_shown_it(tab: Page, window: Window) -> None:
    lose_the_tab(window)
    window.sign_in(BO)
    window.tab.goto(EDIT)
    window.tab.wait_for_timeout(500)
    expect(window.tab.locator(".kept")).to_have_count(0)
    write(window.tab, "Bos rad.")
    expect_state(window.tab, "saved")
    assert [MINE in text for text in kept_bodies(window.tab)] == [True]
    assert (drafted(MINE), drafted(MINE, BO)) == (False, False)
    window.sign_in(EVA)
    window.tab.goto(EDIT)
    expect(late(window.tab)).to_be_visible()
    assert (copies(window.tab), drafted(MINE), drafted(MINE, BO)) == ([], True, False)


def test_a_form_sent_offline_is_a_draft_when_one_comes_back(tab: Page, window: Window) -> None:
    write(tab)
    window.context.set_offline(True)
    save(tab)
    expect(tab.locator("body")).not_to_contain_text("Redigera")
    window.context.set_offline(False)
    tab.goto(EDIT)
    told = late(tab)
    expect(told).to_contain_text("hann inte fram. Nu ligger den bland dina utkast.")
    assert copies(tab) == []
    told.get_by_role("link", name="Fortsätt på utkastet").click()
    expect(body(tab)).to_have_value(f"{wiki_page().body}\n{MINE}")


def test_a_form_whose_answer_was_lost_is_not_offered(tab: Page, window: Window) -> None:
    number = wiki_page().number
    write(tab)

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    tab.route(f"**{EDIT}", lose)
    save(tab)
    expect(tab.locator("body")).not_to_contain_text("Redigera")
    assert wiki_page().number == number + 1
    tab.unroute(f"**{EDIT}")
    tab.goto(EDIT)
    assert len(copies(tab)) <= 1
    expect(tab.locator("[data-autosave]")).to_have_count(1)
    for _moment in range(100):
        if not copies(tab):
            break
        tab.wait_for_timeout(50)
    assert (copies(tab), own_drafts(), wiki_page().number) == ([], [], number + 1)
    expect(late(tab)).to_have_count(0)
    expect(offer(tab)).to_have_count(0)


@pytest.mark.parametrize("fault", [NO_ROOM, NO_STORAGE])
def test_a_browser_that_keeps_nothing_does_not_say_so(open_window: OpenWindow, fault: str) -> None:
    window = open_window(is_visual=True)
    window.context.add_init_script(fault)
    tab = open_form(window)
    tab.get_by_role("button", name="Redigera som text").first.click()
    window.context.set_offline(True)
    write(tab)
    expect(expect_state(tab, "failed")).to_contain_text("Texten finns bara här på skärmen.")
    expect(tab.get_by_text("Så länge finns texten").locator("visible=true")).to_have_count(0)
    window.context.set_offline(False)
    expect_state(tab, "saved")
    assert drafted(MINE)


def test_a_draft_is_found_again_on_another_machine(tab: Page, open_window: OpenWindow) -> None:
    tab.get_by_label("Titel").fill("Frukostmöte med gröt")
    tab.get_by_label("Kommuner").fill("Umeå, Påhitt")
    tab.get_by_role("button", name="Lägg till en märkning").click()
    tab.locator(".tag-row").last.get_by_label("Motivering").fill("Halvt ifylld")
    write(tab)
    expect_state(tab, "saved")
    (draft,) = own_drafts()

    elsewhere = open_form(open_window())
    elsewhere.locator(f"main a[href$='utkast={draft.pk}']").first.click()
    expect(body(elsewhere)).to_have_value(f"{wiki_page().body}\n{MINE}")
    expect(elsewhere.get_by_label("Titel")).to_have_value("Frukostmöte med gröt")
    expect(elsewhere.get_by_label("Kommuner")).to_have_value("Umeå, Påhitt")
    notes = [each.input_value() for each in elsewhere.get_by_label("Motivering").all()]
    assert "Halvt ifylld" in notes
    write(elsewhere, "Och hemifrån.")
    expect_state(elsewhere, "saved")
    (draft,) = own_drafts()
    assert draft.fields["body"][0].endswith(f"{MINE}\nOch hemifrån.")
