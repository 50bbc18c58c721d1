"""Former slugs and titles of pages: they lead to the page for ever."""

from django.db import models

from wiki.content import MAX_TITLE
from wiki.models.page import Page


class FormerName(models.Model):
    """A slug or a title that a page has had.

    A former slug stays reserved and redirects; a former title only helps links that were written with it.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="former_names")
    key = models.CharField(max_length=3 * MAX_TITLE, db_index=True)
    is_slug = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(is_slug=True), name="former_slugs_are_reserved"
            ),
        )

    def __str__(self) -> str:
        return self.key
