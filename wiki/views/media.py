"""The bytes of files, at the addresses that pages write: who may have them is what their rows say."""

import logging
from pathlib import PurePosixPath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from mittkoping.accounts.models import Someone
from wiki.files.naming import is_path, main_path
from wiki.files.storing import opened, size_of
from wiki.models import AttachmentContent
from wiki.views.storage_faults import answers_for_storage

logger = logging.getLogger(__name__)

MAX_AGE = 600  # seconds; for so long a deleted picture may be seen by those who have seen it
# Whatever a file says, it runs nothing, and belongs to no page but ours.
HARMLESS = {
    "Accept-Ranges": "none",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
@answers_for_storage
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file, or a smaller size of a picture. 404 for those who may not have it."""
    content = _content(request.user, path)
    is_public: bool = getattr(content, "is_public")  # noqa: B009 - annotated, unknown to the type
    etag = f'"{content.digest}"' if path == content.path else f'"{path}"'
    response = get_conditional_response(request, etag=etag) or _found(request, content, path)
    for name, value in HARMLESS.items():
        response.headers[name] = value
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}" if is_public else "private, no-store"
    return response


def _content(user: Someone, path: str) -> AttachmentContent:
    """The row that lets the user have it; first one that lets everybody."""
    main = main_path(path)
    if not is_path(main):
        raise Http404
    rows = AttachmentContent.objects.readable_by(user).filter(path=main)
    content = rows.public_first().first()
    if content is None:
        raise Http404
    return content


def _found(request: HttpRequest, content: AttachmentContent, path: str) -> HttpResponseBase:
    response: HttpResponseBase
    try:
        if request.method == "HEAD":
            response = HttpResponse(headers={"Content-Length": str(size_of(path))})
        else:
            response = FileResponse(opened(path))
    except FileNotFoundError as error:
        logger.exception("a row names a file that is not in the storage")
        raise Http404 from error
    is_download = not content.is_image
    name = content.name if is_download else PurePosixPath(path).name
    response.headers["Content-Type"] = content.media_type
    response.headers["Content-Disposition"] = content_disposition_header(is_download, name) or "attachment"
    return response
