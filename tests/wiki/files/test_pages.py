"""The pages about files: the list, one file, what is told of it, and to whom."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import MakePage, published, signed_in
from tests.wiki.files.made import PDF, picture, uploaded
from wiki import operations
from wiki.content import Content
from wiki.models import Attachment, AttachmentContent, Page
from wiki.operations import purging


def listed(browser: Client, query: str = "") -> list[str]:
    return [file.attachment.name for file in browser.get(f"/filer/{query}").context["files"]]


@pytest.fixture
def files(eva: User, ada: User, rut: User, make_page: MakePage) -> dict[str, AttachmentContent]:
    """A picture that two pages show, a document that one links to, one that only ada has."""
    shown = uploaded(eva, picture((1000, 500)), "Älgen.png", creator="Eva Berg", licence="cc-by")
    plan = uploaded(ada, PDF, "plan.pdf")
    own = uploaded(ada, picture(), "hemlig.png")
    make_page("Här", body=f"![Älg]({shown.url})\n\n[Plan]({plan.url})\n", by=rut)
    make_page("Där", body=f"![Älg]({shown.url})\n\n![Igen]({shown.url})\n")
    return {"shown": shown, "plan": plan, "own": own}


def test_everybody_sees_the_files_of_pages(
    client: Client, ada: User, bo: User, rut: User, files: dict[str, AttachmentContent]
) -> None:
    assert listed(client) == ["plan.pdf", "Älgen.png"]
    assert listed(signed_in(bo)) == ["plan.pdf", "Älgen.png"]
    assert listed(signed_in(ada)) == listed(signed_in(rut)) == ["hemlig.png", "plan.pdf", "Älgen.png"]
    text = client.get("/filer/").text
    assert "används på 2 sidor" in text
    assert "används på 1 sida" in text
    assert files["shown"].url.replace(".png", "-480.png") in text
    assert "hemlig" not in text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=älg", ["Älgen.png"]),
        ("?q=ÄLG", ["Älgen.png"]),
        ("?q=PLAN", ["plan.pdf"]),
        ("?q=%25", []),
        ("?visa=bild", ["hemlig.png", "Älgen.png"]),
        ("?visa=dokument", ["plan.pdf"]),
        ("?visa=oanvand", ["hemlig.png"]),
        ("?visa=okand&sida=x&q=%00", ["hemlig.png", "plan.pdf", "Älgen.png"]),
    ],
)
def test_the_list_is_narrowed_down(
    ada: User, files: dict[str, AttachmentContent], query: str, names: list[str]
) -> None:
    assert listed(signed_in(ada), query) == names


def test_the_list_has_pages(
    client: Client, eva: User, make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wiki.views.attachments.PER_PAGE", 2)
    made = [uploaded(eva, picture(colour=(number, 0, 0)), f"{number}.png") for number in range(3)]
    make_page("Här", body="\n\n".join(f"![x]({content.url})" for content in made))
    assert (listed(client), listed(client, "?sida=2")) == (["2.png", "1.png"], ["0.png"])
    assert '?sida=2"' in client.get("/filer/").text


def test_the_list_takes_few_queries(
    client: Client, files: dict[str, AttachmentContent], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(4):
        client.get("/filer/")
    response = client.get("/filer/")
    assert not response.cookies


def test_the_page_tells_all_about_a_file(client: Client, files: dict[str, AttachmentContent]) -> None:
    content = files["shown"]
    response = client.get(content.attachment.get_absolute_url())
    for words in (
        "Älgen.png</h1>",
        "1000 × 500 bildpunkter",
        "CC BY 4.0: får användas om upphovspersonen anges",
        '<a href="/sidor/dar/">Där</a>',
        '<a href="/sidor/har/">Här</a>',
        f"<code>![]({content.url})</code>",
        f'<img src="{content.url}" width="1000" height="500"',
    ):
        assert words in response.text
    for words in ("Byt ut filen", "Ta bort filen", "<form method", "csrfmiddlewaretoken"):
        assert words not in response.text
    assert not response.cookies


def test_a_document_is_offered_and_not_shown(client: Client, files: dict[str, AttachmentContent]) -> None:
    text = client.get(files["plan"].attachment.get_absolute_url()).text
    assert f'href="{files["plan"].url}" download' in text
    assert f"<code>[plan.pdf]({files['plan'].url})</code>" in text
    assert f'src="{files["plan"].url}' not in text


def test_what_no_page_shows_has_no_page_for_others(
    client: Client, bo: User, ada: User, rut: User, files: dict[str, AttachmentContent]
) -> None:
    address = files["own"].attachment.get_absolute_url()
    for browser in (client, signed_in(bo)):
        assert browser.get(address).status_code == 404
    for browser in (signed_in(ada), signed_in(rut)):
        assert "hemlig.png" in browser.get(address).text


def test_names_of_files_of_hidden_archived_and_proposed_text_are_not_told(
    client: Client, ada: User, eva: User, rut: User, make_page: MakePage
) -> None:
    hidden, put_away, proposed, later = (
        uploaded(who, picture(colour=(number, 1, 1)), f"kanarie-{number}.png")
        for number, who in enumerate((eva, eva, ada, eva))
    )
    purged = make_page("Dold", body=f"![x]({hidden.url})")
    published(operations.edit(purged, Content(title="Dold", body="Inget."), base=1, by=eva))
    archived = make_page("Arkiverad", body=f"![x]({put_away.url})")
    open_page = make_page("Öppen", body=f"![x]({later.url})")
    assert listed(client) == ["kanarie-3.png", "kanarie-1.png", "kanarie-0.png"]
    purging.purge(purged, purging.Purge(numbers=[1], instead=0, base=2), reason="Skäl", by=rut)
    operations.archive(archived, reason="Klar", by=rut)
    operations.propose(open_page, Content(title="Öppen", body=f"![x]({proposed.url})"), base=1, by=ada)
    assert listed(client) == listed(client, "?visa=bild") == listed(client, "?q=kanarie") == ["kanarie-3.png"]
    for content in (hidden, put_away, proposed):
        assert client.get(content.attachment.get_absolute_url()).status_code == 404


def test_a_content_that_waits_is_not_told_of(
    client: Client, ada: User, rut: User, make_page: MakePage
) -> None:
    old = uploaded(ada, name="gård.png")
    make_page("Här", body=f"![Gård]({old.url})", by=rut)
    address = old.attachment.get_absolute_url()
    signed_in(ada).post(
        address,
        {"do": "replace", "file": _file(picture(colour=(1, 2, 3)), "kanarie.png"), "summary": "Fågel"},
    )
    new = AttachmentContent.objects.get(number=2)
    for words in ("kanarie", "Fågel", new.url):
        assert words not in client.get(address).text
        assert words in signed_in(rut).get(address).text
    assert client.get("/filer/").context["files"][0].content == old


def _file(data: bytes, name: str) -> Any:
    return SimpleUploadedFile(name, data)


def test_pages_out_of_sight_are_not_told_of(
    client: Client, rut: User, files: dict[str, AttachmentContent]
) -> None:
    operations.archive(Page.objects.get(slug="dar"), reason="Klar", by=rut)
    address = files["shown"].attachment.get_absolute_url()
    for browser in (client, signed_in(rut)):
        text = browser.get(address).text
        assert "/sidor/har/" in text
        assert "/sidor/dar/" not in text
    assert "används på 2 sidor" not in client.get("/filer/").text


def test_older_versions_are_counted(client: Client, eva: User, files: dict[str, AttachmentContent]) -> None:
    for slug, title in (("har", "Här"), ("dar", "Där")):
        page = Page.objects.get(slug=slug)
        published(operations.edit(page, Content(title=title, body="Inget."), base=1, by=eva))
    text = client.get(files["shown"].attachment.get_absolute_url()).text
    assert "Ingen sida visar filen nu." in text
    assert "Den finns också i 2 äldre versioner." in text
    assert listed(client, "?visa=oanvand") == ["plan.pdf", "Älgen.png"]


@pytest.mark.parametrize("who", ["ada", "eva", "rut"])
def test_facts_are_changed_by_who_uploaded_it_and_by_editors(
    who: str, ada: User, request: pytest.FixtureRequest
) -> None:
    attachment = uploaded(ada).attachment
    user: User = request.getfixturevalue(who)
    facts = {"do": "describe", "name": " Gården ", "creator": "Bo", "licence": "cc-by-sa"}
    if who == "eva":
        operations.describe(attachment, "Gården", "Bo", "cc-by-sa", by=user)
    else:
        signed_in(user).post(attachment.get_absolute_url(), facts)
    attachment.refresh_from_db()
    assert (attachment.name, attachment.creator, attachment.licence) == ("Gården", "Bo", "cc-by-sa")


def test_facts_are_not_changed_by_other_contributors(ada: User, eva: User, make_page: MakePage) -> None:
    content = uploaded(eva)
    make_page("Här", body=f"![Gård]({content.url})")
    address = content.attachment.get_absolute_url()
    browser = signed_in(ada)
    assert "Ändra uppgifterna" not in browser.get(address).text
    response = browser.post(address, {"do": "describe", "name": "Mitt"})
    assert response.status_code == 403
    assert "Bara den som laddade upp filen och redaktörer ändrar uppgifterna om den." in response.text
    with pytest.raises(PermissionDenied):
        operations.describe(content.attachment, "Mitt", "", "", by=ada)
    assert Attachment.objects.get().name == "skolgård.png"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"name": " \u200b "}, "Skriv vad filen ska heta."),
        ({"name": "x" * 151}, "Namnet är 151 tecken lång"),
        ({"name": "x", "creator": "y" * 201}, "Upphovspersonen är 201 tecken lång"),
        ({"name": "Kalle 19121212-1212"}, "Namnet innehåller ett personnummer"),
        ({"name": "x", "licence": "egen"}, "Välj ett giltigt alternativ"),
    ],
)
def test_facts_that_do_not_fit_are_handed_back(eva: User, facts: dict[str, str], sentence: str) -> None:
    attachment = uploaded(eva).attachment
    response = signed_in(eva).post(attachment.get_absolute_url(), {"do": "describe", **facts})
    assert response.status_code == 200
    assert sentence in response.text
    attachment.refresh_from_db()
    assert attachment.name == "skolgård.png"


def test_names_are_written_as_text(client: Client, eva: User, make_page: MakePage) -> None:
    content = uploaded(eva, name='"><img src=x onerror=alert(1)>.png')
    operations.describe(content.attachment, "<b>x</b>", "<i>y</i>", "", by=eva)
    make_page("Här", body=f"![Gård]({content.url})")
    for address in ("/filer/", content.attachment.get_absolute_url()):
        text = client.get(address).text
        assert "&lt;b&gt;x&lt;/b&gt;" in text
        for mark in ("<b>x", "<i>y", "<img src=x"):
            assert mark not in text


def test_a_form_without_a_deed_asks_for_one(eva: User, client: Client) -> None:
    attachment = uploaded(eva).attachment
    assert "Välj vad du vill göra." in signed_in(eva).post(attachment.get_absolute_url(), {"do": "x"}).text
    assert client.post(attachment.get_absolute_url(), {"do": "describe"}).status_code == 404
