"""Factors that come and go: two made one, and two again; out of use, and back."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from factors import operations as factor_operations
from factors import rules
from factors.models import Factor
from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki.forms.catalogue import MergeForm, RetireForm, ReviveForm, TargetForm, UnmergeForm
from wiki.forms.naming import ReasonForm
from wiki.models import FactorTag
from wiki.operations import catalogue
from wiki.views.factor_finding import with_factor


@dataclass(frozen=True)
class Use:
    """How much is said of a factor on pages that are there; fictional ones are among the municipalities."""

    pages: int
    tags: int
    municipalities: int
    fictional: int


def use_of(*factors: Factor) -> Use:
    """What is said of the factors, and of those merged into them, together. One query."""
    mine = Q(factor__in=factors) | Q(factor__merged_into__in=factors)
    is_fictional = Q(counted_for__is_fictional=True)
    counted = (
        FactorTag.objects.of_current_pages()
        .filter(mine)
        .aggregate(
            pages=Count("page", distinct=True),
            tags=Count("pk", distinct=True),
            municipalities=Count("counted_for", distinct=True),
            fictional=Count("counted_for", filter=is_fictional, distinct=True),
        )
    )
    return Use(**counted)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@with_factor
def merge(request: SignedInRequest, factor: Factor) -> HttpResponse:
    """Make two factors one, or undo that; `?till=` is the one that is left, and shows what comes of it."""
    if rules.may_unmerge_factor(request.user, factor):
        return _unmerge(request, factor)
    if not rules.may_merge_factor(request.user, factor):
        raise PermissionDenied(_("Bara moderatorer slår ihop nyckelfaktorer."))
    return Merging(request, factor).answer()


class Merging:
    """The screen on which a factor is merged: first with which one is chosen, then one sees what comes of it.

    target   the one that is left; None until one is chosen
    """

    def __init__(self, request: SignedInRequest, factor: Factor) -> None:
        self.request = request
        self.factor = factor
        is_sent = request.method == "POST"
        asked = request.POST if is_sent else request.GET
        self.choice = TargetForm(asked if is_sent or "till" in asked else None, source=factor)
        self.form = MergeForm(request.POST if is_sent else None)
        self.target: Factor | None = self.choice.cleaned_data["till"] if self.choice.is_valid() else None

    def answer(self) -> HttpResponse:
        """Show it, or merge."""
        if self.target is None or not self.form.is_valid():
            return self._show()
        reason = self.form.cleaned_data["reason"]
        try:
            catalogue.merge_factors(self.factor, self.target, by=self.request.user, reason=reason)
        except factor_operations.FactorRefusal as refusal:
            self.form.add_error(None, str(refusal))
            return self._show()
        return self._merged(self.target)

    def _show(self) -> HttpResponse:
        factor, target = self.factor, self.target
        context = {
            "factor": factor,
            "target": target,
            "choice": self.choice,
            "form": self.form,
            "problem": "" if self.form.errors else self._problem(),
            "uses": (use_of(factor), use_of(target), use_of(factor, target)) if target else (),
        }
        return render(self.request, "factors/merge.html", context)

    def _problem(self) -> str:
        """Why the two cannot be merged, if so."""
        try:
            if self.target:
                factor_operations.check_merge(self.factor, self.target)
        except factor_operations.Unmergeable as refusal:
            return str(refusal)
        return ""

    def _merged(self, target: Factor) -> HttpResponse:
        sentence = _("”%(name)s” är sammanslagen med ”%(into)s”.")
        told = sentence % {"name": self.factor.name, "into": target.name}
        undo = reverse("wiki:factor_merge", args=[self.factor.slug])
        messages.success(self.request, format_html('{} <a href="{}">{}</a>', told, undo, _("Ångra")))
        return redirect(target)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@with_factor
def retire(request: SignedInRequest, factor: Factor) -> HttpResponse:
    """Take a factor out of use, or back; the form says which, so that sending it twice does it once."""
    may = rules.rights(request.user, factor)
    if not (may.retire or may.revive):
        raise PermissionDenied(_("Bara moderatorer avslutar nyckelfaktorer, och inte sammanslagna."))
    wish = request.POST.get("do", "") if request.method == "POST" else ""
    form = (RetireForm if may.retire else ReviveForm)(request.POST or None)
    if wish and wish != ("retire" if may.retire else "revive"):
        messages.info(request, _("Det är redan gjort."))
        return redirect(factor)
    if not (wish and form.is_valid()):
        context = {"factor": factor, "form": form, "use": use_of(factor), "may": may}
        return render(request, "factors/retire.html", context)
    return _retire(request, factor, form, may)


def _unmerge(request: SignedInRequest, factor: Factor) -> HttpResponse:
    target = factor.merged_into
    form = UnmergeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and request.POST.get("do") != "unmerge":
        # The form for merging, sent twice.
        messages.info(request, _("Nyckelfaktorn är redan sammanslagen."))
        return redirect("wiki:factor_history", slug=factor.slug)
    if not form.is_valid():
        context = {"factor": factor, "target": target, "form": form}
        return render(request, "factors/unmerge.html", context)
    catalogue.unmerge_factor(factor, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("Sammanslagningen är ångrad. Nyckelfaktorn står för sig själv igen."))
    return redirect("wiki:factor", slug=factor.slug)


def _retire(request: SignedInRequest, factor: Factor, form: ReasonForm, may: rules.Rights) -> HttpResponse:
    reason = form.cleaned_data["reason"]
    if may.retire:
        factor_operations.retire(factor, by=request.user, reason=reason)
        messages.success(request, _("Nyckelfaktorn är avslutad. Märkningarna finns kvar."))
    else:
        factor_operations.revive(factor, by=request.user, reason=reason)
        messages.success(request, _("Nyckelfaktorn är i bruk igen."))
    return redirect(factor)
