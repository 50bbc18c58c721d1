"""One form for every text that is stored or compared."""

import re
import unicodedata

_NONCHARACTERS = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_REFUSED = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_LOOSE_JOINER = re.compile("(?<![^\\s\u200c\u200d])[\u200c\u200d]+|[\u200c\u200d]+(?![^\\s\u200c\u200d])")
_SPACES = re.compile(r"\s+")
# Every mark that combines is outside \w, so a run that could be too long is found without a table.
_MARKS = re.compile(r".?[^\w\s\x00-\x7f]{10,}", re.DOTALL)
_GRAPHEME_JOINER = "\u034f"
_MAX_MARKS = 30
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def normalise(text: str) -> str:
    """Bring a text into the one form in which it is stored.

    NFC; CRLF and CR become LF; control characters (but newline and tab), lone surrogates and noncharacters
    are removed. Spaces are never touched. normalise(normalise(x)) == normalise(x).

    A run of more than 30 combining marks is broken with U+034F (UAX #15, "Stream-Safe Text Format"), because
    the time that NFC takes grows with the square of such a run.
    """
    cleaned = _REFUSED.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _MARKS.sub(_break_run, cleaned))


def normalise_line(text: str) -> str:
    """Bring a title, a name or a summary into one visible line.

    As normalise; then every run of white space is one space, characters that only steer direction or take no
    room are removed, and the ends are stripped. Joiners stay between visible characters, where scripts and
    emoji need them. Idempotent.
    """
    visible = _INVISIBLE.sub("", normalise(text))
    spaced = _SPACES.sub(" ", _LOOSE_JOINER.sub("", visible)).strip()
    return normalise(spaced)


def is_visible(text: str) -> bool:
    """Tell whether a reader would see anything: a letter, a digit, a mark of punctuation or a symbol."""
    return any(unicodedata.category(ch)[0] in "LNPS" and ch not in _BLANK_LETTERS for ch in text)


def _break_run(match: re.Match[str]) -> str:
    """Put a joiner after every 30 combining marks, counted in their decomposed form."""
    out: list[str] = []
    run = 0
    for ch in match.group():
        marks = _trailing_marks(ch)
        grows = unicodedata.combining(ch) != 0
        if grows and run + marks > _MAX_MARKS:
            out.append(_GRAPHEME_JOINER)
            run = 0
        run = run + marks if grows else marks
        out.append(ch)
    return "".join(out)


def _trailing_marks(ch: str) -> int:
    """Count the combining marks that end a character's canonical decomposition."""
    count = 0
    for part in reversed(unicodedata.normalize("NFD", ch)):
        if not unicodedata.combining(part):
            break
        count += 1
    return count
