"""What is done with files, and what the editor asks for."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.rights.action import Action, Fields, alone, signed_in
from tests.rights.world import World
from tests.text.word_files import p, word_file
from tests.wiki.files.made import picture
from wiki import rules


def _sent(world: World) -> Fields:
    return {"file": SimpleUploadedFile("ny.png", picture(colour=(1, 2, 3)))}


def _document(world: World) -> Fields:
    return {"file": SimpleUploadedFile("Skolan.docx", word_file(p("Hej!")))}


def _facts(world: World) -> Fields:
    return {"name": "kartan.png", "creator": "Kim", "licence": "cc0"}


def _reason(world: World) -> Fields:
    return {"reason": "Fel bild"}


def with_file(do: str, rule: Callable[..., bool], which: str, fields: Callable[[World], Fields]) -> Action:
    """An action on a file."""
    return Action(
        "wiki:attachment",
        {rule: which},
        do=do,
        fields=fields,
        values=lambda world: {"key": getattr(world, which).key},
        sees=which,
    )


FILING = (
    alone("attachment_new", rules.may_upload, fields=_sent),
    *(
        action
        for which in ("file", "own_file")
        for action in (
            with_file("describe", rules.may_describe_file, which, _facts),
            with_file("replace", rules.may_replace_file, which, _sent),
            with_file("delete", rules.may_delete_file, which, _reason),
        )
    ),
    alone("word_read", rules.may_upload, fields=_document, does=False),
    alone("preview_blocks", signed_in, does=False),
)
