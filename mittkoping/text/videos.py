"""Films at YouTube and Vimeo, as their addresses tell of them; nothing is fetched from there."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs

Host = Literal["YouTube", "Vimeo"]

LONGEST = 500  # characters of an address that is read
LATEST = 86_400  # seconds into a film where it may begin

_YOUTUBE = re.compile(
    r"https?://(?:"
    r"(?:www\.|m\.)?youtube\.com/(?:watch\?(?P<query>[^#\s]*)|(?:shorts|live)/(?P<path>[A-Za-z0-9_-]{11})/?)"
    r"|(?:www\.)?youtu\.be/(?P<short>[A-Za-z0-9_-]{11})/?"
    r")(?:\?(?P<more>[^#\s]*))?(?:#(?P<fragment>\S*))?",
    re.IGNORECASE,
)
_VIMEO = re.compile(
    r"https?://(?:(?:www\.)?vimeo\.com/|player\.vimeo\.com/video/)(?P<id>[0-9]{1,12})(?:/(?P<hash>[0-9a-f]{6,20}))?/?"
    r"(?:\?(?P<more>[^#\s]*))?(?:#(?P<fragment>\S*))?",
    re.IGNORECASE,
)
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_VIMEO_HASH = re.compile(r"[0-9a-f]{6,20}")
_TIME = re.compile(r"(?:([0-9]{1,3})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,6})s?)?")


@dataclass(frozen=True)
class Film:
    """A film at another host.

    watch   its own page there, in one form whichever way it was written, without what follows the sender
    embed   what plays it in a frame and, as far as the host says, remembers nobody who has not pressed play
    """

    host: Host
    id: str
    watch: str
    embed: str


def film(address: str) -> Film | None:
    """The film that an address leads to; None when it leads to anything else. Linear in the address."""
    if len(address) > LONGEST or not address.isascii():
        return None
    return _youtube(address) or _vimeo(address)


def _youtube(address: str) -> Film | None:
    match = _YOUTUBE.fullmatch(address)
    if match is None:
        return None
    asked = _asked(match["query"], match["more"])
    key = match["path"] or match["short"] or asked.get("v", "")
    if not _YOUTUBE_ID.fullmatch(key):
        return None
    start = _seconds(asked.get("t") or asked.get("start") or _asked(match["fragment"]).get("t", ""))
    return Film(
        host="YouTube",
        id=key,
        watch=f"https://www.youtube.com/watch?v={key}" + (f"&t={start}s" if start else ""),
        embed=f"https://www.youtube-nocookie.com/embed/{key}" + (f"?start={start}" if start else ""),
    )


def _vimeo(address: str) -> Film | None:
    match = _VIMEO.fullmatch(address)
    if match is None:
        return None
    asked, key = _asked(match["more"]), match["id"]
    # Films that are not listed have a word of their own beside their number.
    word = (match["hash"] or asked.get("h", "")).lower()
    word = word if _VIMEO_HASH.fullmatch(word) else ""
    start = _seconds(_asked(match["fragment"]).get("t") or asked.get("t", ""))
    at = f"#t={start}s" if start else ""
    return Film(
        host="Vimeo",
        id=key,
        watch=f"https://vimeo.com/{key}" + (f"/{word}" if word else "") + at,
        embed=f"https://player.vimeo.com/video/{key}?" + (f"h={word}&" if word else "") + f"dnt=1{at}",
    )


def _asked(*queries: str | None) -> dict[str, str]:
    """The first value of each name in some queries."""
    found: dict[str, str] = {}
    for query in filter(None, queries):
        for name, values in parse_qs(query).items():
            found.setdefault(name, values[0])
    return found


def _seconds(written: str) -> int:
    """A time as 90, 90s or 1h1m30s, in seconds; 0 when it says nothing, or nothing that can be."""
    match = _TIME.fullmatch(written)
    if match is None:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    total = hours * 3600 + minutes * 60 + seconds
    return total if total <= LATEST else 0
