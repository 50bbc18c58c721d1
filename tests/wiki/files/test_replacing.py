"""Another file in the place of one: every page that shows it now gets it, each by its own rules."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import User
from tests.conftest import MakePage, published, signed_in
from tests.wiki.files.made import PDF, picture, sent, uploaded
from wiki import operations
from wiki.content import Content
from wiki.models import AttachmentContent, Edit, Page
from wiki.operations import protecting, replacing

BLUE = (20, 40, 200)


def replaced(content: AttachmentContent, by: User, **facts: Any) -> operations.Replaced:
    data = BytesIO(picture((1000, 500), colour=BLUE))
    return operations.replace(content.attachment, data, "ny.png", by=by, **facts)


def body(page: Page) -> str:
    return Page.objects.get(pk=page.pk).body


def test_pages_that_show_it_now_get_the_new_one(eva: User, bo: User, make_page: MakePage) -> None:
    old = uploaded(eva, picture((1000, 500)))
    smaller = old.url.replace(".png", "-480.png")
    here = make_page("Här", body=f"![Gård]({old.url})\n\n![Igen]({smaller})\n")
    once = make_page("Förr", body=f"![Gård]({old.url})\n")
    published(operations.edit(once, Content(title="Förr", body="Utan bild."), base=1, by=eva))
    result = replaced(old, bo, summary="Ljusare")
    new = result.content
    assert body(here) == f"![Gård]({new.url})\n\n![Igen]({new.url})\n"
    assert body(once) == "Utan bild."
    assert [edit.page for edit in result.edits] == [here]
    assert (result.proposals, result.refused) == ([], [])
    assert (new.number, new.summary, new.by, new.attachment_id) == (2, "Ljusare", bo, old.attachment_id)
    edit = Edit.objects.get(page=here, number=2)
    assert (edit.author, edit.summary) == (bo, "Bytte ut filen skolgård.png")


def test_old_versions_show_what_they_showed(client: Client, eva: User, make_page: MakePage) -> None:
    old = uploaded(eva)
    make_page("Här", body=f"![Gård]({old.url})\n")
    replaced(old, eva)
    assert old.url in client.get("/sidor/har/version/1/").text
    response = client.get(old.url)
    assert response.status_code == 200
    assert b"".join(response).startswith(b"\x89PNG")


def test_where_changes_are_reviewed_first_it_is_a_proposal(
    ada: User, eva: User, rut: User, make_page: MakePage
) -> None:
    old = uploaded(ada)
    open_page = make_page("Öppen", body=f"![Gård]({old.url})\n", by=rut)
    reviewed = make_page("Granskad", body=f"![Gård]({old.url})\n", by=rut)
    protecting.protect(reviewed, level=Page.Protection.REVIEWED, until=None, reason="Lag", by=rut)
    locked = make_page("Låst", body=f"![Gård]({old.url})\n", by=rut)
    protecting.protect(locked, level=Page.Protection.LOCKED, until=None, reason="Lag", by=rut)
    result = replaced(old, eva)
    assert [edit.page for edit in result.edits] == [open_page]
    assert [proposal.page for proposal in result.proposals] == [reviewed]
    assert result.proposals[0].body == f"![Gård]({result.content.url})\n"
    assert [(page, reason) for page, reason in result.refused] == [
        (locked, "Sidan är låst. Skriv i diskussionen om något behöver ändras.")
    ]
    assert body(locked) == f"![Gård]({old.url})\n"


def test_a_contributor_replaces_their_own_by_proposals(
    ada: User, eva: User, rut: User, client: Client, make_page: MakePage
) -> None:
    old = uploaded(ada)
    page = make_page("Här", body=f"![Gård]({old.url})\n", by=rut)
    result = replaced(old, ada)
    assert [proposal.page for proposal in result.proposals] == [page]
    assert client.get(result.content.url).status_code == 404
    with pytest.raises(PermissionDenied, match="Bara den som laddade upp filen och redaktörer byter ut den"):
        replaced(uploaded(eva), ada)


def test_pages_out_of_sight_stay_as_they_are(eva: User, rut: User, make_page: MakePage) -> None:
    old = uploaded(eva)
    page = make_page("Här", body=f"![Gård]({old.url})\n")
    operations.archive(page, reason="Klar", by=rut)
    result = replaced(old, rut)
    assert (result.edits, result.refused) == ([], [])
    assert body(page) == f"![Gård]({old.url})\n"


def test_too_many_saves_stop_neither_the_file_nor_what_is_told(
    ada: User, rut: User, make_page: MakePage, real_limits: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = uploaded(ada)
    for number in range(7):
        make_page(f"Sida {number}", body=f"![Gård]({old.url})\n", by=rut)
    result = replaced(old, ada)
    assert len(result.proposals) == 5
    assert [reason for _page, reason in result.refused] == [
        "Du har sparat 5 gånger den senaste minuten. Vänta en stund och skicka igen."
    ] * 2


def test_the_same_again_goes_on_with_the_pages_that_are_left(
    ada: User, rut: User, make_page: MakePage, real_limits: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = uploaded(ada)
    pages = [make_page(f"Sida {number}", body=f"![Gård]({old.url})\n", by=rut) for number in range(7)]
    first = replaced(old, ada)
    later = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    second = replaced(old, ada)
    assert (first.is_new, second.is_new) == (True, False)
    assert second.content == first.content
    assert old.attachment.contents.count() == 2
    # What waits already is told of as waiting, and not proposed again.
    assert second.proposals[:5] == first.proposals
    assert [proposal.page for proposal in second.proposals] == pages
    assert second.refused == []


def test_once_every_page_shows_it_the_same_again_is_refused(eva: User, make_page: MakePage) -> None:
    old = uploaded(eva)
    page = make_page("Här", body=f"![Gård]({old.url})\n")
    new = replaced(old, eva).content
    published(operations.edit(page, Content(title="Här", body=f"![Gård]({old.url})\n"), base=2, by=eva))
    address = old.attachment.get_absolute_url()
    form = {"do": "replace", "summary": "Ny"}
    again = picture((1000, 500), colour=BLUE)
    response = signed_in(eva).post(address, form | {"file": sent(again, "ny.png")}, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "Filen var redan utbytt. Nu gällde det bara sidorna som var kvar.",
        'De här sidorna visar den nya: <a href="/sidor/har/">Här</a>.',
    ]
    assert body(page) == f"![Gård]({new.url})\n"
    response = signed_in(eva).post(address, form | {"file": sent(again, "ny.png")})
    assert "Det är samma fil som redan finns här." in response.text


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (PDF, "x.pdf", "En bild kan bara bytas mot en bild."),
        (picture(), "annat namn.png", "Det är samma fil som redan finns här."),
        (b"", "x.png", "Filen är tom."),
    ],
)
def test_what_cannot_take_its_place_changes_nothing(eva: User, data: bytes, name: str, sentence: str) -> None:
    content = uploaded(eva)
    with pytest.raises(operations.BadFile, match=sentence):
        operations.replace(content.attachment, BytesIO(data), name, by=eva)
    response = signed_in(eva).post(
        content.attachment.get_absolute_url(), {"do": "replace", "file": sent(data, name), "summary": "Ny"}
    )
    assert response.status_code == 200
    assert sentence in response.text
    assert 'value="Ny"' in response.text
    assert AttachmentContent.objects.count() == 1


def test_a_document_is_not_replaced_by_a_picture(eva: User) -> None:
    content = uploaded(eva, PDF, "plan.pdf")
    with pytest.raises(operations.BadFile, match="Ett dokument kan bara bytas mot ett dokument"):
        replaced(content, eva)


def test_the_page_tells_what_has_become_of_every_page(eva: User, rut: User, make_page: MakePage) -> None:
    old = uploaded(eva)
    for title, level in (("Öppen", "open"), ("Granskad", "reviewed"), ("Låst", "locked")):
        page = make_page(title, body=f"![Gård]({old.url})\n")
        if level != "open":
            protecting.protect(page, level=Page.Protection(level), until=None, reason="Lag", by=rut)
    address = old.attachment.get_absolute_url()
    response = signed_in(eva).post(
        address,
        {"do": "replace", "file": sent(picture(colour=BLUE), "ny.png"), "summary": "Ljusare"},
        follow=True,
    )
    assert response.redirect_chain == [(address, 302)]
    told = [str(message) for message in response.context["messages"]]
    proposal = page.proposals.model.objects.get()
    assert told == [
        "Filen är utbytt.",
        'De här sidorna visar den nya: <a href="/sidor/oppen/">Öppen</a>.',
        f'Förslag som en moderator granskar först: <a href="{proposal.get_absolute_url()}">Granskad</a>.',
        'Visar fortfarande den gamla: <a href="/sidor/last/">Låst</a>. '
        "Sidan är låst. Skriv i diskussionen om något behöver ändras.",
    ]
    assert "Ljusare" in response.text


def test_of_two_replacements_at_once_the_later_is_shown(
    eva: User, bo: User, make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = uploaded(eva)
    page = make_page("Här", body=f"![Gård]({old.url})\n")
    real, later = replacing._replace, []

    def slow(*facts: Any) -> operations.Replaced:
        begun = real(*facts)
        monkeypatch.undo()
        data = BytesIO(picture(colour=(1, 2, 3)))
        later.append(operations.replace(old.attachment, data, "senast.png", by=bo).content)
        return begun

    monkeypatch.setattr(replacing, "_replace", slow)
    result = replaced(old, eva)
    assert (result.content.number, later[0].number) == (2, 3)
    assert body(page) == f"![Gård]({later[0].url})\n"
    assert (result.edits, result.refused) == ([], [])


def test_what_was_there_before_can_come_back(eva: User, make_page: MakePage) -> None:
    old = uploaded(eva)
    page = make_page("Här", body=f"![Gård]({old.url})\n")
    new = replaced(old, eva).content
    assert body(page) == f"![Gård]({new.url})\n"
    operations.replace(old.attachment, BytesIO(picture()), "igen.png", by=eva)
    assert body(page) == f"![Gård]({old.url})\n"
