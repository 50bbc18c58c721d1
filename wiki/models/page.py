"""Pages: what readers see under one slug."""

from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factors.models import Factor
from mittkoping import versions
from mittkoping.accounts.models import Someone, User
from mittkoping.municipalities.models import Municipality
from wiki.content import MAX_LEAD, MAX_TITLE, Content

CONTENT_FIELDS = ("title", "lead", "body", "kind", "tracks", "municipality_codes", "tags")


class PageQuerySet(models.QuerySet["Page"]):
    """Questions about many pages."""

    def visible_to(self, user: Someone) -> Self:
        """What this user may read: everything but archived pages, which only moderators see."""
        if user.is_authenticated and user.moderates:
            return self
        return self.filter(archived_at=None)

    def current(self) -> Self:
        """What lists and counts are about: pages that have not been put away."""
        return self.filter(archived_at=None)

    def archived(self) -> Self:
        """Pages that have been put away."""
        return self.exclude(archived_at=None)

    def about(self, factor: Factor, direction: str = "") -> Self:
        """Pages with a tag of the factor, or of one that was merged into it, in the direction if given."""
        tags = models.Q(factor_tags__factor=factor) | models.Q(factor_tags__factor__merged_into=factor)
        if direction:
            tags &= models.Q(factor_tags__direction=direction)
        return self.filter(pk__in=Page.objects.filter(tags).values("pk"))

    def tagged(self, direction: str) -> Self:
        """Pages with any tag in the direction."""
        return self.filter(pk__in=Page.objects.filter(factor_tags__direction=direction).values("pk"))

    def in_track(self, track: str) -> Self:
        """Pages of one track, or of both."""
        return self.filter(track_key__contains=track)

    def from_municipality(self, municipality: Municipality) -> Self:
        """Pages that name the municipality as theirs."""
        return self.filter(municipalities=municipality)

    def from_group(self, code: str) -> Self:
        """Pages of any municipality in the SKR group."""
        return self.filter(pk__in=Page.objects.filter(municipalities__group=code).values("pk"))

    def in_order(self) -> Self:
        """In Swedish alphabetical order."""
        return self.order_by("sort_key", "pk")

    def recent(self) -> Self:
        """Latest saved first."""
        return self.order_by("-updated_at", "-pk")

    def for_cards(self) -> Self:
        """What a list shows of a page, without its text. One query more, for the municipalities."""
        return self.defer("body", "html", "contents", "plain", "search_text").prefetch_related(
            "municipalities"
        )


class Page(models.Model):
    """A page; its fields always are the published text, which is version `number`."""

    class Kind(models.TextChoices):
        """What sort of text it is."""

        EXPERIENCE = "erfarenhet", _("Erfarenhet")
        LESSON = "lardom", _("Lärdom")
        GUIDE = "guide", _("Guide")
        MEETING = "mote", _("Möte")
        PAGE = "sida", _("Sida")

    class Track(models.TextChoices):
        """LEDA's two directions of work."""

        SCHOOL = "skola", _("Skola och lärande")
        HEALTH = "halsa", _("Hälsa och omsorg")

    class Protection(models.TextChoices):
        """Who may publish."""

        OPEN = "open", _("öppen")
        REVIEWED = "reviewed", _("granskas före publicering")
        LOCKED = "locked", _("låst")

    # Versioned: see Content.
    title = models.CharField(_("titel"), max_length=MAX_TITLE)
    slug = models.CharField(max_length=100, unique=True)
    lead = models.TextField(_("ingress"), max_length=MAX_LEAD, blank=True)
    body = models.TextField(_("text"), blank=True)
    kind = models.CharField(_("sidtyp"), max_length=12, choices=Kind, default=Kind.PAGE)
    tracks = models.JSONField(_("inriktningar"), default=list, blank=True)
    municipality_codes = models.JSONField(default=list, blank=True)
    tags = models.JSONField(default=list, blank=True)

    # Derived from the content.
    title_key = models.CharField(max_length=3 * MAX_TITLE, unique=True)
    sort_key = models.CharField(max_length=400, db_index=True)
    track_key = models.CharField(max_length=20, blank=True)
    municipalities = models.ManyToManyField(Municipality, related_name="pages", blank=True)
    html = models.TextField(blank=True)
    contents = models.JSONField(default=list)
    plain = models.TextField(blank=True)
    search_text = models.TextField(blank=True)
    renderer = models.CharField(max_length=40, blank=True)
    is_rendered = models.BooleanField(
        default=True, help_text=_("falskt: för tung att rita, visas som källtext")
    )
    stale = models.PositiveIntegerField(
        default=0,
        db_index=True,
        help_text=_("hur många gånger något som sidan länkar till har ändrats sedan den ritades"),
    )

    # The state of the page, not of a version.
    number = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), db_index=True)
    archived_at = models.DateTimeField(null=True, blank=True, db_index=True)
    archived_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    archive_reason = models.CharField(max_length=200, blank=True)
    protection = models.CharField(max_length=10, choices=Protection, default=Protection.OPEN)
    protected_until = models.DateTimeField(null=True, blank=True)
    protected_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    protection_reason = models.CharField(max_length=200, blank=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page's own address."""
        return reverse("wiki:page", args=[self.slug])

    @property
    def content(self) -> Content:
        """The published content."""
        return Content.from_fields({field: getattr(self, field) for field in CONTENT_FIELDS})

    @property
    def is_archived(self) -> bool:
        """Put away: seen by moderators only, red in links."""
        return self.archived_at is not None

    @property
    def level(self) -> "Page.Protection":
        """The protection that holds now: one with an end date ends by itself."""
        if self.protected_until and self.protected_until <= timezone.now():
            return Page.Protection.OPEN
        return Page.Protection(self.protection)

    @property
    def track_labels(self) -> list[str]:
        """The names of the page's tracks."""
        return [str(Page.Track(track).label) for track in self.tracks]


versions.register(Page, fields=("slug", *CONTENT_FIELDS))
