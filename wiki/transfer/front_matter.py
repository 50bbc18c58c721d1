"""One page as one file: YAML between two lines of three hyphens, then the body, byte for byte."""

import re
from collections.abc import Mapping
from typing import Any

import yaml
from django.utils.translation import gettext as _

from mittkoping.text.normalise import normalise
from wiki.content import (
    MAX_LEAD,
    MAX_NOTE,
    MAX_PASSAGE,
    MAX_SUMMARY,
    MAX_TAGS,
    MAX_TITLE,
    MAX_TRIED,
    Content,
    Tag,
)
from wiki.transfer.document import Document, Entry
from wiki.transfer.document_reader import DocumentReader
from wiki.transfer.problems import Unreadable

MARK = "---"
# What is written must be read again: every text at its limit, in characters that YAML has to write as \uFEFF.
_BYTES_PER_CHARACTER = 6
_BYTES_PER_TAG = 500  # its keys, its UUID, and the names of a factor and a municipality
_BYTES_OF_THE_REST = 32 * 1024  # keys, kind, tracks, and the names of all municipalities
MAX_FRONT_MATTER = (  # bytes
    _BYTES_PER_CHARACTER * (MAX_TITLE + MAX_LEAD + MAX_SUMMARY)
    + _BYTES_PER_CHARACTER * MAX_TAGS * (MAX_NOTE + MAX_TRIED + MAX_PASSAGE)
    + _BYTES_PER_TAG * MAX_TAGS
    + _BYTES_OF_THE_REST
)

_END = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)


def read(text: str) -> Document:
    """Take a file apart; what is wrong with its values is in its `problems`. Raises Unreadable."""
    source, body, body_line = _split(text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(source.encode()) > MAX_FRONT_MATTER:
        raise Unreadable(_("Huvudet mellan strecken är större än %d kB.") % (MAX_FRONT_MATTER // 1024), 1)
    try:
        return DocumentReader(source).read(Entry(normalise(body), body_line))
    except Unreadable as error:
        raise Unreadable(error.problem.sentence, error.problem.line + 1) from error


def write(content: Content, municipalities: Mapping[str, str]) -> str:
    """A page as the text of its file; `municipalities` has names by code. read(write(x)) says what x says."""
    front: dict[str, Any] = {
        "title": content.title,
        "lead": content.lead,
        "kind": content.kind,
        "tracks": list(content.tracks),
        "municipalities": [municipalities[code] for code in content.municipalities],
        "tags": [_tag_fields(tag, municipalities) for tag in content.tags],
    }
    # Long lines stay whole: a line break in the middle of a sentence makes differences hard to read.
    source = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=2**31)
    return f"{MARK}\n{source}{MARK}\n{content.body}"


def _tag_fields(tag: Tag, municipalities: Mapping[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {"factor": tag.factor, "direction": tag.direction, "strength": tag.strength}
    if tag.note:
        fields["note"] = tag.note
    if tag.municipality:
        fields["municipality"] = municipalities[tag.municipality]
    if tag.phase:
        fields["phase"] = tag.phase
    if tag.tried:
        fields["tried"] = tag.tried
    if tag.passage:
        quote = {"": tag.passage.exact, "_before": tag.passage.prefix, "_after": tag.passage.suffix}
        fields |= {f"passage{end}": text for end, text in quote.items() if text}
    return fields | {"key": tag.key}


def _split(text: str) -> tuple[str, str, int]:
    """Front matter, body, and the line on which the body begins."""
    first, _newline, rest = text.partition("\n")
    if first.rstrip() != MARK:
        raise Unreadable(_("Filen ska börja med en rad med bara tre bindestreck (---), och sedan titeln."), 1)
    end = _END.search(rest)
    if end is None:
        raise Unreadable(_("Raden med tre bindestreck (---) som avslutar huvudet saknas."), 1)
    return rest[: end.start()], rest[end.end() :], rest.count("\n", 0, end.end()) + 2
