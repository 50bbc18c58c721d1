"""What is typed is saved as a draft while it is typed, and the screen says how that goes."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.drafts import (
    EDIT,
    MINE,
    Gate,
    body,
    copies,
    expect_state,
    hide,
    open_form,
    own_drafts,
    save,
    state,
    wiki_page,
    write,
)
from tests.browser.window import OpenWindow, Window

REST = 2_500  # milliseconds: longer than the script waits after the last key
SAID = "[data-autosave] [data-said]"


@pytest.fixture
def tab(window: Window) -> Page:
    """Eva has opened the form of the page."""
    return open_form(window)


def test_what_is_typed_becomes_a_draft_and_not_a_version(tab: Page) -> None:
    number = wiki_page().number
    tab.get_by_label("Titel").fill("Frukostmöte med gröt")
    tab.get_by_role("button", name="Lägg till en märkning").click()
    tab.locator(".tag-row").last.get_by_label("Motivering").fill("Halvt ifylld")
    write(tab)
    expect(expect_state(tab, "saved")).to_contain_text("som utkast")
    (draft,) = own_drafts()
    assert draft.title == "Frukostmöte med gröt"
    assert draft.fields["body"][0].endswith(f"\n{MINE}")
    assert ["Halvt ifylld"] in draft.fields.values()
    assert tab.locator("[name=draft]").input_value() == str(draft.pk)
    assert tab.locator("[name=counter]").input_value() == str(draft.counter)
    assert wiki_page().number == number
    assert copies(tab) == []


def test_a_form_in_which_nothing_is_typed_makes_no_draft(tab: Page) -> None:
    gate = Gate(tab)
    body(tab).click()
    tab.wait_for_timeout(REST)
    hide(tab)
    tab.wait_for_timeout(REST)
    assert (gate.posted, own_drafts()) == ([], [])
    hide(tab, is_hidden=False)
    write(tab)
    expect_state(tab, "saved")
    assert len(gate.posted) == len(own_drafts()) == 1


def test_one_is_sent_at_a_time_and_the_newest_wins(tab: Page) -> None:
    gate = Gate(tab, is_shut=True)
    write(tab, "Ett")
    tab.wait_for_timeout(REST)
    assert len(gate.posted) == 1
    write(tab, "Två")
    tab.wait_for_timeout(REST)
    hide(tab)
    hide(tab, is_hidden=False)
    write(tab, "Tre")
    tab.wait_for_timeout(REST)
    assert len(gate.posted) == 1
    gate.open()
    expect_state(tab, "saved")
    expect(tab.locator("[name=counter]")).to_have_value("2")
    (draft,) = own_drafts()
    assert draft.fields["body"][0].endswith("\nEtt\nTvå\nTre")
    assert len(gate.posted) == 2


def test_who_never_rests_is_saved_all_the_same(tab: Page) -> None:
    gate = Gate(tab)
    tab.clock.install()
    body(tab).press("Control+End")
    for _second in range(12):
        tab.keyboard.type("x")
        tab.clock.run_for(1000)
    expect_state(tab, "saved")
    assert len(gate.posted) == 1


def test_what_was_published_meanwhile_is_not_saved_once_more(tab: Page) -> None:
    write(tab)
    expect_state(tab, "saved")
    (first,) = own_drafts()
    # As when somebody stops the browser just after the form has been sent: the window stays.
    tab.evaluate(
        """async () => {
          const fields = new FormData(document.querySelector("form[data-edit]"));
          fields.set("do", "save");
          await fetch(location.href, { method: "POST", body: fields });
        }"""
    )
    number = wiki_page().number
    assert own_drafts() == []
    write(tab, "Efteråt.")
    # What came afterwards is not in that version: it becomes a draft that goes on from it.
    expect(tab.locator(f"[name=draft]:not([value='{first.pk}'])")).to_have_count(1, timeout=10_000)
    (draft,) = own_drafts()
    assert draft.fields["body"][0].endswith(f"{MINE}\nEfteråt.")
    assert (draft.base, wiki_page().number) == (number, number)


def test_a_form_whose_answer_was_lost_says_that_it_is_saved(tab: Page) -> None:
    tab.clock.install()
    write(tab)

    def lose_the_answer(route: Route) -> None:
        if not route.request.is_navigation_request() or route.request.method != "POST":
            route.fallback()
            return
        route.fetch(max_redirects=0)
        route.abort("aborted")  # as the browser's own button for stopping does it: the window stays

    tab.route(f"**{EDIT}", lose_the_answer)
    save(tab)
    tab.wait_for_timeout(REST)
    assert wiki_page().body.endswith(MINE)
    tab.clock.run_for(31_000)
    expect(expect_state(tab, "sent")).to_contain_text("Redan sparat.")
    expect(state(tab, "sent").get_by_role("link")).to_have_attribute("href", wiki_page().get_absolute_url())
    assert (own_drafts(), copies(tab)) == ([], [])


def test_publishing_takes_the_draft_away(tab: Page) -> None:
    before = wiki_page().number
    write(tab)
    expect_state(tab, "saved")
    write(tab, "Och bröd.")
    save(tab)
    expect(tab.get_by_role("status").first).to_contain_text(f"Sparat som version {before + 1}.")
    tab.wait_for_timeout(REST)
    assert own_drafts() == []
    assert wiki_page().body.endswith(f"{MINE}\nOch bröd.")


def test_keys_only_count(tab: Page) -> None:
    tab.evaluate(
        """() => {
          window.worked = 0;
          const Real = window.FormData;
          window.FormData = class extends Real {
            constructor(...all) { super(...all); window.worked += 1; }
          };
          const { setItem } = Storage.prototype;
          Storage.prototype.setItem = function (...all) {
            window.worked += 1;
            return setItem.apply(this, all);
          };
        }"""
    )
    write(tab, "En rad som någon skriver i ett svep.")
    assert tab.evaluate("window.worked") <= 1
    expect_state(tab, "saved")
    assert tab.evaluate("window.worked") >= 1


def test_what_is_read_of_the_form_is_what_it_would_send(tab: Page) -> None:
    tab.get_by_label("Hälsa och omsorg").check()
    tab.get_by_role("button", name="Lägg till en märkning").click()
    row = tab.locator(".tag-row").last
    row.get_by_label("Nyckelfaktor").select_option(index=3)
    row.get_by_label("hämmar").check()
    row.get_by_label("Motivering").fill("Två\nrader.")
    tab.get_by_label("Kommuner").evaluate("(field) => { field.disabled = true; }")
    read, sent = tab.evaluate(
        """async () => {
          const { fieldsOf } = await import("/static/js/form_fields.js");
          const form = document.querySelector("form[data-edit]");
          // That advice was shown is said only when the form is sent.
          const sent = [...new FormData(form)].filter(([name]) => name !== "advised");
          return [fieldsOf(form), sent];
        }"""
    )
    assert len(sent) > 20
    assert read == sent


def test_without_javascript_nothing_is_said(open_window: OpenWindow) -> None:
    window = open_window(java_script_enabled=False)
    tab = open_form(window)
    expect(tab.locator("[data-autosave]")).to_have_count(1)
    expect(tab.locator("[data-autosave] > [data-kind]:visible")).to_have_count(0)
    body(tab).fill(f"{wiki_page().body}\n{MINE}")
    save(tab)
    assert wiki_page().body.endswith(MINE)
