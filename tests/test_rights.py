"""Role × protection × action: the rule, what is answered and what is done agree, for every POST address."""

import inspect
from collections.abc import Callable

import pytest
from django.test import Client

from factors import rules as factor_rules
from factors.models import Factor
from mittkoping.accounts import rules as account_rules
from mittkoping.municipalities.models import Municipality
from tests.rights.action import Action, everybody, is_blocked, nobody, signed_in
from tests.rights.actions import ACTIONS, READ_RULES, SAVE_RULES, SAVES
from tests.rights.cataloguing import CATALOGUE_SAVES, may_write_factor
from tests.rights.expected import (
    CATALOGUE_OUTCOMES,
    NEED_NO_TOKEN,
    OUTCOMES,
    READ_ONLY,
    SAYS_THAT_IT_IS_SO,
    WAYS_IN,
    fields_of_nobodys,
)
from tests.rights.trying import ROUTES, Outcome, attempt
from tests.rights.world import PROTECTIONS, ROLES, World, build
from wiki import rules

pytestmark = pytest.mark.django_db

# What no rule of ours decides, or two together.
NOT_RULES = {everybody, is_blocked, may_write_factor, nobody, signed_in}


def rule_functions() -> set[Callable[..., bool]]:
    """Every rule of who may do what."""
    modules = (rules, account_rules, factor_rules)
    found = [one for module in modules for one in inspect.getmembers(module, inspect.isfunction)]
    return {rule for name, rule in found if name.startswith("may_")}


def test_every_rule_decides_something() -> None:
    used = {rule for action in ACTIONS for rule in action.asks} - NOT_RULES
    assert {rule.__name__ for rule in used | SAVE_RULES | set(READ_RULES)} == {
        rule.__name__ for rule in rule_functions()
    }


def test_every_post_address_has_an_action(mittkoping_: Municipality, catalogue: dict[str, Factor]) -> None:
    world = build("moderator", "open", mittkoping_)
    client = world.client()
    answers = {
        name: client.post(address).status_code
        for name, address in addresses_of(world).items()
        if name not in WAYS_IN
    }
    read_only = {name for name, status in answers.items() if status == 405}
    assert read_only == READ_ONLY
    assert set(answers) - read_only == {action.route for action in ACTIONS}


def addresses_of(world: World) -> dict[str, str]:
    """One address of every route: what an action is done to, or something made up."""
    known = {action.route: ROUTES[action.route].filled(action.values(world)) for action in ACTIONS}
    values = {"slug": "skolan", "number": 1, "old": 1, "new": 2, "comment": world.comment.pk, "key": "x"}
    values |= {
        "primary_key": world.proposal.pk,
        "pk": 1,
        "uidb36": "1",
        "provider_id": "oidc",
        "name": "matris",
        "path": "bilder/ingen.png",
    }
    return {name: known.get(name) or route.filled(values) for name, route in ROUTES.items()}


@pytest.mark.parametrize("protection", PROTECTIONS)
@pytest.mark.parametrize("role", ROLES)
def test_rule_answer_and_deed_agree(
    mittkoping_: Municipality, catalogue: dict[str, Factor], role: str, protection: str
) -> None:
    world = build(role, protection, mittkoping_)
    client = world.client()
    wrong = []
    for action in ACTIONS:
        if action.depends or protection == "open":
            allowed, outcome = action.is_allowed(world), attempt(client, action, world)
            wrong += [f"{action}: {text}" for text in disagreements(action, protection, outcome, allowed)]
            if action in SAVES:
                expected = OUTCOMES[role][protection if action.depends else "open"]
                assert (str(action), outcome.became) == (str(action), expected)
            if action in CATALOGUE_SAVES:
                assert (str(action), outcome.became) == (str(action), CATALOGUE_OUTCOMES[role])
    if protection == "archived":
        for rule, address in READ_RULES.items():
            assert ("Skolan" in client.get(address).text) == rule(world.now())
    assert wrong == []


def disagreements(action: Action, protection: str, outcome: Outcome, allowed: bool) -> list[str]:
    """How the rule, the answer and the deed differ."""
    found = []
    if outcome.wrote and not allowed:
        found.append("done, though the rule says no")
    if allowed and action.does and not outcome.wrote:
        found.append(f"not done ({outcome.status}), though the rule says yes")
    if allowed and outcome.is_refused:
        found.append(f"refused ({outcome.status}), though the rule says yes")
    if not allowed and not outcome.is_refused and (protection, str(action)) not in SAYS_THAT_IT_IS_SO:
        found.append(f"answered {outcome.status}, though the rule says no")
    return found


@pytest.mark.parametrize("role", ["contributor", "moderator"])
def test_fields_that_no_form_shows_have_no_effect(
    mittkoping_: Municipality, catalogue: dict[str, Factor], role: str
) -> None:
    world = build(role, "open", mittkoping_)
    client, more = world.client(), fields_of_nobodys(world)
    done = 0
    for action in ACTIONS:
        if action.is_allowed(world):
            plain = attempt(client, action, world, look=True)
            outcome = attempt(client, action, world, more=more, look=True)
            changed = [model for model, table in plain.after.items() if outcome.after[model] != table]
            # A draft keeps whatever was sent, and only its writer reads it.
            expected = ["wiki.Draft"] if action.do == "draft" else []
            assert (str(action), outcome.status, changed) == (str(action), plain.status, expected)
            done += plain.wrote
    assert done > 10


def test_every_form_needs_its_token(mittkoping_: Municipality, catalogue: dict[str, Factor]) -> None:
    world = build("moderator", "open", mittkoping_)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = world.client().cookies
    answers = {name: strict.post(address, {"body": "x"}) for name, address in addresses_of(world).items()}
    assert {name for name, answer in answers.items() if answer.status_code != 403} == NEED_NO_TOKEN
    assert {
        name for name, route in ROUTES.items() if getattr(route.view, "csrf_exempt", False)
    } == NEED_NO_TOKEN
    assert strict.get("/granskning/").status_code == 200
