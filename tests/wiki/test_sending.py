"""One form is saved once: pressed twice, sent again after a lost answer, or sent again after going back."""

from dataclasses import replace

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import MakePage, form_of, published, signed_in
from tests.wiki.drafting import EDIT, NEW, TYPED, sent_from, shown
from wiki import operations
from wiki.content import Content
from wiki.models import Page, Proposal, ProposalText, SentForm
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
    form = {"title": "Ny sida", "body": TYPED, "once": "nyckel"}
    as_eva.post(NEW, form)
    for number, body in ((2, "Annat."), (3, "Ännu något.")):
        answer = as_eva.post(NEW, form | {"body": body}, follow=True)
        assert answer.redirect_chain == [("/sidor/ny-sida/", 302)]
        assert f"Sparat som version {number}." in answer.text
        page = Page.objects.get()
        assert (page.number, page.body) == (number, body)


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
