"""Answers to a change: it was made, or the page has moved on."""

from typing import TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from wiki.models import Edit, Proposal
from wiki.operations import EditConflict

FormType = TypeVar("FormType", bound=Form)


def saved(request: HttpRequest, result: Edit | Proposal, sentence: str = "") -> HttpResponse:
    """Lead to what was saved: the page, or the proposal."""
    if isinstance(result, Edit):
        return _published(request, result, sentence)
    messages.success(request, _("Förslaget är skickat. En moderator granskar det innan det publiceras."))
    return redirect(result)


def _published(request: HttpRequest, edit: Edit, sentence: str) -> HttpResponse:
    """Lead to the page, which says what was saved, as which version, with the way to see what changed."""
    text = _("Sparat som version %(number)s.") % {"number": edit.number}
    text = f"{sentence} {text}" if sentence else text
    if edit.number > 1:
        compare = reverse("wiki:compare", args=[edit.page.slug, edit.number - 1, edit.number])
        text = format_html('{} <a href="{}">{}</a>', text, compare, _("Se vad du ändrade"))
    messages.success(request, text)
    if not edit.page.is_rendered:
        messages.warning(request, _("Texten var för tung att visa med format. Den visas som källtext."))
    return redirect(edit.page)


def against(form: FormType, data: QueryDict, conflict: EditConflict) -> FormType:
    """The same form, filled in as it was, now starting from the newest version; it says that there is one."""
    renewed = data.copy()
    renewed["base"] = str(conflict.page.number)
    again = type(form)(renewed)
    again.is_valid()
    again.add_error(None, str(conflict))
    return again
