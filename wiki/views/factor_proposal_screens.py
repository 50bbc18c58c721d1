"""The one screen of a proposal for the catalogue, for readers, its author and moderators."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from factors import rules
from factors.alike import sounding_alike
from factors.comparing import changes_of, compare_factors, readable
from factors.models import FactorProposal, FactorProposalQuerySet
from mittkoping.accounts.models import Someone
from wiki.forms.catalogue import FactorForm
from wiki.forms.review import DecisionForm
from wiki.models import ReviewItem
from wiki.models.factor_proposal import readable_factor_proposals
from wiki.operations.factor_proposals import Wanted, wanted
from wiki.screening.beside import claim_on, is_unconfirmed


def find_factor_proposal(primary_key: int, user: Someone) -> FactorProposal:
    """The proposal, which the user may read; 404 otherwise."""
    return get_object_or_404(_with_everything(readable_factor_proposals(user)), pk=primary_key)


def factor_proposal_now(proposal: FactorProposal) -> FactorProposal:
    """The proposal, and its factor, as they are by now."""
    return _with_everything(FactorProposal.objects.all()).get(pk=proposal.pk)


def adjusting_form(proposal: FactorProposal, found: Wanted, data: QueryDict | None = None) -> FactorForm:
    """All fields of what would be published, for the moderator's own words."""
    sent = None
    if data is not None:
        sent = data.copy()
        sent["base"] = str(found.number)
    return FactorForm(sent, start=found.content, factor=proposal.factor, base=found.number, is_moderator=True)


def show_factor_proposal(
    request: HttpRequest, proposal: FactorProposal, *, status: int = 200, **more: Any
) -> HttpResponse:
    """What it changes, what has become of it, and what the user may do with it.

    more   form: DecisionForm; adjusted: FactorForm; notice: a sentence; lost_to: who holds the claim; typed,
           kept: what a moderator had typed, for the fields and as a comment
    """
    context = {
        "proposal": proposal,
        "factor": proposal.factor,
        **_text(proposal),
        "is_unconfirmed": is_unconfirmed(proposal.author, proposal.municipality_id),
        **_rights(request.user, proposal),
        **more,
    }
    if context["may_review"]:
        context = {**_for_moderator(proposal), **context}
    return render(request, "wiki/factor_proposal.html", context, status=status)


def _text(proposal: FactorProposal) -> dict[str, Any]:
    """What it changes, field by field; of a new factor, what it says."""
    base, content = proposal.base_content, proposal.content
    return {
        "changes": compare_factors(base, content) if base else None,
        "lines": {} if base else readable(content),
    }


def _rights(user: Someone, proposal: FactorProposal) -> dict[str, bool]:
    return {
        "is_own": user.is_authenticated and user.pk == proposal.author_id,
        "may_moderate": rules.may_edit_factor(user, None),
        "may_review": rules.may_review_factor(user, proposal),
        "may_revise": rules.may_revise_factor_proposal(user, proposal),
        "may_withdraw": rules.may_withdraw_factor_proposal(user, proposal),
    }


def _for_moderator(proposal: FactorProposal) -> dict[str, Any]:
    found = wanted(proposal)
    factor, content = proposal.factor, proposal.content
    item = ReviewItem.objects.filter(factor_proposal=proposal).first()
    disagreements = changes_of(found.conflicts, factor.content, content) if factor else []
    return {
        "item": item,
        "claim": claim_on(item),
        "number": found.number,
        "is_behind": bool(factor) and proposal.base != found.number,
        "disagreements": disagreements,
        "adjusted": adjusting_form(proposal, found),
        "form": DecisionForm(),
        "alike": [] if factor else sounding_alike(content.name, content.aliases),
        "can_publish": factor is None or rules.is_open(factor),
    }


def _with_everything(proposals: FactorProposalQuerySet) -> FactorProposalQuerySet:
    related = ("factor__theme", "factor__merged_into", "author", "municipality", "reviewer")
    return proposals.select_related(*related)
