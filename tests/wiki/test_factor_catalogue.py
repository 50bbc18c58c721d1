"""The catalogue as a living thing: every change is a version, is logged, and can be taken back."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from factors.content import FactorContent
from factors.models import Factor, FactorEdit
from mittkoping.accounts.models import User
from tests.conftest import MakePage, signed_in
from tests.wiki.catalogue_acts import acts, now
from tests.wiki.test_factor_proposals import NEW, form_of
from wiki.models import Page
from wiki.operations import catalogue as changes

SOURCE, TARGET = "/faktorer/gemensam-malbild/", "/faktorer/tillit/"


def test_a_moderator_makes_a_factor_and_nobody_else(
    catalogue: dict[str, Factor], rut: User, eva: User, client: Client
) -> None:
    with pytest.raises(PermissionDenied):
        changes.create_factor(NEW, by=eva)
    answer = signed_in(rut).post("/faktorer/ny/", form_of(NEW, base="", summary="Saknades"))
    assert (answer.status_code, answer["Location"]) == (302, "/faktorer/vantetid/")
    made = Factor.objects.get(slug="vantetid")
    assert (made.status, made.number, made.content) == ("active", 1, NEW)
    edit = made.edits.get()
    assert (edit.act, edit.author, edit.reviewer, edit.summary) == ("create", rut, None, "Saknades")
    assert acts() == [("create_factor", made, "Saknades")]
    [row] = client.get("/logg/").context["rows"]
    assert (row.what, row.actor, row.title, row.numbers) == (
        "Skapade en nyckelfaktor",
        "Rut Alm",
        "Väntetid",
        (1,),
    )
    assert client.get(row.address).status_code == 200


def test_a_name_is_taken_once(catalogue: dict[str, Factor], rut: User) -> None:
    sent = form_of(replace(NEW, name=" gemensam  MÅLBILD"), base="", sure="1")
    answer = signed_in(rut).post("/faktorer/ny/", sent)
    assert answer.status_code == 200
    assert "Det finns redan en nyckelfaktor som heter ”Gemensam målbild”." in answer.text
    assert "Det går fort." in answer.text


def test_no_factor_gets_the_address_of_the_form(catalogue: dict[str, Factor], rut: User) -> None:
    made = changes.create_factor(replace(NEW, name="Ny"), by=rut).factor
    assert made.slug == "ny-2"
    again = changes.create_factor(replace(NEW, name="Tillit!"), by=rut).factor
    assert again.slug == "tillit-2"


def test_editing_makes_a_version_and_an_unchanged_save_makes_none(factor: Factor, rut: User) -> None:
    browser = signed_in(rut)
    sent = form_of(
        factor.content, base=1, summary="Bättre", related="Tillit\nöppenhet", aliases="mål\nmål\n\nvision"
    )
    answer = browser.post(f"{SOURCE}redigera/", sent)
    assert (answer.status_code, answer["Location"]) == (302, SOURCE)
    content = now(factor).content
    assert (content.related, content.aliases) == (("tillit", "oppenhet"), ("mål", "vision"))
    assert acts() == [("edit_factor", factor, "Bättre")]
    answer = browser.post(f"{SOURCE}redigera/", sent | {"base": 2})
    assert answer.status_code == 200
    assert "Inget är ändrat, så ingen ny version sparades." in answer.text
    assert (now(factor).number, len(acts())) == (2, 1)


def test_a_field_that_is_not_sent_stays_as_it_is(factor: Factor, rut: User) -> None:
    signed_in(rut).post(f"{SOURCE}redigera/", {"base": 1, "leda_area": "Målbild"})
    assert now(factor).content == replace(factor.content, leda_area="Målbild")
    assert "Målbild" in signed_in(rut).get(f"{SOURCE}version/2/").text


def test_what_is_only_for_moderators_is_not_taken_from_others(factor: Factor, eva: User) -> None:
    answer = signed_in(eva).get(f"{SOURCE}redigera/")
    assert 'name="definition"' in answer.text
    assert 'name="leda_area"' not in answer.text
    signed_in(eva).post(f"{SOURCE}redigera/", {"base": 1, "leda_area": "Målbild", "definition": "Ny."})
    assert factor.proposals.get().content == replace(factor.content, definition="Ny.")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Skriv vad nyckelfaktorn heter."),
        ("name", "x" * 81, "Texten är 81 tecken lång. Gränsen är 80."),
        ("definition", "x" * 1001, "Texten är 1001 tecken lång. Gränsen är 1000."),
        ("enables", "x" * 2001, "Gränsen är 2000."),
        ("hinders", " ", "Skriv hur det märks när den hämmar."),
        ("questions", "\n".join(f"Fråga {n}?" for n in range(11)), "Du har skrivit 11 rader. Gränsen är 10."),
        ("questions", "Hur?\n" + "x" * 301, "Rad 2 är 301 tecken lång. Gränsen är 300."),
        ("aliases", "x" * 81, "Rad 1 är 81 tecken lång. Gränsen är 80."),
        ("aliases", "\n".join(f"ord {n}" for n in range(21)), "Gränsen är 20."),
        ("related", "Tillit\nFinns inte", "Det finns ingen nyckelfaktor som heter ”Finns inte”."),
        ("theme", "finns-inte", "Det temat finns inte."),
        ("aliases", "19121212-1212", "innehåller ett personnummer"),
        ("summary", "19121212-1212", "innehåller ett personnummer"),
        ("base", "99", "Nyckelfaktorn har ingen sådan version."),
        ("base", "x", "heltal"),
    ],
)
def test_what_does_not_fit_gets_a_sentence_and_loses_nothing(
    factor: Factor, rut: User, field: str, value: str, sentence: str
) -> None:
    sent = {"base": 1, "enables": "Mina egna ord."} | {field: value}
    answer = signed_in(rut).post(f"{SOURCE}redigera/", sent)
    assert answer.status_code == 200
    assert sentence in answer.text
    if field != "enables":
        assert "Mina egna ord." in answer.text
    assert now(factor).number == 1


def test_words_are_stored_in_one_form_of_unicode(factor: Factor, rut: User) -> None:
    signed_in(rut).post(
        f"{SOURCE}redigera/", {"base": 1, "definition": "A\u030angra", "aliases": "o\u0308\r\nb"}
    )
    assert (now(factor).definition, now(factor).aliases) == ("Ångra", ["ö", "b"])


def test_two_who_edit_different_fields_both_get_theirs(factor: Factor, rut: User) -> None:
    changes.edit_factor(factor, replace(factor.content, hinders="Ruts."), base=1, by=rut)
    answer = signed_in(rut).post(f"{SOURCE}redigera/", {"base": 1, "definition": "Annas."})
    assert answer.status_code == 302
    assert (now(factor).hinders, now(factor).definition, now(factor).number) == ("Ruts.", "Annas.", 3)


def test_the_same_field_by_both_is_409_with_both_texts_and_the_rest_put_together(
    factor: Factor, rut: User
) -> None:
    first = replace(factor.content, hinders="Ruts hinder.", definition="Ruts ord.")
    changes.edit_factor(factor, first, base=1, by=rut)
    sent = form_of(
        factor.content, base=1, definition="Annas ord.", enables="Annas tecken.", summary="Därför."
    )
    sent["related"] = "\n".join(Factor.objects.get(slug=slug).name for slug in factor.related)
    answer = signed_in(rut).post(f"{SOURCE}redigera/", sent)
    assert answer.status_code == 409
    assert "Nyckelfaktorn har fått en nyare version." in answer.text
    form = answer.context["form"]
    assert (form["definition"].value(), form["enables"].value()) == ("Annas ord.", "Annas tecken.")
    assert (form["hinders"].value(), form["base"].value()) == ("Ruts hinder.", 2)
    assert form["summary"].value() == "Därför."
    [field] = answer.context["disagreements"]
    assert (field.label, field.old, field.new) == ("Definition", "Ruts ord.", "Annas ord.")
    assert "Ruts ord." in answer.text
    assert now(factor).number == 2
    again = {name: form[name].value() for name in form.fields}
    again = {name: "\n".join(v) if isinstance(v, (list, tuple)) else v for name, v in again.items()}
    assert signed_in(rut).post(f"{SOURCE}redigera/", again).status_code == 302
    assert (now(factor).definition, now(factor).hinders) == ("Annas ord.", "Ruts hinder.")


def test_versions_are_listed_shown_compared_and_brought_back(
    factor: Factor, rut: User, client: Client
) -> None:
    second = replace(
        factor.content, definition="En annan definition.", theme="samarbete", related=("tillit",)
    )
    changes.edit_factor(factor, second, base=1, by=rut, summary="Flyttad")
    listed = client.get(f"{SOURCE}historik/")
    assert [edit.number for edit in listed.context["edits"]] == [2, 1]
    assert "Driften" in listed.text
    assert "csrfmiddlewaretoken" not in listed.text
    assert client.get(f"{SOURCE}historik/?fran=1&till=2")["Location"] == f"{SOURCE}jamfor/1/2/"
    compared = client.get(f"{SOURCE}jamfor/1/2/")
    assert [(field.label, field.new) for field in compared.context["changes"]] == [
        ("Tema", "Samarbete"),
        ("Definition", "En annan definition."),
        ("Närliggande nyckelfaktorer", "Tillit"),
    ]
    assert factor.definition in client.get(f"{SOURCE}version/1/").text
    assert client.get(f"{SOURCE}version/3/").status_code == 404
    browser = signed_in(rut)
    answer = browser.post(f"{SOURCE}aterstall/1/", {"base": 1, "reason": "Bättre förut"})
    assert answer.status_code == 409
    assert "Bättre förut" in answer.text
    answer = browser.post(f"{SOURCE}aterstall/1/", {"base": 2, "reason": "Bättre förut"})
    assert (answer.status_code, now(factor).content) == (302, factor.content)
    edit = factor.edits.get(number=3)
    assert (edit.act, edit.source_number, edit.summary) == ("revert", 1, "Bättre förut")
    assert "återställer version 1" in client.get(f"{SOURCE}historik/").text
    answer = browser.post(f"{SOURCE}aterstall/1/", {"base": 3, "reason": "Igen"})
    assert "Inget är ändrat" in answer.text


def test_reverting_needs_a_reason_and_a_moderator(factor: Factor, rut: User, eva: User) -> None:
    changes.edit_factor(factor, replace(factor.content, hinders="Nytt."), base=1, by=rut)
    answer = signed_in(rut).post(f"{SOURCE}aterstall/1/", {"base": 2})
    assert "Skriv varför du återställer. Alla kan läsa det." in answer.text
    assert signed_in(eva).post(f"{SOURCE}aterstall/1/", {"base": 2, "reason": "Nej"}).status_code == 403
    assert signed_in(rut).get(f"{SOURCE}aterstall/1/").status_code == 405
    assert now(factor).number == 2


def test_other_spellings_of_an_address_lead_to_the_right_one(factor: Factor, client: Client) -> None:
    answer = client.get("/faktorer/Gemensam-M%C3%A5lbild/historik/?sida=1")
    assert (answer.status_code, answer["Location"]) == (301, f"{SOURCE}historik/?sida=1")
    assert client.get("/faktorer/finns-inte/historik/").status_code == 404


def test_another_name_is_seen_on_the_pages_that_link_to_it(
    factor: Factor, rut: User, make_page: MakePage, client: Client
) -> None:
    make_page("Skolan", body="Se [[faktor:gemensam-malbild]].")
    make_page("Hemmet", body="Se [[Faktor:vantetid]].")
    changes.edit_factor(factor, replace(factor.content, name="Samma mål"), base=1, by=rut)
    assert ">Samma mål</a>" in client.get("/sidor/skolan/").text
    assert 'href="/faktorer/vantetid/"' not in client.get("/sidor/hemmet/").text
    changes.create_factor(NEW, by=rut)
    assert 'href="/faktorer/vantetid/">Väntetid</a>' in client.get("/sidor/hemmet/").text
    assert set(Page.objects.values_list("stale", flat=True)) == {0}


def test_the_file_does_not_write_over_what_people_changed(factor: Factor, rut: User) -> None:
    first: FactorEdit = factor.edits.get()
    assert (first.act, first.author) == ("load", None)
    assert isinstance(first.content, FactorContent)
    assert first.content == factor.content


def test_the_list_offers_what_its_reader_may_do(
    catalogue: dict[str, Factor], rut: User, eva: User, client: Client
) -> None:
    assert "/faktorer/ny/" not in client.get("/faktorer/").text
    assert "Föreslå en ny nyckelfaktor" in signed_in(eva).get("/faktorer/").text
    assert "Ny nyckelfaktor" in signed_in(rut).get("/faktorer/").text
    assert client.get("/faktorer/ny/").status_code == 302
