"""The versions as anybody can read them: the list of the history, and each version at its own address."""

import re
import time
from dataclasses import dataclass

from bench.concurrent.browser import Answer, Browser, Lost
from bench.concurrent.forms import rows

OK = 200
TRIES = 20  # a worker may have died just now

_COUNT = re.compile(r"Sidan har ([\d\s]+|en) version")
_NUMBER = re.compile(r"/version/(\d+)/")
_MARKER = re.compile(r"försök (e\d+n\d+(?:s\d+)?)")
_AUTHOR = re.compile(r"Redaktör (\d+)")
PER_PAGE = 50


@dataclass(frozen=True)
class Version:
    """One version of a page.

    marker   in its summary; empty when there is none
    editor   who is said to have written it; 0 is nobody of the editors
    """

    number: int
    marker: str
    editor: int
    body: str


class Unreadable(RuntimeError):
    """Something that everybody may read cannot be read."""


class Reader:
    """Somebody who is not signed in."""

    def __init__(self, port: int) -> None:
        self.browser = Browser(port)

    def versions(self, page: str) -> list[Version]:
        """Every version that the history lists, oldest first. Raises Unreadable."""
        listed = [_row(text) for text in self._rows(page)]
        return [
            Version(number, marker, editor, self.text(f"/sidor/{page}/version/{number}.md"))
            for number, marker, editor in reversed(listed)
        ]

    def text(self, path: str) -> str:
        """What an address says. Raises Unreadable."""
        for _ in range(TRIES):
            try:
                answer = self.browser.get(path)
            except Lost:
                time.sleep(0.2)
                continue
            return _checked(path, answer)
        raise Unreadable(f"{path}: no answer")

    def _rows(self, page: str) -> list[str]:
        """The rows of the whole list, newest first."""
        path = f"/sidor/{page}/historik/"
        first = self.text(path)
        count = _COUNT.search(first)
        if count is None:
            raise Unreadable(f"{path} does not say how many versions there are")
        total = 1 if count.group(1) == "en" else int(re.sub(r"\D", "", count.group(1)))
        pages = range(2, (total - 1) // PER_PAGE + 2)
        htmls = [first, *(self.text(f"{path}?sida={number}") for number in pages)]
        return [text for html in htmls for text in rows(html, "version-row")]


def _checked(path: str, answer: Answer) -> str:
    if answer.status != OK:
        raise Unreadable(f"{path}: {answer.status}")
    return answer.text


def _row(text: str) -> tuple[int, str, int]:
    number, marker, author = (pattern.search(text) for pattern in (_NUMBER, _MARKER, _AUTHOR))
    if number is None:
        raise Unreadable(f"A row of the history without a version: {text[:200]!r}")
    return int(number.group(1)), marker.group(1) if marker else "", int(author.group(1)) if author else 0
