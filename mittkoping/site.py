"""What belongs to the whole site: its frame, its error pages, the page about it."""

import sys
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mittkoping.faults import Fault, fault_of, let_go
from mittkoping.posted import handed_back, handed_back_by_itself, same_origin, to_script, wants_json


def site(request: HttpRequest | None = None) -> dict[str, Any]:
    """Context processor: what every page's frame says of the site; needs no request."""
    return {"release": settings.RELEASE, "demo": settings.DEMO, "video_frames": settings.VIDEO_FRAMES}


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """About Mittköping, and about the programme that it grew out of."""
    return render(request, "about.html")


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """What one agrees to by having an account, and who is responsible."""
    return render(request, "terms.html", _operator())


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored about people, why and for how long."""
    weeks = settings.SESSION_COOKIE_AGE // (7 * 24 * 3600)
    return render(request, "privacy.html", _operator() | {"session_weeks": weeks})


def _operator() -> dict[str, str]:
    return {"operator_name": settings.OPERATOR_NAME, "operator_email": settings.OPERATOR_EMAIL}


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be understood. Or its session could not be stored."""
    if fault := fault_of(exception):
        let_go(exception)
        return database_fault(request, fault)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: says why, and gives back what was typed."""
    if wants_json(request):
        return to_script(str(exception) or _("Ditt konto har inte rätt till det här."), 403)
    context = {"reason": str(exception)} | handed_back(request)
    return render(request, "403.html", context, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: says what to do next."""
    context = {
        "title": getattr(exception, "title", ""),
        "reason": getattr(exception, "reason", ""),
        "heading": getattr(exception, "heading", ""),
    }
    if wants_json(request):
        return to_script(context["reason"] or _("Sidan finns inte"), 404)
    return render(request, "404.html", context | handed_back(request), status=404)


def too_many_attempts(request: HttpRequest) -> HttpResponse:
    """429 at the entrance: says so, and keeps what was typed beside the password."""
    return render(request, "429.html", handed_back(request), status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database is to blame: needs neither database nor session."""
    error = sys.exc_info()[1]
    if fault := fault_of(error):
        let_go(error)
        return database_fault(request, fault)
    if wants_json(request):
        return to_script(_("Något gick fel hos oss"), 500)
    context = site() | handed_back_by_itself(request)
    return HttpResponse(loader.render_to_string("500.html", context), status=500)


def database_fault(request: HttpRequest, fault: Fault) -> HttpResponse:
    """503, or 507 when there is no room: what was sent, in a form that can be sent again."""
    if wants_json(request):
        response: HttpResponse = to_script(f"{fault.heading}. {fault.advice}", fault.status)
    else:
        context = site() | handed_back_by_itself(request) | {"fault": fault, "method": request.method}
        response = HttpResponse(loader.render_to_string("503.html", context), status=fault.status)
    response["Retry-After"] = str(fault.retry_after)
    response["Cache-Control"] = "no-store"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token: nothing typed is lost.

    Only a request that the browser says came from this site gets a form with a fresh token; for any other the
    text can be copied, so that another site cannot make the user send what it wrote.
    """
    if wants_json(request):
        return to_script(_("Ladda om sidan: du har loggat in eller ut sedan den öppnades."), 403)
    template = "403_csrf.html" if same_origin(request) else "403_other_site.html"
    return render(request, template, handed_back(request), status=403)
