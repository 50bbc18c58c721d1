"""What a save costs, step by step, and a comparison: medians of this machine, and ratios.

Run as `.venv/bin/python -m bench.render` in the folder of the project. Nothing is kept.
"""

import statistics
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from django.template.loader import render_to_string

from bench.environment import make_database
from mittkoping.accounts.models import User
from mittkoping.text.bounded import RenderRefused, render_bounded
from mittkoping.text.diff import compare
from mittkoping.text.render import render
from mittkoping.text.sanitize import sanitize
from wiki import operations
from wiki.comparing import compare_contents
from wiki.content import MAX_BODY, Content

ROUNDS = 9
SECTION = """## Rubrik {n}

Vi började med att fråga eleverna vad de behövde, inte vilken *teknik* de ville ha, se [[Elevhälsan]][^{n}].

| Vad | Hur |
| --- | ---: |
| möten | {n} |

- ett beslut i **nämnden**
- en person som äger frågan

[^{n}]: Protokoll {n}.

"""


def text(size: int, word: str = "möten") -> str:
    """A page's text of about so many bytes."""
    section = SECTION.replace("möten", word)
    return "".join(section.format(n=n) for n in range(size // len(section.encode())))


def medians(deeds: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Seconds that each deed takes; all of them in every round, so that a busy moment meets them alike."""
    times: dict[str, list[float]] = {name: [] for name in deeds}
    for _ in range(ROUNDS + 1):
        for name, deed in deeds.items():
            started = time.perf_counter()
            deed()
            times[name].append(time.perf_counter() - started)
    return {name: statistics.median(seconds[1:]) for name, seconds in times.items()}


def report(title: str, deeds: dict[str, Callable[[], object]]) -> None:
    """Write a table: milliseconds, and how many times as long as the first line."""
    times = medians(deeds)
    unit = next(iter(times.values()))
    sys.stdout.write(f"\n{title}\n")
    for name, seconds in times.items():
        sys.stdout.write(f"  {name:<44}{seconds * 1000:>9.1f} ms{seconds / unit:>8.2f} ×\n")
    sys.stdout.flush()


def in_child(body: str) -> None:
    """Render as a save does; a text that is refused takes the whole time limit."""
    with suppress(RenderRefused):
        render_bounded(body, {})


def saving(size: int) -> None:
    """The steps of a save."""
    body = text(size)
    html = render(body, {}).html
    author = User.objects.create_user(f"{size}@localhost", name="Mätaren", is_moderator=True)
    content = Content(title=f"Mätt {size}", body=body)
    page = operations.create(content, by=author).page
    numbers = iter(range(1, 1000))

    def save() -> None:
        """One more version, of which one word is new."""
        base = next(numbers)
        operations.edit(page, replace(content, body=f"{body}Ord {base}.\n"), base=base, by=author)

    report(
        f"Saving {round(size / 1000)} kB",
        {
            "render, sanitisers included": lambda: render(body, {}),
            "of which the sanitisers": lambda: sanitize(html),
            "render in the child": lambda: in_child(body),
            "the whole save": save,
        },
    )


def comparing() -> None:
    """Comparisons of texts of the largest size."""
    old, lines = text(MAX_BODY), text(MAX_BODY).splitlines(keepends=True)
    lines[len(lines) // 2] = "En ny rad.\n"
    one, all_of_it = "".join(lines), text(MAX_BODY, "krokar")
    written = compare_contents(Content(title="x", body=old), Content(title="x", body=all_of_it))
    report(
        f"Comparing {MAX_BODY // 1000} kB",
        {
            "render, for scale": lambda: render(old, {}),
            "one line changed": lambda: compare(old, one),
            "every section changed": lambda: compare(old, all_of_it),
            "nothing in common": lambda: compare(old, "".join(reversed(old))),
            "every section changed, written as HTML": lambda: render_to_string(
                "wiki/_comparison.html", {"comparison": written}
            ),
        },
    )


def main() -> None:
    """Measure all."""
    make_database()
    for size in (2_000, 20_000, 100_000):
        saving(size)
    comparing()


if __name__ == "__main__":
    main()
