"""What belongs to the whole site: its frame, its error pages, the page about it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.http import require_safe

from mittkoping.posted import posted_text, same_origin


def site(request: HttpRequest | None = None) -> dict[str, Any]:
    """Context processor: what every page's frame says of the site; needs no request."""
    return {"release": settings.RELEASE, "demo": settings.DEMO}


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
    """400: the request cannot be understood."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: says why, and gives back what was typed."""
    context = {"reason": str(exception), "posted": posted_text(request)}
    return render(request, "403.html", context, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: says what to do next."""
    context = {
        "title": getattr(exception, "title", ""),
        "reason": getattr(exception, "reason", ""),
        "heading": getattr(exception, "heading", ""),
        "posted": posted_text(request),
    }
    return render(request, "404.html", context, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: needs neither database nor session."""
    return HttpResponse(loader.render_to_string("500.html", site()), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token: nothing typed is lost.

    Only a request that the browser says came from this site gets a form with a fresh token; for any other the
    text can be copied, so that another site cannot make the user send what it wrote.
    """
    template = "403_csrf.html" if same_origin(request) else "403_other_site.html"
    return render(request, template, {"posted": posted_text(request)}, status=403)
