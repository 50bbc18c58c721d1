"""Try an action, see what came of it, and take it back."""

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client

from tests.addresses import Route, routes
from tests.rights.action import Action
from tests.rights.world import World
from tests.tables import rows

ROUTES: dict[str, Route] = {route.name: route for route in routes()}
WRITES = ("INSERT", "UPDATE", "DELETE")
# Written by every request that says something, or by signing in; not what an action does.
NOT_DEEDS = ("django_session", "usersessions_", "shared_cache")


@dataclass(frozen=True)
class Outcome:
    """What was answered, and whether something was written.

    became   of a save: "published", "published, reviewed", "proposal" or "nothing"; of one in the catalogue
             never "published, reviewed"
    after    every row of ours, if it was asked for
    """

    status: int
    location: str
    wrote: bool
    became: str
    after: Mapping[str, Any]

    @property
    def is_refused(self) -> bool:
        """The answer says: not you, or not here."""
        return self.status in {403, 404} or "/konto/login/" in self.location


def attempt(
    client: Client, action: Action, world: World, *, more: Mapping[str, Any] | None = None, look: bool = False
) -> Outcome:
    """Send the form; everything is as before when this returns."""
    address = ROUTES[action.route].filled(action.values(world)) + action.query
    sent = {**(more or {}), **action.sent(world)}
    with transaction.atomic():
        point = transaction.savepoint()
        with writes() as written:
            answer = client.post(address, sent)
        outcome = Outcome(
            status=answer.status_code,
            location=answer.headers.get("Location", ""),
            wrote=bool(written),
            became=_became(world),
            after=rows(plain=True) if look else {},
        )
        transaction.savepoint_rollback(point)
    return outcome


@contextmanager
def writes() -> Any:
    """The statements that write to tables of ours while the block runs."""
    found: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(WRITES) and not any(table in sql.split("(")[0] for table in NOT_DEEDS):
            found.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield found


def _became(world: World) -> str:
    """What the one who tried has saved."""
    if world.someone.pk is None:
        return "nothing"
    newest = world.someone.page_edits.order_by("-pk").first()
    if newest:
        return "published, reviewed" if newest.is_reviewed else "published"
    if world.someone.factor_edits.exists():
        return "published"
    has_proposed = world.someone.proposals.count() > 1 or world.someone.factor_proposals.count() > 1
    return "proposal" if has_proposed else "nothing"
