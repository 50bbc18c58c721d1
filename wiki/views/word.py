"""Text out of a Word document: for the visual editor, and into the form of a page without it."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.posted import to_script
from wiki import operations
from wiki.files.storing import StorageFault
from wiki.forms import EditForm
from wiki.forms.word import WordForm
from wiki.models import Page
from wiki.operations.attachments import require_uploading
from wiki.operations.publishing import require_writing
from wiki.views.drafting import FormDrafts
from wiki.views.editing import Editing
from wiki.views.finding import with_page
from wiki.views.form_on_screen import FormOnScreen
from wiki.views.storage_faults import postponed

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@signed_in
@require_POST
def read(request: SignedInRequest) -> HttpResponse:
    """A document's text as JSON, to be put where the cursor stands; nothing but its pictures is stored."""
    form = WordForm(request.POST, request.FILES)
    if not form.is_valid():
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        return to_script(" ".join(sentences), 422)
    has_no_title = bool(form.cleaned_data["title"])
    try:
        imported = operations.read_word(
            *form.document(), takes_title=has_no_title, is_inserted=True, by=request.user
        )
    except (operations.Refusal, StorageFault) as refusal:
        return postponed(to_script(str(refusal), 422), refusal)
    return JsonResponse(_as_json(imported), json_dumps_params={"ensure_ascii": False})


@signed_in
@require_http_methods(READ_AND_WRITE)
def new(request: SignedInRequest) -> HttpResponse:
    """A new page that begins with a Word document."""
    return _fill(request, None)


@signed_in
@require_http_methods(READ_AND_WRITE)
@with_page
def page(request: SignedInRequest, page: Page) -> HttpResponse:
    """A Word document after what a page says already."""
    return _fill(request, page)


def _fill(request: SignedInRequest, page: Page | None) -> HttpResponse:
    """Ask for a document, then show the form of the page with its text; that form is sent here too."""
    if request.method == "POST" and "body" in request.POST:
        return Editing(request, page).answer()
    require_writing(request.user, page)
    require_uploading(request.user)
    form = WordForm(request.POST, request.FILES) if request.method == "POST" else WordForm()
    refusal: Exception | None = None
    if form.is_valid():
        try:
            return _filled(request, page, form)
        except (operations.Refusal, StorageFault) as error:
            refusal = error
            form.add_error("file", str(error))
    return postponed(render(request, "wiki/word.html", {"page": page, "form": form}), refusal)


def _filled(request: SignedInRequest, page: Page | None, form: WordForm) -> HttpResponse:
    data, name = form.document()
    has_notes = page is not None and "[^" in page.body
    imported = operations.read_word(
        data, name, takes_title=page is None, is_inserted=has_notes, by=request.user
    )
    messages.info(request, _("Texten ur %(name)s står i formuläret. Inget är sparat än.") % {"name": name})
    if imported.left_out:
        messages.info(request, " ".join(imported.left_out))
    if imported.pictures:
        messages.warning(request, _to_describe(imported.pictures))
    return FilledForm(request, page, imported).show()


class FilledForm(FormOnScreen):
    """The form of a page, with a document's text after what stands there already."""

    def __init__(self, request: SignedInRequest, page: Page | None, imported: operations.Imported) -> None:
        self.imported = imported
        super().__init__(request, page, drafts=FormDrafts())

    def show(self) -> HttpResponse:
        """As a form that something has been typed in."""
        return self._show(is_restored=True)

    def _make_forms(self) -> None:
        # What was sent is another form.
        self.data = None
        super()._make_forms()
        self.beginning = replace(self.beginning, chooser=None)

    def _make_form(self) -> EditForm:
        before = self.page.body.rstrip() if self.page else ""
        body = "\n\n".join(filter(None, [before, self.imported.body]))
        initial = self.beginning.initial | {"body": body}
        initial |= {"title": self.imported.title} if self.imported.title else {}
        return EditForm(None, page=self.page, by=self.by, initial=initial)


def _to_describe(count: int) -> str:
    """What has to be done before saving."""
    sentence = ngettext(
        "%(count)s bild saknar beskrivning. Skriv vad den visar innan du sparar: ![vad bilden visar](…).",
        "%(count)s bilder saknar beskrivning. Skriv vad de visar innan du sparar: ![vad bilden visar](…).",
        count,
    )
    return sentence % {"count": count}


def _as_json(imported: operations.Imported) -> dict[str, Any]:
    return {
        "title": imported.title,
        "body": imported.body,
        "left_out": list(imported.left_out),
        "pictures": imported.pictures,
    }
