"""What is wrong with a file, and where."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from mittkoping.text.normalise import normalise_line

MAX_SHOWN = 60  # characters of a value that is quoted in a sentence


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file.

    line      counted from 1; 0 when it is about the whole file
    sentence  for the one who has to put it right
    """

    line: int
    sentence: str

    def at(self, file: str) -> str:
        """The sentence with file and line in front."""
        if not self.line:
            return _("%(file)s: %(what)s") % {"file": file, "what": self.sentence}
        return _("%(file)s rad %(line)d: %(what)s") % {"file": file, "line": self.line, "what": self.sentence}


class Unreadable(Exception):
    """A file that cannot be made sense of at all; carries the one problem."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.problem = Problem(line, sentence)


def shown(text: str) -> str:
    """A value from a file, fit for a message: one line, nothing that steers a terminal, not too long."""
    line = normalise_line(text)
    return line if len(line) <= MAX_SHOWN else f"{line[: MAX_SHOWN - 1]}…"


def shown_path(path: Path) -> str:
    """A file's name as it can be printed, whatever bytes it is made of."""
    return normalise_line(str(path).encode("utf-8", "backslashreplace").decode())
