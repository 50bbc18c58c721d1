"""The catalogue."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factors.models import Factor, Theme


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All active factors by theme."""
    return render(request, "factors/index.html", {"themes": by_theme()})


def by_theme() -> list[tuple[Theme, list[Factor]]]:
    """The themes in their order, each with its active factors in Swedish order; two queries."""
    themes = Theme.objects.prefetch_related(Prefetch("factors", Factor.objects.active().in_order()))
    grouped = [(theme, list(theme.factors.all())) for theme in themes]
    return [(theme, found) for theme, found in grouped if found]
