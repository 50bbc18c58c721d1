"""Back in the browser's history, without JavaScript: what others have saved meanwhile stays on the page."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from mittkoping.accounts.models import User
from tests.browser.drafts import BO, EDIT, EVA, SLUG, body, open_form, save, wiki_page
from tests.browser.window import OpenWindow, Window
from wiki import operations

EVAS = "Evas första stycke."
BOS = "Bos första stycke."
BOS_LAST = "Bo skrev detta sist."


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    """A browser that runs no scripts."""
    return open_window(java_script_enabled=False)


@pytest.fixture
def tab(window: Window) -> Page:
    """Eva has followed the link on the page to its form."""
    window.sign_in(EVA)
    window.tab.goto(f"/sidor/{SLUG}/")
    window.tab.get_by_role("link", name="Redigera", exact=True).click()
    expect(body(window.tab)).to_be_visible()
    return window.tab


def save_as_bo(*, first: str = "", last: str = "") -> None:
    """Bo publishes other words in the place of the first paragraph, or after the last."""
    page = wiki_page()
    text = page.body.replace(first_paragraph(), first) if first else page.body
    content = replace(page.content, body=f"{text}\n\n{last}\n" if last else text)
    operations.edit(page, content, base=page.number, by=User.objects.get(email=BO))


def leave_the_cache(tab: Page) -> None:
    """Have the browser fetch what it comes back to: another cookie, another answer."""
    tab.context.add_cookies([{"name": "annan", "value": "1", "url": tab.url}])


def first_paragraph() -> str:
    """What the page begins with."""
    return wiki_page().body.split("\n\n")[0]


def change_first_paragraph(tab: Page) -> None:
    """Eva writes something else in its place."""
    body(tab).fill(wiki_page().body.replace(first_paragraph(), EVAS))


def base(tab: Page) -> int:
    """The version that the form is about."""
    return int(tab.locator("#redigera [name=base]").input_value())


def test_back_to_a_form_that_was_left_by_a_link(tab: Page) -> None:
    started = wiki_page().number
    change_first_paragraph(tab)
    tab.get_by_role("link", name="Sidor", exact=True).first.click()
    save_as_bo(last=BOS_LAST)
    leave_the_cache(tab)
    tab.go_back()
    assert (base(tab), EVAS in body(tab).input_value()) == (started, True)
    expect(tab.locator("#narvaro")).to_contain_text(f"Bo Ek har publicerat version {started + 1}.")
    save(tab)
    expect(tab.get_by_text(f"sammanfogad med version {started + 1} av Bo Ek")).to_be_visible()
    assert EVAS in wiki_page().body
    assert BOS_LAST in wiki_page().body


def test_back_from_the_conflict(tab: Page, window: Window) -> None:
    started = wiki_page().number
    change_first_paragraph(tab)
    save_as_bo(first=BOS)
    save(tab)
    assert (window.statuses[-1], base(tab)) == (409, started + 1)
    leave_the_cache(tab)
    tab.go_back()
    assert (base(tab), EVAS in body(tab).input_value()) == (started, True)
    save(tab)
    assert window.statuses[-1] == 409
    assert BOS in wiki_page().body


def test_back_after_a_save_and_on_with_the_text(tab: Page) -> None:
    change_first_paragraph(tab)
    save(tab)
    save_as_bo(last=BOS_LAST)
    leave_the_cache(tab)
    tab.go_back()
    body(tab).fill(body(tab).input_value().replace(EVAS, f"{EVAS} Och mer."))
    save(tab)
    assert BOS_LAST in wiki_page().body


def test_a_form_without_a_version_in_its_address_does_not_put_old_text_on_a_newer_one(window: Window) -> None:
    tab = open_form(window)
    assert tab.url.endswith(EDIT)
    started = wiki_page().number
    change_first_paragraph(tab)
    tab.goto("/sidor/")
    save_as_bo(last=BOS_LAST)
    leave_the_cache(tab)
    tab.go_back()
    assert (base(tab), EVAS in body(tab).input_value()) == (started + 1, False)
    assert BOS_LAST in body(tab).input_value()


def test_the_form_can_begin_from_the_newest_version(tab: Page) -> None:
    started = wiki_page().number
    save_as_bo(last=BOS_LAST)
    tab.reload()
    assert (base(tab), BOS_LAST in body(tab).input_value()) == (started, False)
    tab.get_by_role("link", name="Börja från den nyaste versionen").click()
    assert (base(tab), BOS_LAST in body(tab).input_value()) == (started + 1, True)
