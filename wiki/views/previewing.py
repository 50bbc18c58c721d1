"""Looking at a text before it is saved: how it reads, and what becomes of the marked passages of its page."""

from typing import Any

from wiki import rendering
from wiki.content import MAX_BODY, Content
from wiki.fates import Fates, body_after, fates_after
from wiki.models import Page


def preview_of(
    body: str, *, page: Page | None = None, content: Content | None = None, base: int | None = None
) -> dict[str, Any]:
    """What the preview of a body shows.

    page      the one that it is about; a new one has no passages
    content   all that was typed, with the whole text when body is only a part of it
    base      the version that it was written on; None for the newest
    """
    if len(body.encode()) > MAX_BODY:
        return {"rendering": None, "is_too_long": True}
    drawn = rendering.render(body)
    shown: dict[str, Any] = {"rendering": drawn, "is_too_long": False}
    if page is None or page.is_archived or content is None or len(content.body.encode()) > MAX_BODY:
        return shown
    whole = body_after(page, content.body, base)
    plain = drawn.plain if whole == body else rendering.render_cached(whole).plain
    fates: Fates = fates_after(page, content.tags, plain)
    return shown | {"fates": fates, "page": page}
