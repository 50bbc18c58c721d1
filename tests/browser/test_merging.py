"""Two people write on one page at the same time: what goes together, what has to be chosen, and how."""

from dataclasses import replace

import pytest
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from mittkoping.accounts.models import User
from tests.browser.keyboard import press_enter, tab_to
from tests.browser.test_narrow_screens import TOO_WIDE
from tests.browser.window import OpenWindow
from wiki import operations
from wiki.models import Page

SLUG = "frukostmote-vem-ager-uppgiften"
EDIT = f"/sidor/{SLUG}/redigera/"
EVA, BO = "eva@mittkoping.example", "bo@granneby.example"
BODY = "Vi började i liten skala.\n\nSedan växte det.\n\nTill sist var alla med.\n"
OWN = "Till sist var nästan alla med, även vi."
FOUR = {
    "Deras": "Till sist var många med.",
    "Din": "Till sist var några med.",
    "Båda, först deras och sedan din": "Till sist var många med.\n\nTill sist var några med.",
    "Skriv själv:": OWN,
}
SETTLE = "Spara den sammanfogade texten"


@pytest.fixture
def page(demo: None) -> Page:
    """A page of three paragraphs."""
    page = Page.objects.get(slug=SLUG)
    operations.edit(page, replace(page.content, body=BODY), base=page.number, by=User.objects.get(email=EVA))
    page.refresh_from_db()
    return page


def write(open_window: OpenWindow, email: str, old: str, new: str, **options: object) -> Tab:
    """Open the form, and change some words; nothing is sent."""
    window = open_window(**options)
    window.sign_in(email)
    window.tab.goto(EDIT)
    window.tab.locator("#id_body").fill(BODY.replace(old, new))
    return window.tab


def save(tab: Tab, name: str = "Spara ändringen") -> None:
    """Press a button; what comes of it is there. A draft that is noted in the address is no new document."""
    with tab.expect_event("domcontentloaded"):
        tab.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def both_write(
    open_window: OpenWindow, theirs: str, mine: str, also: tuple[str, str] = ("", ""), **options: object
) -> Tab:
    """Bo and Eva write on the last paragraph at the same time; he is the first to save. Eva's window."""
    tab = write(open_window, EVA, "alla", mine, **options)
    if all(also):
        tab.locator("#id_body").fill(BODY.replace("alla", mine).replace(*also))
    others = write(open_window, BO, "alla", theirs)
    save(others)
    expect(others.get_by_role("status").first).to_contain_text("Sparat som version")
    save(tab)
    return tab


def place(tab: Tab) -> Locator:
    """The one place that both have changed."""
    return tab.locator(".change--conflict")


@pytest.mark.parametrize(
    ("theirs", "mine", "merged"),
    [
        (
            ("liten skala", "stor skala"),
            ("Till sist", "Nu"),
            "stor skala.\n\nSedan växte det.\n\nNu var alla",
        ),
        (("Till sist", "Nu"), ("alla", "några"), "Sedan växte det.\n\nNu var några med."),
    ],
    ids=["other paragraphs", "other words of a paragraph"],
)
def test_what_two_windows_write_goes_together(
    open_window: OpenWindow, page: Page, theirs: tuple[str, str], mine: tuple[str, str], merged: str
) -> None:
    hers, his = write(open_window, EVA, *mine), write(open_window, BO, *theirs)
    save(his)
    save(hers)
    notice = hers.get_by_role("status").first
    expect(notice).to_contain_text(
        f"Sparat som version {page.number + 2}, sammanfogad med version {page.number + 1} av Bo Ek."
    )
    assert merged in Page.objects.get(pk=page.pk).body
    notice.get_by_role("link", name="Se vad de andra ändrade").click()
    expect(hers.locator(".diff ins").first).to_have_text(theirs[1].split()[0])
    hers.goto(f"/sidor/{SLUG}/historik/")
    expect(hers.get_by_text("sammanfogad", exact=True)).to_have_count(1)


@pytest.mark.parametrize("choice", FOUR)
def test_the_same_word_is_settled_and_both_are_in_history(
    open_window: OpenWindow, page: Page, choice: str
) -> None:
    tab = both_write(open_window, "många", "några", also=("Vi började", "Alla började"))
    expect(tab.get_by_role("alert")).to_contain_text("Bo Ek, Granneby, sparade version")
    mine = BODY.replace("Vi började", "Alla började")
    expect(tab.locator("#id_body")).to_have_value(mine.replace("alla", "några"))
    expect(place(tab).locator("ins")).to_have_text(["Tillagt: många", "Tillagt: några"])
    expect(place(tab).get_by_label("Egna ord på ställe 2")).to_have_value("Till sist var några med.")
    left = tab.locator("[data-left-status]")
    expect(left).to_have_text("Ett ställe kvar att välja.")
    place(tab).get_by_label(choice, exact=True).check()
    if choice == "Skriv själv:":
        place(tab).get_by_label("Egna ord på ställe 2").fill(OWN)
    expect(left).to_have_text("Allt är valt. Nu kan du spara.")
    save(tab, SETTLE)
    expect(tab.get_by_role("status").first).to_contain_text(f"Sparat som version {page.number + 2}.")
    bodies = [edit.content.body for edit in page.edits.order_by("-number")[:2]]
    assert bodies == [mine.replace("Till sist var alla med.", FOUR[choice]), BODY.replace("alla", "många")]


def test_writing_own_words_chooses_them_and_choosing_another_text_sets_them_aside(
    open_window: OpenWindow, page: Page
) -> None:
    tab = both_write(open_window, "många", "några")
    field = place(tab).get_by_label("Egna ord på ställe 1")
    field.fill(OWN)
    expect(place(tab).get_by_label("Skriv själv:")).to_be_checked()
    place(tab).get_by_label("Deras", exact=True).check()
    expect(field).to_have_value("Till sist var några med.")
    place(tab).get_by_label("Skriv själv:").check()
    expect(field).to_have_value(OWN)
    save(tab, "Förhandsgranska")
    expect(tab.locator("#forhandsvisning")).to_contain_text(OWN)
    expect(place(tab).get_by_label("Skriv själv:")).to_be_checked()
    place(tab).get_by_label("Deras", exact=True).check()
    expect(field).to_have_value("Till sist var några med.")
    save(tab, SETTLE)
    assert "många" in Page.objects.get(pk=page.pk).body


def test_it_is_settled_without_javascript(open_window: OpenWindow, page: Page) -> None:
    tab = both_write(open_window, "många", "några", java_script_enabled=False)
    save(tab, SETTLE)
    tab.get_by_role("link", name="Ställe 1: Välj vad som ska stå här.").click()
    expect(place(tab)).to_be_in_viewport()
    place(tab).get_by_label("Egna ord på ställe 1").fill(OWN)
    save(tab, SETTLE)
    expect(tab.get_by_role("status").first).to_contain_text(f"Sparat som version {page.number + 2}.")
    assert OWN in Page.objects.get(pk=page.pk).body


def test_it_is_settled_by_the_keyboard_alone(open_window: OpenWindow, page: Page) -> None:
    tab = both_write(open_window, "många", "några")
    tab_to(tab, "a[href='#stalle-1']")
    tab.keyboard.press("Enter")
    tab_to(tab, "[name^='val-'][value='ours']")
    tab.keyboard.press("ArrowDown")
    expect(place(tab).get_by_label("Din", exact=True)).to_be_checked()
    tab_to(tab, "button[value='settle']")
    press_enter(tab)
    expect(tab.get_by_role("status").first).to_contain_text(f"Sparat som version {page.number + 2}.")
    assert Page.objects.get(pk=page.pk).body == BODY.replace("alla", "några")


@pytest.mark.parametrize("width", [320, 390])
def test_it_is_settled_on_a_phone(open_window: OpenWindow, page: Page, width: int) -> None:
    tab = both_write(open_window, "m" * 120, "några", viewport={"width": width, "height": 844})
    expect(place(tab)).to_be_visible()
    assert tab.evaluate(TOO_WIDE) == []
    place(tab).get_by_label("Din", exact=True).check()
    save(tab, SETTLE)
    expect(tab.get_by_role("status").first).to_contain_text("Sparat som version")
    assert Page.objects.get(pk=page.pk).body == BODY.replace("alla", "några")


def test_what_came_meanwhile_is_seen_once_more(open_window: OpenWindow, page: Page) -> None:
    tab = both_write(open_window, "många", "några")
    newest = Page.objects.get(pk=page.pk)
    again = replace(newest.content, body=BODY.replace("alla", "de flesta"))
    operations.edit(newest, again, base=newest.number, summary="En gång till", by=User.objects.get(email=BO))
    place(tab).get_by_label("Egna ord på ställe 1").fill(OWN)
    save(tab, SETTLE)
    expect(tab.get_by_role("alert")).to_contain_text("”En gång till”")
    expect(tab.locator("#id_body")).to_have_value(BODY.replace("Till sist var alla med.", OWN))
    expect(place(tab)).to_contain_text("Tillagt: de flesta")
    place(tab).get_by_label("Din", exact=True).check()
    save(tab, SETTLE)
    assert OWN in Page.objects.get(pk=page.pk).body
