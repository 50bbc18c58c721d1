"""From words on a page to what all municipalities say: the factor's page, answers, and merged factors."""

from playwright.sync_api import expect

from mittkoping.accounts.models import User
from tests.browser.window import OpenWindow
from tests.conftest import published
from tests.conftest import tag as make_tag
from wiki import operations
from wiki.content import Content
from wiki.models import FactorTag
from wiki.passages import choose

EVA, BO, RUT = "eva@mittkoping.example", "bo@granneby.example", "rut@skl.example"
KEY = "5c0d1f4e-0000-4000-8000-000000000009"
WORDS = "Ingen hade mandat att stänga av faxen"
FACTOR, INTO = "politisk-forankring", "uthallighet"
"""Two factors that no page of the demo mentions."""


def tagged() -> FactorTag:
    """Words of Eva's about a factor, on a page of their own."""
    eva = User.objects.get(email=EVA)
    page = published(operations.create(Content(title="Faxen", body=f"{WORDS} i två år."), by=eva)).page
    passage = choose(page, 1, 0, len(WORDS))
    tag = make_tag(KEY, factor=FACTOR, direction="hindering", author=eva.pk, passage=passage)
    operations.tag_passage(page, tag, base=1, by=eva)
    return FactorTag.objects.select_related("page", "factor").get(key=KEY)


def test_another_municipality_agrees_and_the_factor_says_so(demo: None, open_window: OpenWindow) -> None:
    tag = tagged()
    window = open_window()
    window.sign_in(BO)
    tab = window.tab
    tab.goto(tag.factor.get_absolute_url())
    said = tab.locator(".said").filter(has_text=WORDS)
    expect(said).to_contain_text("Mittköping")
    expect(said).not_to_contain_text("Av påhittade kommuner")
    said.get_by_role("link", name="Läs på sidan Faxen").click()
    expect(tab.locator("#sidtext mark.passage")).to_have_text(WORDS)
    tab.get_by_role("link", name="Om märkningen").first.click()
    expect(tab.get_by_role("main")).to_contain_text("Ingen annan kommun har svarat ännu.")
    tab.get_by_role("link", name="Svara för er kommun").click()
    tab.get_by_label("Gäller även oss").check()
    tab.get_by_label("En rad om hur det är hos er").fill("Vår fax står kvar bakom kopiatorn.")
    tab.get_by_role("button", name="Spara svaret").click()
    expect(tab.get_by_role("main")).to_contain_text("Gäller även 0 av 290 kommuner.")
    expect(tab.get_by_role("main")).to_contain_text("Av påhittade kommuner: gäller 1, gäller inte 0.")
    expect(tab.get_by_role("main")).to_contain_text("Vår fax står kvar bakom kopiatorn.")
    tab.goto(tag.factor.get_absolute_url())
    expect(said).to_contain_text("Av påhittade kommuner: gäller 1, gäller inte 0.")
    tab.goto(tag.own_url)
    tab.get_by_role("link", name="Ändra er kommuns svar").click()
    tab.get_by_label("Inte hos oss").check()
    tab.get_by_role("button", name="Spara svaret").click()
    expect(tab.get_by_role("main")).to_contain_text("Av påhittade kommuner: gäller 0, gäller inte 1.")


def test_a_moderator_merges_two_factors_and_undoes_it(demo: None, open_window: OpenWindow) -> None:
    tag = tagged()
    window = open_window()
    window.sign_in(RUT)
    tab = window.tab
    tab.goto(f"/faktorer/{FACTOR}/sla-ihop/?till={INTO}")
    expect(tab.locator(".uses")).to_be_visible()
    tab.get_by_label("Skäl").fill("De säger samma sak.")
    tab.get_by_role("button", name="Slå ihop", exact=True).click()
    expect(tab).to_have_url(f"{window.server}/faktorer/{INTO}/")
    expect(tab.locator(".said").filter(has_text=WORDS)).to_be_visible()
    tab.goto(f"/faktorer/{FACTOR}/")
    expect(tab).to_have_url(f"{window.server}/faktorer/{INTO}/")
    tab.goto(f"/faktorer/{FACTOR}/sla-ihop/")
    tab.get_by_label("Skäl").fill("De säger olika saker.")
    tab.get_by_role("button", name="Ångra sammanslagningen").click()
    tab.goto(f"/faktorer/{FACTOR}/")
    expect(tab).to_have_url(f"{window.server}/faktorer/{FACTOR}/")
    expect(tab.locator(".said").filter(has_text=WORDS)).to_be_visible()
    tab.goto(f"/faktorer/{INTO}/")
    expect(tab.locator("h1")).to_be_visible()
    expect(tab.locator(".said").filter(has_text=WORDS)).to_have_count(0)
    assert FactorTag.objects.get(key=KEY).factor == tag.factor
