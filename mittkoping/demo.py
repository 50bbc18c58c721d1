"""Demo mode: known passwords, so it must never be reached from another machine."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _


def refuse_proxies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: in demo mode, a request that has come through a proxy is refused."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.DEMO and any(name.startswith("HTTP_X_FORWARDED_") for name in request.META):
            raise PermissionDenied(_("Demoläget kan bara nås från samma dator, inte genom en proxy."))
        return get_response(request)

    return middleware
