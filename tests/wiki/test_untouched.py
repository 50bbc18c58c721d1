"""What the visual editor says that its writer left alone is held against what is stored."""

import re
from zlib import crc32

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import MakePage, form_of, signed_in
from wiki import operations
from wiki.content import MAX_BODY
from wiki.models import Draft, Page

pytestmark = pytest.mark.django_db

BODY = "# Mål\n\n* ett\n* två\n\nSlut.\n"
ONE = "Redigeraren hade ändrat ett stycke som du inte rörde. Det står kvar som det var."
TWO = "Redigeraren hade ändrat 2 stycken som du inte rörde. De står kvar som de var."
MANGLED = (
    "Texten kom inte fram som den såg ut i redigeraren. Inget är sparat."
    " Se efter att allt är med och spara igen."
)


def claim(count: int, *kept: tuple[int, int, str]) -> str:
    told = [f"{old}:{new}:{crc32(text.encode()):08x}" for old, new, text in kept]
    return ";".join([str(count), *told])


LISTED = (1, 1, "* ett\n* två")


@pytest.fixture
def listed(make_page: MakePage) -> Page:
    return make_page(body=BODY)


def test_a_piece_that_the_editor_changed_is_kept_as_it_was_and_that_is_told(
    listed: Page, as_eva: Client
) -> None:
    sent = BODY.replace("* ", "- ").replace("Slut", "Början")
    form = form_of(listed, body=sent, untouched=claim(3, (0, 0, "# Mål"), LISTED))
    answer = as_eva.post("/sidor/skolan/redigera/", form, follow=True)
    assert ONE in answer.text
    listed.refresh_from_db()
    assert listed.body == BODY.replace("Slut", "Början")


def test_several_are_counted(listed: Page, as_eva: Client) -> None:
    sent = "Mål\n===\n\n- ett\n- två\n\nBörjan.\n"
    form = form_of(listed, body=sent, untouched=claim(3, (0, 0, "# Mål"), LISTED))
    answer = as_eva.post("/sidor/skolan/redigera/", form, follow=True)
    assert TWO in answer.text
    listed.refresh_from_db()
    assert listed.body == BODY.replace("Slut", "Början")


def test_nothing_is_told_when_nothing_was_put_back(listed: Page, as_eva: Client) -> None:
    form = form_of(listed, body=BODY.replace("Slut", "Början"), untouched=claim(3, LISTED))
    answer = as_eva.post("/sidor/skolan/redigera/", form, follow=True)
    assert "Sparat som version 2." in answer.text
    assert "Redigeraren hade ändrat" not in answer.text


def test_a_save_that_only_the_editor_changed_is_no_version(listed: Page, as_eva: Client) -> None:
    form = form_of(listed, body=BODY.replace("* ", "- "), untouched=claim(3, LISTED))
    answer = as_eva.post("/sidor/skolan/redigera/", form, follow=True)
    assert ONE in answer.text
    assert "Inget är ändrat" in answer.text
    listed.refresh_from_db()
    assert listed.number == 1


def test_a_text_that_did_not_arrive_whole_is_not_saved_and_not_lost(listed: Page, as_eva: Client) -> None:
    sent = "# Mål\n\nSlut, och mer.\n"
    answer = as_eva.post("/sidor/skolan/redigera/", form_of(listed, body=sent, untouched=claim(3, LISTED)))
    assert answer.status_code == 200
    assert answer.context["form"].errors == {"body": [MANGLED]}
    assert "Slut, och mer." in answer.text
    listed.refresh_from_db()
    assert listed.body == BODY


@pytest.mark.parametrize("ink", ["\x07", "\x85"])
def test_a_paragraph_of_controls_only_stops_no_save(listed: Page, as_eva: Client, ink: str) -> None:
    sent = f"# Mål\r\n\r\n{ink}\r\n\r\n- ett\r\n- två\r\n\r\nBörjan.\r\n"
    form = form_of(listed, body=sent, untouched=claim(4, (0, 0, "# Mål"), (1, 2, LISTED[2])))
    answer = as_eva.post("/sidor/skolan/redigera/", form, follow=True)
    assert ONE in answer.text
    listed.refresh_from_db()
    assert listed.body == "# Mål\n\n\n\n* ett\n* två\n\nBörjan.\n"
    # One that is missing is missed all the same.
    form = form_of(listed, body=f"# Mål\n\n{ink}\n\nSlut.\n", untouched=claim(4))
    assert as_eva.post("/sidor/skolan/redigera/", form).context["form"].errors == {"body": [MANGLED]}


def test_the_claim_is_never_written_into_a_form_again(listed: Page, as_eva: Client) -> None:
    form = form_of(listed, body="Kort.", title="", untouched=claim(3, LISTED))
    answer = as_eva.post("/sidor/skolan/redigera/", form)
    drawn = re.findall(r'<input[^>]*name="untouched"[^>]*>', answer.text)
    assert len(drawn) == 1
    assert 'type="hidden"' in drawn[0]
    assert 'autocomplete="off"' in drawn[0]
    assert "value" not in drawn[0]
    assert claim(3, LISTED) not in answer.text


def test_what_is_handed_back_by_a_refusal_has_no_claim(listed: Page) -> None:
    form = form_of(listed, body="Kort.", untouched=claim(1, LISTED))
    answer = Client().post("/sidor/skolan/redigera/", form)
    assert answer.status_code == 403
    assert "Kort." in answer.text
    assert claim(1, LISTED) not in answer.text


def test_a_draft_holds_no_claim(listed: Page, as_eva: Client) -> None:
    form = form_of(listed, body="Kort.", untouched=claim(3, LISTED), do="draft")
    assert as_eva.post("/sidor/skolan/redigera/", form).status_code == 302
    fields = Draft.objects.get().fields
    assert fields["body"] == ["Kort."]
    assert "untouched" not in fields


NONSENSE = [
    "nej",
    "3",
    "3;",
    "3;1:1:zzzzzzzz",
    "3;99:1:00000000",
    "3;1:99:00000000",
    "3;1:1:00000000;" * 100,
    ";;;;",
    "\x00",
    "3;-1:-1:ffffffff",
    "999999999999999999999",
    "å",
    "3;1:1:" + "0" * (MAX_BODY + 1),
]


@pytest.mark.parametrize("told", NONSENSE)
def test_nonsense_counts_for_nothing(listed: Page, as_eva: Client, told: str) -> None:
    sent = BODY.replace("* ", "- ")
    assert (
        as_eva.post("/sidor/skolan/redigera/", form_of(listed, body=sent, untouched=told)).status_code == 302
    )
    listed.refresh_from_db()
    assert listed.body == sent


def test_it_is_held_against_the_version_that_the_writer_started_from(
    listed: Page, eva: User, bo: User
) -> None:
    signed_in(bo).post("/sidor/skolan/redigera/", form_of(listed, body=BODY.replace("# Mål", "# Målet")))
    sent = BODY.replace("* ", "- ").replace("Slut", "Början")
    form = form_of(listed, body=sent, base="1", untouched=claim(3, (0, 0, "# Mål"), LISTED))
    answer = signed_in(eva).post("/sidor/skolan/redigera/", form, follow=True)
    assert ONE in answer.text
    listed.refresh_from_db()
    assert listed.body == BODY.replace("# Mål", "# Målet").replace("Slut", "Början")


def test_a_part_is_held_against_the_same_part(make_page: MakePage, as_eva: Client) -> None:
    page = make_page(body="# Ett\n\nText.\n\n# Två\n\n* a\n* b\n\nSlut.\n\n# Tre\n\nMer.\n")
    form = {
        "base": "1",
        "rubrik": "u-tva",
        "body": "# Två\n\n- a\n- b\n\nBörjan.",
        "untouched": claim(3, (0, 0, "# Två"), (1, 1, "* a\n* b")),
    }
    answer = as_eva.post("/sidor/skolan/redigera/", form, follow=True)
    assert ONE in answer.text
    page.refresh_from_db()
    assert page.body == "# Ett\n\nText.\n\n# Två\n\n* a\n* b\n\nBörjan.\n\n# Tre\n\nMer.\n"


def test_a_proposal_is_held_against_its_own_text(listed: Page, ada: User) -> None:
    content = listed.content
    proposal = operations.propose(listed, type(content)(title="Skolan", body="* a\n* b\n\nC"), base=1, by=ada)
    form = form_of(listed, body="- a\n- b\n\nD", untouched=claim(2, (0, 0, "* a\n* b")))
    form |= {"base": "1", "revision": "1"}
    answer = signed_in(ada).post(f"{proposal.get_absolute_url()}redigera/", form, follow=True)
    assert ONE in answer.text
    proposal.refresh_from_db()
    assert proposal.body == "* a\n* b\n\nD"


def test_a_new_page_has_nothing_to_be_held_against_but_its_own_length(as_eva: Client) -> None:
    form = {"title": "Ny", "body": "Ett.\n\nTvå.", "untouched": claim(2, (0, 0, "Ett"))}
    assert as_eva.post("/sidor/ny/", form | {"untouched": claim(3)}).context["form"].errors == {
        "body": [MANGLED]
    }
    assert as_eva.post("/sidor/ny/", form).status_code == 302
    assert Page.objects.get().body == "Ett.\n\nTvå."


def test_a_hidden_version_puts_nothing_back(listed: Page, eva: User, rut: User) -> None:
    signed_in(eva).post("/sidor/skolan/redigera/", form_of(listed, body="Nytt.\n\nMer.\n"))
    listed.edits.filter(number=1).update(hidden_at="2026-01-01T00:00Z", hidden_by=rut, hidden_reason="Så.")
    listed.refresh_from_db()
    form = form_of(listed, body=BODY.replace("* ", "- "), base="1", untouched=claim(3, LISTED))
    answer = signed_in(eva).post("/sidor/skolan/redigera/", form)
    assert answer.status_code == 409
    assert "- ett" in answer.text
