"""What somebody has typed and sent, so that an answer that refuses it can hand it back."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

PASSWORDS = frozenset({"password", "oldpassword", "password1", "password2", "code", "credential"})
PRIVATE_FIELDS = PASSWORDS | {"csrfmiddlewaretoken"}


def posted_text(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form that was sent, in order, without passwords and tokens."""
    if request.method != "POST":
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in PRIVATE_FIELDS
        for value in values
        if isinstance(value, str)
    ]


def same_origin(request: HttpRequest) -> bool:
    """Whether the browser itself says that the form came from this site."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


class KeepPostedText:
    """Middleware: a body that is too large is told so with 413, before anything else reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and (reason := _too_much(request)):
            return render(request, "413.html", {"reason": reason}, status=413)
        return self.get_response(request)


def _too_much(request: HttpRequest) -> str:
    """Why the body is not read, or nothing; reads the form."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    too_large = _("Det du skickade är för stort. Gränsen är %(limit)s MB.") % {"limit": limit // 2**20}
    # Django counts neither files nor bodies that are no form.
    length = request.headers.get("content-length") or ""
    if length.isascii() and length.isdigit() and (len(length) > 12 or int(length) > limit):
        return too_large
    try:
        _fields = request.POST
    except RequestDataTooBig:
        return too_large
    except TooManyFieldsSent:
        most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        return _("Formuläret har för många fält. Gränsen är %(most)s.") % {"most": most}
    return ""
