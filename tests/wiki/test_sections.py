"""Editing one heading's part of a page: what the form shows, and that the rest stays as it is."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import User
from tests.conftest import MakePage, form_of, signed_in, tag
from wiki import operations
from wiki.models import Draft, Page, Proposal
from wiki.operations import purging
from wiki.operations.protecting import protect
from wiki.transfer.front_matter import read

EDIT = "/sidor/skolan/redigera/"
BODY = "Inledning.\n\n## Mål\n\nEtt mål.\n\n### Delmål\n\nEtt delmål.\n\n## Medel\n\nEtt medel.\n"
GOALS = "## Mål\n\nEtt mål.\n\n### Delmål\n\nEtt delmål."
GONE = "Rubriken finns inte längre på sidan."
NO_PLACE = "Rubriken finns inte i den version som du utgick från."
HIDDEN = "Versionen som du utgick från är dold, så din text har ingen plats att stå på."


@pytest.fixture
def page(make_page: MakePage, catalogue: dict[str, Factor], eva: User) -> Page:
    """A page with three headings."""
    return make_page("Skolan", lead="Om skolan.", body=BODY, kind="guide", tags=(tag(author=eva.pk),))


def part(body: str, rubrik: str = "u-mal", base: int = 1, **more: str) -> dict[str, str]:
    """What the browser sends from the form of one part."""
    return {"rubrik": rubrik, "body": body, "base": str(base), "summary": "", **more}


def value(answer: Any, name: str) -> str:
    """What stands in a field of the form that was answered."""
    return str(answer.context["form"][name].value() or "")


@pytest.mark.parametrize("name", ["u-mal", "mal", " u-mal "])
def test_the_form_of_a_heading_shows_its_part_alone(page: Page, as_eva: Client, name: str) -> None:
    answer = as_eva.get(EDIT, {"rubrik": name})
    assert (value(answer, "body"), value(answer, "rubrik"), value(answer, "base")) == (GOALS, "u-mal", "1")
    assert "<h1>Redigera ”Mål” i Skolan</h1>" in answer.text
    assert 'name="rubrik" value="u-mal"' in answer.text
    assert f'<a href="{EDIT}?bas=1">Redigera hela sidan</a>' in answer.text
    for field in ('name="lead"', 'name="kind"', 'name="tags-TOTAL_FORMS"', 'name="municipalities"'):
        assert field not in answer.text
        assert field in as_eva.get(EDIT).text
    assert '<input type="hidden" name="title" value="Skolan" disabled>' in answer.text


def test_a_save_changes_the_part_and_nothing_else(page: Page, as_eva: Client) -> None:
    answer = as_eva.post(EDIT, part("## Mål\n\nTvå mål.\r\n", summary="Fler"), follow=True)
    assert "Sparat som version 2." in answer.text
    page.refresh_from_db()
    assert page.body == "Inledning.\n\n## Mål\n\nTvå mål.\n\n## Medel\n\nEtt medel.\n"
    assert (page.title, page.lead, page.kind, len(page.tags)) == ("Skolan", "Om skolan.", "guide", 1)
    assert page.edits.get(number=2).summary == "Fler"


def test_a_part_inside_another_is_edited_by_itself(page: Page, as_eva: Client) -> None:
    assert value(as_eva.get(EDIT, {"rubrik": "delmal"}), "body") == "### Delmål\n\nEtt delmål."
    as_eva.post(EDIT, part("### Delmål\n\nTvå.", "u-delmal"))
    page.refresh_from_db()
    assert page.body == BODY.replace("Ett delmål.", "Två.")


def test_a_part_that_is_sent_as_it_was_changes_nothing(page: Page, as_eva: Client) -> None:
    answer = as_eva.post(EDIT, part(GOALS), follow=True)
    assert "Inget är ändrat" in answer.text
    page.refresh_from_db()
    assert page.number == 1


def test_an_empty_part_is_taken_away_with_its_heading(page: Page, as_eva: Client) -> None:
    as_eva.post(EDIT, part(" \n"))
    page.refresh_from_db()
    assert page.body == "Inledning.\n\n## Medel\n\nEtt medel.\n"


def test_a_part_may_lose_its_heading_and_get_others(page: Page, as_eva: Client) -> None:
    as_eva.post(EDIT, part("Löst stycke.\n\n# Nytt\n\n## Mer"))
    page.refresh_from_db()
    assert page.body == "Inledning.\n\nLöst stycke.\n\n# Nytt\n\n## Mer\n\n## Medel\n\nEtt medel.\n"


def test_people_who_edit_different_headings_never_meet(page: Page, eva: User, bo: User, rut: User) -> None:
    sent = {
        eva: part("## Mål\n\nEvas mål.\n\nSist hos Eva."),
        bo: part("## Bos medel\n\nBos ord.\n\nEtt medel.", "u-medel"),
    }
    for user, form in sent.items():
        assert signed_in(user).post(EDIT, form).status_code == 302, user
    page.refresh_from_db()
    assert page.number == 3
    assert page.body == (
        "Inledning.\n\n## Mål\n\nEvas mål.\n\nSist hos Eva.\n\n## Bos medel\n\nBos ord.\n\nEtt medel.\n"
    )
    assert page.edits.get(number=3).is_merged
    whole = form_of(page, body=f"Ruts inledning.\n\n{BODY}", base="1")
    assert signed_in(rut).post(EDIT, whole).status_code == 302
    page.refresh_from_db()
    assert page.body.startswith("Ruts inledning.\n\nInledning.\n\n## Mål\n\nEvas mål.\n")


def test_a_part_goes_back_into_the_version_that_it_was_taken_from(
    page: Page, as_eva: Client, bo: User
) -> None:
    above = BODY.replace("Inledning.", "## Mål\n\nEtt annat mål, före.")
    signed_in(bo).post(EDIT, form_of(page, body=above))
    assert as_eva.post(EDIT, part(GOALS.replace("Ett mål.", "Två mål."))).status_code == 302
    page.refresh_from_db()
    assert page.body == above.replace("Ett mål.", "Två mål.")


def test_what_others_did_to_title_and_facts_stays(page: Page, as_eva: Client, bo: User) -> None:
    signed_in(bo).post(EDIT, form_of(page, title="Skola", lead="Ny.", kind="sida"))
    assert as_eva.post(EDIT, part("## Mål\n\nTvå.")).status_code == 302
    page.refresh_from_db()
    assert (page.title, page.lead, page.kind) == ("Skola", "Ny.", "sida")
    assert "Två." in page.body


def test_a_conflict_shows_the_whole_text(page: Page, as_eva: Client, bo: User) -> None:
    signed_in(bo).post(EDIT, form_of(page, body=BODY.replace("Ett mål.", "Bos mål.")))
    answer = as_eva.post(EDIT, part(GOALS.replace("Ett mål.", "Evas mål.")))
    assert answer.status_code == 409
    mine = BODY.replace("Ett mål.", "Evas mål.")
    assert (value(answer, "body"), value(answer, "rubrik")) == (mine, "")
    assert (value(answer, "base"), value(answer, "first_base")) == ("2", "1")
    assert "<h1>Redigera Skolan</h1>" in answer.text
    assert (value(answer, "title"), value(answer, "lead")) == ("Skolan", "Om skolan.")
    sent = form_of(page, body=mine, base="2", first_base="1", lead="Om skolan.")
    assert as_eva.post(EDIT, sent).status_code == 302
    page.refresh_from_db()
    assert page.body == mine


def test_an_unknown_heading_shows_the_whole_form_and_says_so(page: Page, as_eva: Client) -> None:
    answer = as_eva.get(EDIT, {"rubrik": "borta"})
    assert answer.status_code == 200
    assert GONE in answer.text
    assert GONE not in as_eva.get(EDIT).text
    assert (value(answer, "body"), value(answer, "rubrik")) == (BODY, "")
    assert 'name="lead"' in answer.text


@pytest.mark.parametrize("name", ["borta", "\x00", "u-" + "a" * 5000, "'\"<b>"])
def test_a_part_without_a_place_is_kept_and_says_so(page: Page, as_eva: Client, name: str) -> None:
    answer = as_eva.post(EDIT, part("## Mål\n\nSkrivet.", name))
    if name == "\x00":  # nothing is left of it, and so the text is a whole one
        assert answer.status_code == 302
        return
    assert (answer.status_code, value(answer, "body")) == (200, "## Mål\n\nSkrivet.")
    assert NO_PLACE in answer.text
    assert "<h1>Redigera en del av Skolan</h1>" in answer.text
    page.refresh_from_db()
    assert page.number == 1


def test_a_base_that_is_hidden_says_so_and_keeps_the_part(page: Page, as_eva: Client, rut: User) -> None:
    operations.edit(page, replace(page.content, body="## Mål\n\nNytt."), base=1, by=rut)
    page.refresh_from_db()
    purging.purge(page, purging.Purge(numbers=[1], instead=0, base=2), reason="Personuppgift", by=rut)
    answer = as_eva.post(EDIT, part("## Mål\n\nSkrivet."))
    assert (answer.status_code, value(answer, "body")) == (200, "## Mål\n\nSkrivet.")
    assert HIDDEN in answer.text
    page.refresh_from_db()
    assert page.body == "## Mål\n\nNytt."


@pytest.mark.parametrize("base", ["", "9", "x"])
def test_an_unknown_base_is_refused_as_for_a_whole_text(page: Page, as_eva: Client, base: str) -> None:
    answer = as_eva.post(EDIT, part("## Mål\n\nSkrivet.") | {"base": base})
    assert (answer.status_code, value(answer, "body")) == (200, "## Mål\n\nSkrivet.")
    assert "Sidan har ingen sådan version." in answer.text
    page.refresh_from_db()
    assert page.number == 1


def test_a_heading_without_a_text_is_left_alone(page: Page, as_eva: Client) -> None:
    answer = as_eva.post(EDIT, {"rubrik": "u-mal", "base": "1", "title": "Skola"})
    assert answer.status_code == 302
    page.refresh_from_db()
    assert (page.title, page.body) == ("Skola", BODY)


def test_limits_are_those_of_the_whole_text(page: Page, as_eva: Client) -> None:
    long = "## Mål\n\n" + "ord " * 49_990
    answer = as_eva.post(EDIT, part(long))
    assert (answer.status_code, value(answer, "body")) == (200, long)
    assert answer.context["form"].errors["body"]
    page.refresh_from_db()
    assert page.number == 1


def test_a_preview_shows_the_part(page: Page, as_eva: Client) -> None:
    answer = as_eva.post(EDIT, part("## Mål\n\nTvå *mål*.", do="preview"))
    assert "Två <em>mål</em>." in answer.text
    assert (value(answer, "body"), value(answer, "rubrik")) == ("## Mål\n\nTvå *mål*.", "u-mal")
    assert "Ett medel." not in answer.text


def test_the_file_holds_the_whole_page(page: Page, as_eva: Client) -> None:
    answer = as_eva.post(EDIT, part("## Mål\n\nTvå mål.", do="download"))
    assert read(answer.text).body.text == "Inledning.\n\n## Mål\n\nTvå mål.\n\n## Medel\n\nEtt medel.\n"


def test_a_draft_keeps_its_heading(page: Page, as_eva: Client) -> None:
    answer = as_eva.post(EDIT, part("## Mål\n\nHalva", do="draft"), follow=True)
    assert (value(answer, "body"), value(answer, "rubrik")) == ("## Mål\n\nHalva", "u-mal")
    assert "<h1>Redigera ”Mål” i Skolan</h1>" in answer.text
    draft = Draft.objects.get()
    reading = as_eva.get(draft.get_absolute_url()).context["reading"]
    assert reading.content.body == "Inledning.\n\n## Mål\n\nHalva\n\n## Medel\n\nEtt medel.\n"
    sent = part("## Mål\n\nHel.", draft=value(answer, "draft"), counter=value(answer, "counter"))
    assert as_eva.post(EDIT, sent).status_code == 302
    assert not Draft.objects.exists()


def test_a_draft_whose_heading_has_gone_keeps_its_text(page: Page, as_eva: Client) -> None:
    as_eva.post(EDIT, part("## Mål\n\nHalva", "u-borta", do="draft"))
    answer = as_eva.get(Draft.objects.get().form_url)
    assert value(answer, "body") == "## Mål\n\nHalva"
    assert NO_PLACE in answer.text


def test_a_part_that_is_sent_twice_is_saved_once(page: Page, as_eva: Client) -> None:
    form = part("## Mål\n\nTvå mål.", once="nyckel")
    assert [as_eva.post(EDIT, form).status_code for _time in range(2)] == [302, 302]
    page.refresh_from_db()
    assert page.number == 2


def test_a_contributor_proposes_the_whole_text(page: Page, ada: User) -> None:
    assert signed_in(ada).post(EDIT, part("## Mål\n\nAdas mål.")).status_code == 302
    proposal = Proposal.objects.get()
    assert proposal.body == "Inledning.\n\n## Mål\n\nAdas mål.\n\n## Medel\n\nEtt medel.\n"
    assert proposal.title == "Skolan"
    page.refresh_from_db()
    assert page.number == 1
    # A proposal is written on as a whole.
    address = f"{proposal.get_absolute_url()}redigera/"
    assert value(signed_in(ada).get(address, {"rubrik": "mal"}), "body") == proposal.body


def test_a_page_that_is_too_heavy_to_draw_has_no_parts(make_page: MakePage, as_eva: Client) -> None:
    make_page("Tung", body="# Mål\n\n" + "[" * 100_000)
    answer = as_eva.get("/sidor/tung/redigera/", {"rubrik": "mal"})
    assert GONE in answer.text
    assert "Redigera bara en del" not in answer.text


def test_the_form_of_the_page_lists_its_headings(page: Page, as_eva: Client) -> None:
    answer = as_eva.get(EDIT)
    assert "<summary>Redigera bara en del</summary>" in answer.text
    for name, words in (("u-mal", "Mål"), ("u-delmal", "Delmål"), ("u-medel", "Medel")):
        assert f'<a href="{EDIT}?bas=1&amp;rubrik={name}">{words}</a>' in answer.text
    assert "Redigera bara en del" not in as_eva.get("/sidor/ny/").text


def test_only_those_who_may_write_get_the_links_of_the_page(
    page: Page, as_eva: Client, ada: User, rut: User
) -> None:
    marks = ("js/sections", "data-section-link")
    for client in (as_eva, signed_in(ada)):
        text = client.get("/sidor/skolan/").text
        assert all(mark in text for mark in marks)
    text = Client().get("/sidor/skolan/").text
    assert not any(mark in text for mark in marks)
    protect(page, Page.Protection.LOCKED, reason="Stök", by=rut)
    assert not any(mark in as_eva.get("/sidor/skolan/").text for mark in marks)
