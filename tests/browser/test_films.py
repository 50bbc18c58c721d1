"""Films: nothing is asked of another host until somebody presses play."""

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from mittkoping.accounts.models import User
from mittkoping.policy import browser_policy
from tests.browser.window import Window
from tests.conftest import published
from wiki import operations
from wiki.content import Content
from wiki.models import Page

EVA = "eva@mittkoping.example"
BODY = """\
Se filmerna.

https://youtu.be/_b-c12345e_?si=spar&t=1m30s

> <https://vimeo.com/76979871/ab12cd34ef>

Se https://youtu.be/dQw4w9WgXcQ också.
"""
YOUTUBE = "https://www.youtube-nocookie.com/embed/_b-c12345e_?start=90"
VIMEO = "https://player.vimeo.com/video/76979871?h=ab12cd34ef&dnt=1"
PLAIN = """async () => {
  const { readPlain } = await import("/static/js/plain_text.js");
  return readPlain(document.getElementById("sidtext")).plain;
}"""


@pytest.fixture
def films(demo: None) -> Page:
    """A page with a film of each host."""
    eva = User.objects.get(email=EVA)
    return published(operations.create(Content(title="Filmer", body=BODY), by=eva)).page


@pytest.fixture
def frames(settings: Any) -> None:
    """The operator lets films be played here."""
    settings.VIDEO_FRAMES = True
    settings.CONTENT_SECURITY_POLICY = browser_policy(https=False, video_frames=True)


def answer(route: Route) -> None:
    """As a player would, which runs scripts; nothing leaves the machine."""
    script = "<script>document.querySelector('p').textContent = 'Spelar'</script>"
    route.fulfill(status=200, content_type="text/html", body=f"<!doctype html><p>Stilla</p>{script}")


@pytest.mark.usefixtures("frames")
def test_a_film_plays_in_the_page_after_a_press_and_not_before(window: Window, films: Page) -> None:
    tab = window.tab
    tab.route(re.compile(r"^https://"), answer)
    tab.goto(films.get_absolute_url())
    buttons = tab.get_by_role("button", name="Spela här")
    expect(buttons).to_have_count(2)
    assert window.foreign == []
    assert tab.locator("iframe").count() == 0
    expect(buttons.first).to_have_accessible_description(
        "Spelar du filmen här får YouTube veta det, och din IP-adress. Inget skickas förrän du trycker."
    )
    assert tab.evaluate(PLAIN) == films.plain
    remembered = tab.evaluate("JSON.stringify(localStorage)")

    buttons.first.focus()
    tab.keyboard.press("Enter")
    frame = tab.frame_locator("iframe[title='Film från YouTube']")
    expect(frame.get_by_text("Spelar")).to_be_visible()
    assert window.foreign == [YOUTUBE]
    assert tab.evaluate("document.activeElement.tagName") == "IFRAME"
    element = tab.locator("iframe")
    assert element.get_attribute("sandbox") == "allow-scripts allow-same-origin"
    assert element.get_attribute("referrerpolicy") == "strict-origin-when-cross-origin"

    tab.get_by_role("button", name="Spela här").click()
    expect(tab.frame_locator("iframe[title='Film från Vimeo']").get_by_text("Spelar")).to_be_visible()
    assert window.foreign == [YOUTUBE, VIMEO]
    window.foreign.clear()

    tab.reload()
    expect(tab.get_by_role("button", name="Spela här")).to_have_count(2)
    assert window.foreign == []
    assert window.context.cookies() == []
    assert tab.evaluate("JSON.stringify(localStorage)") == remembered
    window.check()


def test_without_the_setting_there_are_only_links(window: Window, films: Page) -> None:
    tab = window.tab
    tab.goto(films.get_absolute_url())
    cards = tab.locator("#sidtext a.video-lank")
    expect(cards).to_have_count(2)
    expect(cards.first).to_have_accessible_name("Se filmen på YouTube (öppnas där)")
    assert tab.get_by_role("button", name="Spela här").count() == 0
    # A frame is not let through either.
    tab.evaluate(
        f"""() => {{
          const frame = document.createElement("iframe");
          frame.src = "{YOUTUBE}";
          document.body.append(frame);
        }}"""
    )
    window.forgive("frame-src|Content Security Policy|Framing")
    assert window.foreign == []
    window.check()
