"""The words that readers see for what a content holds as codes."""

from collections.abc import Collection
from typing import Any

from mittkoping.municipalities.models import Municipality
from wiki.content import Content
from wiki.models import Page


def kind_label(kind: str) -> str:
    """The name of a kind; the code itself when it is unknown."""
    return str(dict(Page.Kind.choices).get(kind, kind))


def track_labels(tracks: Collection[str]) -> list[str]:
    """The names of tracks, in the same order."""
    labels = dict(Page.Track.choices)
    return [str(labels.get(track, track)) for track in tracks]


def municipality_names(codes: Collection[str]) -> list[str]:
    """The names of municipalities, in Swedish order. One query, or none."""
    if not codes:
        return []
    found = Municipality.objects.filter(code__in=codes).in_order()
    return list(found.values_list("name", flat=True))


def labels(content: Content) -> dict[str, Any]:
    """The facts of a content in words: kind, tracks, municipalities. One query, or none."""
    return {
        "kind": kind_label(content.kind),
        "tracks": track_labels(content.tracks),
        "municipalities": municipality_names(content.municipalities),
    }
