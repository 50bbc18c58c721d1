"""Links from page to page, as written."""

from typing import Self

from django.db import models

from mittkoping.accounts.models import Someone
from wiki.models.page import Page


class PageLinkQuerySet(models.QuerySet["PageLink"]):
    """Questions about many links."""

    def visible_to(self, user: Someone) -> Self:
        """Links in pages that the user may read."""
        return self.filter(source__in=Page.objects.visible_to(user))


class PageLink(models.Model):
    """A link in a published page; `target` is empty while no page has the name.

    name   as written
    key    the name as names are compared; kept although a target is known, since names can change hands
    """

    source = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="links")
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=900, db_index=True)
    target = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="links_here"
    )

    objects = PageLinkQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "key"], name="one_link_per_source_and_key"),)

    def __str__(self) -> str:
        return self.name
