"""A picture that nothing is said of stops a save, and nothing that was typed is lost."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from mittkoping.accounts.models import User
from tests.conftest import MakePage, form_of, published, signed_in
from tests.wiki.picturing import DIGEST, PICTURE
from tests.wiki.transfer_commands import fill, run_import, with_title
from wiki import operations
from wiki.changes import Decision, changes
from wiki.content import Content
from wiki.models import Edit, Page, Proposal

pytestmark = pytest.mark.django_db

SILENT = f"Ån rinner genom staden.\n\n![]({PICTURE})\n"
SPOKEN = SILENT.replace("![]", "![Ån i mars]")
DECORATIVE = SILENT.replace(")", ' "dekorativ")')
ADVICE = (
    "Skriv vad bilden visar, eller välj att den är dekorativ."
    ' Som text: ![vad bilden visar](…) eller ![](… "dekorativ").'
)
WHERE = "Bilden efter ”Ån rinner genom staden.” har ingen beskrivning."


def silent_page(by: User) -> Page:
    """A page of the time before anybody asked."""
    return published(operations.create(Content(title="Ån", body=SILENT), by=by, act=Edit.Act.IMPORT)).page


def test_a_new_page_is_stopped_and_says_which_picture_and_what_to_do(eva: User) -> None:
    with pytest.raises(operations.MissingAlt) as refusal:
        operations.create(Content(title="Ån", body=SILENT), by=eva)
    assert str(refusal.value) == f"{WHERE} {ADVICE}"
    assert not Page.objects.exists()


@pytest.mark.parametrize("body", [SPOKEN, DECORATIVE, "`![](/media/a.png)`", "![](https://a.se/b.png)"])
def test_a_picture_with_words_or_said_to_be_decorative_or_not_ours_stops_nothing(
    make_page: MakePage, body: str
) -> None:
    assert make_page(body=body).body == body


def test_an_edit_a_proposal_and_a_new_text_of_it_are_stopped_alike(page: Page, eva: User, ada: User) -> None:
    content = replace(page.content, body=SILENT)
    with pytest.raises(operations.MissingAlt):
        operations.edit(page, content, base=1, by=eva)
    with pytest.raises(operations.MissingAlt):
        operations.edit(page, content, base=1, by=ada)
    with pytest.raises(operations.MissingAlt):
        operations.create(Content(title="Ån", body=SILENT), by=ada)
    assert not Proposal.objects.exists()
    proposal = operations.propose(page, replace(content, body=SPOKEN), base=1, by=ada)
    with pytest.raises(operations.MissingAlt):
        operations.revise(proposal, content, revision=1, base=1, by=ada)
    proposal.refresh_from_db()
    assert (proposal.body, proposal.revision) == (SPOKEN, 1)
    page.refresh_from_db()
    assert page.number == 1


def test_who_leaves_the_text_as_it_is_is_not_stopped_by_what_it_lacks(eva: User, ada: User) -> None:
    page = silent_page(eva)
    content = replace(page.content, lead="Om ån.")
    proposal = operations.propose(page, content, base=1, by=ada)
    operations.revise(proposal, replace(content, lead="Mer om ån."), revision=1, base=1, by=ada)
    assert published(operations.edit(page, content, base=1, by=eva)).number == 2


def test_a_moderators_own_words_are_stopped_and_a_proposal_as_it_is_goes_through(
    page: Page, ada: User, rut: User
) -> None:
    content = replace(page.content, lead="Ny ingress.", body=SPOKEN)
    proposal = operations.propose(page, content, base=1, by=ada)
    decisions = {
        change.key: Decision(text=f"![]({PICTURE})") if "![" in str(change.theirs) else Decision()
        for change in changes(page.content, page.content, content)
    }
    assert Decision(text=f"![]({PICTURE})") in decisions.values()
    with pytest.raises(operations.MissingAlt):
        operations.accept(proposal, revision=1, decisions=decisions, by=rut)
    assert operations.accept(proposal, revision=1, by=rut).content.body == SPOKEN


def test_what_an_old_version_said_may_be_brought_back(eva: User, ada: User) -> None:
    page = silent_page(eva)
    operations.edit(page, replace(page.content, body="Kort."), base=1, by=eva)
    page.refresh_from_db()
    proposed = operations.revert(page, 1, base=2, by=ada)
    assert isinstance(proposed, Proposal)
    assert proposed.body == SILENT
    assert published(operations.revert(page, 1, base=2, by=eva)).content.body == SILENT


def test_who_changes_something_else_is_not_asked_for_what_stands_there_already(eva: User) -> None:
    page = silent_page(eva)
    edit = published(operations.edit(page, replace(page.content, lead="Om ån."), base=1, by=eva))
    assert edit.content.body == SILENT
    with pytest.raises(operations.MissingAlt):
        operations.edit(edit.page, replace(edit.content, body=SILENT + "\nMer."), base=2, by=eva)


def test_each_picture_is_named_up_to_three(eva: User) -> None:
    addresses = [f"/media/bilder/{DIGEST}-{width}x90.png" for width in range(100, 105)]
    body = "".join(f"![]({address})\n\nNummer {address[-10:-7]} här.\n\n" for address in addresses)
    with pytest.raises(operations.MissingAlt) as refusal:
        operations.create(Content(title="Ån", body=body), by=eva)
    assert str(refusal.value) == (
        "Den första bilden har ingen beskrivning. Bilden efter ”Nummer 100 här.” har ingen beskrivning."
        " Bilden efter ”100 här. Nummer 101 här.” har ingen beskrivning. Det gäller 2 bilder till. " + ADVICE
    )


def test_the_form_comes_back_with_the_text_and_the_mistake_at_the_text(page: Page, eva: User) -> None:
    answer = signed_in(eva).post("/sidor/skolan/redigera/", form_of(page, body=SILENT))
    assert answer.status_code == 200
    assert answer.context["form"].errors == {"body": [f"{WHERE} {ADVICE}"]}
    assert "Bilden efter ”Ån rinner genom staden.” har ingen beskrivning." in answer.text
    assert f"![]({PICTURE})" in answer.text
    page.refresh_from_db()
    assert page.number == 1
    saved = signed_in(eva).post("/sidor/skolan/redigera/", form_of(page, body=DECORATIVE))
    assert saved.status_code == 302


def test_a_blocked_writer_is_told_that_and_not_asked_for_alt_texts(page: Page, ada: User) -> None:
    ada.blocked_until, ada.block_reason = timezone.now() + timedelta(days=1), "Spam."
    ada.save()
    answer = signed_in(ada).post("/sidor/skolan/redigera/", form_of(page, body=SILENT))
    assert answer.status_code == 403
    assert f"![]({PICTURE})" in answer.text


def test_a_file_that_is_read_in_is_told_with_its_line(tmp_path: Path, eva: User) -> None:
    fill(tmp_path, {"an.md": with_title("Ån", SILENT), "bra.md": with_title("Bra", SPOKEN)})
    _out, errors = run_import(tmp_path, eva, fails="1 fil lästes inte in.")
    assert f"an.md rad 6: {WHERE} {ADVICE}" in errors
    assert list(Page.objects.values_list("slug", flat=True)) == ["bra"]


def test_who_edits_one_part_is_told_that_the_picture_may_stand_in_another(eva: User) -> None:
    body = f"## Ett\n\n![]({PICTURE})\n\n## Två\n\nText.\n"
    page = published(operations.create(Content(title="Ån", body=body), by=eva, act=Edit.Act.IMPORT)).page
    part = {"base": "1", "rubrik": "u-tva", "body": "## Två\n\nMer text.\n"}
    answer = signed_in(eva).post(f"{page.get_absolute_url()}redigera/", part)
    assert "Syns bilden inte här står den i en annan del: redigera hela sidan." in answer.text
    assert "Mer text." in answer.text
