"""All files, and a new one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.accounts.models import Someone
from mittkoping.posted import to_script, wants_json
from wiki import operations
from wiki.files.naming import markdown_of
from wiki.files.storing import StorageFault
from wiki.forms.attachments import FileFilterForm, UploadForm, chosen_file
from wiki.models import Attachment, AttachmentContent
from wiki.models.attachment import AttachmentQuerySet
from wiki.operations.attachments import require_uploading
from wiki.views.attachment_screens import shown_file
from wiki.views.storage_faults import postponed

PER_PAGE = 24
READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_safe
def attachments(request: HttpRequest) -> HttpResponse:
    """The files that the reader may see, newest first; `?q=` and `?visa=` narrow them down."""
    form = FileFilterForm(request.GET)
    found = Paginator(_asked_for(form, request.user), PER_PAGE).get_page(request.GET.get("sida"))
    query = request.GET.copy()
    query.pop("sida", None)
    context = {
        "form": form,
        "found": found,
        "files": [shown_file(attachment) for attachment in found],
        "query": query.urlencode(),
        "is_narrowed": any(query.values()),
    }
    return render(request, "wiki/attachments.html", context)


def _asked_for(form: FileFilterForm, reader: Someone) -> AttachmentQuerySet:
    files = form.narrow(Attachment.objects.visible_to(reader).kept(), reader).newest_first()
    return files.select_related("uploaded_by").with_page_count(reader).with_readable(reader)


@require_http_methods(READ_AND_WRITE)
@signed_in
def new(request: SignedInRequest) -> HttpResponse:
    """Upload a file; a script gets its address as JSON."""
    require_uploading(request.user)
    return _upload(request) if request.method == "POST" else _ask(request, UploadForm())


def _upload(request: SignedInRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, form)
    data, name = chosen_file(form)
    facts = {key: form.cleaned_data[key] for key in ("creator", "licence")}
    try:
        content = operations.upload(data, name, by=request.user, **facts)
    except (operations.Refusal, StorageFault) as refusal:
        form.add_error("file", str(refusal))
        return _ask(request, form, refusal)
    if wants_json(request):
        return JsonResponse(_as_json(content), status=201, json_dumps_params={"ensure_ascii": False})
    _tell(request, content.attachment, facts)
    return redirect(content.attachment)


def _tell(request: SignedInRequest, attachment: Attachment, facts: dict[str, str]) -> None:
    """That it is there; and if it was there before, that it says other things of itself than was typed."""
    if any(value and value != getattr(attachment, key) for key, value in facts.items()):
        messages.info(request, _("Filen fanns redan, med andra uppgifter. Du ändrar dem här."))
    else:
        messages.success(request, _("Filen är uppladdad. Andra ser den när en sida visar den."))


def _ask(request: SignedInRequest, form: UploadForm, refusal: Exception | None = None) -> HttpResponse:
    """The form, with what is wrong; for a script, what is wrong."""
    response: HttpResponse
    if form.is_bound and wants_json(request):
        sentence = " ".join(str(error) for errors in form.errors.values() for error in errors)
        response = to_script(sentence, 422)
    else:
        response = render(request, "wiki/attachment_new.html", {"form": form})
    return postponed(response, refusal)


def _as_json(content: AttachmentContent) -> dict[str, Any]:
    return {
        "url": content.url,
        "name": content.attachment.name,
        "kind": content.kind,
        "width": content.width,
        "height": content.height,
        "key": str(content.attachment.key),
        "markdown": markdown_of(content.attachment.name, content.url, is_picture=content.is_image),
    }
