"""What somebody has typed and sent, so that an answer that refuses it can hand it back."""

import errno
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PASSWORDS = frozenset({"password", "oldpassword", "password1", "password2", "code", "credential"})
PRIVATE_FIELDS = PASSWORDS | {"csrfmiddlewaretoken"}
# What a script says of a text as it was sent: not true once somebody has written on it.
NOT_HANDED_BACK = PRIVATE_FIELDS | {"untouched"}
# The form for signing in can keep another form, whose session has ended: a mark, and a prefix to its fields.
KEPT = "kept"
KEPT_FIELD = f"{KEPT}-"
NEXT = "next"
HANDING_BACK = frozenset({403, 404, 429})  # answers to a form that was not taken

# Fields with words of the user's own: their label, and how many rows they need. All others are hidden.
TYPED = (
    (r"body", gettext_lazy("Din text"), 16),
    (r"title", gettext_lazy("Titel"), 1),
    (r"lead", gettext_lazy("Ingress"), 3),
    (r"summary", gettext_lazy("Sammanfattning"), 1),
    (r"comment", gettext_lazy("Kommentar"), 6),
    (r"reason", gettext_lazy("Skäl"), 3),
    (r"text", gettext_lazy("Text"), 3),
    (r"text-.*|kvar", gettext_lazy("Egna ord"), 3),
    (r"(.*-)?note", gettext_lazy("Motivering"), 1),
    (r"(.*-)?tried", gettext_lazy("Det ni provade"), 2),
    (r"line", gettext_lazy("En rad om hur det är hos er"), 1),
    (r"definition", gettext_lazy("Definition"), 3),
    (r"enables", gettext_lazy("Så märks det när den främjar"), 3),
    (r"hinders", gettext_lazy("Så märks det när den hämmar"), 3),
    (r"questions", gettext_lazy("Frågor att ställa sig"), 6),
    (r"aliases|related|informed_by", gettext_lazy("Rader"), 3),
    (r"leda_area", gettext_lazy("LEDA:s nyckelområde"), 1),
    (r"municipalities", gettext_lazy("Kommuner"), 1),
    (r"municipality", gettext_lazy("Kommun"), 1),
    (r".*-municipality", gettext_lazy("Kommun i märkningen"), 1),
    (r"name", gettext_lazy("Namn"), 1),
    (r"creator", gettext_lazy("Upphovsperson"), 1),
    (r"job_title", gettext_lazy("Roll i arbetet"), 1),
    (r"login|email", gettext_lazy("E-postadress"), 1),
)
NOT_TYPED = ("", 0)


@dataclass(frozen=True)
class PostedField:
    """A field as it was sent."""

    name: str
    value: str

    @property
    def label(self) -> str | Promise:
        """What to call it; empty for one without words of the user's own."""
        return self._kind[0]

    @property
    def rows(self) -> int:
        """How many rows it needs."""
        return max(self._kind[1], 3 if "\n" in self.value else 1)

    @property
    def _kind(self) -> tuple[str | Promise, int]:
        if not self.value:
            return NOT_TYPED
        known = ((label, rows) for name, label, rows in TYPED if re.fullmatch(name, self.name))
        return next(known, NOT_TYPED)


def posted_text(request: HttpRequest) -> list[PostedField]:
    """The fields of the form that was sent, in order, without passwords and tokens."""
    if request.method != "POST":
        return []
    return [
        PostedField(name, value)
        for name, values in request.POST.lists()
        if name not in NOT_HANDED_BACK
        for value in values
        if isinstance(value, str)
    ]


def kept_text(request: HttpRequest) -> list[PostedField]:
    """The fields of the form that somebody has taken along to sign in, by their own names."""
    kept = (field for field in posted_text(request) if field.name.startswith(KEPT_FIELD))
    named = (PostedField(field.name.removeprefix(KEPT_FIELD), field.value) for field in kept)
    return [field for field in named if field.name not in NOT_HANDED_BACK]


def keeps_text(request: HttpRequest) -> bool:
    """Whether it is the form for signing in, with another form taken along."""
    return request.method == "POST" and KEPT in request.POST


def handed_back(request: HttpRequest) -> dict[str, Any]:
    """What a page needs to hand back a form: its fields (`posted`), and where it belongs (`action`)."""
    if not keeps_text(request):
        return {"posted": posted_text(request), "action": request.get_full_path()}
    address = request.POST.get(NEXT, "")
    is_here = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return {"posted": kept_text(request), "action": address if is_here else "/"}


def handed_back_by_itself(request: HttpRequest) -> dict[str, Any]:
    """The same for a page that stands alone, with a token for a form that this site has sent."""
    token = get_token(request) if request.method == "POST" and same_origin(request) else ""
    return handed_back(request) | {"csrf_token": token}


def same_origin(request: HttpRequest) -> bool:
    """Whether the browser itself says that the form came from this site."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def wants_json(request: HttpRequest) -> bool:
    """Whether a script of ours asks, and nobody would see a page."""
    headers = request.headers
    if headers.get("Accept", "").startswith("application/json"):
        return True
    return headers.get("Sec-Fetch-Dest") == "empty" and "HX-Request" not in headers


def to_script(sentence: str, status: int) -> JsonResponse:
    """Why something was refused, for a script."""
    return JsonResponse({"error": sentence}, status=status, json_dumps_params={"ensure_ascii": False})


class KeepPostedText:
    """Middleware: a body that is too large is told so with 413, before anything else reads it.

    An answer that hands back what was sent is stored nowhere.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and (unread := _unread(request)):
            reason, status = unread
            if wants_json(request):
                return to_script(reason, status)
            return render(request, "413.html", {"reason": reason, "code": status}, status=status)
        response = self.get_response(request)
        if request.method == "POST" and (response.status_code in HANDING_BACK or keeps_text(request)):
            patch_cache_control(response, private=True, no_store=True)
        return response


def _unread(request: HttpRequest) -> tuple[str, int] | None:
    """Why the body is not read, and the status that says so; nothing when it is. Reads the form."""
    is_upload = request.content_type == "multipart/form-data"
    limit = settings.MAX_UPLOAD_SIZE if is_upload else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    # Django counts neither files nor bodies that are no form.
    length = request.headers.get("content-length") or ""
    if length.isascii() and length.isdigit() and (len(length) > 12 or int(length) > limit):
        return _too_large(limit), 413
    try:
        _fields = request.POST
    except RequestDataTooBig:
        return _too_large(settings.DATA_UPLOAD_MAX_MEMORY_SIZE), 413
    except TooManyFieldsSent:
        most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        return _("Formuläret har för många fält. Gränsen är %(most)s.") % {"most": most}, 413
    except OSError as error:  # files that are sent along are put into a folder while they come
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        return _("Servern har slut på utrymme. Försök igen senare."), 507
    return None


def _too_large(limit: int) -> str:
    return _("Det du skickade är för stort. Gränsen är %(limit)s MB.") % {"limit": limit // 2**20}
