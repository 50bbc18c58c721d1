"""Uploading: the page, the script's way, who may, how often, and what is stored."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from mittkoping.accounts.models import User
from tests.conftest import signed_in
from tests.text.word_files import p, word_file
from tests.text.word_files import picture as word_picture
from tests.wiki.files.made import PDF, photograph, picture, sent, uploaded
from wiki import operations
from wiki.files import turns
from wiki.models import Attachment, AttachmentContent
from wiki.operations import limits

NEW = "/filer/ny/"
JSON = {"Accept": "application/json"}


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_picture_is_stored_in_three_sizes_under_the_digest_of_what_is_in_it(
    ada: User, stored: Path
) -> None:
    content = uploaded(ada, picture((2400, 1200)), "Min skolgård.png")
    stem = content.digest[:32]
    assert content.path == f"bilder/{stem}-1920x960.png"
    assert names(stored) == [
        f"bilder/{stem}-1920x960-480.png",
        f"bilder/{stem}-1920x960-960.png",
        f"bilder/{stem}-1920x960.png",
    ]
    assert (content.width, content.height, content.kind, content.media_type) == (
        1920,
        960,
        "image",
        "image/png",
    )
    assert content.size == (stored / content.path).stat().st_size
    assert (content.name, content.attachment.name, content.number) == (
        "Min skolgård.png",
        "Min skolgård.png",
        1,
    )


def test_a_photograph_with_another_behind_it_comes_along_from_word(ada: User) -> None:
    data = word_file(
        p("a", word_picture("b1", "Gård")), relations={"b1": "media/1.jpg"}, word__media__1_x_jpg=photograph()
    )
    imported = operations.read_word(data, "x.docx", by=ada)
    assert f"![Gård]({AttachmentContent.objects.get().url})" in imported.body
    assert imported.left_out == ()


def test_a_document_is_stored_as_it_is(ada: User, stored: Path) -> None:
    content = uploaded(ada, PDF, "../../etc/Rapport.PDF", creator="Ada", licence="cc0")
    assert content.path == f"dokument/{content.digest[:32]}.pdf"
    assert (stored / content.path).read_bytes() == PDF
    assert (content.name, content.width, content.kind) == ("Rapport.PDF", None, "document")
    assert (content.attachment.creator, content.attachment.licence) == ("Ada", "cc0")


def test_the_same_again_is_the_file_that_is_there(ada: User, eva: User) -> None:
    first = uploaded(ada)
    assert uploaded(ada, name="annat.png") == first
    assert uploaded(eva) != first
    assert Attachment.objects.count() == 2


def test_the_same_again_says_what_was_not_said_before(ada: User) -> None:
    attachment = uploaded(ada, licence="cc0").attachment
    again = uploaded(ada, creator="Ada Lind", licence="cc-by").attachment
    assert (again.pk, again.creator, again.licence) == (attachment.pk, "Ada Lind", "cc0")
    attachment.refresh_from_db()
    assert (attachment.creator, attachment.licence) == ("Ada Lind", "cc0")
    uploaded(ada)
    attachment.refresh_from_db()
    assert (attachment.creator, attachment.licence) == ("Ada Lind", "cc0")


def test_what_a_file_held_before_says_nothing_of_what_it_holds_now(ada: User, eva: User) -> None:
    old = uploaded(ada)
    operations.replace(old.attachment, BytesIO(picture(colour=(1, 2, 3))), "ny.png", by=eva)
    assert uploaded(ada, creator="Ada Lind").attachment.creator == ""


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, "Filen är uppladdad. Andra ser den när en sida visar den."),
        ({"licence": "cc0"}, "Filen är uppladdad. Andra ser den när en sida visar den."),
        ({"creator": "Ada Lind"}, "Filen är uppladdad. Andra ser den när en sida visar den."),
        ({"creator": "Bo"}, "Filen fanns redan, med andra uppgifter. Du ändrar dem här."),
    ],
)
def test_facts_that_differ_from_those_that_are_there_are_told_of(
    ada: User, facts: dict[str, str], told: str
) -> None:
    attachment = uploaded(ada, creator="Ada Lind").attachment
    response = signed_in(ada).post(NEW, {"file": sent(), **facts}, follow=True)
    assert response.redirect_chain == [(attachment.get_absolute_url(), 302)]
    assert [str(message) for message in response.context["messages"]] == [told]
    attachment.refresh_from_db()
    assert (attachment.creator, attachment.licence) == ("Ada Lind", facts.get("licence", ""))


def test_the_same_after_it_was_cut_off_is_stored_whole(ada: User, stored: Path) -> None:
    content = uploaded(ada)
    whole = (stored / content.path).read_bytes()
    (stored / content.path).write_bytes(whole[:10])
    uploaded(ada)
    assert (stored / content.path).read_bytes() == whole


def test_uploading_by_form_leads_to_the_page_about_the_file(ada: User) -> None:
    response = signed_in(ada).post(
        NEW, {"file": sent(), "creator": " Ada  Lind ", "licence": "cc-by"}, follow=True
    )
    attachment = Attachment.objects.get()
    assert response.redirect_chain == [(attachment.get_absolute_url(), 302)]
    assert attachment.creator == "Ada Lind"
    assert "Filen är uppladdad." in response.text
    assert f"![](/media/{attachment.contents.get().path})" in response.text


def test_a_script_gets_the_address_as_json(ada: User) -> None:
    response = signed_in(ada).post(NEW, {"file": sent(picture((600, 300)))}, headers=JSON)
    content = AttachmentContent.objects.select_related("attachment").get()
    assert response.status_code == 201
    assert response.json() == {
        "url": content.url,
        "name": "skolgård.png",
        "kind": "image",
        "width": 600,
        "height": 300,
        "key": str(content.attachment.key),
        "markdown": f"![]({content.url})",
    }


def test_a_document_is_a_link_with_its_name(ada: User) -> None:
    response = signed_in(ada).post(NEW, {"file": sent(PDF, "Plan [utkast]_2.pdf")}, headers=JSON)
    content = AttachmentContent.objects.get()
    assert response.json()["markdown"] == f"[Plan \\[utkast\\]\\_2.pdf]({content.url})"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("bild.svg", b"<svg/>", "Den sortens fil går inte att ladda upp. Du kan ladda upp bilder (PNG,"),
        ("utan", PDF, "Den sortens fil går inte att ladda upp."),
        ("tom.png", b"", "Filen är tom."),
        ("x.jpg", b"<html>", "Det som finns i filen är inte det som filnamnet säger: den slutar på .jpg."),
        ("19121212-1212.pdf", PDF, "Filnamnet innehåller ett personnummer"),
    ],
)
def test_what_is_not_taken_is_told_in_a_sentence(ada: User, name: str, data: bytes, sentence: str) -> None:
    browser = signed_in(ada)
    by_script = browser.post(NEW, {"file": sent(data, name)}, headers=JSON)
    assert (by_script.status_code, by_script.json()["error"][: len(sentence)]) == (422, sentence)
    by_form = browser.post(NEW, {"file": sent(data, name), "creator": "Ada Lind"})
    assert by_form.status_code == 200
    assert sentence in by_form.text
    assert 'value="Ada Lind"' in by_form.text
    assert not Attachment.objects.exists()


def test_no_file_at_all_is_told(ada: User) -> None:
    browser = signed_in(ada)
    assert browser.post(NEW, {"creator": "Ada"}, headers=JSON).json() == {"error": "Välj en fil."}
    assert "Välj en fil." in browser.post(NEW, {"creator": "Ada"}).text


def test_who_has_not_signed_in_is_led_to_sign_in(client: Client, db: None) -> None:
    assert client.get(NEW).headers["Location"] == "/konto/login/?next=/filer/ny/"
    assert client.post(NEW, {"file": sent()}, headers=JSON).json() == {"error": "Du är inte längre inloggad."}
    assert not Attachment.objects.exists()


def test_who_is_blocked_uploads_nothing(ada: User) -> None:
    ada.blocked_until = timezone.now() + timedelta(days=1)
    ada.block_reason = "Reklam"
    ada.save()
    browser = signed_in(ada)
    assert browser.get(NEW).status_code == 403
    answer = browser.post(NEW, {"file": sent()}, headers=JSON)
    assert (answer.status_code, answer.json()["error"]) == (403, "Ditt konto är avstängt: Reklam")
    with pytest.raises(PermissionDenied):
        uploaded(ada)


@pytest.mark.parametrize(("who", "limit"), [("ada", 20), ("eva", 100)])
def test_uploads_are_limited_by_the_hour(who: str, limit: int, request: pytest.FixtureRequest) -> None:
    user: User = request.getfixturevalue(who)
    first = uploaded(user)
    for number in range(1, limit):
        first.pk, first.number = None, number + 1
        first.save()
    with pytest.raises(operations.TooMany, match=f"laddat upp {limit} filer den senaste timmen"):
        uploaded(user, picture((9, 9)))
    answer = signed_in(user).post(NEW, {"file": sent()}, headers=JSON)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3601
    AttachmentContent.objects.filter(number=1).update(at=timezone.now() - limits.HOUR)
    assert uploaded(user, picture((9, 9))).width == 9


def test_tries_are_counted_whatever_comes_of_them(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UPLOADS_OF_CONTRIBUTORS", (limits.HOUR, 2))
    kept = uploaded(ada)
    for _ in range(2):
        with pytest.raises(operations.BadFile):
            uploaded(ada, b"x")
    with pytest.raises(operations.BadFile):
        operations.replace(kept.attachment, BytesIO(b"x"), "x.png", by=ada)
    monkeypatch.setattr("wiki.operations.attachments.take", None)
    sentence = "Du har försökt med 4 filer den senaste timmen. Vänta en stund och försök igen."
    answer = signed_in(ada).post(NEW, {"file": sent()}, headers=JSON)
    assert (answer.status_code, answer.json()["error"]) == (429, sentence)
    assert 0 < int(answer.headers["Retry-After"]) <= 3601
    with pytest.raises(operations.TooMany, match=sentence):
        operations.replace(kept.attachment, BytesIO(picture((9, 9))), "x.png", by=ada)
    with pytest.raises(operations.TooMany, match=sentence):
        operations.read_word(b"x", "x.docx", by=ada)


def test_tries_of_others_and_of_the_hour_before_do_not_count(
    ada: User, eva: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UPLOADS", (limits.HOUR, 1))
    monkeypatch.setattr(limits, "UPLOADS_OF_CONTRIBUTORS", (limits.HOUR, 1))
    for _ in range(2):
        limits.count_try(ada)
    with pytest.raises(operations.TooMany):
        limits.count_try(ada)
    limits.count_try(eva)
    later = timezone.now() + limits.HOUR
    monkeypatch.setattr(timezone, "now", lambda: later)
    limits.count_try(ada)


def test_accounts_of_the_demo_try_as_often_as_they_like(
    ada: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UPLOADS_OF_CONTRIBUTORS", (limits.HOUR, 0))
    with pytest.raises(operations.TooMany):
        limits.count_try(ada)
    settings.DEMO, ada.is_demo = True, True
    limits.count_try(ada)


def test_one_picture_waits_for_another_and_not_for_ever(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    with (
        turns.turn(),
        pytest.raises(operations.BadFile, match="Flera bilder laddas upp just nu"),
    ):
        uploaded(ada)
    assert uploaded(ada).number == 1


def test_a_forked_process_does_not_wait_for_the_one_that_it_came_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    with turns.turn():
        turns._turn.renew()  # what a fork does
        with turns.turn():
            pass
