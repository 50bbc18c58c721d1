"""The form that is filled with a draft, and the form that offers them."""

from dataclasses import replace

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factors.models import Factor
from mittkoping.accounts.models import User
from tests.conftest import MakePage, form_of, signed_in
from tests.wiki.drafting import EDIT, NEW, OFFER, TYPED, WRONG, by_hand, keep, sent_from, shown
from wiki import operations
from wiki.content import Content
from wiki.models import Draft, Page


def test_the_form_comes_back_as_it_was_typed(page: Page, eva: User, catalogue: dict[str, Factor]) -> None:
    draft = keep(page, by=eva, body=TYPED, **WRONG)
    answer = shown(eva, draft.form_url)
    form, tags = answer.context["form"], answer.context["tags"]
    assert {name: form[name].value() for name in ("title", "lead", "kind", "municipalities", "summary")} == {
        name: WRONG[name] for name in ("title", "lead", "kind", "municipalities", "summary")
    }
    assert (form["body"].value(), form["tracks"].value(), form["minor"].value()) == (
        TYPED,
        ["skola", "himlen"],
        True,
    )
    assert [row["note"].value() for row in tags] == ["Halv", "Bara en tanke"]
    assert (tags[0]["factor"].value(), tags[1]["municipality"].value()) == ("finns-inte", "Atlantis")
    assert (form["draft"].value(), form["counter"].value()) == (str(draft.pk), "1")
    assert len(form["once"].value()) == 36
    assert "Rätta det här" not in answer.text
    assert f"i dag {timezone.localtime(draft.saved_at):%H.%M}" in answer.text
    assert OFFER not in answer.text


def test_what_comes_back_is_saved_as_any_form(page: Page, eva: User, as_eva: Client) -> None:
    draft = keep(page, by=eva, body=TYPED)
    form = sent_from(shown(eva, draft.form_url).context["form"])
    assert "Sparat som version 2." in as_eva.post(draft.form_url, form, follow=True).text
    page.refresh_from_db()
    assert page.body == TYPED


def test_a_page_that_has_moved_on_is_told_and_merged(make_page: MakePage, eva: User, bo: User) -> None:
    page = make_page(body="Ett.\n\nTvå.\n")
    draft = keep(page, by=eva, body="Ett.\n\nEvas två.\n")
    operations.edit(page, replace(page.content, body="Bos ett.\n\nTvå.\n"), base=1, by=bo)
    answer = shown(eva, draft.form_url)
    assert "Sidan har fått en nyare version sedan dess: version 2 av Bo Ek." in answer.text
    assert 'href="/sidor/skolan/jamfor/1/2/"' in answer.text
    form = sent_from(answer.context["form"])
    assert form["base"] == "1"
    saved = signed_in(eva).post(EDIT, form, follow=True)
    assert "sammanfogad med version 2 av Bo Ek" in saved.text
    page.refresh_from_db()
    assert page.body == "Bos ett.\n\nEvas två.\n"


def test_a_conflict_comes_back_as_it_was(page: Page, eva: User, bo: User, as_eva: Client) -> None:
    operations.edit(page, replace(page.content, body="Bos text.\n"), base=1, by=bo)
    met = as_eva.post(EDIT, form_of(page, body=TYPED, lead=page.lead))
    assert met.status_code == 409
    form = sent_from(met.context["form"]) | {"val-body-1": "own", "text-body-1": "Mina egna ord."}
    answer = by_hand(as_eva, EDIT, form)
    draft = Draft.objects.get()
    assert (answer["Location"], draft.base) == (draft.form_url, 1)
    again = shown(eva, draft.form_url)
    fields = again.context["form"]
    assert (fields["base"].value(), fields["first_base"].value(), fields["body"].value()) == ("2", "1", TYPED)
    assert again.context["conflict"]
    assert "Sidan har fått en nyare version sedan dess" not in again.text
    assert (draft.fields["val-body-1"], draft.fields["text-body-1"]) == (["own"], ["Mina egna ord."])


def test_a_hidden_base_breaks_neither_opening_nor_comparing_nor_saving(
    page: Page, eva: User, bo: User, as_eva: Client
) -> None:
    draft = keep(page, by=eva, body=TYPED)
    operations.edit(page, replace(page.content, body="Bos text.\n"), base=1, by=bo)
    page.edits.filter(number=1).update(hidden_at=timezone.now(), hidden_reason="Namn")
    assert "Versionen som utkastet utgår från är dold." in shown(eva, draft.get_absolute_url()).text
    answer = shown(eva, draft.form_url)
    assert "/jamfor/1/2/" not in answer.text
    form = sent_from(answer.context["form"])
    assert by_hand(as_eva, EDIT, form | {"body": "Mer."}).status_code == 302
    met = as_eva.post(EDIT, form)
    assert (met.status_code, met.context["form"]["body"].value()) == (409, TYPED)


def test_a_draft_that_is_not_there_is_told(page: Page, eva: User) -> None:
    for asked in ("999", "x", "9" * 30, "-1", ""):
        answer = shown(eva, f"{EDIT}?utkast={asked}")
        assert answer.context["form"]["body"].value() == page.body
        assert ("Utkastet finns inte längre." in answer.text) == (asked == "999")
    new = keep(None, by=eva, title="Ny sida")
    assert "Utkastet finns inte längre." in shown(eva, f"{EDIT}?utkast={new.pk}").text


def test_the_form_offers_what_was_not_sent(page: Page, eva: User, bo: User) -> None:
    assert OFFER not in shown(eva, EDIT).text
    draft = keep(page, by=eva, body=TYPED)
    answer = shown(eva, EDIT)
    assert answer.context["form"]["body"].value() == page.body
    assert OFFER in answer.text
    assert "Du har ett utkast som inte är skickat" in answer.text
    assert f'href="{draft.form_url}"' in answer.text
    assert f'href="{draft.get_absolute_url()}"' in answer.text
    assert OFFER not in shown(bo, EDIT).text
    assert OFFER not in shown(eva, NEW).text


def test_many_drafts_are_offered_as_a_list(page: Page, eva: User) -> None:
    for number in range(6):
        keep(page, by=eva, body=f"Text {number}.")
    answer = shown(eva, EDIT)
    assert "Du har utkast som inte är skickade" in answer.text
    assert answer.text.count(f'href="{EDIT}?utkast=') == 5
    assert "Alla dina utkast" in answer.text


def test_drafts_of_new_pages_are_offered_by_title(eva: User, db: None) -> None:
    keep(None, by=eva, title="Skolans mål", body=TYPED)
    assert "”Skolans mål”" in shown(eva, NEW).text


def test_the_draft_of_a_proposal_is_offered_there(page: Page, ada: User) -> None:
    proposal = operations.propose(page, Content(title="Skolan", body="Adas."), base=1, by=ada)
    address = f"{proposal.get_absolute_url()}redigera/"
    draft = keep(page, by=ada, proposal=proposal, body=TYPED, revision="1")
    assert OFFER in shown(ada, address).text
    assert OFFER not in shown(ada, EDIT).text
    assert shown(ada, draft.form_url).context["form"]["body"].value() == TYPED


def test_offering_costs_one_query(page: Page, eva: User) -> None:
    client = signed_in(eva)
    client.get(EDIT)
    with CaptureQueriesContext(
        connection,
    ) as without:
        client.get(EDIT)
    for number in range(3):
        keep(page, by=eva, body=f"Text {number}.")
    with CaptureQueriesContext(connection) as offered:
        client.get(EDIT)
    drafts = [query for query in offered.captured_queries if '"wiki_draft"' in query["sql"]]
    assert (len(drafts), len(offered) - len(without)) == (1, 0)
    assert '"wiki_draft"."fields"' not in drafts[0]["sql"]


def test_no_button_above_the_form_sends_another_form(page: Page, eva: User, as_eva: Client) -> None:
    """It would leave the page, and what is typed in the form, behind."""
    draft = keep(page, by=eva, body=TYPED)
    for address in (EDIT, draft.form_url):
        text = shown(eva, address).text
        assert f'href="{draft.get_absolute_url()}#ta-bort"' in text
        assert f'action="{draft.get_absolute_url()}"' not in text
    operations.delete_draft(draft, by=eva)
    text = shown(eva, draft.form_url).text
    assert f'href="{draft.get_absolute_url()}"' in text
    assert f'action="{draft.get_absolute_url()}"' not in text
