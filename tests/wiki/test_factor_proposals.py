"""What is proposed for the catalogue: sent, read, revised, taken back and decided on, once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from factors import operations as factor_operations
from factors.content import FactorContent
from factors.models import Factor, FactorEdit, FactorProposal
from mittkoping.accounts.models import User
from mittkoping.log.models import LogEntry
from tests.conftest import make_moderator, signed_in
from tests.wiki.queueing import titles
from wiki import operations
from wiki.models import Claim, Notification, ReviewItem
from wiki.notices import sentences
from wiki.operations import catalogue as catalogue_operations
from wiki.operations import factor_proposals

NEW = FactorContent(
    name="Väntetid",
    theme="resurser-och-nytta",
    definition="Hur länge det dröjer.",
    enables="Det går fort.",
    hinders="Det tar tid.",
)


@pytest.fixture
def proposal(factor: Factor, ada: User) -> FactorProposal:
    """That its definition is another."""
    return propose(factor, by=ada)


def propose(factor: Factor, *, by: User) -> FactorProposal:
    """Another definition."""
    content = replace(factor.content, definition="En ny definition.")
    return factor_proposals.propose_factor(factor, content, base=1, summary="Tydligare", by=by)


def now(proposal: FactorProposal) -> FactorProposal:
    """As it is stored."""
    return FactorProposal.objects.get(pk=proposal.pk)


def accept(proposal: FactorProposal, by: User, **more: Any) -> FactorEdit:
    """As it is."""
    return factor_proposals.accept_factor_proposal(proposal, revision=proposal.revision, by=by, **more)


def decide(proposal: FactorProposal, by: User, **fields: Any) -> Any:
    """What the browser would send from the screen of the proposal."""
    number = proposal.factor.number if proposal.factor else 0
    sent = {"revision": proposal.revision, "number": number, "do": "accept"} | fields
    return signed_in(by).post(f"{proposal.get_absolute_url()}beslut/", sent)


def form_of(content: FactorContent, **changes: Any) -> dict[str, Any]:
    """What the browser would send from the form of a factor."""
    fields = {name: "\n".join(v) if isinstance(v, list) else v for name, v in content.to_fields().items()}
    return {**fields, "summary": "", **changes}


def test_a_proposal_waits_in_the_queue_and_changes_nothing(
    factor: Factor, proposal: FactorProposal, rut: User
) -> None:
    assert titles(rut) == ["Gemensam målbild"]
    assert titles(rut, "?slag=nyckelfaktorer") == ["Gemensam målbild"]
    assert titles(rut, "?slag=forslag") == titles(rut, "?slag=andringar") == []
    assert titles(rut, "?faktor=gemensam-malbild") == titles(rut, "?forfattare=ada") == ["Gemensam målbild"]
    assert titles(rut, "?forfattare=bo") == []
    assert signed_in(rut).get("/granskning/").text.count("förslag om nyckelfaktor") == 1
    assert Factor.objects.get(pk=factor.pk).content == factor.content
    assert (proposal.municipality_id, proposal.base, proposal.revision) == ("9901", 1, 1)


def test_accepting_publishes_in_the_authors_name_tells_and_logs(
    factor: Factor, proposal: FactorProposal, rut: User, ada: User
) -> None:
    edit = accept(proposal, rut, comment="Tack!")
    assert (edit.number, edit.act, edit.author, edit.reviewer) == (2, FactorEdit.Act.EDIT, ada, rut)
    assert (edit.summary, edit.content.definition) == ("Tydligare", "En ny definition.")
    decided = now(proposal)
    assert (decided.status, decided.number, decided.reviewer, decided.comment) == (
        "accepted",
        2,
        rut,
        "Tack!",
    )
    assert not ReviewItem.objects.exists()
    told = Notification.objects.get(user=ada)
    assert sentences.sentence(told) == "Ditt förslag om nyckelfaktorn ”Gemensam målbild” är publicerat."
    assert (sentences.detail(told), sentences.address(told)) == ("Tack!", proposal.get_absolute_url())
    [entry] = LogEntry.objects.all()
    assert (entry.act, entry.actor, entry.user, entry.target, entry.number) == (
        "accept",
        rut,
        ada,
        proposal,
        2,
    )


def test_a_proposal_is_decided_once_and_never_by_its_author(
    proposal: FactorProposal, rut: User, ada: User
) -> None:
    stale = now(proposal)
    ada.is_moderator = True
    ada.save()
    with pytest.raises(PermissionDenied):
        accept(proposal, User.objects.get(pk=ada.pk))
    factor_proposals.reject_factor_proposal(proposal, revision=1, reason="Nej, för långt.", by=rut)
    with pytest.raises(factor_proposals.FactorAlreadyDecided):
        accept(stale, make_moderator("anna@skl.example", "Anna Ek"))
    assert now(proposal).status == "rejected"
    told = Notification.objects.get(user=ada)
    assert sentences.sentence(told) == "Ditt förslag om nyckelfaktorn ”Gemensam målbild” är avslaget."
    assert sentences.detail(told) == "Nej, för långt."


def test_editors_and_contributors_do_not_decide(proposal: FactorProposal, eva: User, ada: User) -> None:
    for user in (eva, ada):
        with pytest.raises(PermissionDenied):
            accept(proposal, user)
        assert decide(proposal, user).status_code == 403
    assert now(proposal).is_pending


def test_a_rejection_needs_a_reason(proposal: FactorProposal, rut: User) -> None:
    with pytest.raises(operations.ReasonMissing):
        factor_proposals.reject_factor_proposal(proposal, revision=1, reason=" ", by=rut)
    answer = decide(proposal, rut, do="reject", reason="")
    assert answer.status_code == 200
    assert "Skriv ett skäl. Författaren och alla andra kan läsa det." in answer.text
    assert now(proposal).is_pending
    answer = decide(proposal, rut, do="reject", reason="Ordet finns redan.")
    assert (answer.status_code, answer["Location"]) == (302, "/granskning/")
    assert (now(proposal).status, now(proposal).comment) == ("rejected", "Ordet finns redan.")


def test_the_moderators_own_words_are_published_and_the_author_hears_so(
    factor: Factor, proposal: FactorProposal, rut: User, ada: User
) -> None:
    answer = decide(proposal, rut, definition="Ännu kortare.", reason="Jag kortade.")
    assert answer.status_code == 302
    assert Factor.objects.get(pk=factor.pk).definition == "Ännu kortare."
    assert now(proposal).content.definition == "En ny definition."
    told = Notification.objects.get(user=ada)
    assert "är publicerat, med ändringar av granskaren." in sentences.sentence(told)


def test_what_others_changed_meanwhile_is_kept(factor: Factor, proposal: FactorProposal, rut: User) -> None:
    catalogue_operations.edit_factor(factor, replace(factor.content, hinders="Nytt."), base=1, by=rut)
    edit = accept(proposal, rut)
    assert (edit.content.definition, edit.content.hinders) == ("En ny definition.", "Nytt.")


def test_the_same_field_changed_twice_is_for_the_moderator_to_settle(
    factor: Factor, proposal: FactorProposal, rut: User
) -> None:
    catalogue_operations.edit_factor(factor, replace(factor.content, definition="Ruts."), base=1, by=rut)
    with pytest.raises(factor_operations.FactorConflict):
        accept(proposal, rut)
    shown = signed_in(rut).get(proposal.get_absolute_url()).text
    assert "Definition: ändrat på två håll" in shown
    assert "Ruts." in shown
    assert decide(now(proposal), rut, definition="Bådas.").status_code == 302
    assert Factor.objects.get(pk=factor.pk).definition == "Bådas."


def test_a_decision_on_what_has_changed_since_is_409_with_the_comment_kept(
    factor: Factor, proposal: FactorProposal, rut: User, ada: User
) -> None:
    revised = factor_proposals.revise_factor_proposal(
        proposal, replace(proposal.content, definition="En tredje."), revision=1, base=1, by=ada
    )
    answer = decide(proposal, rut, definition="Min egen.", reason="Bra skrivet.")
    assert answer.status_code == 409
    assert "Förslaget har ändrats sedan du öppnade det." in answer.text
    for words in ("Bra skrivet.", "Min egen.", "En tredje.", 'name="revision" value="2"'):
        assert words in answer.text
    catalogue_operations.edit_factor(factor, replace(factor.content, hinders="Nytt."), base=1, by=rut)
    answer = decide(revised, rut, number=1, reason="Bra skrivet.")
    assert (answer.status_code, now(proposal).status) == (409, "pending")
    assert "Nyckelfaktorn har fått en nyare version sedan du öppnade förslaget." in answer.text
    assert "Bra skrivet." in answer.text


def test_deciding_too_late_says_who_was_first_and_hands_the_comment_back(
    proposal: FactorProposal, rut: User
) -> None:
    accept(proposal, rut)
    answer = decide(proposal, make_moderator("anna@skl.example", "Anna Ek"), reason="Mina ord.")
    assert answer.status_code == 409
    assert "Rut Alm hann före dig." in answer.text
    assert "Mina ord." in answer.text


def test_a_claim_keeps_others_out_until_it_is_taken_over(
    proposal: FactorProposal, rut: User, ada: User
) -> None:
    anna = make_moderator("anna@skl.example", "Anna Ek")
    item = ReviewItem.objects.get(factor_proposal=proposal)
    operations.take_claim(item, by=anna)
    answer = decide(proposal, rut, reason="Mina ord.")
    assert answer.status_code == 409
    assert "Anna Ek har tagit över granskningen." in answer.text
    assert "Mina ord." in answer.text
    changed = replace(proposal.content, definition="En annan.")
    with pytest.raises(factor_proposals.FactorProposalClaimed):
        factor_proposals.revise_factor_proposal(proposal, changed, revision=1, base=1, by=ada)
    assert decide(proposal, rut, do="take_over").status_code == 200
    assert Claim.objects.get().by == rut
    told = Notification.objects.get(user=anna)
    assert sentences.sentence(told) == "Rut Alm har tagit över granskningen av ”Gemensam målbild” från dig."
    assert LogEntry.objects.get().target == proposal
    assert decide(proposal, rut).status_code == 302


def test_nobody_claims_their_own(proposal: FactorProposal, ada: User) -> None:
    ada.is_moderator = True
    ada.save()
    item = ReviewItem.objects.get(factor_proposal=proposal)
    with pytest.raises(PermissionDenied):
        operations.take_claim(item, by=User.objects.get(pk=ada.pk))


def test_authors_revise_and_take_back_their_own_only(
    proposal: FactorProposal, ada: User, eva: User, rut: User
) -> None:
    address = proposal.get_absolute_url()
    for user in (eva, rut):
        assert signed_in(user).get(f"{address}redigera/").status_code == 404
        assert signed_in(user).post(f"{address}dra-tillbaka/").status_code == 404
    sent = form_of(proposal.content, definition="En tredje.", base=1, revision=1)
    assert signed_in(ada).post(f"{address}redigera/", sent).status_code == 302
    assert (now(proposal).content.definition, now(proposal).revision) == ("En tredje.", 2)
    answer = signed_in(ada).post(f"{address}redigera/", sent | {"definition": "Från en gammal flik."})
    assert answer.status_code == 409
    assert "Från en gammal flik." in answer.text
    for _ in range(2):
        assert signed_in(ada).post(f"{address}dra-tillbaka/").status_code == 302
    assert now(proposal).status == "withdrawn"
    assert not ReviewItem.objects.exists()
    assert LogEntry.objects.get().act == "withdraw"


def test_a_new_factor_is_proposed_shown_what_sounds_alike_and_accepted(
    catalogue: dict[str, Factor], ada: User, rut: User, client: Client
) -> None:
    browser = signed_in(ada)
    sent = form_of(replace(NEW, name="Gemensamma mål"), base="")
    answer = browser.post("/faktorer/ny/", sent)
    assert answer.status_code == 200
    assert "Finns den redan?" in answer.text
    assert "/faktorer/gemensam-malbild/" in answer.text
    assert not FactorProposal.objects.exists()
    answer = browser.post("/faktorer/ny/", sent | {"sure": "1"})
    [proposal] = FactorProposal.objects.all()
    assert (answer.status_code, answer["Location"]) == (302, proposal.get_absolute_url())
    assert (proposal.factor, proposal.base) == (None, 0)
    again = browser.post("/faktorer/ny/", sent | {"sure": "1"})
    assert (again["Location"], FactorProposal.objects.count()) == (proposal.get_absolute_url(), 1)
    assert decide(proposal, rut).status_code == 302
    made = Factor.objects.get(slug="gemensamma-mal")
    assert (made.status, made.edits.get().author, made.edits.get().act) == ("active", ada, "create")
    assert now(proposal).factor == made
    assert client.get("/faktorer/gemensamma-mal/").status_code == 200


def test_what_would_change_nothing_or_has_a_personal_number_is_refused(factor: Factor, ada: User) -> None:
    browser, address = signed_in(ada), "/faktorer/gemensam-malbild/redigera/"
    answer = browser.post(address, {"base": 1})
    assert "Inget är ändrat, så ingen ny version sparades." in answer.text
    answer = browser.post(address, {"base": 1, "hinders": "Som 19121212-1212 sa."})
    assert answer.status_code == 200
    assert "innehåller ett personnummer" in answer.text
    assert "Som 19121212-1212 sa." in answer.text
    assert not FactorProposal.objects.exists()


def test_the_blocked_propose_nothing(factor: Factor, ada: User) -> None:
    ada.blocked_until = timezone.now() + timedelta(days=1)
    ada.save()
    for address in ("/faktorer/ny/", "/faktorer/gemensam-malbild/redigera/"):
        assert signed_in(ada).get(address).status_code == 403
        answer = signed_in(ada).post(address, {"base": 1, "name": "Mina ord."})
        assert answer.status_code == 403
        assert "Mina ord." in answer.text
