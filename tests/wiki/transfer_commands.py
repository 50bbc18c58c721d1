"""Running the commands that read pages in and write them out."""

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mittkoping.accounts.models import User

Files = Mapping[str, str | bytes]


def fill(folder: Path, files: Files) -> Path:
    """Write files to a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def run_import(folder: Path, by: User, *, fails: str = "", **options: object) -> tuple[str, str]:
    """Run the command: what it says, and what it complains of; it must fail with `fails`, if given."""
    out, err = io.StringIO(), io.StringIO()
    terms = {"author": by.email, "summary": "Inläst från filer", "verbosity": 0} | options
    arguments = {"stdout": out, "stderr": err, "no_color": True} | terms
    if fails:
        with pytest.raises(CommandError) as failure:
            call_command("import_pages", str(folder), **arguments)
        assert str(failure.value) == fails
    else:
        call_command("import_pages", str(folder), **arguments)
    return out.getvalue().strip(), err.getvalue().strip()


def run_export(folder: Path, **options: object) -> str:
    """Run the command: what it says."""
    out = io.StringIO()
    call_command("export_pages", str(folder), stdout=out, **({"verbosity": 0} | options))
    return out.getvalue().strip()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def with_title(title: str, body: str = "Text.\n") -> str:
    """A small file."""
    return f'---\ntitle: "{title}"\n---\n{body}'


def generated(count: int) -> dict[str, str]:
    """Files that link to three others each, before and after them, also from a table."""
    files = {}
    for n in range(count):
        before, after, table = ((n + step) % count for step in (-7, 1, 11))
        body = (
            f"## Rubrik\n\nSe [[Sida nummer {before}]] och [[sida-nummer-{after}|nästa]].\n\n"
            f"| Vad | Hur |\n| --- | ---: |\n| länk | [[Sida nummer {table}|dit]] |\n"
        )
        files[f"sida-nummer-{n}.md"] = f"---\ntitle: Sida nummer {n}\n---\n{body}"
    return files
