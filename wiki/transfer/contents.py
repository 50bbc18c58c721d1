"""From a document to content that can be published, or the reasons why it cannot."""

import uuid
from collections.abc import Iterable
from functools import cached_property

from django.utils.translation import gettext as _

from mittkoping.text.normalise import normalise, normalise_line
from mittkoping.text.slugs import slugify
from wiki.content import MAX_NOTE, MAX_PASSAGE, MAX_TRIED, Content, Passage, Tag
from wiki.models import FactorTag, Page
from wiki.operations import MissingAlt
from wiki.operations.alt_texts import check_alt_texts_of
from wiki.passages import NoPassage, choose_quote
from wiki.rendering import render_cached
from wiki.transfer.catalogue import Catalogue
from wiki.transfer.document import Document, Entry, TagEntry
from wiki.transfer.problems import Problem, shown
from wiki.validation import problems, too_long


class ContentBuilder:
    """Looks up what one document refers to; `problems` has what is wrong, that of the document included.

    before   the tags that the page has: one about the same factor, direction and municipality keeps its key,
             and one with the same key its author
    author   primary key of the author of new tags
    number   of the version that it becomes
    """

    def __init__(
        self, document: Document, catalogue: Catalogue, *, before: Iterable[Tag], author: int, number: int
    ) -> None:
        self.document = document
        self.catalogue = catalogue
        self.before = {tag.key: tag for tag in before}
        self.author = author
        self.number = number
        self.problems = list(document.problems)
        self.content = self._build()
        lines = {"title": document.title.line, "lead": document.lead.line, "body": document.body.line}
        for field, sentence in problems(self.content):
            self.problems.append(Problem(lines.get(field, document.tags_line), sentence))
        self._check_alt_texts()
        self.problems.sort(key=lambda problem: problem.line)

    def _build(self) -> Content:
        document = self.document
        return Content(
            title=normalise_line(document.title.text),
            lead=normalise(document.lead.text),
            body=document.body.text,
            kind=self._kind(document.kind),
            tracks=tuple(sorted({self._track(entry) for entry in document.tracks})),
            municipalities=tuple(sorted({self._municipality(entry) for entry in document.municipalities})),
            tags=self._tags(),
        )

    def _check_alt_texts(self) -> None:
        try:
            check_alt_texts_of(self.content.body)
        except MissingAlt as missing:
            before = self.content.body.partition(missing.silent[0])[0]
            self.problems.append(Problem(self.document.body.line + before.count("\n"), str(missing)))

    def _refuse(self, entry: Entry, sentence: str, **more: str) -> None:
        self.problems.append(Problem(entry.line, sentence % {"value": shown(entry.text), **more}))

    def _kind(self, entry: Entry) -> str:
        kind = slugify(entry.text) or Page.Kind.PAGE.value
        if kind not in Page.Kind.values:
            sentence = _("Sidtypen ”%(value)s” finns inte. De som finns är %(kinds)s.")
            self._refuse(entry, sentence, kinds=", ".join(Page.Kind.values))
        return kind

    def _track(self, entry: Entry) -> str:
        track = slugify(entry.text)
        if track not in Page.Track.values:
            self._refuse(entry, _("Inriktningen ”%(value)s” finns inte. Välj skola eller halsa."))
        return track

    def _municipality(self, entry: Entry) -> str:
        code = self.catalogue.municipality(normalise_line(entry.text))
        if code is None:
            self._refuse(entry, _("Kommunen ”%(value)s” finns inte."))
        return code or ""

    def _tags(self) -> tuple[Tag, ...]:
        given = [self._key(entry.key) for entry in self.document.tags]
        free = {key: tag for key, tag in self.before.items() if key not in given}
        tags: dict[str, Tag] = {}
        for entry, key in zip(self.document.tags, given, strict=True):
            tag = self._tag(entry, key, free)
            if tag.key in tags:
                self._refuse(entry.key, _("Två märkningar har samma key."))
            tags[tag.key] = tag
        return tuple(tags.values())

    def _key(self, entry: Entry) -> str:
        try:
            return str(uuid.UUID(entry.text)) if entry.text else ""
        except ValueError:
            self._refuse(entry, _("”%(value)s” är ingen UUID. Ta bort raden, så får märkningen en ny."))
            return ""

    def _tag(self, entry: TagEntry, key: str, free: dict[str, Tag]) -> Tag:
        note = self._limited(entry.note, _("Motiveringen"), MAX_NOTE)
        tried = self._limited(entry.tried, _("Det ni provade (tried)"), MAX_TRIED)
        municipality = self._municipality(entry.municipality) if entry.municipality.text else None
        factor, direction = self._factor(entry.factor), self._direction(entry.direction)
        alike = [tag for tag in free.values() if _about(tag) == (factor, direction, municipality)]
        # Of several about the same thing rather the one that points at the same words.
        alike.sort(key=lambda tag: bool(tag.passage) and _quote(tag) != entry.passage.text)
        key = key or next((tag.key for tag in alike), "") or str(uuid.uuid4())
        free.pop(key, None)
        return Tag(
            key=key,
            factor=factor,
            direction=direction,
            strength=self._strength(entry.strength),
            note=note,
            municipality=municipality,
            author=self.before[key].author if key in self.before else self.author,
            passage=self._passage(entry, self.before.get(key)),
            phase=self._phase(entry.phase),
            tried=tried,
        )

    def _limited(self, entry: Entry, name: str, limit: int) -> str:
        text = normalise_line(entry.text)
        if len(text) > limit:
            self.problems.append(Problem(entry.line, too_long(name, len(text), limit)))
        return text[:limit]

    def _phase(self, entry: Entry) -> str:
        if entry.text and entry.text not in FactorTag.Phase.values:
            self._refuse(entry, _("Tiden (phase) ska vara before, during eller after."))
        return entry.text

    def _passage(self, entry: TagEntry, before: Tag | None) -> Passage | None:
        """The words that the file quotes; those of another wiki's older text may be gone from this one."""
        quote = normalise(entry.passage.text)
        if not quote or (before and _quote(before) == quote):
            return before.passage if before else None
        if len(quote) > MAX_PASSAGE:
            sentence = too_long(_("Avsnittet (passage)"), len(quote), MAX_PASSAGE)
            self.problems.append(Problem(entry.passage.line, sentence))
            return None
        prefix, suffix = entry.passage_before.text[-32:], entry.passage_after.text[:32]
        try:
            return choose_quote(self._plain, quote, self.number, prefix=prefix, suffix=suffix)
        except NoPassage:
            return Passage(exact=quote, prefix=prefix, suffix=suffix)

    @cached_property
    def _plain(self) -> str:
        return render_cached(self.document.body.text).plain

    def _factor(self, entry: Entry) -> str:
        if not entry.text:
            self._refuse(entry, _("Märkningen saknar nyckelfaktor (factor)."))
        elif entry.text not in self.catalogue.factors:
            self._refuse(entry, _("Nyckelfaktorn ”%(value)s” finns inte i katalogen."))
        return entry.text

    def _direction(self, entry: Entry) -> str:
        if entry.text not in FactorTag.Direction.values:
            self._refuse(entry, _("Riktningen (direction) ska vara enabling eller hindering."))
        return entry.text

    def _strength(self, entry: Entry) -> int:
        if entry.text not in {"", "1", "2"}:
            self._refuse(entry, _("Styrkan (strength) ska vara 1, allmänt, eller 2, konkret exempel."))
        return 2 if entry.text == "2" else 1


def _quote(tag: Tag) -> str:
    return tag.passage.exact if tag.passage else ""


def _about(tag: Tag) -> tuple[str, str, str | None]:
    return (tag.factor, tag.direction, tag.municipality)
