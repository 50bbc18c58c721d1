"""Answers to a change: it was made, or the page has moved on."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from mittkoping.municipalities.models import Municipality
from mittkoping.text.slugs import slugify
from wiki.chips import Chip
from wiki.content import Content
from wiki.fates import Fates, fates_of, orphaned_since
from wiki.models import Edit, Page, Proposal
from wiki.operations import EditConflict
from wiki.passages import readable
from wiki.transfer import front_matter
from wiki.views.told import told_of_orphaned

FormType = TypeVar("FormType", bound=Form)


def saved(
    request: HttpRequest,
    result: Edit | Proposal,
    sentence: str = "",
    *,
    before: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Lead to what was saved: the page, or the proposal; tell which marked passages it has orphaned, or will.

    before   the states that the passages of the page had, as states_of says them; None when the text is as
             it was
    """
    if isinstance(result, Edit):
        response = _published(request, result, sentence)
        orphaned = orphaned_since(result.page, before) if before else []
    else:
        messages.success(request, _("Förslaget är skickat. En moderator granskar det innan det publiceras."))
        response = redirect(result)
        orphaned = _orphaned_by(result) if before else []
    if orphaned:
        messages.warning(request, told_of_orphaned(orphaned, result))
    return response


def _orphaned_by(proposal: Proposal) -> list[Chip]:
    """The passages that would lose their words, or most of them, if the proposal was published."""
    page = proposal.page
    fates = fates_of(page, proposal.content, proposal.base) if page else Fates()
    return [replace(fate.chip, state=fate.kind.value) for fate in fates.orphaned]


def saved_before(request: HttpRequest, edit: Edit, sentence: str) -> HttpResponse:
    """Lead to what the same form became when it was sent the first time."""
    messages.info(request, _with_links(sentence, edit))
    return redirect(edit.page)


def _published(request: HttpRequest, edit: Edit, sentence: str) -> HttpResponse:
    """Lead to the page, which says what was saved, as which version, with the way to see what changed."""
    text = _merged(edit) if edit.is_merged else _("Sparat som version %(number)s.") % {"number": edit.number}
    messages.success(request, _with_links(f"{sentence} {text}" if sentence else text, edit))
    if not edit.page.is_rendered:
        messages.warning(request, _("Texten var för tung att visa med format. Den visas som källtext."))
    return redirect(edit.page)


def _merged(edit: Edit) -> str:
    """Say what was merged with what."""
    between = edit.page.edits.with_people().filter(number__gt=edit.base, number__lt=edit.number)
    names = list(dict.fromkeys(other.author.name for other in between.order_by("number")))
    first, last = (edit.base or 0) + 1, edit.number - 1
    others = str(last) if first == last else f"{first}–{last}"
    facts = {"number": edit.number, "others": others, "names": get_text_list(names, _("och"))}
    return (
        _("Sparat som version %(number)s, sammanfogad med version %(others)s av %(names)s. Allt är kvar.")
        % facts
    )


def _with_links(text: str, edit: Edit) -> str:
    """Add the ways to see what changed: by the writer, and by those whose text it was merged with."""
    if edit.number == 1:
        return text
    compare = reverse("wiki:compare", args=[edit.page.slug, edit.number - 1, edit.number])
    text = format_html('{} <a href="{}">{}</a>', text, compare, _("Se vad du ändrade"))
    if edit.is_merged:
        others = reverse("wiki:compare", args=[edit.page.slug, edit.base, edit.number - 1])
        text = format_html('{} <a href="{}">{}</a>', text, others, _("Se vad de andra ändrade"))
    return text


def as_file(content: Content, page: Page | None) -> HttpResponse:
    """A content as a file that can be read in, with every mistake that is still in it. Two queries."""
    codes = {*content.municipalities, *(tag.municipality or "" for tag in content.tags)}
    names = dict(Municipality.objects.filter(code__in=codes).values_list("code", "name"))
    text = front_matter.write(readable(content, page), {code: names.get(code, code) for code in codes})
    # The name of a file is the address of its page.
    name = page.slug if page else slugify(content.title) or "utkast"
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.md"'
    return response


def against(form: FormType, data: QueryDict, conflict: EditConflict) -> FormType:
    """The same form, filled in as it was, now starting from the newest version; it says that there is one."""
    renewed = data.copy()
    renewed["base"] = str(conflict.page.number)
    again = type(form)(renewed)
    again.is_valid()
    again.add_error(None, str(conflict))
    return again
