"""The demo's pages: each file is one version."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from mittkoping.accounts.models import User, email_key
from mittkoping.text.normalise import normalise_line
from wiki import operations
from wiki.content import MAX_SUMMARY
from wiki.demo_loading.attachments import Files
from wiki.demo_loading.files import DemoRefused, as_time
from wiki.demo_loading.steps import Step
from wiki.models import Page
from wiki.transfer.catalogue import Catalogue
from wiki.transfer.contents import ContentBuilder
from wiki.transfer.document import Document, Entry
from wiki.transfer.files import read_text
from wiki.transfer.front_matter import read
from wiki.transfer.problems import Problem, Unreadable
from wiki.validation import too_long


@dataclass(frozen=True)
class _Version:
    """One file, `<slug>/<number>.md`, and when it is said to have been saved; None is now."""

    path: Path
    document: Document
    at: datetime | None

    @property
    def name(self) -> str:
        """Without times: every page's first, then every page's second …"""
        return f"{self.path.stem} {self.path.parent.name}"


class Versions:
    """The versions of a folder, each saved by its own author at its own time; files are uploaded before."""

    def __init__(self, folder: Path, files: Files) -> None:
        self.folder = folder
        self.files = files
        self.catalogue = Catalogue()
        self.versions = [self._read(path) for path in sorted(folder.glob("*/*.md"))]

    def steps(self) -> Iterator[Step]:
        """Save every version. Taking them raises DemoRefused, with file and line."""
        for version in self.versions:
            yield Step(version.at, f"1 {version.name}", partial(self._save, version), dates_itself=True)

    def _check(self, path: Path, problems: list[Problem]) -> None:
        if problems:
            name = str(path.relative_to(self.folder))
            raise DemoRefused("\n".join(problem.at(name) for problem in problems))

    def _read(self, path: Path) -> _Version:
        try:
            document = read(read_text(path, inside=self.folder))
            return _Version(path, document, _time(document.date))
        except Unreadable as error:
            self._check(path, [error.problem])
            raise

    def _addressed(self, document: Document) -> Document:
        body = replace(document.body, text=self.files.addressed(document.body.text))
        return replace(document, body=body)

    def _save(self, version: _Version) -> None:
        try:
            problems = self._publish(version)
        except (operations.DuplicateTitle, operations.NothingChanged) as error:
            problems = [Problem(0, str(error))]
        self._check(version.path, problems)

    def _publish(self, version: _Version) -> list[Problem]:
        document = self._addressed(version.document)
        author = User.objects.filter(email=email_key(document.author.text)).first()
        if author is None:
            return [Problem(document.author.line, _("Författaren (author) är inget av demokontona."))]
        summary = normalise_line(document.summary.text)
        if len(summary) > MAX_SUMMARY:
            sentence = too_long(_("Sammanfattningen"), len(summary), MAX_SUMMARY)
            return [Problem(document.summary.line, sentence)]
        slug = version.path.parent.name
        page = Page.objects.filter(slug=slug).first()
        before = page.content.tags if page else ()
        number = page.number + 1 if page else 1
        builder = ContentBuilder(document, self.catalogue, before=before, author=author.pk, number=number)
        if builder.problems:
            return builder.problems
        if page is None:
            operations.create(builder.content, by=author, summary=summary, slug=slug, at=version.at)
        else:
            operations.edit(
                page,
                builder.content,
                base=page.number,
                summary=summary,
                minor=document.is_minor,
                at=version.at,
                by=author,
            )
        return []


def _time(entry: Entry) -> datetime | None:
    """When a version was saved; None when it does not say. Raises Unreadable."""
    try:
        return as_time(entry.text) if entry.text else None
    except ValueError as error:
        raise Unreadable(str(error), entry.line) from error
