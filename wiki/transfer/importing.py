"""Pages in: one file is one page, and the file's name is its address."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mittkoping.accounts.models import User
from mittkoping.text.slugs import RESERVED, slugify
from wiki import operations
from wiki.content import Content
from wiki.models import Edit, FormerName, Page
from wiki.operations.links import draw_all_stale
from wiki.operations.publishing import require_publishing
from wiki.transfer.catalogue import Catalogue
from wiki.transfer.contents import ContentBuilder
from wiki.transfer.files import pages_in, read_text
from wiki.transfer.front_matter import read
from wiki.transfer.problems import Problem, Unreadable, shown, shown_path


class Outcome(Enum):
    """What became of a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True)
class Result:
    """One file, and what is to be said of it: why it was skipped, or every problem, with file and line."""

    outcome: Outcome
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Terms:
    """On what terms files are read in.

    by         the author of all versions
    overwrite  also pages that somebody has edited since they were read in
    """

    by: User
    summary: str
    overwrite: bool = False


class Importer:
    """Reads in the files of a folder, each in a transaction of its own; may be repeated."""

    def __init__(self, folder: Path, terms: Terms) -> None:
        self.folder = folder
        self.terms = terms
        self.catalogue = Catalogue()
        self.paths = pages_in(folder)
        self._stems = Counter(path.stem for path in self.paths)

    def results(self) -> Iterator[Result]:
        """Read in file by file, in the order of `paths`; then draw anew what new pages have made stale."""
        for path in self.paths:
            try:
                yield self._import(path)
            except Unreadable as error:
                yield self._refused(path, [error.problem])
        draw_all_stale()

    def _import(self, path: Path) -> Result:
        self._check_stem(path.stem)
        page = self._page(path.stem)
        document = read(read_text(path, inside=self.folder))
        builder = ContentBuilder(
            document,
            self.catalogue,
            before=page.content.tags if page else (),
            author=self.terms.by.pk,
            number=page.number + 1 if page else 1,
        )
        if builder.problems:
            return self._refused(path, builder.problems)
        try:
            return self._save(path, page, builder.content)
        except operations.DuplicateTitle as error:
            return self._refused(path, [Problem(document.title.line, str(error))])
        except (operations.EditConflict, PermissionDenied) as error:
            return self._refused(path, [Problem(0, str(error))])

    def _save(self, path: Path, page: Page | None, content: Content) -> Result:
        by, summary = self.terms.by, self.terms.summary
        require_publishing(by, page)  # a file is never a proposal
        if page is None:
            operations.create(content, by=by, summary=summary, slug=path.stem, act=Edit.Act.IMPORT)
            return Result(Outcome.NEW)
        if content == page.content:
            return Result(Outcome.UNCHANGED)
        if not (self.terms.overwrite or _was_imported(page)):
            sentence = _("Sidan har ändrats i wikin sedan den lästes in. Skriv över den med --overwrite.")
            return Result(Outcome.SKIPPED, (self._at(path, Problem(0, sentence)),))
        operations.edit(page, content, base=page.number, summary=summary, act=Edit.Act.IMPORT, by=by)
        return Result(Outcome.CHANGED)

    def _check_stem(self, stem: str) -> None:
        """Raise Unreadable unless a page can have the name as its address."""
        slug = slugify(stem)
        if stem != slug or stem in RESERVED:
            sentence = _("Filens namn blir sidans adress, men ”%(stem)s” går inte som adress.")
            advice = _(" Döp om filen till %(slug)s.md.") if slug and slug not in RESERVED else ""
            raise Unreadable((sentence + advice) % {"stem": shown(stem), "slug": slug})
        if self._stems[stem] > 1:
            raise Unreadable(_("Flera filer har det här namnet. Ingen av dem lästes in."))

    def _page(self, slug: str) -> Page | None:
        page = Page.objects.filter(slug=slug).first()
        if page and page.is_archived:
            raise Unreadable(_("Sidan är arkiverad. Ta tillbaka den ur arkivet först."))
        if page:
            return page
        if former := FormerName.objects.filter(key=slug, is_slug=True).select_related("page").first():
            raise Unreadable(_("Sidan har bytt adress. Döp om filen till %s.md.") % former.page.slug)
        return None

    def _refused(self, path: Path, problems: list[Problem]) -> Result:
        return Result(Outcome.REFUSED, tuple(self._at(path, problem) for problem in problems))

    def _at(self, path: Path, problem: Problem) -> str:
        return problem.at(shown_path(path.relative_to(self.folder)))


def _was_imported(page: Page) -> bool:
    """Whether the newest version is from a file."""
    return page.edits.filter(number=page.number, act=Edit.Act.IMPORT).exists()


def sum_up(outcomes: Counter[Outcome]) -> str:
    """The closing line: "500 filer: 498 nya, 0 ändrade, 1 oförändrad, 1 överhoppad"."""
    total, refused = outcomes.total(), outcomes[Outcome.REFUSED]
    new, changed = outcomes[Outcome.NEW], outcomes[Outcome.CHANGED]
    unchanged, skipped = outcomes[Outcome.UNCHANGED], outcomes[Outcome.SKIPPED]
    parts = [
        ngettext("%d ny", "%d nya", new) % new,
        ngettext("%d ändrad", "%d ändrade", changed) % changed,
        ngettext("%d oförändrad", "%d oförändrade", unchanged) % unchanged,
        ngettext("%d överhoppad", "%d överhoppade", skipped) % skipped,
    ]
    if refused:
        parts.append(_("%d med fel") % refused)
    files = ngettext("%d fil", "%d filer", total) % total
    return f"{files}: {', '.join(parts)}"
