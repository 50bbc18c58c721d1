"""From nodes of YAML to a document: which keys there are, and which shape each value has."""

from collections.abc import Collection

import yaml
from django.utils.translation import gettext as _

from wiki.transfer.document import Document, Entry, TagEntry
from wiki.transfer.problems import Problem, shown
from wiki.transfer.yaml_nodes import BOOL, NULL, TEXT, compose, line_of

KEYS = ("title", "lead", "kind", "tracks", "municipalities", "tags", "author", "summary", "minor", "date")
TAG_KEYS = (
    "key",
    "factor",
    "direction",
    "strength",
    "note",
    "municipality",
    "passage",
    "passage_before",
    "passage_after",
    "phase",
    "tried",
)
TRUE = ("true", "yes", "on")  # YAML 1.1

Nodes = dict[str, yaml.Node]


class DocumentReader:
    """Reads one front matter and keeps what is wrong, with lines of the file, whose first line is a mark."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def read(self, body: Entry) -> Document:
        """The document. Raises Unreadable, with a line of the source."""
        nodes = self._mapping(compose(self.source), KEYS)
        return Document(
            title=self._text(nodes, "title"),
            lead=self._text(nodes, "lead"),
            kind=self._text(nodes, "kind"),
            tracks=self._texts(nodes, "tracks"),
            municipalities=self._texts(nodes, "municipalities"),
            tags=[self._tag(node) for node in self._items(nodes, "tags")],
            tags_line=self._line(nodes.get("tags")),
            author=self._text(nodes, "author"),
            summary=self._text(nodes, "summary"),
            is_minor=self._flag(nodes, "minor"),
            date=self._text(nodes, "date"),
            body=body,
            problems=self.problems,
        )

    def _line(self, node: yaml.Node | None) -> int:
        return line_of(self.source, node) + 1 if node else 1

    def _refuse(self, node: yaml.Node | None, sentence: str) -> None:
        self.problems.append(Problem(self._line(node), sentence))

    def _mapping(self, node: yaml.Node | None, known: Collection[str]) -> Nodes:
        """The values of a mapping by key; unknown and repeated keys are problems."""
        found: Nodes = {}
        if node is None or not isinstance(node, yaml.MappingNode):
            self._refuse(node, _("Här ska det stå nycklar med värden, som ”%s: …”.") % next(iter(known)))
            return found
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name not in known:
                names = {"name": shown(name), "known": ", ".join(known)}
                self._refuse(key, _("Nyckeln ”%(name)s” är okänd. De som finns är %(known)s.") % names)
            elif name in found:
                self._refuse(key, _("Nyckeln ”%s” står två gånger.") % name)
            else:
                found[name] = value
        return found

    def _text(self, nodes: Nodes, name: str) -> Entry:
        """A text, as written; empty when it is left out."""
        node = nodes.get(name)
        if node is not None and not _is_text(node):
            self._refuse(node, _("Värdet av ”%s” ska vara en text.") % name)
        return Entry(_as_written(node), self._line(node))

    def _items(self, nodes: Nodes, name: str) -> list[yaml.Node]:
        """The items of a list; none when it is left out."""
        node = nodes.get(name)
        if isinstance(node, yaml.SequenceNode):
            items: list[yaml.Node] = node.value
            return items
        if node is not None and node.tag != NULL:
            self._refuse(node, _("Värdet av ”%s” ska vara en lista.") % name)
        return []

    def _texts(self, nodes: Nodes, name: str) -> list[Entry]:
        return [self._text({name: item}, name) for item in self._items(nodes, name)]

    def _flag(self, nodes: Nodes, name: str) -> bool:
        node = nodes.get(name)
        if node is not None and node.tag not in {BOOL, NULL}:
            self._refuse(node, _("Värdet av ”%s” ska vara true eller false.") % name)
        return _as_written(node).casefold() in TRUE

    def _tag(self, node: yaml.Node) -> TagEntry:
        nodes = self._mapping(node, TAG_KEYS)
        texts = {name: self._text(nodes, name) for name in TAG_KEYS}
        line = self._line(node)
        placed = {name: text if name in nodes else Entry("", line) for name, text in texts.items()}
        return TagEntry(line=line, **placed)


def _is_text(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag in TEXT


def _as_written(node: yaml.Node | None) -> str:
    """The text of a scalar; an unknown, empty or null one is empty."""
    if node is None or not _is_text(node) or node.tag == NULL:
        return ""
    text: str = node.value
    return text
