"""One thing that can be done by POST, and the rules that decide who may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from factors.models import FactorProposal
from mittkoping.accounts.models import Someone
from tests.rights.world import World
from wiki.models import Attachment, Comment, Page, Proposal
from wiki.models.factor_proposal import readable_factor_proposals

Fields = Mapping[str, Any]
Asks = Mapping[Callable[..., bool], str]


def signed_in(user: Someone) -> bool:
    """What is one's own, or harms nobody: no rule of the wiki decides it."""
    return user.is_authenticated


def everybody(user: Someone) -> bool:
    """A signed link says for whom."""
    return True


def nobody(user: Someone) -> bool:
    """What is somebody else's own."""
    return False


def is_blocked(user: Someone) -> bool:
    """Only those who are blocked appeal."""
    return user.is_authenticated and user.is_blocked


@dataclass(frozen=True)
class Action:
    """One thing that can be done.

    asks      the rules that must all hold, each with the part of the world that it is asked about
    fields    what a form that asks for just this sends
    values    what fills the places of the address
    query     what the address ends with
    depends   on the protection of the page
    does      it changes something; a preview does not
    """

    route: str
    asks: Asks
    fields: Callable[[World], Fields] = lambda world: {}
    values: Callable[[World], Fields] = lambda world: {"slug": world.page.slug}
    do: str = ""
    query: str = ""
    depends: bool = True
    does: bool = True
    sees: str = "page"

    def __str__(self) -> str:
        return f"{self.route} {self.do}".strip()

    def sent(self, world: World) -> dict[str, Any]:
        """The fields of the form."""
        return {**({"do": self.do} if self.do else {}), **self.fields(world)}

    def is_allowed(self, world: World) -> bool:
        """What the rules say, of things that one may see at all."""
        user = world.now()
        return _is_seen(user, getattr(world, self.sees, None)) and all(
            rule(user, *([getattr(world, of)] if of else [])) for rule, of in self.asks.items()
        )


def _is_seen(user: Someone, thing: Any) -> bool:
    if isinstance(thing, FactorProposal):
        return readable_factor_proposals(user).filter(pk=thing.pk).exists()
    if isinstance(thing, Page | Proposal | Comment | Attachment):
        return type(thing).objects.visible_to(user).filter(pk=thing.pk).exists()
    return True


def with_page(route: str, rule: Callable[..., bool], do: str = "", **more: Any) -> Action:
    """An action on the page itself."""
    return Action(f"wiki:{route}", {rule: "page"} if rule is not signed_in else {rule: ""}, do=do, **more)


def alone(route: str, rule: Callable[..., bool], of: str = "", do: str = "", **more: Any) -> Action:
    """An action that no page decides on."""
    return Action(f"wiki:{route}", {rule: of}, do=do, depends=False, sees="", **more)


def with_proposal(route: str, asks: Asks, which: str, **more: Any) -> Action:
    """An action on a proposal."""
    return Action(
        f"wiki:{route}",
        asks,
        sees=which,
        values=lambda world: {"primary_key": getattr(world, which).pk},
        **more,
    )


def with_comment(route: str, rule: Callable[..., bool], which: str, do: str = "", **more: Any) -> Action:
    """An action on a comment."""
    return Action(
        f"wiki:{route}",
        {rule: which},
        do=do,
        values=lambda world: {"slug": world.page.slug, "comment": getattr(world, which).pk},
        **more,
    )
