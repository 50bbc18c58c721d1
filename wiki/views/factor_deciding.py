"""One decision on a proposal for the catalogue: what the buttons of its screen do."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _

from factors import operations as factor_operations
from factors import rules
from factors.models import FactorProposal
from mittkoping.accounts.http import SignedInRequest
from wiki import operations
from wiki.forms.catalogue import FactorForm
from wiki.models import ReviewItem
from wiki.operations import factor_proposals
from wiki.views.factor_proposal_screens import (
    adjusting_form,
    factor_proposal_now,
    show_factor_proposal,
)
from wiki.views.judging import Deed, Judging


class DecidingFactor(Judging):
    """A form about a proposal for the catalogue."""

    def __init__(self, request: SignedInRequest, proposal: FactorProposal) -> None:
        super().__init__(request, ReviewItem.objects.filter(factor_proposal=proposal).first())
        self.proposal = proposal

    def answer(self) -> HttpResponse:
        """Decide, if it can still be decided. Raises PermissionDenied."""
        if not rules.may_edit_factor(self.by, None):
            raise PermissionDenied(_("Bara moderatorer avgör förslag."))
        if self.proposal.author_id == self.by.pk:
            raise PermissionDenied(_("Du kan inte avgöra ditt eget förslag. Be en annan moderator."))
        if not self.proposal.is_pending:
            return self.too_late()
        self.wanted = factor_proposals.wanted(self.proposal)
        self.adjusted = adjusting_form(self.proposal, self.wanted, self.data)
        return self.judge()

    def deeds(self) -> dict[str, Deed]:
        """What each button does."""
        return {"accept": self._accept, "reject": self._reject}

    def attempt(self, deed: Deed) -> HttpResponse:
        """Do the deed, unless something has changed since it was looked at."""
        try:
            if self.revision != self.proposal.revision:
                raise factor_proposals.FactorProposalChanged
            return deed()
        except factor_proposals.FactorAlreadyDecided:
            return self.too_late()
        except (factor_proposals.FactorProposalChanged, factor_proposals.FactorMoved) as refusal:
            return self._look_again(str(refusal))
        except operations.ReasonMissing as refusal:
            return self.refuse("reason", str(refusal))
        except factor_operations.FactorConflict as conflict:
            return self._look_again(str(conflict))
        except factor_operations.FactorRefusal as refusal:
            return self.refuse(None, str(refusal))

    def show(self, *, has_errors: bool = False, **more: Any) -> HttpResponse:
        """The screen, with what was typed."""
        if not has_errors:
            self.form.hush()
        more = {"form": self.form, "adjusted": self.adjusted, "has_errors": has_errors, **more}
        return show_factor_proposal(self.request, self.proposal, **more)

    def too_late(self) -> HttpResponse:
        """Somebody has decided meanwhile, say who; hand back what was typed."""
        self.proposal = factor_proposal_now(self.proposal)
        reviewer = self.proposal.reviewer
        sentence = str(factor_proposals.FactorAlreadyDecided(self.proposal))
        if reviewer and self.proposal.status != FactorProposal.Status.WITHDRAWN:
            words = {"name": reviewer.name, "sentence": sentence}
            sentence = _("%(name)s hann före dig. %(sentence)s") % words
        kept = self.data.get("reason", "")
        return show_factor_proposal(self.request, self.proposal, status=409, notice=sentence, kept=kept)

    def _accept(self) -> HttpResponse:
        if self.number != self.wanted.number:
            raise factor_proposals.FactorMoved
        if not (self.is_valid and self.adjusted.is_valid()):
            return self.show(has_errors=True)
        edit = factor_proposals.accept_factor_proposal(
            self.proposal,
            revision=self.revision,
            content=self.adjusted.content,
            seen=self.number,
            comment=self.form.cleaned_data["comment"],
            by=self.by,
        )
        words = {"name": edit.factor.name, "number": edit.number}
        return self.done(_("”%(name)s” är publicerad som version %(number)s.") % words)

    def _reject(self) -> HttpResponse:
        if not self.is_valid:
            return self.show(has_errors=True)
        reason = self.form.cleaned_data["comment"]
        factor_proposals.reject_factor_proposal(
            self.proposal, revision=self.revision, reason=reason, by=self.by
        )
        return self.done(_("Förslaget ”%(name)s” är avslaget.") % {"name": self.proposal})

    def _look_again(self, sentence: str) -> HttpResponse:
        """Show what is new. The comment stays; the moderator's words for the fields are handed back."""
        self.proposal = factor_proposal_now(self.proposal)
        if not self.proposal.is_pending:
            return self.too_late()
        typed = self.adjusted
        self.wanted = factor_proposals.wanted(self.proposal)
        self.adjusted = adjusting_form(self.proposal, self.wanted)
        return self.show(status=409, notice=sentence, typed=_typed(typed))


def _typed(form: FactorForm) -> list[tuple[str, str]]:
    """The fields that hold other words than they began with: label and text."""
    return [
        (str(form.fields[name].label), str(form[name].value() or ""))
        for name in form.changed_data
        if name != "base"
    ]
