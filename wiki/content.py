"""What a version holds: the frozen content of a page, apart from any database row."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

ENABLING = "enabling"
HINDERING = "hindering"

BEFORE = "before"
DURING = "during"
AFTER = "after"

MAX_TITLE = 120  # characters
MAX_LEAD = 500  # characters
MAX_SUMMARY = 200  # characters
MAX_NOTE = 500  # characters
MAX_TRIED = 500  # characters
MAX_PASSAGE = 2_000  # characters
MAX_BODY = 200_000  # UTF-8 bytes
MAX_TAGS = 100


@dataclass(frozen=True, kw_only=True)
class Passage:
    """The words that a tag points at, as they were when somebody chose them; no edit of the text changes it.

    exact            the words
    prefix, suffix   what stood before and after them, at most 32 characters each
    start            how many code points of the version's plain text stood before them
    version          number of the version that they were chosen in; 0 when that was in another wiki
    renderer         what made its plain text
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0
    version: int = 0
    renderer: str = ""


@dataclass(frozen=True, kw_only=True)
class Tag:
    """One statement that a page, or a passage of it, is about a factor, in a direction.

    key           permanent UUID; survives edits and reverts
    factor        slug, as it was when tagged, even if the factor has been merged since
    direction     ENABLING or HINDERING
    strength      1 general statement, 2 concrete example
    municipality  code, or None: see rulings on whom a tag counts for
    author        primary key of the user who made the tag; later editors do not change it
    passage       the words that say so; None when the whole page does
    phase         BEFORE, DURING or AFTER the change; empty when that is not known
    tried         what was tried against a hindrance
    """

    key: str
    factor: str
    direction: str
    strength: int = 1
    note: str = ""
    municipality: str | None = None
    author: int | None = None
    passage: Passage | None = None
    phase: str = ""
    tried: str = ""

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Self:
        """Build from the stored form, also that of a time when tags said less."""
        passage = fields.get("passage")
        return cls(**{**fields, "passage": Passage(**passage) if passage else None})


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
            tags=tuple(Tag.from_fields(tag) for tag in fields["tags"]),
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
