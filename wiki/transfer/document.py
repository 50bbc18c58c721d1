"""What a file says, before anybody has asked whether it is true."""

from dataclasses import dataclass, field

from wiki.transfer.problems import Problem


@dataclass(frozen=True)
class Entry:
    """A text and its line."""

    text: str
    line: int


@dataclass(frozen=True, kw_only=True)
class TagEntry:
    """One tag; parts that were left out are empty."""

    line: int
    factor: Entry
    direction: Entry
    strength: Entry
    note: Entry
    municipality: Entry
    key: Entry
    passage: Entry
    passage_before: Entry
    passage_after: Entry
    phase: Entry
    tried: Entry


@dataclass(kw_only=True)
class Document:
    """A file, taken apart.

    body                              everything after the front matter, in the form in which it is stored
    author, summary, is_minor, date   of the demo content only
    problems                          what could not be understood
    """

    title: Entry
    lead: Entry
    kind: Entry
    tracks: list[Entry] = field(default_factory=list)
    municipalities: list[Entry] = field(default_factory=list)
    tags: list[TagEntry] = field(default_factory=list)
    tags_line: int = 1
    author: Entry
    summary: Entry
    is_minor: bool = False
    date: Entry
    body: Entry
    problems: list[Problem] = field(default_factory=list)
