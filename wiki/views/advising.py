"""What the form of a page says is to be thought of before saving, and what is said once it is saved."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from mittkoping.accounts.models import User
from mittkoping.text.normalise import normalise, normalise_line
from wiki import rendering
from wiki.advice import Advice, Written, advise, has_hints, pages_alike
from wiki.content import MAX_BODY, Content
from wiki.forms import EditForm, TagFormSet
from wiki.models import Edit, Proposal
from wiki.rendering import Rendering
from wiki.views.answers import saved

ADVISED = "advised"  # sent by the script that has shown the advice beside the form


def advice_in(
    form: EditForm, tags: TagFormSet, *, by: User, drawn: Rendering | None = None
) -> tuple[Advice, ...]:
    """What the writer may want to think of; nothing for a text that is too long to be saved.

    drawn   the text of the form, if it has been rendered already

    Six queries at most, four of them for the links of the text.
    """
    body = normalise(form["body"].value() or "")
    if len(body.encode()) > MAX_BODY:
        return ()
    written = Written(
        title=normalise_line(form["title"].value() or ""),
        lead=normalise(form["lead"].value() or ""),
        rendering=drawn or rendering.render_cached(body),
        has_factor=any(row["factor"].value() and not row.is_deleted for row in tags),
        is_part=form.part is not None,
    )
    alike = [] if written.is_part else pages_alike(written, page=form.page, by=by)
    return advise(written, alike=alike)


def saved_with_advice(
    request: HttpRequest, result: Edit | Proposal, content: Content, *, before: Mapping[str, str]
) -> HttpResponse:
    """As `saved`; a writer without scripts, who has not seen the advice beside the form, is told once."""
    response = saved(request, result, before=before)
    sentences = []
    if has_hints(content.body):
        sentences.append(_("Hjälptexter från mallen är kvar i texten."))
    if not content.tags:
        sentences.append(_("Vilken faktor handlar det här om, och vad bygger ni det på?"))
    if sentences and not request.POST.get(ADVISED):
        facts = (" ".join(sentences), _address(result, content), _("Ändra i formuläret"))
        messages.info(request, format_html('{} <a href="{}">{}</a>', *facts))
    return response


def _address(result: Edit | Proposal, content: Content) -> str:
    """The form again, at what is first to be put right."""
    if isinstance(result, Edit):
        form = reverse("wiki:edit", args=[result.page.slug])
    else:
        form = reverse("wiki:proposal_edit", args=[result.pk])
    return form if has_hints(content.body) else f"{form}#markningar"
