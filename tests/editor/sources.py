"""The texts that the editor is tried on: the demo content, the tests' own, and what other people wrote."""

import re
from collections.abc import Iterator
from pathlib import Path

from mittkoping.text.normalise import normalise
from tests.editor.harness import DOCUMENTS, ROOT

_MODULES = ROOT / "frontend" / "node_modules"
_PACKAGES = ROOT / ".venv" / "lib"
_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_LARGEST = 150_000  # characters: more than a page may hold


def own() -> dict[str, str]:
    """The tests' own documents, by name."""
    return dict(_texts(sorted(DOCUMENTS.glob("*.md")), DOCUMENTS))


def demo() -> dict[str, str]:
    """The demo content: every version of every page, without the head that tells of it."""
    pages = ROOT / "wiki" / "demo" / "pages"
    return {name: _HEAD.sub("", text) for name, text in _texts(sorted(pages.rglob("*.md")), pages)}


def real() -> dict[str, str]:
    """Long descriptions of the packages that are installed, and the Markdown files of the browser's."""
    found = sorted(_PACKAGES.glob("*/site-packages/*.dist-info/METADATA"))
    descriptions = {path.parent.name.removesuffix(".dist-info"): _description(path) for path in found}
    files = dict(_texts(sorted(_MODULES.rglob("*.md")), _MODULES)) if _MODULES.exists() else {}
    return {name: text for name, text in {**descriptions, **files}.items() if text.strip()}


def _texts(paths: list[Path], folder: Path) -> Iterator[tuple[str, str]]:
    """Read files as a form would have their text."""
    for path in paths:
        yield (
            str(path.relative_to(folder)),
            normalise(path.read_text(encoding="utf-8", errors="replace"))[:_LARGEST],
        )


def _description(path: Path) -> str:
    """Give what stands below the head of a package's description, if it is Markdown or plain text."""
    head, _, body = path.read_text(encoding="utf-8", errors="replace").partition("\n\n")
    return "" if "text/x-rst" in head else normalise(body)[:_LARGEST]
