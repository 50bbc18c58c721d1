"""How a text would look, what becomes of the marked passages of its page, and what is to be thought of."""

from typing import Any

from mittkoping.accounts.models import User
from mittkoping.text.normalise import normalise
from wiki import rendering
from wiki.content import MAX_BODY, Content
from wiki.fates import Fates, body_after, fates_after
from wiki.forms import EditForm, TagFormSet
from wiki.models import Page
from wiki.views.advising import advice_in
from wiki.views.settling import Conflict


def preview_of_form(
    form: EditForm, tags: TagFormSet, conflict: Conflict | None, *, page: Page | None, by: User
) -> dict[str, Any]:
    """What the preview of a form shows: of what was typed, or, in a conflict, of what was chosen."""
    if conflict:
        content = conflict.settled
        shown = preview_of(content.body, page=page, content=content)
    else:
        body, base = normalise(form["body"].value() or ""), form.started_from
        content = Content(title="", body=form.text(), tags=tags.kept())
        shown = preview_of(body, page=page, content=content, base=base)
    return shown | {"advice": advice_in(form, tags, by=by, drawn=shown["rendering"])}


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
