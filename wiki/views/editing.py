"""One round of writing: what the form shows, and what each of its buttons does."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from mittkoping.accounts.http import SignedInRequest
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from mittkoping.text.normalise import normalise, normalise_line
from mittkoping.text.slugs import slugify
from wiki import operations, rendering, rules
from wiki.comparing import compare_contents
from wiki.content import MAX_BODY, MAX_TITLE, Content
from wiki.forms import EditForm, TagFormSet
from wiki.models import Edit, Page


class Editing:
    """The form of a page, new (page is None) or old, and the answers to it."""

    def __init__(self, request: SignedInRequest, page: Page | None) -> None:
        self.request = request
        self.page = page
        self.by: User = request.user
        self.data: QueryDict | None = request.POST if request.method == "POST" else None
        self._make_forms()

    def answer(self) -> HttpResponse:
        """Do what the pressed button says."""
        if self.data is None:
            return self._show()
        deeds = {"preview": self._preview, "add_tag": self._add_tag, "download": self._download}
        return deeds.get(self.data.get("do", ""), self._save)()

    def _make_forms(self) -> None:
        initial = {}
        if self.page is None and (title := self.request.GET.get("titel")):
            initial["title"] = normalise_line(title)[:MAX_TITLE]
        self.form = EditForm(self.data, page=self.page, by=self.by, initial=initial)
        content = self.page.content if self.page else None
        self.tags = TagFormSet(self.data, content=content, by=self.by)

    def _show(self, *, status: int = 200, **more: Any) -> HttpResponse:
        context = {
            "page": self.page,
            "form": self.form,
            "tags": self.tags,
            "may_publish": rules.may_publish(self.by, self.page),
            "municipality_names": Municipality.objects.in_order().values_list("name", flat=True),
            **more,
        }
        return render(self.request, "wiki/edit.html", context, status=status)

    def _preview(self) -> HttpResponse:
        body = normalise(self.form["body"].value() or "")
        self._hush()
        if len(body.encode()) > MAX_BODY:
            return self._show(is_too_long=True)
        return self._show(rendering=rendering.render(body))

    def _add_tag(self) -> HttpResponse:
        total = self.request.POST.get("tags-TOTAL_FORMS", "")
        if total.isascii() and total.isdigit():
            self.data = self.request.POST.copy()
            self.data["tags-TOTAL_FORMS"] = str(min(int(total[:6]), self.tags.max_num) + 1)
            self._make_forms()
        self._hush()
        return self._show(focus_new_tag=True)

    def _download(self) -> HttpResponse:
        name = slugify(self.form["title"].value() or "") or "utkast"
        response = HttpResponse(
            normalise(self.form["body"].value() or ""), content_type="text/markdown; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{name}.md"'
        return response

    def _save(self) -> HttpResponse:
        if not rules.may_publish(self.by, self.page):
            self._hush()
            return self._show(status=403, is_refused=True)
        if not all([self.form.is_valid(), self.tags.is_valid()]):
            return self._show(has_errors=True)
        content = self.form.content(self.tags.tags())
        try:
            return self._saved(self._operate(content))
        except (operations.NothingChanged, operations.AlreadySaved) as nothing:
            messages.info(self.request, str(nothing))
            return redirect(self.page or "wiki:start")
        except operations.DuplicateTitle as error:
            self.form.add_error("title", str(error))
            return self._show(has_errors=True)
        except operations.EditConflict as conflict:
            return self._conflict(conflict)

    def _operate(self, content: Content) -> Edit:
        summary = self.form.cleaned_data["summary"]
        if self.page is None:
            return operations.create(content, by=self.by, summary=summary)
        return operations.edit(
            self.page,
            content,
            base=self.form.cleaned_data["base"],
            summary=summary,
            minor=self.form.cleaned_data["minor"],
            by=self.by,
        )

    def _saved(self, edit: Edit) -> HttpResponse:
        text = _("Sparat som version %(number)s.") % {"number": edit.number}
        if edit.number > 1:
            compare = reverse("wiki:compare", args=[edit.page.slug, edit.number - 1, edit.number])
            messages.success(
                self.request, format_html('{} <a href="{}">{}</a>', text, compare, _("Se vad du ändrade"))
            )
        else:
            messages.success(self.request, text)
        if not edit.page.is_rendered:
            messages.warning(
                self.request, _("Texten var för tung att visa med format. Den visas som källtext.")
            )
        return redirect(edit.page)

    def _conflict(self, conflict: operations.EditConflict) -> HttpResponse:
        """Show both texts; the form now starts from the newest version, so sending it again is a choice."""
        self.page = conflict.page
        self.data = self.request.POST.copy()
        self.data["base"] = str(conflict.page.number)
        self._make_forms()
        self._hush()
        comparison = compare_contents(conflict.page.content, conflict.mine)
        newest = conflict.page.edits.with_people().get(number=conflict.page.number)
        return self._show(status=409, conflict=conflict, comparison=comparison, newest=newest)

    def _hush(self) -> None:
        """Say nothing of mistakes in a form that was not sent to be saved."""
        self.form.errors.clear()
        for form in self.tags:
            form.errors.clear()
