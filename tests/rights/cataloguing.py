"""What is done with the catalogue of factors: written by moderators, proposed by everybody else."""

from collections.abc import Callable
from typing import Any

from factors import rules
from factors.models import Factor
from mittkoping.accounts.models import Someone
from tests.rights.action import Action, Asks, Fields, alone
from tests.rights.world import World

TEXT = {"definition": "En helt ny definition.", "enables": "Det går.", "hinders": "Det står still."}


def may_write_factor(user: Someone, factor: Factor | None) -> bool:
    """One form publishes for some, and proposes for others."""
    return rules.may_edit_factor(user, factor) or rules.may_propose_factor(user, factor)


def _new(world: World) -> Fields:
    return {**TEXT, "name": "Väntetid", "theme": world.factor.theme.slug, "sure": "1"}


def _edited(world: World) -> Fields:
    return {**TEXT, "base": world.factor.number}


def _reason(world: World) -> Fields:
    return {"reason": "Det säger samma sak."}


def _reverted(world: World) -> Fields:
    return {"base": world.factor.number, **_reason(world)}


def _merged(world: World) -> Fields:
    return {"till": "tillit", **_reason(world)}


def _looked_at(world: World) -> Fields:
    return {"revision": world.factor_proposal.revision, "number": world.factor.number, **_reason(world)}


def _revised(world: World) -> Fields:
    own = world.own_factor_proposal
    return {**TEXT, "base": own.base, "revision": own.revision}


def _slug(which: str) -> Callable[[World], Fields]:
    return lambda world: {"slug": getattr(world, which).slug}


def with_factor(route: str, rule: Callable[..., bool], which: str = "factor", **more: Any) -> Action:
    """An action on a factor."""
    return alone(route, rule, which, **{"values": _slug(which), **more})


def with_proposal(route: str, rule: Callable[..., bool], which: str, **more: Any) -> Action:
    """An action on a proposal for the catalogue."""
    return Action(
        f"wiki:factor_proposal_{route}",
        {rule: which},
        values=lambda world: {"primary_key": getattr(world, which).pk},
        depends=False,
        sees=which,
        **more,
    )


CATALOGUE_SAVES = (
    alone("factor_new", may_write_factor, "nothing", fields=_new),
    with_factor("factor_edit", may_write_factor, fields=_edited),
)
REVISING: Asks = {rules.may_revise_factor_proposal: "own_factor_proposal", rules.may_propose_factor: "factor"}
CATALOGUING = (
    with_factor(
        "factor_revert",
        rules.may_edit_factor,
        fields=_reverted,
        values=lambda world: {"slug": world.factor.slug, "number": 1},
    ),
    with_factor("factor_edit", may_write_factor, "merged_factor", fields=_edited),
    with_factor("factor_edit", may_write_factor, "retired_factor", fields=_edited),
    with_factor("factor_merge", rules.may_merge_factor, do="merge", fields=_merged),
    with_factor("factor_merge", rules.may_unmerge_factor, "merged_factor", do="unmerge", fields=_reason),
    with_factor("factor_retire", rules.may_retire_factor, do="retire", fields=_reason),
    with_factor("factor_retire", rules.may_revive_factor, "retired_factor", do="revive", fields=_reason),
    with_proposal("decide", rules.may_review_factor, "factor_proposal", do="accept", fields=_looked_at),
    with_proposal("decide", rules.may_review_factor, "factor_proposal", do="reject", fields=_looked_at),
    with_proposal("decide", rules.may_review_factor, "own_factor_proposal", do="reject", fields=_looked_at),
    Action(
        "wiki:factor_proposal_edit",
        REVISING,
        fields=_revised,
        values=lambda world: {"primary_key": world.own_factor_proposal.pk},
        depends=False,
        sees="own_factor_proposal",
    ),
    with_proposal("edit", rules.may_revise_factor_proposal, "factor_proposal", fields=_revised),
    with_proposal("withdraw", rules.may_withdraw_factor_proposal, "own_factor_proposal"),
    with_proposal("withdraw", rules.may_withdraw_factor_proposal, "factor_proposal"),
)
