"""What is said of a Word document: why it is not read, and what did not come along."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from mittkoping.text.docx_package import MAX_PICTURES, Reason

_SAVE_AGAIN = gettext_lazy("Öppna det i Word, välj Spara som och Word-dokument (.docx), och försök igen.")
_REASONS: Mapping[Reason, Any] = {
    "not_word": gettext_lazy("Filen är inte ett Word-dokument."),
    "old": gettext_lazy("Dokumentet är sparat i ett äldre format."),
    "encrypted": gettext_lazy(
        "Dokumentet är skyddat med lösenord. Ta bort lösenordet i Word och försök igen."
    ),
    "macros": gettext_lazy("Dokumentet har makron, och sådana tar vi inte emot."),
    "broken": gettext_lazy("Dokumentet är skadat och går inte att läsa."),
    "large": gettext_lazy("Dokumentet är för stort. Dela det i flera, eller ta bort stora bilder ur det."),
    "bomb": gettext_lazy("Dokumentet är mycket större uppackat än det borde vara, så det läses inte."),
    "tangled": gettext_lazy(
        "Dokumentet är för invecklat: det har för mycket innehåll, eller för mycket i vartannat."
    ),
    "time": gettext_lazy("Det tog för lång tid att läsa dokumentet. Dela det i flera och försök igen."),
    "memory": gettext_lazy("Dokumentet är för stort för att läsas. Dela det i flera och försök igen."),
    "busy": gettext_lazy("Flera dokument läses just nu. Vänta en stund och försök igen."),
}
_MENDED_BY_SAVING: frozenset[Reason] = frozenset({"not_word", "old", "macros", "broken"})

# In the order in which they are told: first what is gone.
_LEFT: Mapping[str, Any] = {
    "pictures": ngettext_lazy(
        "%(count)s bild är i ett format som webbläsare inte visar, eller för stor, och kom inte med.",
        "%(count)s bilder är i format som webbläsare inte visar, eller för stora, och kom inte med.",
        "count",
    ),
    "more_pictures": ngettext_lazy(
        "%(count)s bild kom inte med: gränsen är %(most)s.",
        "%(count)s bilder kom inte med: gränsen är %(most)s.",
        "count",
    ),
    "charts": ngettext_lazy(
        "%(count)s diagram kom inte med. Spara det som bild om det behövs.",
        "%(count)s diagram kom inte med. Spara dem som bilder om de behövs.",
        "count",
    ),
    "diagrams": ngettext_lazy(
        "%(count)s SmartArt-figur kom inte med.", "%(count)s SmartArt-figurer kom inte med.", "count"
    ),
    "figures": ngettext_lazy(
        "%(count)s ritad figur kom inte med.", "%(count)s ritade figurer kom inte med.", "count"
    ),
    "formulas": ngettext_lazy("%(count)s formel kom inte med.", "%(count)s formler kom inte med.", "count"),
    "objects": ngettext_lazy(
        "%(count)s inbäddad fil kom inte med.", "%(count)s inbäddade filer kom inte med.", "count"
    ),
    "comments": ngettext_lazy(
        "%(count)s kommentar kom inte med.", "%(count)s kommentarer kom inte med.", "count"
    ),
    "other": ngettext_lazy(
        "Text på %(count)s ställe i dokumentet kom inte med. Jämför med dokumentet.",
        "Text på %(count)s ställen i dokumentet kom inte med. Jämför med dokumentet.",
        "count",
    ),
    "hidden": gettext_lazy("Dold text kom inte med."),
    "margins": gettext_lazy("Sidhuvud och sidfot kom inte med."),
    "contents": gettext_lazy("Innehållsförteckningen kom inte med: sidan får en egen."),
    "links": ngettext_lazy(
        "%(count)s länk leder till något som andra inte kan öppna och blev vanlig text.",
        "%(count)s länkar leder till något som andra inte kan öppna och blev vanlig text.",
        "count",
    ),
    "inner_links": ngettext_lazy(
        "%(count)s länk inom dokumentet blev vanlig text.",
        "%(count)s länkar inom dokumentet blev vanlig text.",
        "count",
    ),
    "tracked": gettext_lazy("Spårade ändringar: det tillagda är med, det borttagna inte."),
    "boxes": ngettext_lazy(
        "Texten i %(count)s textruta står nu bland den andra texten.",
        "Texten i %(count)s textrutor står nu bland den andra texten.",
        "count",
    ),
    "merged_cells": ngettext_lazy(
        "%(count)s sammanslagen tabellcell delades upp. Se efter att tabellen stämmer.",
        "%(count)s sammanslagna tabellceller delades upp. Se efter att tabellerna stämmer.",
        "count",
    ),
    "one_row": ngettext_lazy(
        "%(count)s tabell med en enda rad blev vanlig text.",
        "%(count)s tabeller med en enda rad blev vanlig text.",
        "count",
    ),
    "numbers": ngettext_lazy(
        "%(count)s punkt i en numrerad lista fick en annan siffra. Se efter att siffrorna stämmer.",
        "%(count)s punkter i numrerade listor fick andra siffror. Se efter att siffrorna stämmer.",
        "count",
    ),
    "cells": gettext_lazy("Stycken och listor i tabellceller står nu på en rad."),
    "struck": gettext_lazy("Genomstruken text blev vanlig text."),
    "shifted": gettext_lazy("Upphöjda och nedsänkta bokstäver blev vanliga."),
    "looks": gettext_lazy("Färger, teckensnitt och storlekar kom inte med."),
}


def why(reason: Reason) -> str:
    """Why a document is not read, and what helps."""
    sentence = str(_REASONS[reason])
    return f"{sentence} {_SAVE_AGAIN}" if reason in _MENDED_BY_SAVING else sentence


def left_out(left: Mapping[str, int]) -> Iterator[str]:
    """What did not come along, or looks otherwise: a sentence each."""
    for kind, sentence in _LEFT.items():
        if count := left.get(kind, 0):
            yield str(sentence % {"count": count, "most": MAX_PICTURES})


def too_long(size: int, limit: int) -> str:
    """Why a document is more than one page can hold, in kilobytes."""
    sentence = _("Texten är %(size)s kB, och en sida rymmer %(limit)s kB. Dela dokumentet i flera.")
    return sentence % {"size": size // 1000 + 1, "limit": limit // 1000}


def unstored(count: int, reason: str) -> str:
    """That pictures could not be kept, and why."""
    sentence = ngettext_lazy(
        "%(count)s bild kom inte med. %(reason)s", "%(count)s bilder kom inte med. %(reason)s", "count"
    )
    return str(sentence % {"count": count, "reason": reason})
