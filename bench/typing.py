"""Whether autosave is felt while somebody types in a large page: in Chromium, with it and without, in one go.

Run as `.venv/bin/python -m bench.typing` in the folder of the project. Nothing is kept.
"""

import argparse
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.concurrent.site import ROOT, Site

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LIMIT = 100  # milliseconds: a task that takes longer is felt
LONG = 50  # milliseconds: browsers tell of no shorter tasks
ROUNDS = 4
KEY = 0.08  # seconds from one key to the next
BURST = 3.0  # seconds of typing
REST = 2.05  # seconds: the draft is being saved when typing goes on
EDITOR = "editor1@mittkoping.example"
PASSWORD = "mittkoping-demo"  # noqa: S105 - of the demo, known to all
SLUG = "matt"
SENTENCE = "Vi började med att fråga eleverna vad de behövde, inte vilken teknik de ville ha. "
# What static/js/edit.js asks of autosave.js, doing nothing.
OFF = "export const startAutosave = () => {}, isSafe = () => true, isOfThisForm = () => true;"
WATCH = """
window.seen = { tasks: [], ours: [], keys: [] };
const span = ({ name, startTime, duration }) => [startTime, startTime + duration, name];
new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(span)))
  .observe({ type: "longtask", buffered: true });
new PerformanceObserver((list) => seen.ours.push(
  ...list.getEntries().filter(({ name }) => name.startsWith("autosave-")).map(span),
)).observe({ type: "measure", buffered: true });
addEventListener("keydown", ({ timeStamp }) => {
  requestAnimationFrame(() => setTimeout(() => seen.keys.push(performance.now() - timeStamp)));
}, true);
"""
HOLD_UP = f"""() => setTimeout(() => {{
  for (const end = performance.now() + {2 * LONG}; performance.now() < end;);
}})"""
IN_THE_MIDDLE = """(field) => {
  field.focus();
  const middle = field.value.indexOf("\\n\\n", field.value.length / 2);
  field.setSelectionRange(middle, middle);
}"""


@dataclass
class Seen:
    """What one way of typing has shown, in milliseconds.

    tasks   main-thread tasks of at least LONG: start, end
    ours    autosave's own work: start, end, name
    keys    from each key to the picture of it
    """

    tasks: list[list[Any]] = field(default_factory=list)
    ours: list[list[Any]] = field(default_factory=list)
    keys: list[float] = field(default_factory=list)
    drafts: int = 0

    @property
    def caused(self) -> float:
        """The longest task in which autosave had a part; 0 when none was as long as LONG."""
        parts = [
            end - start
            for start, end, _ in self.tasks
            if any(start <= mine[0] < end or start < mine[1] <= end for mine in self.ours)
        ]
        return max(parts, default=0.0)

    @property
    def meanwhile(self) -> float:
        """The longest task while a draft was under way, whoever caused it; 0 when none was LONG."""
        sent = [start for start, _, name in self.ours if name.endswith("send")]
        answered = [end for _, end, name in self.ours if name.endswith("receive")]
        spans = list(zip(sent, answered, strict=False))
        parts = [
            end - start
            for start, end, _ in self.tasks
            if any(start < till and end > since for since, till in spans)
        ]
        return max(parts, default=0.0)

    @property
    def longest(self) -> float:
        """The longest task of any kind; 0 when none was as long as LONG."""
        return max((end - start for start, end, _ in self.tasks), default=0.0)

    @property
    def longest_part(self) -> float:
        """The longest piece of autosave's own work."""
        return max((end - start for start, end, _ in self.ours), default=0.0)


def sign_in(page: Page) -> None:
    """By the form."""
    page.goto("/konto/login/")
    page.locator("[name=login]").fill(EDITOR)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/login/" not in url)


def open_form(browser: Browser, site: Site, *, is_on: bool) -> Page:
    """The form of the page, in a browser of its own, with autosave or without."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{site.port}", locale="sv-SE")
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page)
    page.add_init_script(WATCH)
    if not is_on:
        page.route("**/js/autosave.js", lambda route: route.fulfill(body=OFF, content_type="text/javascript"))
    page.goto(f"/sidor/{SLUG}/redigera/")
    page.locator("[name=body]").evaluate(IN_THE_MIDDLE)
    return page


def publish(browser: Browser, site: Site, size: int) -> None:
    """Fill the page with a text of about so many bytes."""
    page = open_form(browser, site, is_on=False)
    paragraph = SENTENCE * 6
    count = size // len(f"{paragraph}\n\n".encode())
    page.locator("[name=body]").fill("\n\n".join(f"{paragraph}{number}" for number in range(count)))
    page.locator(".actions button[value=save]").click()
    page.wait_for_url(f"**/sidor/{SLUG}/")
    page.context.close()


def check_the_watch(page: Page) -> None:
    """Hold the page up, and see that it is told: who sees nothing proves nothing. Raises RuntimeError."""
    page.evaluate(HOLD_UP)
    page.wait_for_timeout(500)
    tasks = page.evaluate("seen.tasks.splice(0).length")
    if not tasks:
        raise RuntimeError("The browser does not tell of long tasks.")


def type_for(page: Page, seconds: float) -> None:
    """Type in bursts, and rest between them."""
    letters = itertools.cycle(SENTENCE)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        rest = time.monotonic() + BURST
        while time.monotonic() < min(rest, end):
            due = time.monotonic() + KEY
            page.keyboard.type(next(letters))
            page.wait_for_timeout(max(0.0, due - time.monotonic()) * 1000)
        page.wait_for_timeout(REST * 1000)


def look(page: Page) -> Seen:
    """What the page has seen."""
    drafts = int(page.locator("[name=counter]").input_value() or 0)
    return Seen(**page.evaluate("window.seen"), drafts=drafts)


def measure(site: Site, seconds: float, size: int) -> tuple[Seen, Seen]:
    """Type with autosave and without, by turns, so that a busy moment meets both."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        publish(browser, site, size)
        pages = [open_form(browser, site, is_on=is_on) for is_on in (True, False)]
        for page in pages:
            check_the_watch(page)
        for _round in range(ROUNDS):
            for page in pages:
                type_for(page, seconds / ROUNDS)
        on, off = map(look, pages)
        browser.close()
    return on, off


def said(task: float) -> str:
    """The length of a task; shorter ones than LONG are not told of."""
    return f"{task:.0f} ms" if task else f"under {LONG} ms"


def report(on: Seen, off: Seen) -> None:
    """Say what was seen."""
    lines = [
        f"drafts saved: {on.drafts}; pieces of autosave's work: {len(on.ours)}",
        f"longest task with autosave in it: {said(on.caused)} (limit {LIMIT} ms)",
        f"longest task while a draft was under way, whoever caused it: {said(on.meanwhile)}",
        f"longest piece of autosave's own work: {on.longest_part:.1f} ms",
        f"longest task of any kind: {said(on.longest)} with autosave, {said(off.longest)} without",
    ]
    for name, share in (("median", 50), ("95th percentile", 95)):
        ways = [statistics.quantiles(seen.keys, n=100)[share - 1] for seen in (on, off)]
        lines.append(
            f"from key to picture, {name}: {ways[0]:.1f} ms with, {ways[1]:.1f} ms without, "
            f"{ways[0] / ways[1]:.2f} × ({len(on.keys)} and {len(off.keys)} keys)"
        )
    sys.stdout.write("\n".join([*lines, ""]))


def main(arguments: list[str]) -> int:
    """Measure; 1 when autosave was felt, or saved nothing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="of typing, each way (60)")
    parser.add_argument("--size", type=int, default=195_000, help="of the page, in bytes (195000)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="mittkoping-typing-") as folder:
        site = Site(Path(folder), f"sqlite:///{folder}/db.sqlite3")
        site.prepare([SLUG], 1)
        collect = (sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        subprocess.run(collect, cwd=ROOT, env=site.environment, check=True)  # noqa: S603 - ours
        with site.served():
            on, off = measure(site, options.seconds, options.size)
    report(on, off)
    return int(on.caused > LIMIT or on.longest_part > LIMIT or on.drafts < 2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
