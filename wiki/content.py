"""What a version holds: the frozen content of a page, apart from any database row."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

ENABLING = "enabling"
HINDERING = "hindering"

MAX_TITLE = 120  # characters
MAX_LEAD = 500  # characters
MAX_SUMMARY = 200  # characters
MAX_NOTE = 500  # characters
MAX_BODY = 200_000  # UTF-8 bytes
MAX_TAGS = 100


@dataclass(frozen=True, kw_only=True)
class Tag:
    """One statement that a page is about a factor, in a direction.

    key           permanent UUID; survives edits and reverts
    factor        slug, as it was when tagged, even if the factor has been merged since
    direction     ENABLING or HINDERING
    strength      1 general statement, 2 concrete example
    municipality  code, or None: see rulings on whom a tag counts for
    author        primary key of the user who made the tag; later editors do not change it
    """

    key: str
    factor: str
    direction: str
    strength: int = 1
    note: str = ""
    municipality: str | None = None
    author: int | None = None


@dataclass(frozen=True, kw_only=True)
class Content:
    """Everything that is versioned, compared, merged, reverted and reviewed together.

    tracks and municipalities are sorted; tags are in the order of the form.
    """

    title: str
    lead: str = ""
    body: str = ""
    kind: str = "sida"
    tracks: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Self:
        """Build from the stored fields of a page or of one of its versions."""
        return cls(
            title=fields["title"],
            lead=fields["lead"],
            body=fields["body"],
            kind=fields["kind"],
            tracks=tuple(fields["tracks"]),
            municipalities=tuple(fields["municipality_codes"]),
            tags=tuple(Tag(**tag) for tag in fields["tags"]),
        )

    def to_fields(self) -> dict[str, Any]:
        """The stored form, of plain JSON values."""
        return {
            "title": self.title,
            "lead": self.lead,
            "body": self.body,
            "kind": self.kind,
            "tracks": list(self.tracks),
            "municipality_codes": list(self.municipalities),
            "tags": [asdict(tag) for tag in self.tags],
        }

    @property
    def size(self) -> int:
        """Length of title, lead and body in characters: what history shows as growth."""
        return len(self.title) + len(self.lead) + len(self.body)
