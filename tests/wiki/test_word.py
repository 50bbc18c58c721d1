"""Word documents into pages: what is filled in, what is told, and what is stored."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import User
from tests.conftest import signed_in
from tests.text.word_files import NUMBERING, note, notes, p, picture, png, run, table, word_file
from wiki import operations
from wiki.models import Attachment, Draft, Edit, Page
from wiki.operations import limits
from wiki.operations.protecting import protect
from wiki.operations.word_sentences import _LEFT, _REASONS, left_out, why

READ = "/forhandsgranska/word/"
NEW = "/sidor/ny/word/"

PICTURED = word_file(
    p("Skolgården", style="Rubrik")
    + p("Så blev den", style="Rubrik1")
    + p(picture("b1", "Före"))
    + p(picture("b2"))
    + p(picture("b3", "x"))
    + p(run("röd", 'color w:val="FF0000"')),
    relations={"b1": "media/1.png", "b2": "media/2.png", "b3": "media/3.emf"},
    word__media__1_x_png=png(1),
    word__media__2_x_png=png(2),
    word__media__3_x_emf=b"emf",
)
TWO_LISTS = NUMBERING.replace(
    "</w:numbering>",
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num></w:numbering>",
)
VAST = word_file("".join(p(f"å{number} " * 900) for number in range(60)))
LEFT_OUT = [
    "1 bild är i ett format som webbläsare inte visar, eller för stor, och kom inte med.",
    "Färger, teckensnitt och storlekar kom inte med.",
]


def sent(client: Client, address: str, data: bytes, name: str = "Skolgård.docx", **fields: str) -> Any:
    """The answer to a document."""
    file = SimpleUploadedFile(name, data)
    return client.post(address, {"file": file, **fields})


def body_in(response: Any) -> str:
    """The text that the form is filled with."""
    html = response.content.decode()
    assert 'name="body"' in html
    return unescape(html.split('name="body"')[1].split(">", 1)[1].split("</textarea>")[0]).removeprefix("\n")


def value_in(response: Any, name: str) -> str:
    """The value of a field of the form."""
    field = response.content.decode().split(f'name="{name}"')[1].split(">")[0]
    return unescape(field.split('value="')[1].split('"')[0]) if 'value="' in field else ""


def urls() -> list[str]:
    """Where the pictures are, in the order in which they came."""
    return [content.url for file in Attachment.objects.order_by("pk") for content in file.contents.all()]


@pytest.mark.django_db
def test_a_script_gets_the_text_and_what_was_left_out(eva: User) -> None:
    answer: Any = sent(signed_in(eva), READ, PICTURED, title="1")
    first, second = urls()
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json() == {
        "title": "Skolgården",
        "body": f"## Så blev den\n\n![Före]({first})\n\n![]({second})\n\nröd",
        "left_out": LEFT_OUT,
        "pictures": 1,
    }
    assert [file.name for file in Attachment.objects.order_by("pk")] == [
        "Skolgård, bild 1.png",
        "Skolgård, bild 2.png",
    ]


@pytest.mark.django_db
def test_a_title_that_is_not_asked_for_stands_in_the_text(eva: User) -> None:
    answer: Any = sent(signed_in(eva), READ, word_file(p("T", style="Rubrik") + p("x", note(1)),
        word__footnotes_x_xml=notes("footnote", _1=p("Källa"))))  # fmt: skip
    said = answer.json()
    assert said["title"] == ""
    # The text that it is put into may have a footnote 1 of its own.
    label = said["body"].split("[^")[1].split("]")[0]
    assert label.endswith("-1")
    assert said["body"] == f"## T\n\nx[^{label}]\n\n[^{label}]: Källa"


@pytest.mark.django_db
def test_a_new_page_is_filled_and_nothing_is_saved(eva: User) -> None:
    client = signed_in(eva)
    assert client.get(NEW).status_code == 200
    answer = sent(client, NEW, PICTURED)
    first, second = urls()
    html = unescape(answer.content.decode())
    assert body_in(answer) == f"## Så blev den\n\n![Före]({first})\n\n![]({second})\n\nröd"
    assert value_in(answer, "title") == "Skolgården"
    assert "Texten ur Skolgård.docx står i formuläret. Inget är sparat än." in html
    assert " ".join(LEFT_OUT) in html
    assert "1 bild saknar beskrivning." in html
    assert " data-changed " in html
    assert (Page.objects.count(), Edit.objects.count(), Draft.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_what_is_filled_is_saved_from_the_same_form(eva: User) -> None:
    client = signed_in(eva)
    answer = sent(client, NEW, word_file(p("Titel", style="Rubrik") + p("Text")))
    fields = {"title": "Titel", "body": body_in(answer), "once": value_in(answer, "once"), "base": ""}
    assert client.post(NEW, {**fields, "do": "save"}).status_code == 302
    assert Page.objects.get().body == "Text"
    again = client.post(NEW, {**fields, "do": "save"}, follow=True)
    assert "Redan sparat som version 1." in again.content.decode()
    assert Edit.objects.count() == 1


@pytest.mark.django_db
def test_the_text_comes_after_what_a_page_says(page: Page, eva: User) -> None:
    client = signed_in(eva)
    address = f"/sidor/{page.slug}/word/"
    assert "Texten läggs sist i ”Skolan”" in client.get(address).content.decode()
    answer = sent(client, address, word_file(p("Mer", style="Rubrik") + p("Text")))
    assert body_in(answer) == "Första stycket.\n\nAndra stycket.\n\n## Mer\n\nText"
    assert value_in(answer, "title") == "Skolan"
    assert value_in(answer, "base") == "1"
    data = {"body": body_in(answer), "base": "1", "once": value_in(answer, "once"), "do": "save"}
    assert client.post(address, data).status_code == 302
    page.refresh_from_db()
    assert (page.number, page.body) == (2, "Första stycket.\n\nAndra stycket.\n\n## Mer\n\nText")


@pytest.mark.django_db
def test_a_form_with_mistakes_comes_again(page: Page, eva: User) -> None:
    answer = signed_in(eva).post(f"/sidor/{page.slug}/word/", {"title": "", "body": "Text", "base": "1"})
    assert (answer.status_code, body_in(answer)) == (200, "Text")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("x.docx", b"hej", why("not_word")),
        ("x.pdf", PICTURED, why("not_word")),
        ("x.doc", PICTURED, why("old")),
        ("x.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", why("old")),
        ("x.docx", PICTURED[:-40], why("broken")),
        ("x.docx", b"", why("not_word")),
        ("x.docx", word_file(p("")), "Det finns ingen text i dokumentet."),
        ("x.docx", VAST, "kB, och en sida rymmer 200 kB"),
    ],
    ids=range(8),
)  # fmt: skip
def test_a_file_that_is_no_good_gets_a_sentence(eva: User, name: str, data: bytes, expected: str) -> None:
    client = signed_in(eva)
    answer: Any = sent(client, READ, data, name)
    assert answer.status_code == 422
    assert expected in answer.json()["error"]
    shown = sent(client, NEW, data, name)
    assert shown.status_code == 200
    assert expected in unescape(shown.content.decode())
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_a_file_has_to_be_chosen(eva: User) -> None:
    client = signed_in(eva)
    answer: Any = client.post(READ, {})
    assert (answer.status_code, answer.json()) == (422, {"error": "Välj en fil."})
    assert "Välj en fil." in client.post(NEW, {}).content.decode()


@pytest.mark.django_db
def test_a_text_that_is_too_long_stores_no_picture(eva: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wiki.operations.word.MAX_BODY", 50)
    answer: Any = sent(signed_in(eva), READ, PICTURED)
    assert "en sida rymmer 0 kB" in answer.json()["error"]
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_pictures_beyond_what_one_may_upload_are_told_of(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UPLOADS_OF_CONTRIBUTORS", (limits.HOUR, 1))
    imported = operations.read_word(PICTURED, "x.docx", by=ada)
    assert imported.body == f"## Så blev den\n\n![Före]({urls()[0]})\n\nröd"
    assert imported.left_out[0].startswith(
        "1 bild kom inte med. Du har laddat upp 1 filer den senaste timmen."
    )
    assert imported.pictures == 0


@pytest.mark.django_db
def test_what_a_writer_must_look_at_is_told(eva: User) -> None:
    lost = f"<w:okänt>{run('bort')}</w:okänt>"
    data = word_file(
        p("a", lost) + p("ett", number="2") + p("två", number="3"), word__numbering_x_xml=TWO_LISTS
    )
    imported = operations.read_word(data, "x.docx", by=eva)
    assert imported.body == "a\n\n1. ett\n2. två"
    assert imported.left_out == (
        "Text på 1 ställe i dokumentet kom inte med. Jämför med dokumentet.",
        "1 punkt i en numrerad lista fick en annan siffra. Se efter att siffrorna stämmer.",
    )


@pytest.mark.django_db
def test_a_picture_that_does_not_decode_is_told_of(eva: User) -> None:
    broken = png(1)[:30] + b"x" * 40
    data = word_file(p("a", picture("b1")), relations={"b1": "media/1.png"}, word__media__1_x_png=broken)
    imported = operations.read_word(data, "x.docx", by=eva)
    assert imported.body == "a"
    assert imported.left_out[0].startswith("1 bild kom inte med. ")


@pytest.mark.django_db
def test_a_number_of_a_person_is_no_name_of_a_picture(eva: User) -> None:
    operations.read_word(PICTURED, "19121212-1212.docx", by=eva)
    names = set(Attachment.objects.values_list("name", flat=True))
    assert names == {"Word-dokument, bild 1.png", "Word-dokument, bild 2.png"}


@pytest.mark.django_db
def test_who_may_not_write_may_not_read_documents_in(page: Page, eva: User, rut: User) -> None:
    protect(page, Page.Protection.LOCKED, reason="Tvist", by=rut)
    address = f"/sidor/{page.slug}/word/"
    assert signed_in(eva).get(address).status_code == 403
    assert sent(signed_in(eva), address, PICTURED).status_code == 403
    assert signed_in(rut).get(address).status_code == 200


@pytest.mark.django_db
def test_one_has_to_have_signed_in(db: None) -> None:
    assert sent(Client(), READ, PICTURED).status_code == 403
    assert sent(Client(), NEW, PICTURED).status_code == 403
    assert Client().get(NEW).status_code == 302
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_who_is_blocked_reads_no_documents_in(eva: User) -> None:
    eva.blocked_until = timezone.now() + timedelta(days=1)
    eva.save()
    with pytest.raises(PermissionDenied, match="Ditt konto är avstängt"):
        operations.read_word(PICTURED, "x.docx", by=eva)
    answer: Any = signed_in(eva).post(
        READ, {"file": SimpleUploadedFile("x.docx", PICTURED)}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 403
    assert answer.json()["error"].startswith("Ditt konto är avstängt")


@pytest.mark.django_db
def test_the_form_leads_there(page: Page, eva: User) -> None:
    client = signed_in(eva)
    assert (
        f'href="/sidor/{page.slug}/word/">Hämta den därifrån'
        in client.get(f"/sidor/{page.slug}/redigera/").content.decode()
    )
    assert f'href="{NEW}">Hämta den därifrån' in client.get("/sidor/ny/").content.decode()


@pytest.mark.django_db
def test_a_table_and_its_words_are_rendered(eva: User) -> None:
    client = signed_in(eva)
    answer = sent(client, NEW, word_file(p("T", style="Rubrik") + table("<w:tc/>", "<w:tc/>") + p("a|b *c*")))
    assert body_in(answer) == "a|b \\*c\\*"


def test_there_is_a_sentence_for_everything() -> None:
    kinds = set(_LEFT)
    told = list(left_out(dict.fromkeys(kinds, 2)))
    assert len(told) == len(kinds)
    assert all(sentence.endswith(".") and "%" not in sentence for sentence in told)
    assert left_out({"comments": 0, "okänt": 3}) is not None
    assert list(left_out({"comments": 0, "okänt": 3})) == []
    assert all(why(reason).endswith(".") for reason in _REASONS)
