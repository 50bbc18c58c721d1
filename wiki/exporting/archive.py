"""All that a municipality has written, as one zip: to read without the site, and for programs."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils import timezone

from mittkoping.municipalities.models import Municipality
from wiki.exporting.document import write_json
from wiki.exporting.origin import absolute, origin
from wiki.exporting.page_files import FOLDER, page_as_html, page_as_json
from wiki.exporting.readme import readme
from wiki.exporting.selection import about_it, experiences_of, pages_of, written_for
from wiki.exporting.stored_files import FileShelf
from wiki.models import Experience, Page

STYLES = Path(__file__).with_name("exported.css")
MAY_BE_READ = 0o644 << 16  # permissions of what is unpacked


@dataclass(frozen=True)
class Listed:
    """A page in the list of contents."""

    title: str
    slug: str
    number: int
    updated_at: datetime
    is_written_for: bool
    is_about: bool


def write_archive(file: IO[bytes], municipality: Municipality) -> Iterator[tuple[int, int]]:
    """Write the zip; gives, before the first page and after each, how many are written, of how many."""
    listed = contents_of(municipality)
    slugs = {page.slug for page in listed}
    made_at = timezone.localtime()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        _add(archive, "stil.css", [STYLES.read_text(encoding="utf-8")], made_at)
        yield 0, len(listed)
        written: list[Listed] = []
        shelf = FileShelf(archive, made_at, permissions=MAY_BE_READ)
        for facts in listed:
            # One that has been put away or renamed meanwhile is looked for again, and left out if it is gone.
            page = pages_of(municipality).filter(slug=facts.slug).first()
            if page:
                name = f"{FOLDER}/{page.slug}"
                files = shelf.add_those_of(page)
                _add(archive, f"{name}.html", [page_as_html(page, slugs=slugs, files=files)], made_at)
                _add(archive, f"{name}.json", page_as_json(page), made_at)
                written.append(facts)
            yield len(written), len(listed)
        _add(archive, "erfarenheter.json", _experiences(municipality), made_at)
        context = _about(municipality, written, made_at)
        _add(archive, "index.html", [render_to_string("wiki/exported_index.html", context)], made_at)
        _add(archive, "README.txt", [readme(municipality, made_at, files=shelf.shown.values())], made_at)


def contents_of(municipality: Municipality) -> list[Listed]:
    """The pages that are in the file, in Swedish order. Three queries."""
    written = set(written_for(municipality).values_list("pk", flat=True))
    about = set(about_it(municipality).values_list("pk", flat=True))
    rows = pages_of(municipality).in_order().values_list("pk", "title", "slug", "number", "updated_at")
    return [Listed(*row[1:], row[0] in written, row[0] in about) for row in rows]


def _about(municipality: Municipality, pages: list[Listed], made_at: datetime) -> dict[str, Any]:
    return {
        "municipality": municipality,
        "pages": pages,
        "made_at": made_at,
        "experience_count": experiences_of(municipality).count(),
        "site": absolute("/"),
    }


def _experiences(municipality: Municipality) -> Iterator[str]:
    facts = origin().facts(f"Erfarenheter från {municipality.name}")
    rows = experiences_of(municipality).select_related("page").order_by("pk").iterator(chunk_size=500)
    return write_json(facts, "experiences", map(_experience, rows))


def _experience(experience: Experience) -> dict[str, Any]:
    page: Page = experience.page
    return {
        "page": page.title,
        "url": f"{absolute(page.get_absolute_url())}#p-{experience.key}",
        "key": str(experience.key),
        "applies": experience.applies,
        "line": experience.line,
        "updated_at": timezone.localtime(experience.updated_at).isoformat(timespec="seconds"),
    }


def _add(archive: ZipFile, name: str, parts: Iterable[str], made_at: datetime) -> None:
    """Write one file, part by part: the history of a page may be larger than memory should hold."""
    info = ZipInfo(name, made_at.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    info.external_attr = MAY_BE_READ
    with archive.open(info, "w") as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as text:
        text.writelines(parts)
