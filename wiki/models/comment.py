"""Discussion: topics about a page, and what people say in them."""

import re
from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mittkoping.accounts.models import Someone, User
from mittkoping.municipalities.models import Municipality
from wiki.content import MAX_TITLE
from wiki.models.page import Page

MAX_WORDS = 10_000  # characters of a comment
EDIT_TIME = timedelta(minutes=15)
# The ids in a rendered text, and the links to them: all that nh3 lets through. It escapes `<` in texts and
# `"` in values, so that nothing that somebody has typed looks like this.
_IDS = re.compile(r'(<(?:h[2-6]|li|sup) id="|<a(?: [a-z-]+="[^"]*")*? href="#)u-')


class TopicQuerySet(models.QuerySet["Topic"]):
    """Questions about many topics."""

    def visible_to(self, user: Someone) -> Self:
        """Topics of pages that the user may read; what is hidden in them is another matter: `shown_title`."""
        return self.filter(page__in=Page.objects.visible_to(user))

    def unresolved(self) -> Self:
        """Those that still need an answer."""
        return self.filter(resolved_at=None)

    def count_on(self, page: str) -> Coalesce:
        """How many there are on each row's page: to annotate with; `page` is the row's field."""
        on_page = self.filter(page=models.OuterRef(page)).order_by().values("page")
        return Coalesce(models.Subquery(on_page.annotate(count=models.Count("pk")).values("count")), 0)

    def unresolved_first(self) -> Self:
        """Unresolved before resolved, the newest first in both."""
        is_resolved = models.Q(resolved_at__isnull=False)
        return self.order_by(models.ExpressionWrapper(is_resolved, models.BooleanField()), "-pk")

    def with_people(self) -> Self:
        """With those who started and resolved it at hand."""
        return self.select_related("author", "resolved_by")


class Topic(models.Model):
    """A question about a page; its first comment says more.

    hidden_at       set together with that of the first comment: then the title is seen by moderators only
    comment_count   hidden ones too
    latest_at       when the latest comment was written
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="topics")
    title = models.CharField(max_length=MAX_TITLE)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="topics")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    latest_at = models.DateTimeField(default=timezone.now)
    comment_count = models.PositiveIntegerField(default=0)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.shown_title

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse("wiki:topic", args=[self.page.slug, self.pk])

    @property
    def is_resolved(self) -> bool:
        """Somebody has said that it needs no more answers."""
        return self.resolved_at is not None

    @property
    def is_hidden(self) -> bool:
        """Only moderators see the title."""
        return self.hidden_at is not None

    @property
    def shown_title(self) -> str:
        """The title, for everybody but moderators."""
        return _("Ämne med dold rubrik") if self.is_hidden else self.title


class CommentQuerySet(models.QuerySet["Comment"]):
    """Questions about many comments."""

    def visible_to(self, user: Someone) -> Self:
        """Comments on pages that the user may read, hidden ones too: those have no text, see `shown_html`."""
        return self.filter(topic__page__in=Page.objects.visible_to(user))

    def in_order(self) -> Self:
        """By the order of writing, never by clock."""
        return self.order_by("pk")

    def with_people(self) -> Self:
        """With everybody that a list names at hand. One query more, for the mentioned."""
        mentions = models.Prefetch("mentions", User.objects.order_by("name", "pk"))
        return self.select_related("author", "municipality", "hidden_by").prefetch_related(mentions)


class Comment(models.Model):
    """What somebody says in a topic.

    municipality  the author's, when it was written
    html          the body as it was drawn by `renderer`
    mentions      whom it calls by name
    """

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="comments")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    body = models.TextField()
    html = models.TextField()
    renderer = models.CharField(max_length=40, db_index=True)
    mentions = models.ManyToManyField(User, related_name="mentioned_in", blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hidden_reason = models.CharField(max_length=200, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["author", "-id"], name="comment_by_author"),)

    def __str__(self) -> str:
        return _("inlägg %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        """The permanent address: leads to the comment, wherever in its topic it stands."""
        return reverse("wiki:comment", args=[self.topic.page.slug, self.pk])

    @property
    def anchor(self) -> str:
        """Its id on the page that shows it."""
        return f"k-{self.pk}"

    @property
    def is_hidden(self) -> bool:
        """Only moderators see the text; that there was a comment, and why it is hidden, everybody sees."""
        return self.hidden_at is not None

    @property
    def is_first(self) -> bool:
        """The one that its topic started with. One query."""
        return not Comment.objects.filter(topic=self.topic_id, pk__lt=self.pk).exists()

    @property
    def is_fresh(self) -> bool:
        """So new that the author may still change it."""
        return self.created_at > timezone.now() - EDIT_TIME

    @property
    def own_html(self) -> str:
        """The drawn text, its ids made its own, since many comments stand on one page. For moderators."""
        return _IDS.sub(rf"\g<1>{self.anchor}-", self.html)

    @property
    def shown_html(self) -> str:
        """The drawn text, for everybody but moderators."""
        return "" if self.is_hidden else self.own_html
