"""Tries the visual editor, in Chromium, on our own texts and on what other people wrote.

Run as `make editor-check`; with --write the figures and the failures by name go into docs/editor.md. The exit
status is 1 when a figure is below what is promised there.
"""

import argparse
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from mittkoping.text.untouched import restore
from tests.editor import sources
from tests.editor.harness import (
    ROOT,
    account,
    changed_lines,
    editor_page,
    keeps_its_own,
    leaves_the_rest,
    type_into,
    with_edit,
)

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DOCUMENT = ROOT / "docs" / "editor.md"
BEGIN = "<!-- editor-check -->"
END = "<!-- /editor-check -->"
LEAST_REAL = 150
LEAST_LINES = 0.98
LEAST_REST = 0.995
QUOTED = 70  # characters of a block that is named
# Rendering a long text once for each of its blocks takes minutes; of those, so many blocks are tried.
LONG = 20_000
MOST = 60


@dataclass
class Found:
    """What one set of texts has shown.

    texts, same     how many were opened, and how many came back byte for byte
    read            how many would show the same if all their blocks were written anew
    blocks, cards   how many blocks they have, and how many are edited as text
    edits           into how many a word was typed, and of those
    lines, rest     how many changed one line only, and left the rest of the page as it was
    own             how many lost no word and no element of the block that was typed into
    undone          how many gave the source back when undone
    claimed         how many told the server the truth about what was left alone
    failures        what went wrong, by name
    """

    name: str
    texts: int = 0
    same: int = 0
    read: int = 0
    blocks: int = 0
    cards: int = 0
    edits: int = 0
    lines: int = 0
    rest: int = 0
    own: int = 0
    undone: int = 0
    claimed: int = 0
    failures: list[str] = field(default_factory=list)

    def fail(self, text: str, block: str, what: str) -> None:
        """Note a failure."""
        words = " ".join(block.split())[:QUOTED].replace("`", "'")
        self.failures.append(f"{text}: {what}: `{words}`")


def main() -> int:
    """Try everything, print it, and judge."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", action="store_true", help="write the figures into docs/editor.md")
    options = arguments.parse_args()
    sets = {"own": sources.own(), "demo": sources.demo(), "real": sources.real()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        found = [try_set(name, texts, browser) for name, texts in sets.items()]
        browser.close()
    report = told(found)
    print(report)
    if options.write:
        write(report, DOCUMENT)
    return 0 if is_good(found) else 1


def try_set(name: str, texts: dict[str, str], browser: Browser) -> Found:
    """Try the texts of one set."""
    found = Found(name)
    with editor_page(browser) as page:
        for text_name, text in texts.items():
            try_text(found, text_name, text, page)
            if found.texts % 20 == 0 or found.texts == len(texts):
                print(f"{name}: {found.texts} of {len(texts)}", file=sys.stderr, flush=True)
    return found


def try_text(found: Found, name: str, source: str, page: Page) -> None:
    """Open a text, save it, and type into each of its blocks."""
    seen = type_into(page, source)
    found.texts += 1
    if seen["saved"] == source:
        found.same += 1
    else:
        found.fail(name, source, "does not come back")
    if account(seen["anew"]) == account(source):
        found.read += 1
    else:
        found.fail(name, source, "would show otherwise if all its blocks were written anew")
    found.blocks += len(seen["blocks"])
    found.cards += sum(block["type"] == "card" for block in seen["blocks"])
    edited = [block for block in seen["blocks"] if "edit" in block]
    step = max(1, len(edited) // MOST) if len(source) > LONG else 1
    for block in edited[::step]:
        judge(found, name, source, block)


def judge(found: Found, name: str, source: str, block: dict[str, Any]) -> None:
    """Judge what typing one word has done."""
    found.edits += 1
    after = with_edit(source, block["edit"])
    raw = source.encode("utf-16-le")[2 * block["from"] : 2 * block["to"]].decode("utf-16-le")
    verdicts = {
        "lines": changed_lines(source, after) == 1,
        "rest": leaves_the_rest(source, after),
        "own": keeps_its_own(source, after, raw),
        "undone": block["isUndone"],
        "claimed": restore(source, after, block["claim"]) == (after, 0),
    }
    for kind, is_good_one in verdicts.items():
        setattr(found, kind, getattr(found, kind) + is_good_one)
        if not is_good_one:
            found.fail(name, raw, FAILURES[kind])


FAILURES = {
    "lines": "more than one line changed",
    "rest": "other blocks show otherwise",
    "own": "the block itself shows otherwise",
    "undone": "undoing does not give the source back",
    "claimed": "the server is told what is not so",
}


def told(found: list[Found]) -> str:
    """Say it as a table and a list."""
    head = [
        "| texts | opened and saved byte for byte | read as the server reads | blocks | edited as text "
        "| a word typed into | one line changed | the rest shows the same | so does the block "
        "| undone byte for byte |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    failures = [f"* {failure}" for one in found for failure in one.failures]
    end = ["Failures:", "", *failures] if failures else ["No failures."]
    return "\n".join([*head, *map(row, found), "", *end])


def row(one: Found) -> str:
    """Say what one set has shown."""
    texts = [f"{one.same} of {one.texts}", f"{one.read} of {one.texts}"]
    shares = [share(part, one.edits) for part in (one.lines, one.rest, one.own, one.undone)]
    cells = [NAMES[one.name], *texts, one.blocks, one.cards, one.edits, *shares]
    return f"| {' | '.join(map(str, cells))} |"


NAMES = {
    "own": "the tests' own documents",
    "demo": "the demo content",
    "real": "descriptions of packages and their Markdown files",
}


def share(part: int, whole: int) -> str:
    """Say a share in per cent, never rounded up to all."""
    return f"{int(10_000 * part / max(whole, 1)) / 100:g} %"


def is_good(found: list[Found]) -> bool:
    """Tell whether what docs/editor.md promises holds."""
    edits = sum(one.edits for one in found)
    promises = {
        f"fewer than {LEAST_REAL} texts of other people": found[-1].texts >= LEAST_REAL,
        "a text does not come back": all(one.same == one.texts for one in found),
        "a text is read otherwise than the server reads it": all(one.read == one.texts for one in found),
        "a block shows otherwise": all(one.own == one.edits for one in found),
        "undoing loses something": all(one.undone == one.edits for one in found),
        "the server is misled": all(one.claimed == one.edits for one in found),
        "too many lines change": sum(one.lines for one in found) >= LEAST_LINES * edits,
        "too much shows otherwise": sum(one.rest for one in found) >= LEAST_REST * edits,
    }
    for words, holds in promises.items():
        if not holds:
            print(f"FAILED: {words}")
    return all(promises.values())


def write(report: str, path: Path) -> None:
    """Put the report between the two marks."""
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n\n{report}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
