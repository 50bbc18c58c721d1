"""What a municipality has written: which pages, and what it has answered."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from mittkoping.municipalities.models import Municipality
from wiki.models import Attachment, Edit, Experience, Page
from wiki.models.experience import ExperienceQuerySet
from wiki.models.page import PageQuerySet


def pages_of(municipality: Municipality) -> PageQuerySet:
    """Pages that everybody may read and that have a version written for the municipality, or are about it."""
    written, about = written_for(municipality), about_it(municipality)
    return Page.objects.visible_to(AnonymousUser()).current().filter(Q(pk__in=written) | Q(pk__in=about))


def written_for(municipality: Municipality) -> PageQuerySet:
    """Pages with a version that was written for the municipality."""
    return Page.objects.filter(pk__in=Edit.objects.filter(municipality=municipality).values("page"))


def about_it(municipality: Municipality) -> PageQuerySet:
    """Pages that name the municipality as theirs."""
    return Page.objects.filter(pk__in=Page.objects.from_municipality(municipality).values("pk"))


def experiences_of(municipality: Municipality) -> ExperienceQuerySet:
    """What it has answered to passages of pages that everybody may read."""
    readable = Page.objects.visible_to(AnonymousUser()).current()
    return Experience.objects.shown().filter(municipality=municipality, page__in=readable)


def has_hidden_since(at: datetime) -> bool:
    """Whether something has been hidden, put away or deleted since, which a file made then may still say.

    Asked of all pages, as it does not matter how a page came into the file. At most four queries.
    """
    return (
        Edit.objects.filter(hidden_at__gte=at).exists()
        or Page.objects.filter(archived_at__gte=at).exists()
        or Experience.objects.filter(hidden_at__gte=at).exists()
        or Attachment.objects.filter(deleted_at__gte=at).exists()
    )
