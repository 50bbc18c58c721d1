"""The form of a page over HTTP: what it saves, what it refuses, and that nothing typed is lost."""

import pytest
from django.test import Client

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import MakePage, form_of, signed_in, tag
from wiki import operations
from wiki.models import Page, Proposal
from wiki.transfer.front_matter import read

TYPED = "Det här har någon skrivit i en timme.\n"


def test_a_save_is_a_version_and_says_so(page: Page, as_eva: Client) -> None:
    form = form_of(page, body="Nytt.\n", summary="Kortar", minor="on")
    answer = as_eva.post("/sidor/skolan/redigera/", form, follow=True)
    assert answer.redirect_chain == [("/sidor/skolan/", 302)]
    assert "Sparat som version 2." in answer.text
    assert 'href="/sidor/skolan/jamfor/1/2/"' in answer.text
    edit = page.edits.get(number=2)
    assert (edit.content.body, edit.summary, edit.is_minor) == ("Nytt.\n", "Kortar", True)


def test_a_new_page_is_made_and_found(as_eva: Client, mittkoping_: Municipality) -> None:
    form = {
        "title": "Skolans mål",
        "body": "Hej.",
        "kind": "guide",
        "tracks": ["", "skola"],
        "municipalities": "Mittköping",
    }
    answer = as_eva.post("/sidor/ny/", form)
    assert (answer.status_code, answer["Location"]) == (302, "/sidor/skolans-mal/")
    page = Page.objects.get(slug="skolans-mal")
    assert (page.kind, page.tracks, page.municipality_codes) == ("guide", ["skola"], ["9901"])
    assert list(page.municipalities.all()) == [mittkoping_]


def test_a_field_that_is_not_sent_is_left_alone(
    make_page: MakePage, eva: User, catalogue: dict[str, Factor]
) -> None:
    page = make_page(
        lead="Ingress.",
        body="Text.",
        kind="guide",
        tracks=("halsa",),
        municipalities=("9901",),
        tags=(tag(),),
    )
    signed_in(eva).post("/sidor/skolan/redigera/", {"base": "1", "body": "Ny text."})
    page.refresh_from_db()
    assert (page.number, page.body) == (2, "Ny text.")
    assert (page.title, page.lead, page.kind, page.tracks) == ("Skolan", "Ingress.", "guide", ["halsa"])
    assert (page.municipality_codes, len(page.tags)) == (["9901"], 1)


def test_an_empty_choice_of_tracks_and_municipalities_means_none(make_page: MakePage, as_eva: Client) -> None:
    page = make_page(tracks=("halsa", "skola"), municipalities=("9901",))
    as_eva.post("/sidor/skolan/redigera/", form_of(page, tracks=[""], municipalities=""))
    page.refresh_from_db()
    assert (page.tracks, page.municipality_codes) == ([], [])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Skriv en titel."),
        ({"title": "/"}, "Titeln behöver minst en bokstav eller siffra."),
        ({"title": ".."}, "Titeln behöver minst en bokstav eller siffra."),
        ({"title": "\u200b\u202e"}, "Skriv en titel."),
        ({"title": "x" * 300}, "Titeln är 300 tecken lång. Gränsen är 120."),
        ({"title": "Omsorgen"}, "Det finns redan en sida som heter ”Omsorgen”."),
        ({"lead": "x" * 501}, "Ingressen är 501 tecken lång. Gränsen är 500."),
        ({"summary": "x" * 201}, "Sammanfattningen är 201 tecken lång. Gränsen är 200."),
        ({"kind": "roman"}, "roman"),
        ({"municipalities": "Mittkoping, Atlantis"}, "Menade du Mittköping?"),
        ({"base": ""}, "Sidan har ingen sådan version"),
        ({"base": "elva"}, "Sidan har ingen sådan version"),
        ({"base": "99"}, "Sidan har ingen sådan version"),
        ({"base": "-1"}, "Sidan har ingen sådan version"),
        ({"base": "²"}, "Sidan har ingen sådan version"),
        ({"base": "9" * 40}, "Sidan har ingen sådan version"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(
    page: Page, make_page: MakePage, as_eva: Client, changes: dict[str, str], sentence: str
) -> None:
    make_page("Omsorgen")
    answer = as_eva.post("/sidor/skolan/redigera/", form_of(page, body=TYPED) | changes)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert TYPED.strip() in answer.text
    page.refresh_from_db()
    assert page.number == 1


def test_a_missing_base_is_told(page: Page, as_eva: Client) -> None:
    answer = as_eva.post("/sidor/skolan/redigera/", {"title": "Skolan", "body": TYPED})
    assert "Sidan har ingen sådan version" in answer.text
    assert TYPED.strip() in answer.text


def test_a_body_of_a_megabyte_is_refused_and_handed_back(page: Page, as_eva: Client) -> None:
    body = "Ett långt stycke. " * 60_000
    answer = as_eva.post("/sidor/skolan/redigera/", form_of(page, body=body))
    assert answer.status_code == 200
    assert "Gränsen är 200" in answer.text
    assert body.strip() in answer.text


def test_line_breaks_and_control_characters_are_made_uniform(page: Page, as_eva: Client) -> None:
    as_eva.post("/sidor/skolan/redigera/", form_of(page, body="Ett\r\ntva\u030a\x00\x1b tre\r"))
    page.refresh_from_db()
    assert page.body == "Ett\ntvå tre\n"


def test_blanks_at_the_ends_of_a_text_are_kept(page: Page, as_eva: Client) -> None:
    as_eva.post("/sidor/skolan/redigera/", form_of(page, body="\n\n    kod\n\n\n"))
    page.refresh_from_db()
    assert page.body == "\n\n    kod\n\n\n"
    assert "\n\n\n    kod\n\n\n</textarea>" in as_eva.get("/sidor/skolan/redigera/").text


def test_a_contributor_is_told_before_and_may_take_the_text_away(page: Page, ada: User) -> None:
    as_ada = signed_in(ada)
    assert "Det du skickar granskas innan det publiceras." in as_ada.get("/sidor/skolan/redigera/").text
    answer = as_ada.post("/sidor/skolan/redigera/", form_of(page, body=TYPED))
    assert answer["Location"] == Proposal.objects.get(body=TYPED).get_absolute_url()
    page.refresh_from_db()
    assert page.number == 1
    taken = as_ada.post("/sidor/skolan/redigera/", form_of(page, body=TYPED, do="download"))
    assert (taken["Content-Type"], read(taken.text).body.text) == ("text/markdown; charset=utf-8", TYPED)
    assert taken["Content-Disposition"] == 'attachment; filename="skolan.md"'


def test_preview_is_drawn_like_the_page(page: Page, as_eva: Client) -> None:
    body = "## Mål\n\nSe [[Skolan]] och **allt**."
    fragment = as_eva.post("/forhandsgranska/", {"body": body}).text
    as_eva.post("/sidor/skolan/redigera/", form_of(page, body=body))
    page.refresh_from_db()
    assert page.html in fragment
    whole = as_eva.post("/sidor/skolan/redigera/", form_of(page, base="2", body=body, do="preview"))
    assert page.html in whole.text
    assert page.edits.count() == 2


def test_an_ended_session_hands_the_text_back(page: Page, client: Client) -> None:
    answer = client.post("/sidor/skolan/redigera/", form_of(page, body=TYPED))
    assert answer.status_code == 403
    assert "inte längre inloggad" in answer.text
    assert TYPED.strip() in answer.text


def test_a_form_without_a_token_is_handed_back(page: Page, eva: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(eva, backend="mittkoping.accounts.backends.EmailBackend")
    here = strict.post(
        "/sidor/skolan/redigera/", form_of(page, body=TYPED), headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert here.status_code == 403
    assert TYPED.strip() in here.text
    assert "csrfmiddlewaretoken" in here.text
    elsewhere = strict.post(
        "/sidor/skolan/redigera/", form_of(page, body=TYPED), headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert elsewhere.status_code == 403
    assert TYPED.strip() in elsewhere.text
    assert "csrfmiddlewaretoken" not in elsewhere.text
    page.refresh_from_db()
    assert page.number == 1


def test_a_page_renamed_meanwhile_takes_the_text(page: Page, eva: User, bo: User) -> None:
    operations.rename(page, "Grundskolan", base=1, by=bo)
    answer = signed_in(eva).post("/sidor/skolan/redigera/", form_of(page, body=TYPED))
    assert (answer.status_code, answer["Location"]) == (302, "/sidor/grundskolan/")
    page.refresh_from_db()
    assert (page.number, page.title, page.body) == (3, "Grundskolan", TYPED)


def test_a_page_archived_meanwhile_hands_the_text_back(page: Page, eva: User, rut: User) -> None:
    operations.archive(page, reason="Dubblett", by=rut)
    answer = signed_in(eva).post("/sidor/skolan/redigera/", form_of(page, body=TYPED))
    assert answer.status_code == 404
    assert TYPED.strip() in answer.text


def test_extra_fields_change_nothing(page: Page, eva: User, rut: User) -> None:
    extra = {
        "number": "40",
        "slug": "kapad",
        "author": str(rut.pk),
        "review_state": "reviewed",
        "html": "<b>x</b>",
    }
    signed_in(eva).post("/sidor/skolan/redigera/", form_of(page, body="Nytt.") | extra)
    page.refresh_from_db()
    edit = page.edits.get(number=2)
    assert (page.number, page.slug, page.html) == (2, "skolan", "<p>Nytt.</p>")
    assert (edit.author, edit.review_state) == (eva, "unreviewed")


def test_too_much_to_read_is_413(page: Page, as_eva: Client) -> None:
    answer = as_eva.post("/sidor/skolan/redigera/", form_of(page, body="x" * (16 * 2**20 + 1)))
    assert answer.status_code == 413
    assert "Gränsen är 16 MB." in answer.text


def test_the_form_asks_a_reader_to_sign_in(page: Page, client: Client) -> None:
    answer = client.get("/sidor/skolan/redigera/")
    assert (answer.status_code, answer["Location"]) == (302, "/konto/login/?next=/sidor/skolan/redigera/")
