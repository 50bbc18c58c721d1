"""Demo mode: known passwords, so it must never be reached from another machine."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _


def refuse_proxies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: in demo mode, a request that comes from another machine or through a proxy is refused."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.DEMO and not (_is_from_here(request) and _is_direct(request)):
            raise PermissionDenied(_("Demoläget kan bara nås direkt från samma dator, inte genom en proxy."))
        return get_response(request)

    return middleware


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the other end is this machine.

    Behind a unix socket the address is empty. No browser opens one: there is always another program between,
    and nobody knows whom it lets in. So that is not from here.
    """
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback


def _is_direct(request: HttpRequest) -> bool:
    """Whether no proxy has left its mark."""
    return not any(name.startswith(("HTTP_X_FORWARDED_", "HTTP_FORWARDED")) for name in request.META)
