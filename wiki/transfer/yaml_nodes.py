"""Plain YAML as nodes that know their line: no aliases, no objects, no depth to speak of."""

import yaml
from django.utils.translation import gettext as _

from wiki.transfer.problems import Unreadable

MAX_DEPTH = 8
PREFIX = "tag:yaml.org,2002:"
# What a plain scalar can be taken for. Its text is used as written, so that a code such as 0114 stays a code.
TEXT = frozenset(
    PREFIX + name for name in ("str", "int", "float", "bool", "null", "timestamp", "value", "merge")
)
NULL = f"{PREFIX}null"
BOOL = f"{PREFIX}bool"


class _Refused(yaml.YAMLError):
    """YAML that is right, but that nobody needs for a page."""

    def __init__(self, sentence: str, index: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.index = index


class _PlainLoader(yaml.SafeLoader):
    """Composes nodes; refuses what could make a small file large."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose a node and what is below it."""
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs say nothing of it
        position = event.start_mark.index if event.start_mark else 0
        if getattr(event, "anchor", None) is not None:  # an alias has one too
            raise _Refused(_("Ankare (&) och alias (*) i YAML används inte här."), position)
        if self.depth == MAX_DEPTH:
            raise _Refused(_("Listorna är nästlade för djupt."), position)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def compose(source: str) -> yaml.Node | None:
    """Read YAML into nodes; None when it is empty. Raises Unreadable, with the line in the source."""
    loader = None
    try:
        loader = _PlainLoader(source)
        return loader.get_single_node()
    except _Refused as refused:
        raise Unreadable(refused.sentence, line_at(source, refused.index)) from refused
    except yaml.reader.ReaderError as error:
        sentence = _("Här finns ett tecken som inte får stå i YAML. Ta bort det.")
        raise Unreadable(sentence, line_at(source, error.position)) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        sentence = _(
            "YAML-formatet stämmer inte. Sätt citattecken runt värden med kolon, och se efter indragen."
        )
        raise Unreadable(sentence, line_at(source, mark.index if mark else 0)) from error
    finally:
        if loader is not None:
            loader.dispose()


def line_of(source: str, node: yaml.Node) -> int:
    """The line of a node, counted from 1 and by line feeds only, as editors do."""
    return line_at(source, node.start_mark.index)


def line_at(source: str, index: int) -> int:
    """The line of a character."""
    return source.count("\n", 0, index) + 1
