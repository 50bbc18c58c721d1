"""What is done with the passages of a page, and what municipalities answer to them."""

from collections.abc import Callable
from typing import Any

from tests.rights.action import Action, Fields
from tests.rights.world import WORDS, World
from wiki import rules
from wiki.models import FactorTag

NEW_KEY = "00000000-0000-4000-8000-00000000000a"
OTHER_WORDS = "Andra"


def _chosen(world: World) -> Fields:
    start = world.page.plain.index(OTHER_WORDS)
    return {"version": world.page.number, "start": start, "end": start + len(OTHER_WORDS)}


def _tagged(world: World) -> Fields:
    says = {"key": NEW_KEY, "factor": "tillit", "direction": "hindering", "strength": "2"}
    return {**_chosen(world), **says}


def _seen_again(world: World) -> Fields:
    return {"version": world.page.number, "start": 0, "end": len(WORDS.exact)}


def _base(world: World) -> Fields:
    return {"base": world.page.number}


def _of(which: str) -> Callable[[World], Fields]:
    def values(world: World) -> Fields:
        tag: FactorTag = getattr(world, which)
        return {"slug": world.page.slug, "key": tag.key}

    return values


def _answer(which: str) -> Callable[[World], Fields]:
    def values(world: World) -> Fields:
        answer = getattr(world, which)
        return {"slug": world.page.slug, "key": answer.key, "number": answer.pk}

    return values


def _reason(world: World) -> Fields:
    return {"reason": "Namn"}


def _no(world: World) -> Fields:
    return {"applies": "nej", "line": "Inte här."}


def with_tag(do: str, fields: Callable[[World], Fields]) -> Action:
    """Seeing to a tag is editing its page."""
    return Action("wiki:passage", {rules.may_write: "page"}, do=do, fields=fields, values=_of("tag"))


def answering(which: str, **more: Any) -> Action:
    """An answer for the municipality of the one who tries."""
    return Action("wiki:answer", {rules.may_answer: which}, values=_of(which), **more)


def hiding(which: str, **more: Any) -> Action:
    """A moderator's way with an answer."""
    return Action("wiki:answer_hide", {rules.may_hide_experience: which}, values=_answer(which), **more)


TAGGING_SAVES = (
    Action("wiki:tag_passage", {rules.may_write: "page"}, fields=_tagged),
    with_tag("confirm", _seen_again),
    with_tag("move", _chosen),
    with_tag("remove", _base),
)
TAGGING = (
    answering("tag", fields=_no),
    answering("tag", do="take_back"),
    answering("tag_of_mittkoping", fields=_no),
    hiding("answer", fields=_reason),
    hiding("hidden_answer", do="show"),
)
