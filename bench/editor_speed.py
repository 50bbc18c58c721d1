"""How long a page of 100 kB takes to open in the visual editor, and a key to be seen, in Chromium.

Run as `.venv/bin/python -m bench.editor_speed` in the folder of the project. The editor is the one that is
built, on a page of its own; after each key the source is put together anew, as for the form.
"""

import argparse
import os
import statistics
import sys

from playwright.sync_api import Page, sync_playwright

from tests.editor.harness import editor_page
from tests.editor.sources import demo

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SIZE = 100_000  # characters
ROUNDS = 5
KEYS = 120
PAUSE = 60  # milliseconds from one key to the next: somebody who types fast
MOST_TO_OPEN = 1000  # milliseconds
MOST_A_KEY = 50  # milliseconds, of 95 keys in 100
OPEN = """(source) => {
  const start = performance.now();
  check.open(source);
  return new Promise((done) => requestAnimationFrame(() => setTimeout(() =>
    done([performance.now() - start, check.save() === source]))));
}"""
WATCH = """() => {
  window.keys = [];
  addEventListener("keydown", ({ timeStamp }) => {
    setTimeout(() => check.save() && check.untouched());
    requestAnimationFrame(() => setTimeout(() => keys.push(performance.now() - timeStamp)));
  }, true);
}"""
GO_TO = "(place) => check.goTo(place)"
TYPED = "Vi fragade eleverna om deras dag, inte om tekniken. "  # keys that every keyboard has


def main() -> int:
    """Measure and judge."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--keys", type=int, default=KEYS)
    options = arguments.parse_args()
    source = page_of(SIZE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with editor_page(browser) as page:
            opened = opening(page, source)
            keys = typing(page, options.keys)
        browser.close()
    slow = statistics.quantiles(keys, n=20)[-1]
    say(f"opens {len(source):,} characters in {statistics.median(opened):.0f} ms, first {opened[0]:.0f} ms")
    say(f"a key is seen after {statistics.median(keys):.0f} ms, 95 in 100 within {slow:.0f} ms")
    return 0 if max(opened) < MOST_TO_OPEN and slow < MOST_A_KEY else 1


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def page_of(size: int) -> str:
    """One page made of the demo content."""
    text = ""
    for body in demo().values():
        text += body.rstrip("\n") + "\n\n"
        if len(text) > size:
            break
    return text[: text.rindex("\n\n", 0, size)] + "\n"


def opening(page: Page, source: str) -> list[float]:
    """Open a source some times; the first counts too, since that is the one that a writer meets."""
    times = []
    for _ in range(ROUNDS):
        time, is_same = page.evaluate(OPEN, source)
        if not is_same:
            raise SystemExit("the page did not come back as it was")
        times.append(time)
    return times


def typing(page: Page, count: int) -> list[float]:
    """Type in the middle of the page."""
    page.evaluate(WATCH)
    page.evaluate(GO_TO, 0.5)
    for number in range(count):
        page.keyboard.type(TYPED[number % len(TYPED)])
        page.wait_for_timeout(PAUSE)
    page.wait_for_function("(count) => keys.length >= count", arg=count, timeout=10_000)
    times: list[float] = page.evaluate("keys")
    return times


if __name__ == "__main__":
    sys.exit(main())
