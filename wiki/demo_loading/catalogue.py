"""What the demo's people want the catalogue of factors to say."""

from dataclasses import replace
from functools import partial
from typing import Any

from factors.content import FactorContent
from factors.models import Factor
from mittkoping.accounts.models import User
from wiki.demo_loading.files import Entry, as_time
from wiki.demo_loading.steps import Step
from wiki.operations.factor_proposals import propose_factor


def proposing(entry: Entry) -> Step:
    """Send one proposal of the file; both kinds wait for a moderator."""
    return Step(as_time(entry["date"]), f"2 {entry['summary']}", partial(_propose, entry))


def _propose(entry: Entry) -> None:
    by = User.objects.get(email=entry["by"])
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in entry["fields"].items()
    }
    if "factor" in entry:
        factor = Factor.objects.select_related("theme").get(slug=entry["factor"])
        content = replace(factor.content, **values)
        propose_factor(factor, content, base=factor.number, summary=entry["summary"], by=by)
    else:
        content = FactorContent(name=entry["name"], theme=entry["theme"], **values)
        propose_factor(None, content, base=0, summary=entry["summary"], by=by)
