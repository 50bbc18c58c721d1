"""Files that pages show or link to: pictures and documents."""

from typing import Self
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mittkoping.accounts.models import Someone, User
from wiki.models.edit import Edit
from wiki.models.page import Page, PageQuerySet

MAX_NAME = 150  # characters
MAX_CREATOR = 200  # characters
MEDIA = "/media/"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Questions about many files."""

    def kept(self) -> Self:
        """Those that no moderator has deleted."""
        return self.filter(deleted_at=None)

    def visible_to(self, user: Someone) -> Self:
        """What the user may read of.

        Anonymous readers: files of versions that they may read.
        Those signed in: also their own; moderators: all.
        """
        if user.is_authenticated and user.moderates:
            return self
        contents = AttachmentContent.objects.filter(attachment=OuterRef("pk")).shown_to(user)
        readable = models.Q(models.Exists(contents))
        own = models.Q(uploaded_by=user.pk) if user.is_authenticated else models.Q(pk__in=[])
        return self.kept().filter(readable | own)

    def named(self, words: str) -> Self:
        """Those whose names have the words: spelt in three ways, since SQLite folds no letters beyond a–z."""
        spelt = (models.Q(name__icontains=each) for each in {words, words.lower(), words.upper()})
        return self.filter(models.Q(*spelt, _connector=models.Q.OR))

    def of_kind(self, kind: "AttachmentContent.Kind") -> Self:
        """Pictures, or documents: what a file holds never turns from one into the other."""
        return self.filter(pk__in=AttachmentContent.objects.filter(kind=kind).values("attachment"))

    def unused(self, user: Someone) -> Self:
        """Those that no page that the user may read shows now."""
        uses = AttachmentUse.objects.visible_to(user).current().of_current_pages()
        return self.exclude(models.Exists(uses.filter(content__attachment=OuterRef("pk"))))

    def with_page_count(self, user: Someone) -> Self:
        """With how many pages that the user may read show it now, as `page_count`."""
        uses = AttachmentUse.objects.visible_to(user).current().of_current_pages()
        pages = uses.filter(content__attachment=OuterRef("pk")).order_by().values("content__attachment")
        counted = pages.annotate(count=models.Count("edit__page", distinct=True)).values("count")
        return self.annotate(page_count=Coalesce(Subquery(counted), 0))

    def with_readable(self, user: Someone) -> Self:
        """With the contents whose bytes the user may have, newest first, as `readable`. One query more."""
        contents = AttachmentContent.objects.readable_by(user).newest_first()
        return self.prefetch_related(models.Prefetch("contents", contents, to_attr="readable"))

    def newest_first(self) -> Self:
        """By the order of uploading."""
        return self.order_by("-pk")


class Attachment(models.Model):
    """A file under one name; what it holds may be replaced, and then has a history.

    key       in its address; says nothing of its order
    creator   who took the picture or wrote the document, as free text
    """

    class Licence(models.TextChoices):
        """Under which terms it may be used."""

        CC_BY = "cc-by", _("CC BY 4.0: får användas om upphovspersonen anges")
        CC0 = "cc0", _("CC0: får användas fritt")
        CC_BY_SA = "cc-by-sa", _("CC BY-SA 4.0: får användas och delas på samma villkor")
        PERMISSION = "permission", _("Upphovspersonen har sagt ja till att den visas här")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=MAX_NAME)
    creator = models.CharField(max_length=MAX_CREATOR, blank=True)
    licence = models.CharField(max_length=10, choices=Licence, blank=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="attachments")
    created_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    deleted_reason = models.CharField(max_length=200, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page about the file, not the file itself."""
        return reverse("wiki:attachment", args=[self.key])

    @property
    def is_deleted(self) -> bool:
        """A moderator has deleted it: the row stays, the file is gone."""
        return self.deleted_at is not None


class AttachmentContentQuerySet(models.QuerySet["AttachmentContent"]):
    """Questions about many contents of files."""

    def shown_to(self, user: Someone) -> Self:
        """Those that a version shows which the user may read."""
        uses = AttachmentUse.objects.filter(content=OuterRef("pk")).visible_to(user)
        return self.filter(models.Exists(uses), attachment__deleted_at=None)

    def readable_by(self, user: Someone) -> Self:
        """Those whose bytes the user may have: shown, or their own; moderators all that are kept."""
        kept = self.filter(attachment__deleted_at=None)
        if user.is_authenticated and user.moderates:
            return kept
        shown = AttachmentUse.objects.filter(content=OuterRef("pk")).visible_to(user)
        own = models.Q(by=user.pk) if user.is_authenticated else models.Q(pk__in=[])
        return kept.filter(models.Exists(shown) | own)

    def public_first(self) -> Self:
        """Those whose bytes everybody may have before the others; with that, as `is_public`."""
        uses = AttachmentUse.objects.filter(content=OuterRef("pk")).visible_to(AnonymousUser())
        return self.annotate(is_public=models.Exists(uses)).order_by("-is_public", "pk")

    def newest_first(self) -> Self:
        """By number."""
        return self.order_by("-number")


class AttachmentContent(models.Model):
    """What a file holds, or held before it was replaced. Never changed; two files may hold the same.

    number          1, 2, 3 … of the file
    digest          SHA-256 of the stored bytes, hex
    path            where it lies in the storage, and in its address below /media/
    media_type      what it is served as
    size            bytes
    width, height   pixels, of a picture
    name            what the file was called where it came from
    """

    class Kind(models.TextChoices):
        """What can be done with it."""

        IMAGE = "image", _("bild")
        DOCUMENT = "document", _("dokument")

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="contents")
    number = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=8, choices=Kind)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    name = models.CharField(max_length=MAX_NAME)
    summary = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AttachmentContentQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["attachment", "number"], name="one_content_per_number"),
        )

    def __str__(self) -> str:
        return f"{self.attachment} ({self.number})"

    @property
    def url(self) -> str:
        """The address of its bytes, as pages write it."""
        return f"{MEDIA}{self.path}"

    @property
    def is_image(self) -> bool:
        """Whether it can be shown in a page."""
        return self.kind == self.Kind.IMAGE


class AttachmentUseQuerySet(models.QuerySet["AttachmentUse"]):
    """Questions about many uses."""

    def visible_to(self, user: Someone) -> Self:
        """In versions that the user may read, and that nobody has hidden."""
        return self.filter(edit__in=Edit.objects.visible_to(user).filter(hidden_at=None))

    def current(self) -> Self:
        """In what pages say now."""
        return self.filter(edit__number=F("edit__page__number"))

    def of_current_pages(self) -> Self:
        """On pages that have not been put away."""
        return self.filter(edit__page__archived_at=None)

    def on_pages(self) -> PageQuerySet:
        """The pages, each once."""
        return Page.objects.filter(pk__in=self.values("edit__page")).distinct()


class AttachmentUse(models.Model):
    """That a version shows or links to a content: written when it is published."""

    content = models.ForeignKey(AttachmentContent, on_delete=models.CASCADE, related_name="uses")
    edit = models.ForeignKey(Edit, on_delete=models.CASCADE, related_name="attachment_uses")

    objects = AttachmentUseQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["content", "edit"], name="one_use_per_content_and_edit"),
        )

    def __str__(self) -> str:
        return f"{self.content} – {self.edit}"
