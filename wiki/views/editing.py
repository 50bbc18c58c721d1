"""One round of writing: what each button of the form does.

What is saved is published or, where the rules ask for a review first, proposed.
"""

from dataclasses import replace
from functools import singledispatchmethod

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from mittkoping.text.names import title_key
from wiki import operations, rules
from wiki.content import Content
from wiki.fates import states_of
from wiki.models import Edit, Page, Proposal
from wiki.views.advising import saved_with_advice
from wiki.views.answers import as_file, saved_before
from wiki.views.busy import RETRY_AFTER, is_busy
from wiki.views.drafting import keep, tell_of_left, typed_in
from wiki.views.form_on_screen import FormOnScreen
from wiki.views.restored import tell_of_restored
from wiki.views.settling import renewed


class Editing(FormOnScreen):
    """The form of a page, and the answers to it."""

    is_settled = False  # what is being saved is what the writer has chosen in a conflict

    def answer(self) -> HttpResponse:
        """Do what the pressed button says."""
        if self.request.method != "POST":
            return self._show()
        deeds = {
            "preview": lambda: self._show(**self.preview()),
            "add_tag": self._add_tag,
            "show": self._restore,
            "download": self._download,
            "draft": self._keep,
            "settle": self._settle,
        }
        return deeds.get(self.request.POST.get("do", ""), self._save)()

    def _add_tag(self) -> HttpResponse:
        total = self.request.POST.get("tags-TOTAL_FORMS", "")
        if total.isascii() and total.isdigit():
            self.data = self.request.POST.copy()
            self.data["tags-TOTAL_FORMS"] = str(min(int(total[:6]), self.tags.max_num) + 1)
            self._make_forms()
        return self._show(focus_new_tag=True)

    def _restore(self) -> HttpResponse:
        """The form with what was sent, which the writer's browser had kept."""
        return self._show(is_restored=True)

    def _download(self) -> HttpResponse:
        """The form as a file that can be read in, with every mistake that is still in it."""
        return as_file(self.typed(), self.page)

    def _keep(self) -> HttpResponse:
        """Save what stands in the form as a draft."""
        try:
            return keep(self.request, self.form, page=self.page, proposal=self.proposal)
        except operations.Refusal as refusal:
            return self._refuse(refusal, self.typed())

    def _save(self) -> HttpResponse:
        if not all([self.form.is_valid(), self.tags.is_valid()]):
            return self._show(has_errors=True) if self._may_write else self._turn_away()
        return self._send(self.form.content(self.tags.tags()))

    def _settle(self) -> HttpResponse:
        """Save what the writer has chosen where somebody else had changed the same."""
        conflict = self._conflict()
        is_valid = all([self.form.is_valid(), self.tags.is_valid()])
        if not conflict or not is_valid:
            return self._save()
        if self._may_write and conflict.is_gone:
            return self._meet(operations.EditConflict(conflict.page, conflict.choices.sides.theirs))
        for problem in conflict.problems():
            self.form.add_error(None, problem)
        if self.form.errors:
            return self._show(status=409, has_errors=True) if self._may_write else self._turn_away()
        self.is_settled = True
        return self._send(conflict.settled)

    @property
    def _may_write(self) -> bool:
        return rules.may_write(self.by, self.page)

    def _turn_away(self) -> HttpResponse:
        """The text, to be kept by the writer."""
        return self._show(status=403, is_refused=True)

    def _send(self, content: Content) -> HttpResponse:
        """Save a content, and keep the writer's own words that are not in it."""
        conflict = self._conflict()
        if conflict and conflict.is_left_out(content):
            left = typed_in(self.form, self.request.POST, page=self.page, proposal=self.proposal)
            self.sending = replace(self.sending, left=left)
        response = self._try_to_send(content)
        if response.status_code == 302:
            tell_of_restored(self.request, self.form.restored)
            if self.sending.left:
                tell_of_left(self.request)
        return response

    def _try_to_send(self, content: Content) -> HttpResponse:
        """Ask the operation also when the writer may not: it may be saved already."""
        try:
            before = states_of(self.page)
            return saved_with_advice(self.request, self._operate(content), content, before=before)
        except PermissionDenied:
            if self._may_write:
                raise
            return self._turn_away()
        except operations.Refusal as refusal:
            return self._refuse(refusal, content)
        except OperationalError as error:
            if not is_busy(error):
                raise
            response = self._show(status=503, is_busy=True)
            response["Retry-After"] = str(RETRY_AFTER)
            return response

    @singledispatchmethod
    def _refuse(self, refusal: operations.Refusal, content: Content) -> HttpResponse:
        """Say why nothing was saved; the text stays."""
        self.form.add_error(refusal.field, str(refusal))
        return self._show(has_errors=True)

    @_refuse.register
    def _(self, missing: operations.MissingAlt, content: Content) -> HttpResponse:
        elsewhere = _("Syns bilden inte här står den i en annan del: redigera hela sidan.")
        self.form.add_error("body", f"{missing} {elsewhere}" if self.form.part else str(missing))
        return self._show(has_errors=True)

    @_refuse.register
    def _(self, nothing: operations.NothingChanged, content: Content) -> HttpResponse:
        operations.finish_form(self.sending, content, by=self.by)
        messages.info(self.request, str(nothing))
        return redirect(self._home())

    @_refuse.register
    def _(self, again: operations.AlreadySaved, content: Content) -> HttpResponse:
        operations.finish_form(self.sending, content, became=again.edit, by=self.by)
        if again.edit:
            return saved_before(self.request, again.edit, str(again))
        messages.info(self.request, str(again))
        return redirect(self._home())

    @_refuse.register
    def _(self, again: operations.AlreadyProposed, content: Content) -> HttpResponse:
        operations.finish_form(self.sending, content, became=again.proposal, by=self.by)
        messages.info(self.request, str(again))
        return redirect(again.proposal)

    @_refuse.register
    def _(self, limit: operations.TooMany, content: Content) -> HttpResponse:
        self.form.add_error(None, str(limit))
        response = self._show(status=429, has_errors=True)
        if limit.retry_after:
            response["Retry-After"] = str(limit.retry_after)
        return response

    @_refuse.register
    def _(self, error: operations.DuplicateTitle, content: Content) -> HttpResponse:
        return self._refuse_title(content, error)

    @_refuse.register
    def _(self, conflict: operations.EditConflict, content: Content) -> HttpResponse:
        return self._meet(conflict)

    def _home(self) -> Page | Proposal | str:
        """Where a save that changes nothing leads."""
        return self.page or "wiki:start"

    def _operate(self, content: Content) -> Edit | Proposal:
        summary = self.form.cleaned_data["summary"]
        if self.page is None:
            return operations.create(content, by=self.by, summary=summary, sent=self.sending)
        return operations.edit(
            self.page,
            content,
            base=self.form.cleaned_data["base"],
            summary=summary,
            minor=self.form.cleaned_data["minor"],
            sent=self.sending,
            by=self.by,
        )

    def _refuse_title(self, content: Content, error: operations.DuplicateTitle) -> HttpResponse:
        """Say that the title is taken, unless by the very page that is sent: then this is the second time."""
        made = Page.objects.visible_to(self.by).filter(title_key=title_key(content.title)).first()
        is_new = self.page is None
        if is_new and made and made.content == content and made.edits.filter(number=1, author=self.by):
            messages.info(self.request, _("Sidan är redan sparad."))
            return redirect(made)
        self.form.add_error("title", str(error))
        return self._show(has_errors=True)

    def _meet(self, conflict: operations.EditConflict) -> HttpResponse:
        """Show both texts; the form now starts from the newest version, so sending it again is a choice."""
        sent = self.form.for_whole(self.data or self.request.POST)
        self.data = renewed(sent, self.form, conflict, is_settled=self.is_settled)
        self.page = conflict.page
        self._make_forms()
        return self._show(status=409)
