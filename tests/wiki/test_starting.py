"""The form of an older version (`?bas=`): what one comes back to in the browser saves from where one was."""

from dataclasses import replace

import pytest
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import User
from tests.conftest import MakePage, form_of, tag
from tests.wiki.drafting import EDIT, sent_from
from wiki import operations
from wiki.models import Edit, Page

BODY = "## Mål\n\nEtt mål.\n\n## Medel\n\nEtt medel.\n"
NEWEST = "Börja från den nyaste versionen"


@pytest.fixture
def page(make_page: MakePage, catalogue: dict[str, Factor], eva: User, bo: User) -> Page:
    """Bo has changed everything in version 2."""
    page = make_page("Skolan", lead="Om skolan.", body=BODY, kind="guide", tags=(tag(author=eva.pk),))
    changed = replace(page.content, body=f"{BODY}\n## Bos\n\nSist.\n", lead="Bos.", kind="sida", tags=())
    operations.edit(page, changed, base=1, by=bo)
    page.refresh_from_db()
    return page


def test_the_form_shows_the_version_that_is_asked_for(page: Page, as_eva: Client) -> None:
    answer = as_eva.get(EDIT, {"bas": "1"})
    form, before = answer.context["form"], page.edits.get(number=1).content
    assert (form["base"].value(), form["lead"].value(), form["body"].value()) == (
        1,
        "Om skolan.",
        before.body,
    )
    assert form["kind"].value() == "guide"
    assert next(iter(answer.context["tags"]))["note"].value() == before.tags[0].note
    assert "Bo Ek har publicerat version 2." in answer.text
    assert f'<a href="{EDIT}?bas=2">{NEWEST}</a>' in answer.text


def test_it_is_saved_as_what_the_writer_started_from(page: Page, as_eva: Client) -> None:
    sent = sent_from(as_eva.get(EDIT, {"bas": "1"}).context["form"])
    sent["body"] = BODY.replace("Ett mål.", "Två mål.")
    answer = as_eva.post(f"{EDIT}?bas=1", sent, follow=True)
    assert "Sparat som version 3, sammanfogad med version 2 av Bo Ek." in answer.text
    page.refresh_from_db()
    assert page.body == BODY.replace("Ett mål.", "Två mål.") + "\n## Bos\n\nSist.\n"
    assert (page.lead, page.kind, page.tags) == ("Bos.", "sida", [])


@pytest.mark.parametrize("bas", ["2", "3", "0", "-1", "", "x", "²", "9" * 30, "\x00"])
def test_what_is_no_older_version_is_ignored(page: Page, as_eva: Client, bas: str) -> None:
    answer = as_eva.get(EDIT, {"bas": bas})
    assert (answer.status_code, answer.context["form"]["base"].value()) == (200, 2)
    assert NEWEST not in answer.text


def test_a_hidden_version_is_ignored(page: Page, rut: User, as_eva: Client) -> None:
    Edit.objects.filter(page=page, number=1).update(hidden_at=page.updated_at, hidden_by=rut)
    answer = as_eva.get(EDIT, {"bas": "1"})
    assert answer.context["form"]["base"].value() == 2
    assert "Om skolan." not in answer.text


def test_a_part_is_cut_out_of_the_version(page: Page, as_eva: Client) -> None:
    answer = as_eva.get(EDIT, {"bas": "1", "rubrik": "medel"})
    form = answer.context["form"]
    assert (form["base"].value(), form["body"].value()) == (1, "## Medel\n\nEtt medel.")
    assert f'<a href="{EDIT}?bas=1">Redigera hela sidan</a>' in answer.text
    assert f'<a href="{EDIT}?bas=2&amp;rubrik=u-medel">{NEWEST}</a>' in answer.text


@pytest.mark.parametrize("part", ["", "diskussion/", "historik/", "redigera/", "version/1/", "jamfor/1/2/"])
def test_the_links_to_the_form_name_the_newest_version(page: Page, as_eva: Client, part: str) -> None:
    assert f'href="{EDIT}?bas=2"' in as_eva.get(f"/sidor/skolan/{part}").text


def test_versions_in_between_are_all_named(page: Page, rut: User, as_eva: Client) -> None:
    operations.edit(page, replace(page.content, lead="Ruts."), base=2, by=rut)
    changes = {"lead": "Om skolan.", "body": BODY.replace("Ett mål.", "Två mål.")}
    answer = as_eva.post(EDIT, form_of(page, base="1", **changes), follow=True)
    assert "Sparat som version 4, sammanfogad med version 2–3 av Bo Ek och Rut Alm." in answer.text


def test_a_conflict_with_oneself_says_so(page: Page, as_eva: Client) -> None:
    for body, status in (("Ett.", 302), ("Två.", 409)):
        answer = as_eva.post(EDIT, form_of(page, base="2", body=body))
        assert answer.status_code == status
    assert "Du har sparat i ett annat fönster. Inget är förlorat." in answer.text
    assert "Det publicerade" in answer.text
    assert "I det här fönstret" in answer.text
    for others in ("Någon hann", "Deras", "deras", "har ni båda", "Bara de andra"):
        assert others not in answer.text
