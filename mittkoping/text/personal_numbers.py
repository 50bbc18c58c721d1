"""Swedish personal numbers in a text, so that nobody publishes one by mistake."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass

_CENTURIES = ("18", "19", "20")
# Coordination numbers, for people who are not in the population register, have 60 added to the day.
_COORDINATION = 60
# What people and programs write for a hyphen, and for a blank.
_LOOK_ALIKES = {ord(ch): "-" for ch in "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"} | {
    ord("\uff0b"): "+",
    ord("\u00a0"): " ",
    ord("\u2007"): " ",
    ord("\u202f"): " ",
}
# Digits that stand alone: not part of a word, of a decimal number, of a version or of a longer row of groups.
_NUMBER = re.compile(
    r"(?<![^\W_])(?<![0-9][-+.:])"
    r"(?P<century>18|19|20)?(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?P<sign>[-+ ]?)(?P<last>[0-9]{4})"
    r"(?![^\W_]|[-+.:][0-9])"
)
_BLANK_GROUP_BEFORE = re.compile(r"[0-9] \Z")
_BLANK_GROUP_AFTER = re.compile(r" [0-9]")


@dataclass(frozen=True)
class Found:
    """A personal number: where it stands in the text, and how it is written there."""

    start: int
    end: int
    text: str


def find_personal_numbers(text: str) -> tuple[Found, ...]:
    """Find personal and coordination numbers with a valid date and check digit that stand alone.

    Ten or twelve digits, of any script, with a hyphen, a plus, a blank or nothing before the last four.
    Linear in the text.

    Source: Swedish Population Registration Act (1991:481), section 18; check digit by the Luhn algorithm.
    """
    plain = _plain(text)
    return tuple(
        Found(match.start(), match.end(), text[match.start() : match.end()])
        for match in _NUMBER.finditer(plain)
        if _is_alone(plain, match) and _has_date(match) and _has_check_digit(match)
    )


def _plain(text: str) -> str:
    """Write digits, hyphens and blanks of any kind as plain ones, each in its place."""
    table = dict(_LOOK_ALIKES)
    for ch in set(text):
        if not ch.isascii() and unicodedata.category(ch) == "Nd":
            table[ord(ch)] = str(unicodedata.digit(ch))
    return text.translate(table)


def _is_alone(plain: str, match: re.Match[str]) -> bool:
    """Tell whether a number with a blank in it is two groups, and not part of a longer row of them."""
    if match["sign"] != " ":
        return True
    start, end = match.span()
    before = _BLANK_GROUP_BEFORE.search(plain[max(start - 2, 0) : start])
    return before is None and _BLANK_GROUP_AFTER.match(plain, end) is None


def _has_date(match: re.Match[str]) -> bool:
    """Tell whether the number begins with a day that some century has."""
    month, day = int(match["month"]), int(match["day"])
    if not 1 <= month <= 12:
        return False
    if day > _COORDINATION:
        day -= _COORDINATION
    centuries = (match["century"],) if match["century"] else _CENTURIES
    return any(1 <= day <= monthrange(int(century + match["year"]), month)[1] for century in centuries)


def _has_check_digit(match: re.Match[str]) -> bool:
    """Tell whether the last of the ten digits is right (Luhn)."""
    digits = match["year"] + match["month"] + match["day"] + match["last"]
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
