"""What a merge costs, and telling of changes: medians of this machine, and ratios.

Run as `.venv/bin/python -m bench.merge` in the folder of the project. Nothing is kept.
"""

from bench.render import report, text
from mittkoping.text.marked import marked
from mittkoping.text.merge import MergeConflict, merge, stretches
from mittkoping.text.outline import read
from mittkoping.text.render import render
from wiki.changes import changes
from wiki.content import MAX_BODY, Content
from wiki.merging import merge_content

SIZE = 100_000  # bytes of the page
PLACES = 30  # that each side edits
UNRELATED = "Nej, så blev det inte alls hos oss."


def edited(source: str, *, first: int, word: str) -> str:
    """The source with a word more in one paragraph of every so many, PLACES in all."""
    paragraphs = source.split("Vi började med")
    step = (len(paragraphs) - 1) // PLACES
    for place in range(first, first + PLACES * step, step):
        paragraphs[place] = paragraphs[place].replace("eleverna", f"{word} eleverna", 1)
    return "Vi började med".join(paragraphs)


def conflicting(base: str, ours: str, theirs: str) -> str:
    """Merge what cannot be merged."""
    try:
        return merge(base, ours, theirs)
    except MergeConflict as conflict:
        return str(conflict)


def merging() -> None:
    """Both sides edited a page: at different places, in the same paragraphs, everywhere."""
    base = text(SIZE)
    ours, theirs = edited(base, first=1, word="alla"), edited(base, first=2, word="många")
    beside = base.replace("vilken *teknik* de ville ha", "vilken teknik de ville ha")
    html, other = render(base, {}).html, render(theirs, {}).html
    contents = [Content(title="x", body=body) for body in (base, ours, theirs)]
    report(
        f"Merging {SIZE // 1000} kB, {PLACES} places on each side",
        {
            "render, for scale": lambda: render(base, {}),
            "read the rendered page": lambda: read(html),
            "merge": lambda: merge(base, ours, theirs),
            "merge, every paragraph of one side changed": lambda: merge(base, ours, beside),
            "merge, in conflict everywhere": lambda: conflicting(
                base, beside, base.replace("*teknik*", "sort")
            ),
            "merge the content": lambda: merge_content(*contents),
            "tell the changes": lambda: changes(*contents),
            "mark the rendered page": lambda: marked(html, other),
        },
    )


def worst() -> None:
    """Texts of the largest size that have nothing in common, or the same word again and again."""
    base, words = text(MAX_BODY), "ord " * (MAX_BODY // 4)
    ours, theirs = "".join(reversed(base)), f"{UNRELATED}\n\n" * (MAX_BODY // 40)
    blocks = "ord\n\n" * (MAX_BODY // 5)
    report(
        f"Merging {MAX_BODY // 1000} kB",
        {
            "render, for scale": lambda: render(base, {}),
            "nothing in common": lambda: stretches(base, ours, theirs),
            "one word all over": lambda: stretches(words, f"{words}sist", f"först {words}"),
            "one paragraph all over": lambda: stretches(blocks, f"{blocks}sist", f"först\n\n{blocks}"),
        },
    )


if __name__ == "__main__":
    merging()
    worst()
