"""The form of a page on the screen: what it is filled with, and what stands beside it."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from mittkoping.accounts.http import SignedInRequest
from mittkoping.accounts.models import User
from mittkoping.text.normalise import normalise_line
from wiki.content import Content
from wiki.forms import EditForm, Round, TagFormSet
from wiki.forms.rounds import round_of
from wiki.forms.start import beginning_of, start_of
from wiki.forms.tag_words import rows_of
from wiki.models import Page, Proposal
from wiki.views.drafting import FormDrafts, drafts_of
from wiki.views.edit_screen import beside_form
from wiki.views.previewing import preview_of_form
from wiki.views.settling import Conflict, conflict_in


class FormOnScreen:
    """The form of a page, new (page is None) or old, as it is shown.

    data   what the form is filled with: what was sent, or a draft; None when it begins by itself
    """

    proposal: Proposal | None = None  # whose text is written on, if it is one

    def __init__(
        self, request: SignedInRequest, page: Page | None, *, drafts: FormDrafts | None = None
    ) -> None:
        self.request = request
        self.page = page
        self.by: User = request.user
        self.drafts = drafts or drafts_of(request, page, self.proposal)
        self.data: QueryDict | None = request.POST if request.method == "POST" else self.drafts.data
        is_filled = self.data is not None or self.proposal
        self.start = None if is_filled else start_of(page, request.GET.get("bas"))
        self._make_forms()

    def typed(self) -> Content:
        """What stands in the form, with every mistake that is still in it."""
        return self.form.typed(self.tags.typed())

    def _make_forms(self) -> None:
        is_begun = self.data is not None or self.proposal is not None
        self.beginning = beginning_of(self.page, self.request.GET, is_begun=is_begun)
        self.form = self._make_form()
        self.sending = self.form.sending
        self.tags = TagFormSet(self.data, writing=self._round(), factors=self.beginning.factors)

    def _make_form(self) -> EditForm:
        initial = self.beginning.initial
        heading = normalise_line(self.request.GET.get("rubrik", ""))
        return EditForm(
            self.data, page=self.page, start=self.start, by=self.by, initial=initial, heading=heading
        )

    def _round(self) -> Round:
        return round_of(self.form, self.start, by=self.by)

    def _show(self, *, status: int = 200, has_errors: bool = False, **more: Any) -> HttpResponse:
        conflict = self._conflict()
        if not has_errors:
            self._hush()
        context = {
            "page": self.page,
            "form": self.form,
            "start": self.start,
            "tags": self.tags,
            "chooser": self.beginning.chooser,
            "rows": rows_of(self.tags, None if self.proposal else self.page),
            "drafts": self.drafts,
            "has_errors": has_errors,
            "conflict": conflict,
            **beside_form(self.form, self.page, self.proposal, by=self.by),
            **more,
        }
        response = render(self.request, "wiki/edit.html", context, status=status)
        if self.drafts.opened:
            patch_cache_control(response, private=True, no_store=True)
        return response

    def preview(self) -> dict[str, Any]:
        """How the text would look, what would become of marked passages, and what is to be thought of."""
        return preview_of_form(self.form, self.tags, self._conflict(), page=self.page, by=self.by)

    def _conflict(self) -> Conflict | None:
        """What the writer has to choose, once somebody else has changed the same."""
        if self.data is None or not self.form.met_conflict:
            return None
        return conflict_in(self.form, self.form.typed(self.tags.tags()), self.data, by=self.by)

    def _hush(self) -> None:
        """Say nothing of mistakes in a form that was not sent to be saved."""
        self.form.hush()
        for form in self.tags:
            form.hush()
