"""Drafts in places where one rarely is: parts of a text, decided proposals, odd buttons, a cache."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mittkoping.accounts.models import User
from tests.conftest import MakePage, form_of, proposed, signed_in
from tests.wiki.drafting import EDIT, NEW, TYPED, autosave, keep, sent_from, shown
from tests.wiki.settling_form import seen
from wiki import operations
from wiki.content import Content
from wiki.models import Draft, Page
from wiki.operations import wiping

LIST = "/konto/utkast/"
STORED_NOWHERE = {"private", "no-store"}


def stored_how(answer: Any) -> set[str]:
    """What an answer says of being stored."""
    return {word.strip() for word in answer.headers.get("Cache-Control", "").split(",")} - {""}


def test_a_page_without_a_kind_is_taken_away_as_a_file(page: Page, eva: User, as_eva: Client) -> None:
    form = form_of(page, body=TYPED) | {"kind": ""}
    answers = [as_eva.post(EDIT, form | {"do": "download"})]
    answers.append(as_eva.get(f"{LIST}{keep(page, by=eva, body=TYPED, kind='').pk}.md"))
    for answer in answers:
        assert (answer.status_code, "kind: sida\n" in answer.text) == (200, True), answer.text


def test_a_part_is_gone_on_with_after_its_heading_got_another_name(make_page: MakePage, eva: User) -> None:
    page = make_page("Skolan", body="## Ett\n\nA text.\n\n## Två\n\nB text.\n")
    client = signed_in(eva)
    sent = sent_from(shown(eva, f"{EDIT}?rubrik=ett").context["form"])
    form = {name: sent[name] for name in ("base", "rubrik", "once", "summary")} | {"tab": "A", "seq": "1"}
    client.post(EDIT, form | {"body": "## Ettan\n\nA text.\n"})
    told = autosave(client, EDIT, form | {"body": "## Ettan\n\nA text.\n\nMer text.\n", "seq": "2"}).json()
    opened = sent_from(shown(eva, f"{EDIT}?utkast={told['draft']}").context["form"])
    kept = {name: opened[name] for name in ("base", "rubrik", "once", "body", "draft", "counter")}
    answer = client.post(EDIT, kept)
    assert (answer.status_code, "Rubriken finns inte" in answer.text) == (302, False)
    page.refresh_from_db()
    assert page.body == "## Ettan\n\nA text.\n\nMer text.\n\n## Två\n\nB text.\n"


# Of a proposal that has been decided on.


def test_the_draft_of_a_new_page_stays_with_its_decided_proposal(ada: User, rut: User) -> None:
    proposal = proposed(operations.create(Content(title="Ny sida", body="Text."), by=ada))
    address, client = f"{proposal.get_absolute_url()}redigera/", signed_in(ada)
    form = sent_from(shown(ada, address).context["form"]) | {"body": TYPED, "tab": "A", "seq": "1"}
    told = autosave(client, address, form).json()
    operations.accept(proposal, revision=1, by=rut)
    opened = shown(ada, f"{address}?utkast={told['draft']}")
    assert opened.context["form"]["body"].value() == TYPED
    assert "Utkastet finns inte längre." not in opened.text
    facts = {"draft": told["draft"], "counter": told["counter"], "seq": "2"}
    again = autosave(client, address, form | facts).json()
    assert (again["draft"], again["counter"]) == (told["draft"], 2)


def test_the_draft_of_an_accepted_proposal_goes_on_in_the_form_of_the_page(ada: User, rut: User) -> None:
    proposal = proposed(operations.create(Content(title="Ny sida", body="Text.\n"), by=ada))
    draft = keep(None, by=ada, proposal=proposal, title="Ny sida", body=TYPED, revision="1")
    operations.accept(proposal, revision=1, by=rut)
    answer = shown(ada, draft.get_absolute_url())
    assert "Förslaget är avgjort: godkänt. Utkastet finns kvar. Du kan skriva vidare på det" in seen(answer)
    onward = answer.context["reading"].onward
    form = signed_in(ada).post(onward.address, dict(onward.fields) | {"do": "show"}).context["form"]
    assert onward.address == "/sidor/ny-sida/redigera/"
    assert (form["body"].value(), form["base"].value()) == (TYPED, "1")


def test_the_draft_of_a_rejected_proposal_goes_on_from_its_beginning(
    page: Page, ada: User, rut: User
) -> None:
    proposal = operations.propose(page, Content(title="Skolan", body="Adas."), base=1, by=ada)
    draft = keep(page, by=ada, proposal=proposal, body=TYPED, revision="1")
    assert shown(ada, draft.get_absolute_url()).context["reading"].onward is None
    operations.reject(proposal, revision=1, reason="Finns.", by=rut)
    operations.edit(page, Content(title="Skolan", body="Ruts."), base=1, by=rut)
    onward = shown(ada, draft.get_absolute_url()).context["reading"].onward
    assert (onward.address, dict(onward.fields)["base"]) == (EDIT, "1")
    Page.objects.update(protection=Page.Protection.LOCKED)
    assert shown(ada, draft.get_absolute_url()).context["reading"].onward is None


def test_the_draft_of_a_proposal_loses_what_is_purged_from_the_page(ada: User, rut: User) -> None:
    proposal = proposed(operations.create(Content(title="Ny sida", body="Text."), by=ada))
    draft = keep(None, by=ada, proposal=proposal, title="Ny sida", body="Ring Kalle Anka.")
    operations.accept(proposal, revision=1, by=rut)
    proposal.refresh_from_db()
    assert proposal.page
    assert wiping.count_drafts(proposal.page, "Kalle Anka") == 1
    wiping.wipe(proposal.page, "Kalle Anka")
    draft.refresh_from_db()
    assert draft.fields["body"] == ["Ring [borttaget]."]


@pytest.mark.parametrize("sent", [{}, {"do": ""}, {"do": "radera"}, {"back": "form"}])
def test_a_button_that_nobody_knows_changes_nothing(
    page: Page, eva: User, as_eva: Client, sent: dict[str, str]
) -> None:
    draft = keep(page, by=eva, body=TYPED)
    answer = as_eva.post(draft.get_absolute_url(), sent, follow=True)
    assert answer.redirect_chain == [(draft.get_absolute_url(), 302)]
    assert "Utkastet är som det var" in answer.text
    assert Draft.objects.kept().get() == draft


def test_throwing_away_can_be_undone_when_the_page_is_archived(page: Page, eva: User, rut: User) -> None:
    draft, client = keep(page, by=eva, body=TYPED), signed_in(eva)
    operations.archive(page, reason="Dubblett", by=rut)
    answer = client.post(draft.get_absolute_url(), {"do": "delete", "back": "form"}, follow=True)
    assert (answer.status_code, "Ångra</button>" in answer.text) == (200, True)


def test_own_words_are_handed_back_whatever_their_field(page: Page, eva: User, rut: User) -> None:
    operations.archive(page, reason="Dubblett", by=rut)
    form = form_of(page, body=TYPED) | {"kvar": "Kvar är det.", "text-body-3": "Eget är det."}
    text = signed_in(eva).post(EDIT, form | {"do": "settle"}).text
    areas = re.findall(r"<textarea[^>]*>\s*([^<]*?)\s*</textarea>", text)
    assert {"Kvar är det.", "Eget är det."} <= set(areas)


def test_what_only_the_writer_reads_is_stored_nowhere(page: Page, eva: User, as_eva: Client) -> None:
    draft = keep(page, by=eva, body=TYPED)
    for address in (LIST, draft.get_absolute_url(), f"{LIST}{draft.pk}.md", draft.form_url):
        assert stored_how(as_eva.get(address)) == STORED_NOWHERE, address
    assert stored_how(as_eva.post(f"{page.get_absolute_url()}narvaro/", {"tab": "A"})) == STORED_NOWHERE
    assert stored_how(autosave(as_eva, EDIT, form_of(page, body="Mer."))) == STORED_NOWHERE
    for address in (EDIT, NEW):
        assert "no-store" not in stored_how(as_eva.get(address)), address


def test_text_that_is_handed_back_is_stored_nowhere(page: Page, eva: User, as_eva: Client) -> None:
    form = form_of(page, body=TYPED)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(eva, backend="mittkoping.accounts.backends.EmailBackend")
    answers = {
        "token": strict.post(EDIT, form, headers={"Sec-Fetch-Site": "same-origin"}),
        "elsewhere": strict.post(EDIT, form, headers={"Sec-Fetch-Site": "cross-site"}),
        "gone": as_eva.post("/sidor/finns-inte/redigera/", form),
        "signed out": Client().post(EDIT, form),
        "signing in": Client().post("/konto/logga-in/", {"kept": "1", "kept-body": TYPED, "next": EDIT}),
    }
    for name, answer in answers.items():
        assert TYPED.strip() in answer.text, name
        assert stored_how(answer) >= STORED_NOWHERE, name
    assert "no-store" not in stored_how(as_eva.get("/sidor/finns-inte/"))


def test_throwing_away_and_bringing_back_wait_for_what_is_being_saved(page: Page, eva: User) -> None:
    draft = keep(page, by=eva, body=TYPED)
    for change in (operations.delete_draft, operations.restore_draft):
        with CaptureQueriesContext(connection) as queries:
            change(draft, by=eva)
        locked = next(query["sql"] for query in queries if not query["sql"].startswith("SAVEPOINT"))
        assert 'FROM "accounts_user"' in locked, change
