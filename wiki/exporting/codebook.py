"""The catalogue as a codebook in the REFI-QDA format, version 1.0, for programs of qualitative analysis.

A theme is a code that cannot be chosen, its active factors are the codes below it. Identities follow from the
slugs, so that a codebook that is fetched again says the same codes.
"""

import re
import uuid
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from factors.models import Factor, Theme
from wiki.exporting.origin import WIKI, Origin

NAMESPACE = "urn:QDA-XML:codebook:1.0"
CODES = uuid.UUID("b9a9a1b0-6f0d-5c1b-9d55-0d3c3c1a7f2e")
# What XML 1.0 cannot say, however it is written.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def codebook(origin: Origin) -> str:
    """The codebook; empty when there is no active factor, as the format asks for a code. Two queries."""
    themes = [theme for theme in Theme.objects.with_active_factors() if _factors_of(theme)]
    if not themes:
        return ""
    about = f"{WIKI}, {origin.catalogue}, {_('hämtad')} {origin.day}, CC0 1.0"
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            f"<CodeBook xmlns={quoteattr(NAMESPACE)} origin={_attribute(about)}>",
            "<Codes>",
            *map(_theme, themes),
            "</Codes>",
            "</CodeBook>\n",
        ]
    )


def guid(kind: str, slug: str) -> str:
    """The identity of a theme or a factor, the same for ever."""
    return str(uuid.uuid5(CODES, f"{kind}:{slug}"))


def _theme(theme: Theme) -> str:
    codes = "\n".join(map(_factor, _factors_of(theme)))
    return _code("theme", theme.slug, theme.name, theme.description, codes=codes)


def _factor(factor: Factor) -> str:
    description = "\n\n".join(
        [
            factor.definition,
            f"{_('Så märks det när den främjar:')} {factor.enables}",
            f"{_('Så märks det när den hämmar:')} {factor.hinders}",
        ]
    )
    return _code("factor", factor.slug, factor.name, description)


def _code(kind: str, slug: str, name: str, description: str, codes: str = "") -> str:
    """One code; those below it come after its description."""
    codable = "false" if kind == "theme" else "true"
    start = f'<Code guid="{guid(kind, slug)}" name={_attribute(name)} isCodable="{codable}">'
    described = f"<Description>{escape(_allowed(description))}</Description>" if description else ""
    return "\n".join(filter(None, [start, described, codes, "</Code>"]))


def _factors_of(theme: Theme) -> list[Factor]:
    factors: list[Factor] = getattr(theme, "active_factors")  # noqa: B009 - prefetched, unknown to the type
    return factors


def _attribute(text: str) -> str:
    return quoteattr(_allowed(text))


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("", text)
