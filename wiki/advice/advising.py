"""What a writer may want to think of before saving. Only a picture that nothing is said of stops anybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wiki.advice.reading import HINT, Found, read
from wiki.models import Page
from wiki.rendering import Rendering

LONG = 400  # words: what is longer is hard to find one's way in without headings
MOST_PLACES = 3  # of one kind that are named
MAX_WORDS = 60  # characters of a place that is named
# Where in the form something is put right.
TEXT, LEAD, TAGS, TITLE = "id_body", "id_lead", "markningar", "id_title"


@dataclass(frozen=True, kw_only=True)
class Written:
    """What stands in the form, as far as advice goes.

    is_part   only the part below one heading is written on: what is said of the whole page is left out
    """

    title: str
    lead: str
    rendering: Rendering
    has_factor: bool
    is_part: bool = False


@dataclass(frozen=True, kw_only=True)
class Advice:
    """One thing to think of.

    where   headings or words, at most MOST_PLACES of them
    more    how many places there are besides
    field   the id of the place in the form, if there is one
    page    the page that is much like this one
    stops   saving is stopped by it
    """

    kind: str
    sentence: str
    where: tuple[str, ...] = ()
    more: int = 0
    field: str = ""
    page: Page | None = None
    stops: bool = False


def advise(written: Written, *, alike: Sequence[Page] = ()) -> tuple[Advice, ...]:
    """Say what is to be thought of, most important first; nothing of a form in which nothing stands.

    alike   pages that are much like this one
    """
    if not (written.title or written.rendering.plain.strip()):
        return ()
    found = read(written.rendering.html)
    about_page = () if written.is_part else (*_of_page(written, found), *map(_of_alike, alike))
    return (*_of_text(written, found), *about_page)


def _of_text(written: Written, found: Found) -> Iterator[Advice]:
    if silent := written.rendering.silent:
        sentence = ngettext(
            "En bild saknar beskrivning. Sidan går inte att spara förrän den har en, eller är märkt som "
            "dekorativ.",
            "%(count)s bilder saknar beskrivning. Sidan går inte att spara förrän de har det, eller är "
            "märkta som dekorativa.",
            len(silent),
        )
        yield Advice(kind="pictures", sentence=sentence % {"count": len(silent)}, field=TEXT, stops=True)
    if found.hints:
        sentence = ngettext(
            "En hjälptext från mallen är kvar. Byt ut det som börjar med ”%(hint)s” mot din egen text, eller "
            "ta bort det.",
            "%(count)s hjälptexter från mallen är kvar. Byt ut det som börjar med ”%(hint)s” mot din egen "
            "text, eller ta bort det.",
            len(found.hints),
        )
        facts = {"count": len(found.hints), "hint": HINT}
        yield _at_places("hints", sentence % facts, found.hints)
    if found.empty:
        sentence = ngettext(
            "En rubrik har ingen text under sig. Skriv något där, eller ta bort rubriken.",
            "%(count)s rubriker har ingen text under sig. Skriv något där, eller ta bort dem.",
            len(found.empty),
        )
        yield _at_places("empty", sentence % {"count": len(found.empty)}, found.empty)
    if skipped := list(_skipped(found, is_part=written.is_part)):
        sentence = _("Rubriknivåer hoppas över. Gå ett steg i taget, så hänger texten ihop för alla.")
        yield _at_places("levels", sentence, skipped)
    yield from _of_tables_and_links(found)


def _of_tables_and_links(found: Found) -> Iterator[Advice]:
    if found.tables:
        sentence = ngettext(
            "En tabell saknar rubriker i första raden. Skriv vad varje kolumn innehåller.",
            "%(count)s tabeller saknar rubriker i första raden. Skriv vad varje kolumn innehåller.",
            len(found.tables),
        )
        yield _at_places("tables", sentence % {"count": len(found.tables)}, found.tables)
    if found.vague:
        sentence = _("Skriv vart länken leder i länkens text. Den som bara hör länkarna förstår då också.")
        yield _at_places("links", sentence, found.vague)
    if found.bare:
        sentence = _("Ge länken en text i stället för en adress, så syns det vart den leder.")
        yield _at_places("addresses", sentence, found.bare)


def _of_page(written: Written, found: Found) -> Iterator[Advice]:
    if not written.has_factor:
        sentence = _("Vilken faktor handlar det här om, och vad bygger ni det på?")
        yield Advice(kind="factor", sentence=sentence, field=TAGS)
    if not written.lead.strip():
        sentence = _("Skriv en ingress: det viktigaste i två tre meningar. Den syns i listor och sökningar.")
        yield Advice(kind="lead", sentence=sentence, field=LEAD)
    if not found.headings and len(written.rendering.plain.split()) > LONG:
        sentence = _("Texten är lång och har inga rubriker. Dela upp den, så hittar man i den.")
        yield Advice(kind="headings", sentence=sentence, field=TEXT)


def _of_alike(page: Page) -> Advice:
    sentence = _("En sida liknar den här. Kanske kan ni skriva vidare på den?")
    return Advice(kind="alike", sentence=sentence, page=page)


def _skipped(found: Found, *, is_part: bool) -> Iterator[str]:
    """The headings that stand more than one level below the one before, or below the title of the page."""
    above = found.headings[0][0] if is_part and found.headings else 1
    for (before, _text), (level, text) in pairwise([(above, ""), *found.headings]):
        if level > before + 1:
            yield text


def _at_places(kind: str, sentence: str, places: Sequence[str]) -> Advice:
    named = list(dict.fromkeys(_short(place) for place in places if place))
    return Advice(
        kind=kind,
        sentence=sentence,
        where=tuple(named[:MOST_PLACES]),
        more=len(named[MOST_PLACES:]),
        field=TEXT,
    )


def _short(place: str) -> str:
    return place if len(place) <= MAX_WORDS else f"{place[: MAX_WORDS - 1].rstrip()}…"
