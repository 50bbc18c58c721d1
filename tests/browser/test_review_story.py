"""Three people and a proposal: Ada proposes, Eva writes on the same page meanwhile, Rut decides.

The review screen by itself is in test_review.
"""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from tests.browser.keyboard import press_enter, tab_to
from tests.browser.screens.review import empty_the_queue
from tests.browser.screens.screen import ADA, EVA, RUT, person
from tests.browser.window import OpenWindow, Window
from tests.conftest import published
from tests.wiki.letters import mails
from wiki import operations
from wiki.content import Content
from wiki.models import Notification, Page, Proposal

TITLE = "Skolmaten på en skärm"
BEFORE = "Köket ringde varje skola på måndagar."
TRIED = "Tre skolor fick en skärm i mars. Köket såg svaren samma dag."
AFTER = "Svinnet minskade med en tredjedel."
BODY = f"## Före\n\n{BEFORE}\n\n## Försöket\n\n{TRIED}\n\n## Efter\n\n{AFTER}\n"
# What Ada changes, in three places; what Eva changes, in the second of them.
CALLED = "Köket ringde varje skola på måndagar, ofta utan att någon svarade."
PUPILS = "Köket såg svaren samma dag, och eleverna såg vad det blev."
BRAG = "Svinnet minskade med nästan allt."
IN_APRIL = "Tre skolor fick en skärm i april."
COMMENT = "Tack! Den sista siffran behöver en källa."
WAITS = "ännu inte granskad"


@pytest.fixture
def page(demo: None) -> Page:
    """A page that Eva has written and Rut has reviewed; nothing else waits, or is told."""
    empty_the_queue()
    Notification.objects.all().delete()
    made = operations.create(Content(title=TITLE, lead="Om köket.", body=BODY), by=person(EVA))
    page = published(made).page
    operations.mark_reviewed(page, up_to=1, by=person(RUT))
    return page


def body_of(page: Page) -> str:
    """The published text."""
    page.refresh_from_db()
    return page.body


def as_person(open_window: OpenWindow, email: str, path: str = "", **options: object) -> Window:
    """A browser in which somebody has signed in, and opened a page."""
    window = open_window(**options)
    window.sign_in(email)
    window.tab.goto(path or "/")
    return window


def write(tab: Tab, *changes: tuple[str, str]) -> None:
    """Change sentences in the form that the tab shows."""
    field = tab.get_by_label("Text", exact=True)
    text = field.input_value()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    field.fill(text)


def change_of(tab: Tab, words: str) -> Locator:
    """The change with these words, of those to decide on."""
    return tab.locator("[data-change]").filter(has_text=words)


def main(tab: Tab) -> Locator:
    """The page's own part."""
    return tab.get_by_role("main")


def propose_three(tab: Tab, page: Page) -> None:
    """Ada changes the page in three places, by the form."""
    tab.goto(f"{page.get_absolute_url()}redigera/")
    write(tab, (BEFORE, CALLED), ("Köket såg svaren samma dag.", PUPILS), (AFTER, BRAG))
    tab.get_by_label("Sammanfattning").fill("Hur det var före och efter")
    main(tab).get_by_role("button", name="Skicka förslaget").click()
    expect(main(tab)).to_contain_text("Plats 1 i kön.")


def save_meanwhile(tab: Tab) -> None:
    """Eva, who had opened the form before that, saves hers."""
    write(tab, ("Tre skolor fick en skärm i mars.", IN_APRIL))
    main(tab).get_by_role("button", name="Spara ändringen").click()
    expect(tab.get_by_role("status")).to_contain_text("Sparat som version 2.")


def publish_two_of_three(tab: Tab) -> None:
    """Rut comes by the queue, sees the merge, leaves one change out and says why."""
    tab.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Granskning").click()
    main(tab).get_by_role("article").filter(has_text="Ada Lind").get_by_role("link", name=TITLE).click()
    see_the_merge(tab)
    change_of(tab, BRAG).get_by_role("checkbox").uncheck()
    tab.get_by_label("Kommentar eller skäl").fill(COMMENT)
    main(tab).get_by_role("button", name="Publicera det valda").click()


def see_the_merge(tab: Tab) -> None:
    """Both Ada's and Eva's words are in the second change, and the screen says so."""
    expect(tab.locator("[data-change]")).to_have_count(3)
    merged = change_of(tab, PUPILS)
    expect(merged).to_contain_text("Sidan har ändrats här sedan förslaget skrevs. Båda ändringarna är med.")
    sides = merged.locator(".pair__text")
    added = "Tillagt: , och eleverna såg vad det blev"
    expect(sides).to_have_text(
        [f"{IN_APRIL} Köket såg svaren samma dag.", f"{IN_APRIL} Köket såg svaren samma dag{added}."]
    )
    expect(merged.locator("ins")).to_have_text([added])


def test_what_three_people_do_comes_together(open_window: OpenWindow, page: Page) -> None:
    reader, home = open_window().tab, page.get_absolute_url()
    states = reader.locator("footer.reading__foot")
    reader.goto(home)
    expect(states).to_contain_text("granskad")
    expect(reader.get_by_text(WAITS)).to_have_count(0)

    eva = as_person(open_window, EVA, f"{home}redigera/").tab
    ada = as_person(open_window, ADA).tab
    propose_three(ada, page)
    save_meanwhile(eva)
    reader.goto(home)
    expect(states).to_contain_text("Ett förslag på ändring väntar på granskning.")
    expect(states).to_contain_text(WAITS)
    reader.get_by_role("link", name="Läs version 1, som är den senast granskade").click()
    expect(main(reader)).to_contain_text(BEFORE)
    expect(reader.get_by_text(WAITS)).to_have_count(0)

    rut = as_person(open_window, RUT).tab
    expect(rut.get_by_role("link", name=re.compile(r"Granskning \(2 väntar"))).to_be_visible()
    publish_two_of_three(rut)
    told = f"”{TITLE}” är publicerat som version 3, med 2 ändringar av 3."
    expect(rut.locator(".messages .ds-alert")).to_contain_text(told)
    expect(rut.get_by_role("link", name=re.compile(r"Granskning \(1 väntar"))).to_be_visible()

    ada_is_told_by_mail(page)
    ada_is_told_on_screen(ada)
    everybody_reads_what_was_published(reader, page)

    # Rut was led to Eva's edit, which nobody had looked at.
    expect(rut.get_by_role("heading", level=1)).to_have_text(TITLE)
    main(rut).get_by_role("button", name="Granskad").click()
    expect(rut.locator(".messages .ds-alert")).to_contain_text("är granskad")
    reader.goto(home)
    expect(states).to_contain_text("granskad")
    expect(reader.get_by_text(WAITS)).to_have_count(0)
    reader.goto(f"{home}historik/")
    expect(reader.get_by_text(WAITS)).to_have_count(0)


def ada_is_told_by_mail(page: Page) -> None:
    """One mail on Eva's edit, since she watches the page, and one on the decision, with the difference."""
    edited, mail = mails(person(ADA))
    assert edited.subject == f"[Mittköping] ”{TITLE}” har ändrats"
    assert mail.subject == f"[Mittköping] Ditt förslag till ”{TITLE}” är publicerat till en del"
    assert f"2 av 3 ändringar i ditt förslag till ”{TITLE}” är publicerade." in mail.body
    assert COMMENT in mail.body
    assert "{+, ofta utan att någon svarade+}" in mail.body
    assert Proposal.objects.get(page=page).get_absolute_url() in mail.body


def ada_is_told_on_screen(tab: Tab) -> None:
    """The bell rings, and the notification leads to what was decided."""
    tab.goto("/")
    tab.get_by_role("link", name="Aviseringar 2 olästa").click()
    row = main(tab).get_by_role("listitem").filter(has_text="2 av 3 ändringar")
    expect(row).to_contain_text(COMMENT)
    row.get_by_role("button", name="Läs").click()
    expect(main(tab)).to_contain_text("Publicerat som version 3, 2 av 3 ändringar.")
    expect(main(tab)).to_contain_text(COMMENT)
    expect(tab.get_by_role("link", name="Aviseringar 1 oläst")).to_be_visible()


def everybody_reads_what_was_published(tab: Tab, page: Page) -> None:
    """Two changes and Eva's, and nothing else; Ada is credited, and what nobody has read is marked."""
    assert body_of(page) == BODY.replace(BEFORE, CALLED).replace(TRIED, f"{IN_APRIL} {PUPILS}")
    tab.goto(page.get_absolute_url())
    for words in (CALLED, f"{IN_APRIL} {PUPILS}", AFTER):
        expect(tab.locator("#sidtext")).to_contain_text(words)
    expect(main(tab)).not_to_contain_text(BRAG)
    expect(main(tab)).to_contain_text("av Ada Lind, Mittköping")
    expect(main(tab)).to_contain_text(WAITS)  # because of Eva's edit
    tab.get_by_role("link", name="Historik").click()
    rows = tab.locator(".version-row")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("Ada Lind, Mittköping")
    expect(rows.nth(0)).to_contain_text("Granskad av Rut Alm.")
    expect(rows.nth(0)).not_to_contain_text(WAITS)
    expect(rows.nth(1)).to_contain_text("Eva Berg, Mittköping")
    expect(rows.nth(1)).to_contain_text(WAITS)
    expect(rows.nth(2)).not_to_contain_text(WAITS)
    tab.goto("/sok/?q=nästan allt")
    expect(main(tab).get_by_role("link", name=TITLE)).to_have_count(0)


@pytest.fixture
def proposal(page: Page) -> Proposal:
    """What Ada and Eva do in the first test."""
    body = BODY.replace(BEFORE, CALLED).replace("Köket såg svaren samma dag.", PUPILS).replace(AFTER, BRAG)
    proposal = operations.propose(page, replace(page.content, body=body), base=1, by=person(ADA))
    theirs = BODY.replace("Tre skolor fick en skärm i mars.", IN_APRIL)
    operations.edit(page, replace(page.content, body=theirs), base=1, by=person(EVA))
    return proposal


def assert_two_of_three(page: Page, proposal: Proposal) -> None:
    """The same came out of it."""
    assert body_of(page) == BODY.replace(BEFORE, CALLED).replace(TRIED, f"{IN_APRIL} {PUPILS}")
    proposal.refresh_from_db()
    assert (proposal.status, proposal.chosen, proposal.comment) == ("accepted", 2, COMMENT)


def test_rut_needs_no_javascript(open_window: OpenWindow, page: Page, proposal: Proposal) -> None:
    tab = as_person(open_window, RUT, java_script_enabled=False).tab
    publish_two_of_three(tab)
    expect(tab.locator(".messages .ds-alert")).to_contain_text("med 2 ändringar av 3")
    assert_two_of_three(page, proposal)


def test_rut_needs_no_mouse(open_window: OpenWindow, page: Page, proposal: Proposal) -> None:
    tab = as_person(open_window, RUT).tab
    keys = tab.keyboard
    tab_to(tab, "nav a[href='/granskning/']", most=12)
    press_enter(tab)
    tab_to(tab, f"a[href='{proposal.get_absolute_url()}']")
    press_enter(tab)
    see_the_merge(tab)
    boxes = tab.get_by_role("checkbox", name="Ställe")
    tab_to(tab, "[data-change] input[type=checkbox]")
    expect(boxes.nth(0)).to_be_focused()
    keys.press("?")
    expect(tab.get_by_role("dialog", name="Kortkommandon")).to_be_visible()
    keys.press("Escape")
    expect(boxes.nth(0)).to_be_focused()
    for key, at in (("j", 1), ("j", 2), ("k", 1), ("j", 2)):
        keys.press(key)
        expect(boxes.nth(at)).to_be_focused()
    keys.press("Space")
    expect(boxes.nth(2)).not_to_be_checked()
    keys.press("r")
    expect(tab.get_by_label("Kommentar eller skäl")).to_be_focused()
    keys.type(COMMENT)
    tab_to(tab, "[name=save_reason]", most=2)
    keys.press("a")
    expect(main(tab).get_by_role("button", name="Publicera det valda")).to_be_focused()
    press_enter(tab)
    expect(tab.locator(".messages .ds-alert")).to_contain_text("med 2 ändringar av 3")
    assert_two_of_three(page, proposal)
