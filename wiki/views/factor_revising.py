"""Revising one's own proposal for the catalogue."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from factors import operations as factor_operations
from factors import rules
from factors.models import FactorProposal
from mittkoping.accounts.http import SignedInRequest
from wiki import operations
from wiki.forms.catalogue import FactorForm
from wiki.forms.fields import CountField
from wiki.operations import factor_proposals
from wiki.views.factor_proposal_screens import factor_proposal_now
from wiki.views.too_many import too_many


class RevisingFactor:
    """The form of one's own proposal, shown or sent; somebody else's is not found."""

    def __init__(self, request: SignedInRequest, proposal: FactorProposal) -> None:
        if proposal.author_id != request.user.pk:
            raise Http404
        if not rules.may_revise_factor_proposal(request.user, proposal):
            raise PermissionDenied(_("Förslaget kan inte ändras längre. Skriv ett nytt."))
        self.request = request
        self.proposal = proposal
        self.revision = CountField().clean(request.POST.get("revision"))

    def answer(self) -> HttpResponse:
        """Show the form, or save what it holds."""
        if self.request.method != "POST":
            self.revision = self.proposal.revision
            return self._show(self._form())
        form = FactorForm(
            self.request.POST,
            start=self.proposal.content,
            factor=self.proposal.factor,
            base=self.proposal.base,
            summary=self.proposal.summary,
        )
        return self._save(form) if form.is_valid() else self._show(form)

    def _form(self) -> FactorForm:
        return FactorForm(
            None,
            start=self.proposal.content,
            factor=self.proposal.factor,
            base=self.proposal.base,
            summary=self.proposal.summary,
        )

    def _save(self, form: FactorForm) -> HttpResponse:
        sent = form.cleaned_data
        try:
            revised = factor_proposals.revise_factor_proposal(
                self.proposal,
                form.content,
                revision=self.revision,
                base=sent["base"],
                summary=sent["summary"],
                by=self.request.user,
            )
        except operations.TooMany as limit:
            return too_many(self.request, limit)
        except factor_proposals.FactorProposalChanged as refusal:
            self.proposal = factor_proposal_now(self.proposal)
            self.revision = self.proposal.revision
            return self._show(form, notice=str(refusal), status=409)
        except (operations.Refusal, factor_operations.FactorRefusal) as refusal:
            form.add_error(None, str(refusal))
            return self._show(form)
        messages.success(self.request, _("Förslaget är ändrat."))
        return redirect(revised)

    def _show(self, form: FactorForm, *, notice: str = "", status: int = 200) -> HttpResponse:
        context = {
            "factor": self.proposal.factor,
            "proposal": self.proposal,
            "revision": self.revision,
            "form": form,
            "publishes": False,
            "notice": notice,
        }
        return render(self.request, "factors/edit.html", context, status=status)
