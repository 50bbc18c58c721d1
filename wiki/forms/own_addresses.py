"""Addresses of this site's own files, pasted whole from the address bar into a text."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

_FENCE = re.compile(r"[ \t>]*(```|~~~)")


def with_own_addresses(text: str, base: str) -> str:
    """Take our own host out of links and pictures that lead to our files, so that we know them as ours.

    base   what the writer began with: a line of it is nobody's doing now, and stays as it is

    Code stays as it is: fenced, and any line with a backtick.
    """
    host = re.escape(urlsplit(settings.SITE_URL).netloc)
    own = re.compile(rf"(?<!\\)(\]\(<?)https?://{host}(?=/(?:media|filer)/)", re.IGNORECASE)
    known = frozenset(base.split("\n"))
    return "\n".join(
        line if is_code or line in known else own.sub(r"\1", line) for line, is_code in _lines(text)
    )


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it may be code."""
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and fence in {"", mark[1]}:
            fence = "" if fence else mark[1]
        yield line, bool(fence) or "`" in line
