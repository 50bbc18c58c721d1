"""What a writer is told of the marked passages that a change has orphaned, or will."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wiki.chips import Chip
from wiki.models import Edit, FactorTag, Proposal

MAX_TOLD = 3
MAX_QUOTE = 60  # characters


def told_of_orphaned(orphaned: Sequence[Chip], result: Edit | Proposal) -> str:
    """Say which passages have lost their words, or most of them, and where one sees to them."""
    slug = result.page.slug if result.page else ""
    told: list[str] = [_told(chip, slug) for chip in orphaned[:MAX_TOLD]]
    more = len(orphaned) - len(told)
    if more:
        told.append(ngettext("Och %(count)s till.", "Och %(count)s till.", more) % {"count": more})
    lines = format_html_join("", '<span class="told">{}</span>', ((line,) for line in told))
    return format_html("<strong>{}</strong>{}", _heading(orphaned, result), lines)


def _heading(orphaned: Sequence[Chip], result: Edit | Proposal) -> str:
    count = len(orphaned)
    if isinstance(result, Proposal):
        sentence = ngettext(
            "Ett märkt avsnitt behöver ses över om förslaget godkänns.",
            "%(count)s märkta avsnitt behöver ses över om förslaget godkänns.",
            count,
        )
    else:
        sentence = ngettext(
            "Ett märkt avsnitt hängde inte med i ändringen.",
            "%(count)s märkta avsnitt hängde inte med i ändringen.",
            count,
        )
    return sentence % {"count": count}


def _told(chip: Chip, slug: str) -> str:
    own = reverse("wiki:passage", args=[slug, chip.key])
    place = f"{reverse('wiki:page', args=[slug])}#p-{chip.key}"
    return format_html(
        '<a href="{}">”{}”</a> ({}: {}) {} <a href="{}#se-over">{}</a>',
        place,
        Truncator(chip.words).chars(MAX_QUOTE),
        FactorTag.Direction(chip.direction).label,
        chip.factor,
        _("försvinner ur texten.") if chip.state == FactorTag.State.GONE else _("har ändrats mycket."),
        own,
        _("Se över märkningen"),
    )
