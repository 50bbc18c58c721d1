"""Which part of a long list is asked for."""

from dataclasses import dataclass

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator

PER_PAGE = 20
IN_A_FILE = 1_000  # rows of a list without end


@dataclass(frozen=True)
class Part:
    """Which part of a long list is asked for: pages are counted from 1."""

    number: int = 1
    size: int = PER_PAGE

    @property
    def offset(self) -> int:
        """How many come before it."""
        return (self.number - 1) * self.size

    def of(self, total: int) -> ListPage[int]:
        """What the list's links need to know."""
        return Paginator(range(total), self.size).get_page(self.number)


WHOLE_FILE = Part(size=IN_A_FILE)
