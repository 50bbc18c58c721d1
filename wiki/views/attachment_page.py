"""One file: what it is, where it is used, what it has been; and what can be done with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.accounts.models import Someone
from wiki import operations, rules
from wiki.files.storing import StorageFault
from wiki.forms.attachments import DeleteForm, DescribeForm, ReplaceForm, chosen_file
from wiki.models import Attachment
from wiki.views.attachment_screens import about, forms_of
from wiki.views.storage_faults import postponed

Deed = Callable[[SignedInRequest, Attachment, Any], HttpResponse]
Kind = tuple[type[forms.Form], Deed]


class DeletedFile(Http404):
    """A moderator has deleted the file; carries what to do."""

    title = ""

    def __init__(self) -> None:
        super().__init__()
        self.heading = _("Filen är borttagen")
        self.reason = _("En moderator har tagit bort filen. Varför står i loggen.")


@require_http_methods(["GET", "HEAD", "POST"])
def attachment(request: HttpRequest, key: UUID) -> HttpResponse:
    """A file: a preview, facts, where it is used, its history; POST describes, replaces or deletes it."""
    found = _found(key, request.user)
    if request.method == "POST":
        return _change(request, found)
    return _show(request, found, forms_of(found), status=404 if found.is_deleted else 200)


def _found(key: UUID, user: Someone) -> Attachment:
    files = Attachment.objects.select_related("uploaded_by", "deleted_by")
    if found := files.visible_to(user).filter(key=key).first():
        return found
    if Attachment.objects.filter(key=key).exclude(deleted_at=None).exists():
        raise DeletedFile
    raise Http404


@signed_in
def _change(request: SignedInRequest, attachment: Attachment) -> HttpResponse:
    do, shown = request.POST.get("do", ""), forms_of(attachment)
    if do not in DEEDS:
        return _show(request, attachment, shown, problem=_("Välj vad du vill göra."))
    kind, deed = DEEDS[do]
    form = kind(request.POST, request.FILES, auto_id=shown[do].auto_id)
    if not form.is_valid():
        return _show(request, attachment, shown | {do: form})
    try:
        return deed(request, attachment, form)
    except (operations.Refusal, StorageFault) as refusal:
        form.add_error(None, str(refusal))
        # It may have been deleted meanwhile: the new one takes a while to look at.
        found = _found(attachment.key, request.user)
        return postponed(_show(request, found, shown | {do: form}), refusal)


def _describe(request: SignedInRequest, attachment: Attachment, form: DescribeForm) -> HttpResponse:
    operations.describe(attachment, **form.cleaned_data, by=request.user)
    messages.success(request, _("Uppgifterna är sparade."))
    return redirect(attachment)


def _replace(request: SignedInRequest, attachment: Attachment, form: ReplaceForm) -> HttpResponse:
    data, name = chosen_file(form)
    summary = form.cleaned_data["summary"]
    replaced = operations.replace(attachment, data, name, summary=summary, by=request.user)
    _tell(request, replaced)
    return redirect(attachment)


def _delete(request: SignedInRequest, attachment: Attachment, form: DeleteForm) -> HttpResponse:
    operations.delete_file(attachment, form.cleaned_data["reason"], by=request.user)
    messages.success(
        request, _("Filen är borttagen. Sidor som visade den har en lucka tills någon ändrar dem.")
    )
    return redirect("wiki:attachments")


DEEDS: dict[str, Kind] = {
    "describe": (DescribeForm, _describe),
    "replace": (ReplaceForm, _replace),
    "delete": (DeleteForm, _delete),
}


def _tell(request: SignedInRequest, replaced: operations.Replaced) -> None:
    """What was changed, what waits for a moderator, and what could not be changed."""
    again = _("Filen var redan utbytt. Nu gällde det bara sidorna som var kvar.")
    messages.success(request, _("Filen är utbytt.") if replaced.is_new else again)
    if replaced.edits:
        links = _links([(edit.page.get_absolute_url(), edit.page.title) for edit in replaced.edits])
        messages.success(request, format_html("{} {}.", _("De här sidorna visar den nya:"), links))
    if replaced.proposals:
        links = _links([(made.get_absolute_url(), made.title) for made in replaced.proposals])
        sentence = _("Förslag som en moderator granskar först:")
        messages.info(request, format_html("{} {}.", sentence, links))
    sentence = _("Visar fortfarande den gamla:")
    for page, reason in replaced.refused:
        link = _links([(page.get_absolute_url(), page.title)])
        messages.warning(request, format_html("{} {}. {}", sentence, link, reason))


def _links(targets: list[tuple[str, str]]) -> str:
    """Links to pages, escaped."""
    return format_html_join(", ", '<a href="{}">{}</a>', targets)


def _show(
    request: HttpRequest, attachment: Attachment, shown: dict[str, Any], problem: str = "", status: int = 200
) -> HttpResponse:
    context = about(attachment, request.user) | {"forms": shown, "problem": problem}
    context["is_moderator"] = rules.may_moderate(request.user)
    return render(request, "wiki/attachment.html", context, status=status)
