"""One round of writing on a proposal that has been sent."""

from functools import singledispatchmethod

from django.http import HttpResponse

from mittkoping.accounts.http import SignedInRequest
from wiki import operations, rules
from wiki.content import Content
from wiki.forms import EditForm, Round
from wiki.models import HiddenVersion, Page, Proposal
from wiki.views.drafting import FormDrafts
from wiki.views.editing import Editing


class Revising(Editing):
    """The form of one's own proposal, and the answers to it."""

    proposal: Proposal

    def __init__(
        self, request: SignedInRequest, proposal: Proposal, *, drafts: FormDrafts | None = None
    ) -> None:
        self.proposal = proposal
        super().__init__(request, proposal.page, drafts=drafts)

    def _make_form(self) -> EditForm:
        return EditForm(self.data, page=self.page, proposal=self.proposal, by=self.by)

    def _round(self) -> Round:
        name = f"proposal {self.proposal.pk} {self.form.sent_revision}"
        try:
            started = self.proposal.base_content
        except HiddenVersion:
            started = None
        return Round(by=self.by, published=self.proposal.content, started=started, name=name)

    def _show(self, *, status: int = 200, has_errors: bool = False, **more: object) -> HttpResponse:
        is_open = rules.may_revise(self.by, self.proposal)
        if not is_open and self.request.method == "POST":
            status, more = 403, more | {"is_refused": True}
        more |= {"proposal": self.proposal, "may_publish": False, "may_propose": is_open, "own_proposals": []}
        return super()._show(status=status, has_errors=has_errors, **more)

    def _conflict(self) -> None:
        """Nobody else saves a proposal. What its page says by now may be archived, and is not shown here."""

    def _save(self) -> HttpResponse:
        if not rules.may_revise(self.by, self.proposal):
            return self._show(status=403, is_refused=True)
        return super()._save()

    def _operate(self, content: Content) -> Proposal:
        return operations.revise(
            self.proposal,
            content,
            revision=self.form.sent_revision,
            base=self.proposal.base,
            summary=self.form.cleaned_data["summary"],
            minor=self.form.cleaned_data["minor"],
            sent=self.sending,
            by=self.by,
        )

    def _home(self) -> Page | Proposal | str:
        return self.proposal

    def _refuse_title(self, content: Content, error: operations.DuplicateTitle) -> HttpResponse:
        """Nobody's page is the proposal that is being changed."""
        self.form.add_error("title", str(error))
        return self._show(has_errors=True)

    @singledispatchmethod
    def _refuse(self, refusal: operations.Refusal, content: Content) -> HttpResponse:
        return super()._refuse(refusal, content)

    @_refuse.register
    def _(
        self, refusal: operations.ProposalChanged | operations.ProposalClaimed, content: Content
    ) -> HttpResponse:
        """The form now starts from the newest text of the proposal, so sending it again is a choice."""
        self.proposal.refresh_from_db()
        self.data = self.request.POST.copy()
        self.data["revision"] = str(self.proposal.revision)
        self._make_forms()
        self.form.is_valid()
        self.form.add_error(None, str(refusal))
        return self._show(status=409, has_errors=True)
