"""Writing the catalogue: the same form publishes for moderators, and proposes for everybody else."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from factors import operations as factor_operations
from factors import rules
from factors.alike import sounding_alike
from factors.comparing import changes_of
from factors.content import FactorContent
from factors.models import Factor, FactorEdit, FactorProposal
from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki import operations
from wiki.forms.catalogue import NOTHING, FactorForm
from wiki.forms.fields import CountField
from wiki.operations import catalogue, factor_proposals
from wiki.views.factor_finding import with_factor
from wiki.views.too_many import too_many


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """A new factor, or a proposal for one."""
    return Writing(request, None).answer()


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@with_factor
def edit(request: SignedInRequest, factor: Factor) -> HttpResponse:
    """A factor's text, or a proposal for it."""
    return Writing(request, factor).answer()


class Writing:
    """The form of a factor, shown or sent.

    factor     None for a new one
    publishes  what is sent becomes a version at once; otherwise it is a proposal
    """

    def __init__(self, request: SignedInRequest, factor: Factor | None) -> None:
        self.request = request
        self.by = request.user
        self.factor = factor
        self.publishes = rules.may_edit_factor(self.by, factor)
        if not (self.publishes or rules.may_propose_factor(self.by, factor)):
            raise PermissionDenied(factor_operations.why_not(self.by, factor))

    def answer(self) -> HttpResponse:
        """Show the form, or save what it holds."""
        if self.request.method != "POST":
            return self._show(self._form())
        form = self._form(self.request.POST)
        if not form.is_valid():
            return self._show(form)
        if self._asks_first(form):
            return self._show(form, alike=sounding_alike(form.content.name, form.content.aliases))
        return self._save(form)

    def _form(self, data: QueryDict | None = None) -> FactorForm:
        base = CountField().clean(data.get("base")) if data is not None else 0
        return FactorForm(
            data,
            start=self._start(base),
            factor=self.factor,
            base=self.factor.number if self.factor else 0,
            is_moderator=self.publishes,
        )

    def _start(self, base: int) -> FactorContent:
        """What the writer started from."""
        if self.factor is None:
            return NOTHING
        if 0 < base < self.factor.number:
            return factor_operations.content_at(self.factor, base)
        return self.factor.content

    def _asks_first(self, form: FactorForm) -> bool:
        """A new factor may be one that there is: then its writer is asked to look, once."""
        if self.factor or self.request.POST.get("sure"):
            return False
        return bool(sounding_alike(form.content.name, form.content.aliases))

    def _save(self, form: FactorForm) -> HttpResponse:
        try:
            return self._publish(form) if self.publishes else self._propose(form)
        except operations.TooMany as limit:
            return too_many(self.request, limit)
        except factor_proposals.FactorAlreadyProposed as again:
            messages.info(self.request, str(again))
            return redirect(again.proposal)
        except factor_operations.FactorConflict as conflict:
            return self._meet(conflict, form)
        except factor_operations.DuplicateName as refusal:
            form.add_error("name", str(refusal))
        except factor_operations.FactorRefusal as refusal:
            form.add_error(None, str(refusal))
        return self._show(form)

    def _publish(self, form: FactorForm) -> HttpResponse:
        content, sent = form.content, form.cleaned_data
        if self.factor is None:
            made = catalogue.create_factor(content, by=self.by, summary=sent["summary"])
        else:
            made = catalogue.edit_factor(
                self.factor, content, base=sent["base"], by=self.by, summary=sent["summary"]
            )
        messages.success(self.request, _saved(made))
        return redirect(made.factor)

    def _propose(self, form: FactorForm) -> HttpResponse:
        sent = form.cleaned_data
        proposal = factor_proposals.propose_factor(
            self.factor, form.content, base=sent["base"], by=self.by, summary=sent["summary"]
        )
        messages.success(
            self.request, _("Förslaget är skickat. En moderator granskar det innan det publiceras.")
        )
        return redirect(proposal)

    def _meet(self, conflict: factor_operations.FactorConflict, form: FactorForm) -> HttpResponse:
        """Both have changed the same fields: what was sent stays in them, and stands beside what is new."""
        self.factor = conflict.factor
        again = FactorForm(
            None,
            start=conflict.settled.content,
            factor=conflict.factor,
            base=conflict.factor.number,
            summary=form.cleaned_data["summary"],
            is_moderator=self.publishes,
        )
        disagreements = changes_of(conflict.settled.conflicts, conflict.ours, conflict.settled.content)
        return self._show(again, status=409, notice=str(conflict), disagreements=disagreements)

    def _show(self, form: FactorForm, *, status: int = 200, **more: Any) -> HttpResponse:
        waiting = FactorProposal.objects.waiting().filter(author=self.by, factor=self.factor)
        context = {
            "factor": self.factor,
            "form": form,
            "publishes": self.publishes,
            "waiting": None if self.publishes else waiting.newest_first().first(),
            **more,
        }
        return render(self.request, "factors/edit.html", context, status=status)


def _saved(edit: FactorEdit) -> str:
    """Say as which version, with the way to see what changed."""
    text = _("Sparat som version %(number)s.") % {"number": edit.number}
    if edit.number == 1:
        return text
    address = reverse("wiki:factor_compare", args=[edit.factor.slug, edit.number - 1, edit.number])
    return format_html('{} <a href="{}">{}</a>', text, address, _("Se vad du ändrade"))
