"""Page templates, looked after by moderators."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mittkoping.accounts.http import SignedInRequest, signed_in
from wiki import operations
from wiki.forms.templates import TemplateForm
from wiki.models import PageTemplate, PageTemplateText
from wiki.operations import templates as changes
from wiki.views.drafting import number
from wiki.views.moderating import for_moderators


@signed_in
@require_safe
@for_moderators
def templates(request: SignedInRequest) -> HttpResponse:
    """All templates, in the order in which they are offered."""
    return render(request, "wiki/templates.html", {"templates": PageTemplate.objects.all()})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def new(request: SignedInRequest) -> HttpResponse:
    """A template that does not exist yet."""
    return Shaping(request, None).answer()


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def template(request: SignedInRequest, slug: str) -> HttpResponse:
    """A template and its texts; `?text=` fills the form with an older one."""
    return Shaping(request, get_object_or_404(PageTemplate, slug=slug)).answer()


class Shaping:
    """The form of a template, new (template is None) or old, and the answers to it."""

    def __init__(self, request: SignedInRequest, template: PageTemplate | None) -> None:
        self.request = request
        self.template = template
        self.by = request.user
        self.text = self._older_text()

    def answer(self) -> HttpResponse:
        """Show the form, or do what the pressed button says."""
        if self.request.method != "POST":
            return self._show(self._form())
        if self.template and self.request.POST.get("do") == "retire":
            return self._retire(self.template)
        if self.template and self.request.POST.get("do") == "revive":
            return self._revive(self.template)
        form = self._form(self.request.POST)
        return self._save(form) if form.is_valid() else self._show(form)

    def _older_text(self) -> PageTemplateText | None:
        asked = number(self.request.GET.get("text"))
        if self.template is None or not 0 < asked < self.template.number:
            return None
        return self.template.texts.select_related("by").filter(number=asked).first()

    def _form(self, data: QueryDict | None = None) -> TemplateForm:
        every = list(PageTemplate.objects.all())
        return TemplateForm(data, templates=every, template=self.template, text=self.text)

    def _save(self, form: TemplateForm) -> HttpResponse:
        try:
            saved = self._change(form)
        except changes.TemplateChanged as conflict:
            return self._meet(conflict)
        except changes.DuplicateTemplate as refusal:
            form.add_error("name", str(refusal))
            return self._show(form)
        except operations.NothingChanged:
            messages.info(self.request, _("Inget är ändrat."))
            return redirect("wiki:templates")
        messages.success(self.request, _("Mallen ”%(name)s” är sparad.") % {"name": saved.name})
        return redirect("wiki:templates")

    def _change(self, form: TemplateForm) -> PageTemplate:
        position = form.cleaned_data["position"]
        if self.template is None:
            return changes.create_template(form.content, position=position, by=self.by)
        return changes.edit_template(
            self.template, form.content, number=form.cleaned_data["number"], position=position, by=self.by
        )

    def _meet(self, conflict: changes.TemplateChanged) -> HttpResponse:
        """Show what the template says now; the form goes on from there, so sending it again is a choice."""
        self.template = conflict.template
        sent = self.request.POST.copy()
        sent["number"] = str(conflict.template.number)
        form = self._form(sent)
        form.is_valid()
        form.add_error(None, str(conflict))
        return self._show(form, status=409, is_conflict=True)

    def _retire(self, template: PageTemplate) -> HttpResponse:
        changes.retire_template(template, by=self.by)
        messages.success(self.request, _("Mallen ”%(name)s” visas inte längre.") % {"name": template.name})
        return redirect("wiki:templates")

    def _revive(self, template: PageTemplate) -> HttpResponse:
        changes.revive_template(template, by=self.by)
        messages.success(self.request, _("Mallen ”%(name)s” visas igen.") % {"name": template.name})
        return redirect("wiki:templates")

    def _show(self, form: TemplateForm, *, status: int = 200, **more: Any) -> HttpResponse:
        texts = self.template.texts.select_related("by") if self.template else ()
        context = {"form": form, "template": self.template, "texts": texts, "text": self.text, **more}
        return render(self.request, "wiki/template.html", context, status=status)
