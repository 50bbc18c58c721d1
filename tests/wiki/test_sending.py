"""One form is saved once: pressed twice, sent again after a lost answer, or sent again after going back."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import MakePage, form_of, proposed, published, signed_in
from tests.wiki.drafting import EDIT, NEW, TYPED, autosave, keep, sent_from, shown
from wiki import operations
from wiki.content import Content
from wiki.models import Draft, Edit, Page, Proposal, ProposalText, SentForm
from wiki.operations import Sending

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_ada(ada: User) -> Client:
    """A browser in which ada has signed in."""
    return signed_in(ada)


def test_every_form_has_a_key_of_its_own(page: Page, eva: User) -> None:
    keys = [shown(eva, EDIT).context["form"]["once"].value() for _time in range(2)]
    assert len(set(keys)) == 2
    assert f'name="once" value="{keys[0]}"' not in shown(eva, EDIT).text


def test_an_edit_that_is_sent_twice_is_one_version(page: Page, eva: User, as_eva: Client) -> None:
    form = sent_from(shown(eva, EDIT).context["form"]) | {"body": TYPED}
    first = as_eva.post(EDIT, form)
    second = as_eva.post(EDIT, form, follow=True)
    assert (first.status_code, second.redirect_chain) == (302, [("/sidor/skolan/", 302)])
    assert "Redan sparat som version 2." in second.text
    assert 'href="/sidor/skolan/jamfor/1/2/"' in second.text
    assert page.edits.count() == 2


def test_a_new_page_that_is_sent_twice_is_one_page(eva: User, as_eva: Client, db: None) -> None:
    form = sent_from(shown(eva, NEW).context["form"]) | {"title": "Ny sida", "body": TYPED}
    assert as_eva.post(NEW, form)["Location"] == "/sidor/ny-sida/"
    second = as_eva.post(NEW, form, follow=True)
    assert second.redirect_chain == [("/sidor/ny-sida/", 302)]
    assert "Redan sparat som version 1." in second.text
    assert Page.objects.count() == 1


@pytest.mark.parametrize("address", [EDIT, NEW])
def test_a_proposal_that_is_sent_twice_is_one(page: Page, ada: User, as_ada: Client, address: str) -> None:
    form = sent_from(shown(ada, address).context["form"]) | {"title": "Skolans mål", "body": TYPED}
    first = as_ada.post(address, form)
    second = as_ada.post(address, form, follow=True)
    assert second.redirect_chain == [(first["Location"], 302)]
    assert "Förslaget är redan skickat." in second.text
    assert Proposal.objects.count() == 1


def test_a_revised_proposal_that_is_sent_twice_is_one_text(page: Page, ada: User, as_ada: Client) -> None:
    proposal = operations.propose(page, Content(title="Skolan", body="Adas."), base=1, by=ada)
    address = f"{proposal.get_absolute_url()}redigera/"
    form = sent_from(shown(ada, address).context["form"]) | {"body": TYPED}
    for _time in range(2):
        assert as_ada.post(address, form)["Location"] == proposal.get_absolute_url()
    proposal.refresh_from_db()
    assert (proposal.body, proposal.revision, ProposalText.objects.count()) == (TYPED, 2, 1)


def test_what_became_of_a_proposal_meanwhile_does_not_make_a_second(
    page: Page, ada: User, rut: User, as_ada: Client
) -> None:
    form = form_of(page, body=TYPED) | {"once": "nyckel"}
    as_ada.post(EDIT, form)
    operations.accept(Proposal.objects.get(), revision=1, by=rut)
    answer = as_ada.post(EDIT, form)
    assert answer["Location"] == Proposal.objects.get().get_absolute_url()


def test_a_retry_after_a_lost_answer_is_told_even_when_others_have_gone_on(
    page: Page, eva: User, bo: User, as_eva: Client
) -> None:
    form = form_of(page, body=TYPED) | {"once": "nyckel"}
    as_eva.post(EDIT, form)
    operations.edit(page, replace(page.content, body="Något helt annat."), base=2, by=bo)
    answer = as_eva.post(EDIT, form, follow=True)
    assert "Redan sparat som version 2." in answer.text
    page.refresh_from_db()
    assert (page.number, page.body) == (3, "Något helt annat.")


def test_after_going_back_the_text_goes_on_from_what_it_became(page: Page, as_eva: Client) -> None:
    form = form_of(page, body=TYPED) | {"once": "nyckel"}
    as_eva.post(EDIT, form)
    answer = as_eva.post(EDIT, form | {"body": f"{TYPED}Och mer.\n"}, follow=True)
    assert "Sparat som version 3." in answer.text
    newest = page.edits.get(number=3)
    assert (newest.content.body, newest.base) == (f"{TYPED}Och mer.\n", 2)
    third = as_eva.post(EDIT, form | {"body": "Kort."}, follow=True)
    assert "Sparat som version 4." in third.text


def test_going_back_does_not_hide_what_others_have_published(page: Page, bo: User, as_eva: Client) -> None:
    form = form_of(page, body=TYPED) | {"once": "nyckel"}
    as_eva.post(EDIT, form)
    operations.edit(page, Content(title="Skolan", body="Bos text."), base=2, by=bo)
    answer = as_eva.post(EDIT, form | {"body": "Evas andra text."})
    assert answer.status_code == 409
    assert answer.context["form"]["body"].value() == "Evas andra text."


def test_after_a_merge_one_goes_on_from_where_one_was(make_page: MakePage, bo: User, as_eva: Client) -> None:
    page = make_page(body="Ett.\n\nTvå.\n\nTre.\n")
    operations.edit(page, replace(page.content, body="Bos ett.\n\nTvå.\n\nTre.\n"), base=1, by=bo)
    form = form_of(page, body="Ett.\n\nTvå.\n\nEvas tre.\n") | {"once": "nyckel"}
    as_eva.post(EDIT, form)
    as_eva.post(EDIT, form | {"body": "Ett.\n\nTvå.\n\nEvas tre igen.\n"})
    page.refresh_from_db()
    assert page.number in {3, 4}
    assert "Bos ett." in page.body
    again = as_eva.post(EDIT, form | {"body": "Ett.\n\nTvå.\n\nEvas tre.\n"}, follow=True)
    assert "Bos ett." in again.text


def test_a_new_page_is_gone_on_with_after_going_back(as_eva: Client, db: None) -> None:
    """The form of a new page, sent again with other content, is another page: the title must differ."""
    form = {"title": "Ny sida", "body": TYPED, "once": "nyckel"}
    as_eva.post(NEW, form)
    answer = as_eva.post(NEW, form | {"body": "Annat."})
    assert "Det finns redan en sida som heter ”Ny sida”." in answer.text
    assert answer.context["form"]["body"].value() == "Annat."


def test_a_proposal_is_gone_on_with_after_going_back(page: Page, ada: User, as_ada: Client) -> None:
    form = form_of(page, body=TYPED) | {"once": "nyckel"}
    as_ada.post(EDIT, form)
    as_ada.post(EDIT, form | {"body": "Bättre.\n"})
    proposal = Proposal.objects.get()
    assert (proposal.body, proposal.revision) == ("Bättre.\n", 2)


def test_a_revised_proposal_is_gone_on_with_after_going_back(page: Page, ada: User, as_ada: Client) -> None:
    proposal = operations.propose(page, Content(title="Skolan", body="Adas."), base=1, by=ada)
    address = f"{proposal.get_absolute_url()}redigera/"
    form = {"title": "Skolan", "body": TYPED, "base": "1", "revision": "1", "once": "nyckel"}
    as_ada.post(address, form)
    assert as_ada.post(address, form | {"body": "Bättre.\n"}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.body, proposal.revision) == ("Bättre.\n", 3)
    operations.revise(
        proposal, Content(title="Skolan", body="Från ett annat fönster."), revision=3, base=1, by=ada
    )
    answer = as_ada.post(address, form | {"body": "Gammalt."})
    assert (answer.status_code, answer.context["form"]["body"].value()) == (409, "Gammalt.")


def test_the_key_of_somebody_else_is_no_match(page: Page, eva: User, bo: User) -> None:
    content, sent = Content(title="Skolan", body=TYPED), Sending(once="nyckel")
    assert published(operations.edit(page, content, base=1, sent=sent, by=eva)).number == 2
    operations.edit(page, replace(content, body="Något annat."), base=2, by=eva)
    assert published(operations.edit(page, content, base=3, sent=sent, by=bo)).number == 4
    assert SentForm.objects.filter(once="nyckel").count() == 2
    with pytest.raises(operations.AlreadySaved) as told:
        operations.edit(page, content, base=1, sent=sent, by=eva)
    assert told.value.edit
    assert told.value.edit.number == 2


def test_without_a_key_nothing_is_remembered(page: Page, eva: User) -> None:
    operations.edit(page, Content(title="Skolan"), base=1, sent=Sending(), by=eva)
    operations.edit(page, Content(title="Skolan", body="B"), base=2, by=eva)
    assert not SentForm.objects.exists()


# What becomes of the draft.


def saved_draft(client: Client, address: str, form: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The form, saved once by its script, as it is sent then."""
    form = form | {"once": "nyckel", "tab": "A", "seq": "1"}
    told = autosave(client, address, form).json()
    return form | {"draft": told["draft"], "counter": told["counter"], "seq": "2"} | more


@pytest.mark.parametrize("who", ["ada", "eva"])
@pytest.mark.parametrize("address", [EDIT, NEW])
def test_publishing_and_proposing_remove_the_draft(
    page: Page, ada: User, eva: User, who: str, address: str
) -> None:
    client = signed_in({"ada": ada, "eva": eva}[who])
    form = saved_draft(client, address, {"title": "Skolans mål", "body": TYPED, "base": "1"})
    assert Draft.objects.count() == 1
    assert client.post(address, form).status_code == 302
    assert (Draft.objects.count(), Edit.objects.count() + Proposal.objects.count()) == (0, 2)


def test_revising_removes_the_draft(page: Page, ada: User, as_ada: Client) -> None:
    proposal = operations.propose(page, Content(title="Skolan", body="Adas."), base=1, by=ada)
    address = f"{proposal.get_absolute_url()}redigera/"
    form = saved_draft(as_ada, address, {"title": "Skolan", "body": TYPED, "base": "1", "revision": "1"})
    assert Draft.objects.get().proposal == proposal
    assert as_ada.post(address, form).status_code == 302
    assert not Draft.objects.exists()


def test_it_is_removed_without_a_script_as_well(page: Page, eva: User, as_eva: Client) -> None:
    draft = keep(page, by=eva, body=TYPED)
    form = sent_from(shown(eva, draft.form_url).context["form"])
    assert (form["draft"], form["counter"], form["tab"]) == (str(draft.pk), "1", "")
    assert as_eva.post(EDIT, form).status_code == 302
    assert not Draft.objects.exists()


@pytest.mark.parametrize("changes", [{"title": ""}, {"base": "99"}, {"municipalities": "Atlantis"}])
def test_a_save_that_is_refused_keeps_the_draft(page: Page, as_eva: Client, changes: dict[str, str]) -> None:
    form = saved_draft(as_eva, EDIT, form_of(page, body=TYPED), **changes)
    assert as_eva.post(EDIT, form).status_code == 200
    assert Draft.objects.get().fields["body"] == [TYPED]


def test_a_conflict_and_a_lock_keep_the_draft(page: Page, bo: User, as_eva: Client) -> None:
    form = saved_draft(as_eva, EDIT, form_of(page, body=TYPED))
    operations.edit(page, Content(title="Skolan", body="Bos."), base=1, by=bo)
    assert as_eva.post(EDIT, form).status_code == 409
    Page.objects.update(protection=Page.Protection.LOCKED)
    assert as_eva.post(EDIT, form).status_code == 403
    assert Draft.objects.get().fields["body"] == [TYPED]


def test_a_fault_in_the_middle_of_a_save_keeps_the_draft(
    page: Page, as_eva: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError

    form = saved_draft(as_eva, EDIT, form_of(page, body=TYPED))
    monkeypatch.setattr("wiki.operations.pages.mark_title", fail)  # the last that is done
    with pytest.raises(RuntimeError):
        as_eva.post(EDIT, form)
    assert (Draft.objects.count(), SentForm.objects.count(), page.edits.count()) == (1, 0, 1)


def test_nothing_changed_and_already_saved_remove_it(page: Page, as_eva: Client) -> None:
    form = saved_draft(as_eva, EDIT, form_of(page, lead=page.lead))
    answer = as_eva.post(EDIT, form, follow=True)
    assert "Inget är ändrat" in answer.text
    assert not Draft.objects.exists()
    sent = form_of(page, body=TYPED) | {"once": "andra"}
    as_eva.post(EDIT, sent)
    form = saved_draft(as_eva, EDIT, sent | {"base": "2"}, once="andra")
    assert Draft.objects.count() == 1
    assert "Redan sparat som version 2." in as_eva.post(EDIT, form, follow=True).text
    assert not Draft.objects.exists()


def test_what_another_window_has_gone_on_with_stays(page: Page, as_eva: Client) -> None:
    form = saved_draft(as_eva, EDIT, form_of(page, body=TYPED))
    newer = form | {"body": "Nyare.", "tab": "B", "seq": "1", "once": "andra"}
    autosave(as_eva, EDIT, newer)
    as_eva.post(EDIT, form)
    assert [draft.fields["body"] for draft in Draft.objects.all()] == [["Nyare."]]


def test_a_late_autosave_makes_no_new_draft(page: Page, as_eva: Client) -> None:
    form = saved_draft(as_eva, EDIT, form_of(page, body=TYPED))
    as_eva.post(EDIT, form)
    told = autosave(as_eva, EDIT, form | {"seq": "1", "body": "Lite äldre."})
    assert (told.status_code, told.json()) == (200, {"is_sent": True, "url": "/sidor/skolan/"})
    assert not Draft.objects.exists()


def test_what_is_typed_after_the_sending_is_kept(page: Page, as_eva: Client) -> None:
    """The answer was lost, the form stayed, and somebody typed on."""
    form = saved_draft(as_eva, EDIT, form_of(page, body=TYPED))
    as_eva.post(EDIT, form)
    later = form | {"seq": "3", "body": f"{TYPED}Mer.\n"}
    draft = Draft.objects.get(pk=autosave(as_eva, EDIT, later).json()["draft"])
    assert (draft.fields["body"], draft.base) == ([f"{TYPED}Mer.\n"], 2)
    assert "Redan sparat som version 2." in as_eva.post(EDIT, form, follow=True).text
    assert Draft.objects.count() == 1
    opened = as_eva.get(draft.form_url).context["form"]
    assert (opened["base"].value(), opened["first_base"].value()) == ("2", None)


def test_a_late_autosave_of_a_proposal_is_told_where_it_is(page: Page, as_ada: Client) -> None:
    form = saved_draft(as_ada, EDIT, form_of(page, body=TYPED))
    where = as_ada.post(EDIT, form)["Location"]
    assert autosave(as_ada, EDIT, form | {"seq": "1"}).json() == {"is_sent": True, "url": where}


def test_an_operation_that_proposes_forgets_the_draft_too(page: Page, ada: User) -> None:
    draft = keep(page, by=ada, body=TYPED)
    sent = Sending(draft=draft.pk, counter=1)
    proposed(operations.edit(page, Content(title="Skolan", body=TYPED), base=1, sent=sent, by=ada))
    assert not Draft.objects.exists()
