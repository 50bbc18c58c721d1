"""Watch pages, factors, municipalities and tracks; see what one watches."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from factors.models import Factor
from mittkoping.accounts.http import SignedInRequest, signed_in
from mittkoping.municipalities.models import Municipality
from wiki.models import Page, Watch
from wiki.models.watch import Watchable
from wiki.operations import watching
from wiki.views.finding import with_page


@require_POST
@signed_in
@with_page
def watch_page(request: SignedInRequest, page: Page) -> HttpResponse:
    """Watch a page, or stop."""
    return _answer(request, page, page.get_absolute_url())


@require_POST
@signed_in
def watch_factor(request: SignedInRequest, slug: str) -> HttpResponse:
    """Watch the pages about a factor, or stop."""
    factor = get_object_or_404(Factor, slug=slug)
    return _answer(request, factor, factor.get_absolute_url())


@require_POST
@signed_in
def watch_municipality(request: SignedInRequest, slug: str) -> HttpResponse:
    """Watch the pages of a municipality, or stop."""
    municipality = get_object_or_404(Municipality, slug=slug)
    return _answer(request, municipality, municipality.get_absolute_url())


@require_POST
@signed_in
def watch_track(request: SignedInRequest, track: str) -> HttpResponse:
    """Watch the pages of a track, or stop."""
    if track not in Page.Track.values:
        raise Http404(track)
    return _answer(request, Page.Track(track), f"{reverse('wiki:page_list')}?spar={track}")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def watches(request: SignedInRequest) -> HttpResponse:
    """What one watches; a POST ends one watch: `bevakning`."""
    own = Watch.objects.active().filter(user=request.user).with_targets()
    visible = own.filter(page=None) | own.filter(page__in=Page.objects.visible_to(request.user))
    if request.method == "POST":
        watch = _chosen(own, request.POST.get("bevakning", ""))
        watching.unwatch(watch.target, by=request.user)
        messages.success(request, _("Du bevakar inte längre det."))
        return redirect("wiki:watches")
    return render(request, "wiki/watches.html", {"watches": visible.order_by("-pk")})


def _chosen(own: QuerySet[Watch], key: str) -> Watch:
    """The watch that is to end. Raises Http404, also for somebody else's."""
    found = [watch for watch in own if str(watch.pk) == key]
    if not found:
        raise Http404
    return found[0]


def _answer(request: SignedInRequest, target: Watchable, address: str) -> HttpResponse:
    """Do what the pressed button says, and go back."""
    if request.POST.get("do") == "unwatch":
        watching.unwatch(target, by=request.user)
        messages.success(request, _("Du bevakar inte längre det här."))
    else:
        watching.watch(target, by=request.user)
        messages.success(request, _("Du bevakar det här nu, och får veta när något ändras."))
    return redirect(address)
