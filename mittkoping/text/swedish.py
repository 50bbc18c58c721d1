"""Swedish order that no collation of a database can change."""

import unicodedata

from mittkoping.text.letters import PLAIN
from mittkoping.text.normalise import normalise

MAX_LENGTH = 400

_SPACE, _HYPHEN, _PUNCTUATION, _DIGITS, _LETTERS = 10, 11, 12, 20, 40
_OTHER = "99"
_ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"
_RANKS = {letter: _LETTERS + place for place, letter in enumerate(_ALPHABET)}
_FOREIGN = PLAIN | {"æ": "ä", "ø": "ö", "ü": "y"}


def sort_key(text: str) -> str:
    """Turn a text into digits whose plain order is Swedish alphabetical order, at most 400 of them.

    Two digits a character: space, hyphen, other punctuation, 0–9, a–z, å, ä, ö; accents and case are ignored
    (é as e, ü as y, æ as ä, ø as ö). Any other character is 99 and its code point in seven digits: after ö.
    No code begins another, so digits can be compared from left to right whatever the collation.
    """
    folded = normalise(text[:MAX_LENGTH]).casefold()
    return "".join(map(_code, normalise(folded)))[:MAX_LENGTH]


def _code(ch: str) -> str:
    """Give the digits of one character; none for a mark or an invisible one."""
    if ch in _RANKS:
        return str(_RANKS[ch])
    if ch in _FOREIGN:
        return "".join(str(_RANKS[letter]) for letter in _FOREIGN[ch])
    bare = unicodedata.normalize("NFD", ch)[0]
    if bare != ch:
        return _code(bare)
    return _code_of_other(ch)


def _code_of_other(ch: str) -> str:
    """Give the digits of a character that is no letter of a Latin alphabet."""
    category = unicodedata.category(ch)
    if ch.isspace():
        return str(_SPACE)
    if category == "Pd":
        return str(_HYPHEN)
    if category == "Nd":
        return str(_DIGITS + unicodedata.digit(ch))
    if category[0] == "P" or ch.isascii():
        return str(_PUNCTUATION)
    if category in {"Cf", "Mn", "Me"}:
        return ""
    return f"{_OTHER}{ord(ch):07d}"
