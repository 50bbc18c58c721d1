"""Factors that come and go: two made one, and two again; out of use, and back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from factors import operations
from factors.models import Factor
from mittkoping.accounts.models import User
from tests.conftest import MakePage, signed_in, tag
from tests.wiki.catalogue_acts import acts, now
from wiki.models import FactorTag, Page
from wiki.operations import catalogue as changes

SOURCE, TARGET = "/faktorer/gemensam-malbild/", "/faktorer/tillit/"


def test_merging_shows_what_comes_of_it_and_undo_gives_everything_back(
    factor: Factor, trust: Factor, rut: User, make_page: MakePage, client: Client
) -> None:
    keys = [f"00000000-0000-4000-8000-00000000000{number}" for number in range(3)]
    here = {"municipality": "9901"}
    both = (tag(keys[0], **here), tag(keys[1], factor="tillit", **here))
    make_page("Skolan", body="Se [[faktor:gemensam-malbild]].", tags=both)
    make_page("Hemmet", body="Inget.", tags=(tag(keys[2], **here),))
    assert 'href="/faktorer/gemensam-malbild/">Gemensam målbild</a>' in client.get("/sidor/skolan/").text
    browser = signed_in(rut)
    shown = browser.get(f"{SOURCE}sla-ihop/?till=tillit")
    counts = [(use.pages, use.tags, use.municipalities) for use in shown.context["uses"]]
    assert counts == [(2, 2, 1), (1, 1, 1), (2, 3, 1)]
    assert "(varav 1 påhittad)" in shown.text
    answer = browser.post(f"{SOURCE}sla-ihop/", {"till": "tillit", "do": "merge", "reason": "Samma sak"})
    assert (answer.status_code, answer["Location"]) == (302, TARGET)
    merged = now(factor)
    assert (merged.status, merged.merged_into, merged.number) == ("merged", trust, 2)
    assert merged.content == factor.content
    answer = client.get(SOURCE)
    assert (answer.status_code, answer["Location"]) == (302, TARGET)
    assert "no-store" in answer["Cache-Control"]
    assert "Sammanslagen med ”Tillit”" in client.get(f"{SOURCE}historik/").text
    assert set(FactorTag.objects.values_list("factor__slug", flat=True)) == {"gemensam-malbild", "tillit"}
    assert FactorTag.objects.of(trust).count() == 3
    assert 'href="/faktorer/tillit/">Tillit</a>' in client.get("/sidor/skolan/").text
    assert Page.objects.get(slug="skolan").stale == 0
    assert acts() == [("merge_factors", factor, "Samma sak")]
    [row] = client.get("/logg/").context["rows"]
    assert (row.what, row.title) == ("Slog ihop nyckelfaktorer", "Gemensam målbild med Tillit")
    assert browser.get(f"{SOURCE}sla-ihop/").context["target"] == trust
    answer = browser.post(f"{SOURCE}sla-ihop/", {"do": "unmerge", "reason": "Inte samma"})
    assert (answer.status_code, answer["Location"]) == (302, SOURCE)
    back = now(factor)
    assert (back.status, back.merged_into, back.number) == ("active", None, 3)
    assert FactorTag.objects.of(trust).count() == 1
    assert client.get(SOURCE).status_code == 200
    assert 'href="/faktorer/gemensam-malbild/">Gemensam målbild</a>' in client.get("/sidor/skolan/").text
    assert [act for act, _target, _reason in acts()] == ["unmerge_factors", "merge_factors"]


def test_undo_gives_a_retired_factor_its_status_back(factor: Factor, trust: Factor, rut: User) -> None:
    operations.retire(factor, by=rut)
    changes.merge_factors(factor, trust, by=rut)
    changes.unmerge_factor(now(factor), by=rut)
    assert now(factor).status == "retired"


def test_what_cannot_be_merged_is_refused_with_a_sentence(
    catalogue: dict[str, Factor], factor: Factor, trust: Factor, rut: User, eva: User
) -> None:
    third = catalogue["oppenhet"]
    changes.merge_factors(factor, trust, by=rut)
    refused = [
        (trust, trust, "En nyckelfaktor kan inte slås ihop med sig själv."),
        (factor, third, "”Gemensam målbild” är redan sammanslagen med ”Tillit”."),
        (third, factor, "”Gemensam målbild” är sammanslagen. Välj en nyckelfaktor som är i bruk."),
        (trust, third, "I ”Tillit” ligger redan ”Gemensam målbild”."),
    ]
    for source, target, sentence in refused:
        with pytest.raises(operations.Unmergeable, match=sentence):
            changes.merge_factors(source, target, by=rut)
    answer = signed_in(rut).get(f"{TARGET}sla-ihop/?till=oppenhet")
    assert "I ”Tillit” ligger redan ”Gemensam målbild”." in answer.text
    operations.retire(third, by=rut)
    with pytest.raises(operations.Unmergeable, match="”Öppenhet” är avslutad"):
        changes.merge_factors(trust, third, by=rut)
    with pytest.raises(PermissionDenied):
        changes.merge_factors(catalogue["infrastruktur"], trust, by=eva)
    assert Factor.objects.filter(status="merged").count() == 1


def test_merging_needs_a_reason_and_happens_once(factor: Factor, trust: Factor, rut: User) -> None:
    browser = signed_in(rut)
    answer = browser.post(f"{SOURCE}sla-ihop/", {"till": "tillit", "do": "merge"})
    assert "Skriv varför de slås ihop. Alla kan läsa det." in answer.text
    answer = browser.post(f"{SOURCE}sla-ihop/", {"till": "finns-inte", "do": "merge", "reason": "Nja"})
    assert "Den går inte att slå ihop med. Välj en i listan." in answer.text
    assert now(factor).number == 1
    for _ in range(2):
        sent = {"till": "tillit", "do": "merge", "reason": "Samma"}
        assert browser.post(f"{SOURCE}sla-ihop/", sent).status_code == 302
    assert now(factor).number == 2


def test_a_merged_factor_is_neither_edited_nor_proposed_for(
    factor: Factor, trust: Factor, rut: User, eva: User
) -> None:
    changes.merge_factors(factor, trust, by=rut)
    for user in (rut, eva):
        answer = signed_in(user).get(f"{SOURCE}redigera/")
        assert answer.status_code == 403
        assert "sammanslagen med ”Tillit”. Ändra den i stället." in answer.text


def test_a_retired_factor_is_not_offered_but_its_tags_stay(
    factor: Factor, rut: User, make_page: MakePage, client: Client
) -> None:
    page = make_page("Skolan", body="Text.", tags=(tag(),))
    browser = signed_in(rut)
    assert "på 1 sida," in browser.get(f"{SOURCE}avsluta/").text
    answer = browser.post(f"{SOURCE}avsluta/", {"do": "retire"})
    assert "Skriv varför nyckelfaktorn avslutas." in answer.text
    for _ in range(2):
        answer = browser.post(f"{SOURCE}avsluta/", {"do": "retire", "reason": "För vag"})
        assert (answer.status_code, answer["Location"]) == (302, SOURCE)
    assert (now(factor).status, now(factor).number) == ("retired", 2)
    assert factor not in Factor.objects.active()
    assert page.factor_tags.get().factor == factor
    answer = client.get(SOURCE)
    assert answer.status_code == 200
    assert "Avslutad nyckelfaktor" in answer.text
    browser.post(f"{SOURCE}avsluta/", {"do": "revive", "reason": "Behövs"})
    assert now(factor).status == "active"
    assert [act for act, _target, _reason in acts()] == ["revive_factor", "retire_factor"]
    assert [edit.act for edit in factor.edits.all()] == ["revive", "retire", "load"]


def test_only_moderators_retire_and_merge(factor: Factor, eva: User, client: Client) -> None:
    for address in (f"{SOURCE}sla-ihop/", f"{SOURCE}avsluta/"):
        assert signed_in(eva).get(address).status_code == 403
        assert signed_in(eva).post(address, {"do": "retire", "reason": "Nej"}).status_code == 403
        assert client.get(address).status_code == 302
    for operate in (operations.retire, operations.revive):
        with pytest.raises(PermissionDenied):
            operate(factor, by=eva)
