"""Renaming and archiving over HTTP, and what others see of it."""

from dataclasses import replace

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import MakePage, published, signed_in
from wiki import operations
from wiki.models import Page, PageLink


def test_renaming_by_form(page: Page, as_eva: Client) -> None:
    form = {"title": "Grundskolan", "base": "1", "reason": "Tydligare"}
    answer = as_eva.post("/sidor/skolan/byt-namn/", form, follow=True)
    assert answer.redirect_chain == [("/sidor/grundskolan/", 302)]
    assert "Sidan heter ”Grundskolan”. Sparat som version 2." in answer.text
    assert 'href="/sidor/grundskolan/jamfor/1/2/"' in answer.text


def test_renaming_an_older_version_can_be_sent_again(page: Page, eva: User, bo: User) -> None:
    operations.edit(page, replace(page.content, body="Nytt."), base=1, by=bo)
    client = signed_in(eva)
    answer = client.post("/sidor/skolan/byt-namn/", {"title": "Grundskolan", "base": "1"})
    assert answer.status_code == 409
    assert "nyare version" in answer.text
    assert answer.context["form"]["title"].value() == "Grundskolan"
    again = {"title": "Grundskolan", "base": answer.context["form"]["base"].value()}
    assert client.post("/sidor/skolan/byt-namn/", again)["Location"] == "/sidor/grundskolan/"


def test_the_address_can_follow_a_title_that_was_edited(page: Page, eva: User) -> None:
    operations.edit(page, replace(page.content, title="Grundskolan"), base=1, by=eva)
    operations.rename(page, "Grundskolan", base=2, by=eva)
    page.refresh_from_db()
    assert (page.slug, page.number) == ("grundskolan", 3)
    with pytest.raises(operations.NothingChanged):
        operations.rename(page, "Grundskolan", base=3, by=eva)


def test_archiving_twice_archives_once(page: Page, rut: User) -> None:
    client = signed_in(rut)
    for _ in range(2):
        client.post("/sidor/skolan/arkivera/", {"do": "archive", "reason": "Dubblett"})
        page.refresh_from_db()
        assert page.is_archived
    for _ in range(2):
        client.post("/sidor/skolan/arkivera/", {"do": "restore"})
        page.refresh_from_db()
        assert not page.is_archived


def test_archiving_asks_for_a_reason(page: Page, rut: User) -> None:
    answer = signed_in(rut).post("/sidor/skolan/arkivera/", {"do": "archive", "reason": "  "})
    assert "Skriv varför sidan arkiveras." in answer.text
    page.refresh_from_db()
    assert not page.is_archived


def test_an_archived_page_says_that_it_is(page: Page, rut: User, eva: User, client: Client) -> None:
    operations.archive(page, reason="Dubblett", by=rut)
    for reader in (client, signed_in(eva)):
        answer = reader.get("/sidor/skolan/")
        assert answer.status_code == 404
        assert "Sidan är arkiverad." in answer.text
        assert "titel=" not in answer.text
        assert "Första stycket" not in answer.text
    answer = signed_in(eva).post("/sidor/ny/", {"title": "Skolan", "body": "Ny."})
    assert "En arkiverad sida heter ”Skolan”." in answer.text


def test_a_moderator_does_not_edit_an_archived_page(page: Page, rut: User) -> None:
    operations.archive(page, reason="Dubblett", by=rut)
    answer = signed_in(rut).post("/sidor/skolan/aterstall/1/", {"base": "1"})
    assert answer.status_code == 403
    assert "Sidan är arkiverad. Den kan ändras när den är tillbaka." in answer.text


def test_lists_show_no_archived_page_unasked(page: Page, make_page: MakePage, rut: User) -> None:
    make_page("Omsorgen")
    operations.archive(page, reason="Dubblett", by=rut)
    client = signed_in(rut)
    for address in ("/", "/sidor/", "/sok/?q=om", "/andringar/"):
        assert "/sidor/skolan/" not in client.get(address).text
    assert [found.title for found in client.get("/sidor/?arkiv=1").context["pages"]] == ["Skolan"]
    assert "/sidor/?arkiv=1" in client.get("/sidor/").text
    assert [found.title for found in Client().get("/sidor/?arkiv=1").context["pages"]] == ["Omsorgen"]


def test_a_moderators_save_does_not_review_what_lies_below(
    page: Page, eva: User, rut: User, client: Client
) -> None:
    operations.edit(page, replace(page.content, body="Ruts."), base=1, by=rut)
    assert "ännu inte granskad" in client.get("/sidor/skolan/").text
    fresh = published(operations.create(replace(page.content, title="Ny"), by=rut)).page
    operations.edit(fresh, replace(fresh.content, body="Evas."), base=1, by=eva)
    answer = client.get("/sidor/ny-2/" if fresh.slug == "ny-2" else f"/sidor/{fresh.slug}/")
    assert "Läs version 1, som är den senast granskade" in answer.text


def test_links_follow_a_title_that_is_left(make_page: MakePage, eva: User) -> None:
    first = make_page("Beta")
    Page.objects.filter(pk=first.pk).update(slug="alfa")
    second = make_page("alfa")
    source = make_page("Källa", body="Se [[alfa]].")
    assert PageLink.objects.get(source=source).target == second
    operations.edit(second, replace(second.content, title="Gamma"), base=1, by=eva)
    source.refresh_from_db()
    assert PageLink.objects.get(source=source).target == first
    assert 'href="/sidor/alfa/"' in source.html


def test_a_link_longer_than_any_title_is_red(make_page: MakePage) -> None:
    page = make_page("Källa", body=f"[[{'å' * 350}]]")
    assert "saknas" in page.html
    assert not PageLink.objects.exists()


def test_a_page_that_links_to_itself_is_not_linked_here(make_page: MakePage, client: Client) -> None:
    make_page("Ensam", body="Se [[Ensam]].")
    assert list(client.get("/sidor/ensam/lankar-hit/").context["sources"]) == []
