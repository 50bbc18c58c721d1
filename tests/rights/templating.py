"""What moderators do with page templates; and the advice that everybody who has signed in may ask for."""

from tests.rights.action import Action, Fields, alone, signed_in
from tests.rights.world import World
from wiki import rules


def _text(world: World) -> Fields:
    return {"name": "Spaning", "kind": "sida", "body": "## Vad?", "number": world.page_template.number}


def _template(which: str, do: str = "") -> Action:
    return alone(
        "template",
        rules.may_edit_templates,
        do=do,
        fields=_text,
        values=lambda world: {"slug": getattr(world, which).slug},
    )


TEMPLATING = (
    alone("template_new", rules.may_edit_templates, fields=_text),
    _template("page_template"),
    _template("page_template", "retire"),
    _template("retired_template", "revive"),
    alone("advice", signed_in, fields=lambda world: {"title": "Ny", "body": "Hej!"}, does=False),
)
