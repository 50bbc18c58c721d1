"""Text that stays text in our Markdown: what would mean something gets a backslash, or a reference."""

import re

# What the parser would read as a character reference.
_REFERENCE = re.compile(r"&(?=#[0-9]+;|#[xX][0-9a-fA-F]+;|[0-9A-Za-z]+;)")
_TAG = re.compile(r"<(?=\S|$)")
_ANYWHERE = re.compile(r"[\\`*\[]")
# Between letters it is a part of a word.
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")

# At the beginning of a line, in the order in which they are tried.
_AT_START: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[#>]"), r"\\\g<0>"),
    (re.compile(r"[-+](?=\s|-|$)"), r"\\\g<0>"),
    (re.compile(r"(\d+)([.)])(?=\s|$)"), r"\1\\\2"),
    (re.compile(r"=(?==*\s*$)"), "&#61;"),
    (re.compile(r":(?=\s|$)"), "&#58;"),
    (re.compile(r"~(?=~~)"), "&#126;"),
    (re.compile(r"(\[\^[^\]]+\]):"), r"\1&#58;"),
)


def escape(text: str, *, also: str = "") -> str:
    """Write words so that they are read as they are, wherever in a line they stand but at its beginning.

    also   characters that mean something just here: `]` in a link, `|` in a table, `#` in a heading
    """
    text = _TAG.sub("&lt;", _REFERENCE.sub("&amp;", text))
    text = _UNDERSCORE.sub(r"\\_", _ANYWHERE.sub(r"\\\g<0>", text))
    return re.sub(f"[{re.escape(also)}]", r"\\\g<0>", text) if also else text


def escape_start(line: str) -> str:
    """Keep a line that is already written from beginning a heading, a list, a quotation or the like."""
    for pattern, instead in _AT_START:
        if pattern.match(line):
            return pattern.sub(instead, line, count=1)
    return line


def code(text: str) -> str:
    """Write words as code, between as many backticks as it takes."""
    fence = "`" * (longest_run(text, "`") + 1)
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{room}{text}{room}{fence}"


def longest_run(text: str, character: str) -> int:
    """Count how often a character follows itself at most."""
    return max(map(len, re.findall(f"{re.escape(character)}+", text)), default=0)
