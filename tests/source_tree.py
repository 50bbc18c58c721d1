"""The project's own files, as the tests that guard the source see them."""

import ast
import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("mittkoping", "factors", "wiki")
# Made by tools, not by us. `.venv` may also be a link.
NOT_OURS = {
    ".git", ".venv", "var", "node_modules", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache",
    ".import_linter_cache", ".hypothesis", "test-results",
}  # fmt: skip


def files(*suffixes: str, below: tuple[str, ...] = ("",)) -> Iterator[Path]:
    """Every file of ours with one of the suffixes (none: all), in a fixed order."""
    for start in below:
        for folder, folders, names in os.walk(ROOT / start):
            folders[:] = sorted(name for name in folders if name not in NOT_OURS)
            for name in sorted(names):
                if (not suffixes or name.endswith(suffixes)) and name not in NOT_OURS:
                    yield Path(folder, name)


def name(path: Path) -> str:
    """The path from the root of the project."""
    return path.relative_to(ROOT).as_posix()


def modules(*, below: tuple[str, ...] = APPS) -> Iterator[tuple[str, ast.Module]]:
    """The Python modules below these folders, parsed; migrations are left out."""
    for path in files(".py", below=below):
        if "migrations" not in path.parts:
            yield name(path), ast.parse(path.read_text())


def templates() -> Iterator[tuple[str, str]]:
    """Every template with its text."""
    for path in files(".html", ".txt", below=("templates",)):
        yield name(path), path.read_text()
