"""What is looked at: a change in three contents, and what comes of it."""

from collections.abc import Mapping
from functools import cached_property

from wiki.changes import Change, Decision, apply, changes
from wiki.comparing import Comparison, compare_contents
from wiki.content import Content
from wiki.models import Page
from wiki.passages import hidden_numbers, readable
from wiki.screening.changed import ShownChanges, show
from wiki.screening.drawn import PageAfter, draw_page


class Subject:
    """What a change started from (base), what is published (ours), what is proposed (theirs).

    number       the version of the page that is published; 0 for a new page
    can_publish  False when it can only be sent back, since what it started from is hidden
    page         whose hidden versions are not quoted; None for a new page
    """

    def __init__(
        self,
        base: Content,
        ours: Content,
        theirs: Content,
        number: int,
        *,
        page: Page | None,
        can_publish: bool = True,
    ) -> None:
        self.base, self.ours, self.theirs, self.number = base, ours, theirs, number
        self.can_publish, self.page_of = can_publish, page

    @cached_property
    def every_change(self) -> tuple[Change, ...]:
        """All that accepting would change."""
        return changes(self.base, self.ours, self.theirs)

    @cached_property
    def shown(self) -> ShownChanges:
        """The changes, for the templates. At most seven queries."""
        hidden = hidden_numbers(self.page_of, (*self.ours.tags, *self.theirs.tags, *self.base.tags))
        return show(self.every_change, hidden, f"{self.ours.body}\n{self.theirs.body}")

    @cached_property
    def taken(self) -> Content:
        """What would be published if all were taken."""
        return self.after({change.key: Decision() for change in self.every_change})

    def after(self, decisions: Mapping[str, Decision]) -> Content:
        """What would be published. Raises UnknownChange, or NoText."""
        return apply(self.base, self.ours, self.theirs, decisions)

    def comparison(self) -> Comparison:
        """The sources, from what is published to all taken. At most six queries."""
        return compare_contents(*(readable(content, self.page_of) for content in (self.ours, self.taken)))

    def page(self, decisions: Mapping[str, Decision] | None = None) -> PageAfter:
        """The page as it would become, with all taken unless decisions are given. At most twelve queries."""
        after = self.taken if decisions is None else self.after(decisions)
        return draw_page(*(readable(content, self.page_of) for content in (self.ours, after)))
