"""From Markdown to what a page shows: links are looked up here, text is rendered in a child process."""

import hashlib
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.cache import caches
from django.urls import reverse

from factors.models import Factor
from mittkoping.municipalities.models import Municipality
from mittkoping.text.bounded import RenderRefused, render_bounded
from mittkoping.text.links import Resolved, Target, candidates
from mittkoping.text.render import RENDERER, escaped
from mittkoping.text.sections import Section, sections
from mittkoping.text.slugs import slugify
from mittkoping.text.swedish import sort_key
from wiki.names import pages_named

CACHE_SECONDS = 24 * 3600
BLOCKS_SECONDS = 4.0  # that may have gone when one more of many blocks is begun


@dataclass(frozen=True)
class Rendering:
    """What is derived from a body.

    contents      [{"level": 2, "id": "u-mal", "text": "Mål"}, …] in order
    links         names of pages, as written, in order
    files         addresses in our own storage that it shows or links to, in order
    silent        of those, the pictures that nothing is said of, although they are not decorative
    is_rendered   False when the text was too heavy: html then is its escaped source
    """

    html: str
    contents: list[dict[str, Any]]
    links: list[str]
    plain: str
    is_rendered: bool
    renderer: str
    files: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)


def render(body: str) -> Rendering:
    """Render a body as it would look if it were saved now. At most four queries; not inside transactions."""
    return _render(body, _resolve(candidates(body)))


def render_cached(body: str) -> Rendering:
    """Render an old version, or any text that is shown again: the result, refusals included, is kept."""
    return _kept(body, _resolve(candidates(body)))


def render_blocks(blocks: Sequence[str]) -> list[str]:
    """The HTML of texts that are shown one by one; at most four queries for all of them.

    When BLOCKS_SECONDS have gone, the rest are shown as their own source.
    """
    links = _resolve(dict.fromkeys(target for block in blocks for target in candidates(block)))
    ends = time.monotonic() + BLOCKS_SECONDS
    shown = []
    for block in blocks:
        own = {target: links[target] for target in candidates(block) if target in links}
        shown.append(_kept(block, own).html if time.monotonic() < ends else escaped(block).html)
    return shown


def _kept(body: str, links: dict[Target, Resolved]) -> Rendering:
    known = json.dumps([[*asdict(target).values(), *asdict(seen).values()] for target, seen in links.items()])
    digest = hashlib.sha256(f"{RENDERER}\0{known}\0{body}".encode()).hexdigest()
    rendering: Rendering | None = caches["rendering"].get(f"rendering:{digest}")
    if rendering is None:
        rendering = _render(body, links)
        caches["rendering"].set(f"rendering:{digest}", rendering, CACHE_SECONDS)
    return rendering


def sections_of(body: str) -> tuple[Section, ...]:
    """The parts of a normalised body that its headings make, as on the page if it were drawn now.

    None when it is too heavy to render. At most four queries; not inside transactions.
    """
    try:
        return sections(body, render_bounded(body, _resolve(candidates(body))))
    except RenderRefused:
        return ()


def _render(body: str, links: dict[Target, Resolved]) -> Rendering:
    try:
        rendered, is_rendered = render_bounded(body, links), True
    except RenderRefused:
        rendered, is_rendered = escaped(body), False
    return Rendering(
        html=rendered.html,
        contents=[asdict(heading) for heading in rendered.contents],
        links=[target.name for target in rendered.links if target.kind == "page"],
        plain=rendered.plain,
        is_rendered=is_rendered,
        renderer=RENDERER,
        files=list(rendered.files),
        silent=list(rendered.silent),
    )


def _resolve(targets: Iterable[Target]) -> dict[Target, Resolved]:
    by_kind: dict[str, list[Target]] = {"page": [], "factor": [], "municipality": []}
    for target in targets:
        by_kind[target.kind].append(target)
    return {
        **_resolve_pages(by_kind["page"]),
        **_resolve_factors(by_kind["factor"]),
        **_resolve_municipalities(by_kind["municipality"]),
    }


def _resolve_pages(targets: list[Target]) -> dict[Target, Resolved]:
    pages = pages_named(target.name for target in targets)
    return {
        target: Resolved(href=reverse("wiki:page", args=[pages[target.name].slug]), text=target.name)
        for target in targets
        if target.name in pages
    }


def _resolve_factors(targets: list[Target]) -> dict[Target, Resolved]:
    slugs = {target: slugify(target.name) for target in targets}
    if not slugs:
        return {}
    found = Factor.objects.filter(slug__in=set(slugs.values())).select_related("merged_into")
    factors = {factor.slug: factor.merged_into or factor for factor in found}
    return {
        target: Resolved(href=factors[slug].get_absolute_url(), text=factors[slug].name)
        for target, slug in slugs.items()
        if slug in factors
    }


def _resolve_municipalities(targets: list[Target]) -> dict[Target, Resolved]:
    keys = {target: sort_key(target.name) for target in targets}
    if not keys:
        return {}
    found = Municipality.objects.filter(sort_key__in=set(keys.values())).only("name", "slug", "sort_key")
    municipalities = {municipality.sort_key: municipality for municipality in found}
    return {
        target: Resolved(href=municipalities[key].get_absolute_url(), text=municipalities[key].name)
        for target, key in keys.items()
        if key in municipalities
    }
