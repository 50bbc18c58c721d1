"""What becomes of the draft when its form is sent: it goes, unless somebody has typed on."""

import pytest
from django.test import Client

from mittkoping.accounts.models import User
from tests.conftest import form_of, proposed, signed_in
from tests.wiki.drafting import EDIT, NEW, TYPED, autosave, keep, saved_draft, sent_from, shown
from wiki import operations
from wiki.content import Content
from wiki.models import Draft, Edit, Page, Proposal, SentForm
from wiki.operations import Sending

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_ada(ada: User) -> Client:
    """A browser in which ada has signed in."""
    return signed_in(ada)


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


def test_a_form_that_changes_nothing_removes_it_and_is_remembered(page: Page, as_eva: Client) -> None:
    form = saved_draft(as_eva, EDIT, form_of(page, lead=page.lead))
    for _time in range(2):
        assert "Inget är ändrat" in as_eva.post(EDIT, form, follow=True).text
    assert autosave(as_eva, EDIT, form).json() == {"is_sent": True, "url": "/sidor/skolan/"}
    assert not Draft.objects.exists()
    later = as_eva.post(EDIT, form | {"body": TYPED, "seq": "3"}, follow=True)
    assert "Sparat som version 2." in later.text


def test_already_saved_removes_it_and_is_remembered(page: Page, as_eva: Client) -> None:
    sent = form_of(page, body=TYPED) | {"once": "andra"}
    as_eva.post(EDIT, sent)
    form = saved_draft(as_eva, EDIT, sent | {"base": "2"}, once="andra")
    assert Draft.objects.count() == 1
    assert "Redan sparat som version 2." in as_eva.post(EDIT, form, follow=True).text
    assert not Draft.objects.exists()
    assert autosave(as_eva, EDIT, form).json() == {"is_sent": True, "url": "/sidor/skolan/"}


def test_a_proposal_that_is_sent_already_is_remembered(page: Page, as_ada: Client) -> None:
    sent = form_of(page, body=TYPED) | {"once": "andra"}
    where = as_ada.post(EDIT, sent)["Location"]
    form = sent | {"tab": "A", "seq": "4"}
    assert as_ada.post(EDIT, form)["Location"] == where
    assert autosave(as_ada, EDIT, form).json() == {"is_sent": True, "url": where}
    assert not Draft.objects.exists()
