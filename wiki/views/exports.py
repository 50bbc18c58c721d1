"""Have all that a municipality has written put into a file, and fetch it."""

from dataclasses import dataclass
from typing import Any, BinaryIO

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.accounts.models import Someone
from mittkoping.municipalities.models import Municipality
from mittkoping.text.slugs import slugify
from wiki import operations, rules
from wiki.exporting.selection import pages_of
from wiki.models import MunicipalityExport
from wiki.operations.exporting import KEPT, STUCK, UNFINISHED, file_of, require_exporting

SHOWN = 10


class FileGone(Http404):
    """The file has been thrown away, or is not made yet; carries what to do."""

    title = ""

    def __init__(self) -> None:
        super().__init__()
        self.heading = _("Filen finns inte")
        self.reason = _(
            "Exporten är inte klar, eller så har filen slängts. Filer slängs efter en vecka, och när något "
            "som kan stå i dem har dolts. Gör en ny export."
        )


@dataclass(frozen=True)
class Row:
    """One export in the list. href is empty when there is no file to fetch."""

    export: MunicipalityExport
    href: str

    @property
    def is_running(self) -> bool:
        """Somebody waits for it."""
        return self.export.status in UNFINISHED

    @property
    def is_stuck(self) -> bool:
        """It should have been ready long ago, and can be started anew."""
        return self.is_running and self.export.asked_at < timezone.now() - STUCK


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_export(request: HttpRequest, slug: str) -> HttpResponse:
    """What an export holds, and the earlier ones; POST starts one."""
    canonical = slugify(slug)
    found = get_object_or_404(Municipality, slug=canonical)
    if request.method == "POST":
        return _start(request, found)
    if canonical != slug:
        return redirect("wiki:municipality_export", slug=canonical, permanent=True)
    return render(request, "wiki/export.html", _context(found, request.user))


def _context(municipality: Municipality, user: Someone) -> dict[str, Any]:
    may_export = rules.may_export(user, municipality)
    rows = _rows(municipality) if may_export else []
    return {
        "municipality": municipality,
        "may_export": may_export,
        "rows": rows,
        "is_running": any(row.is_running and not row.is_stuck for row in rows),
        "page_count": pages_of(municipality).count(),
        "days": KEPT.days,
    }


@signed_in
def _start(request: SignedInRequest, municipality: Municipality) -> HttpResponse:
    try:
        operations.start_export(municipality, by=request.user)
    except operations.AlreadyExporting as refusal:
        messages.info(request, str(refusal))
    return redirect("wiki:municipality_export", slug=municipality.slug)


def _rows(municipality: Municipality) -> list[Row]:
    exports = MunicipalityExport.objects.filter(municipality=municipality).select_related("by")
    return [Row(export, _href(export)) for export in exports.newest_first()[:SHOWN]]


def _href(export: MunicipalityExport) -> str:
    if not file_of(export):
        return ""
    return reverse("wiki:export_file", args=[export.municipality.slug, export.pk])


@require_safe
def export_file(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The file of an export, for those who have signed in."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    exports = MunicipalityExport.objects.select_related("municipality")
    export = get_object_or_404(exports, pk=number, municipality__slug=slug)
    require_exporting(request.user, export.municipality)
    response = FileResponse(_opened(export), as_attachment=True, filename=f"mittkoping-{export.name}")
    patch_cache_control(response, private=True, no_store=True)
    return response


def _opened(export: MunicipalityExport) -> BinaryIO:
    path = file_of(export)
    if path is None:
        raise FileGone
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise FileGone from error
