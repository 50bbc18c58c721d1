"""What a browser reads out of a page: its forms, field by field, and the rows of the history."""

from dataclasses import dataclass
from html.parser import HTMLParser

Fields = tuple[tuple[str, str], ...]
Attributes = dict[str, str]

_NOT_SENT = {"submit", "button", "image", "reset", "file"}
_VOID = {"input", "br", "img", "meta", "link", "hr", "source", "wbr"}


@dataclass(frozen=True)
class Form:
    """A form, filled in as the page came.

    choices   the names of its radio buttons, also of those where nothing is chosen
    """

    name: str
    fields: Fields
    choices: frozenset[str] = frozenset()

    def value(self, field: str) -> str:
        """What stands in a field; empty when there is none."""
        return next((value for name, value in self.fields if name == field), "")

    def filled(self, **values: str) -> Fields:
        """What is sent when these fields have been filled in; those that are not there are added."""
        kept = [(name, values.get(name, value)) for name, value in self.fields]
        there = {name for name, _ in self.fields}
        return (*kept, *((name, value) for name, value in values.items() if name not in there))


class _Reader(HTMLParser):
    """Collects the forms, and the text of every row with a class."""

    def __init__(self, row_class: str) -> None:
        super().__init__()
        self.row_class = row_class
        self.forms: list[tuple[str, list[tuple[str, str]], set[str]]] = []
        self.rows: list[list[str]] = []
        self._templates = 0
        self._depth = 0  # inside a row, in elements of its own kind
        self._textarea: str | None = None
        self._text: list[str] = []
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what opens."""
        attributes = {name: value or "" for name, value in attrs}
        self._templates += tag == "template"
        self._row(tag, attributes)
        if self._templates:
            return
        if tag == "form":
            self.forms.append((attributes.get("id", ""), [], set()))
        elif tag == "input":
            self._input(attributes)
        elif tag == "textarea":
            self._textarea, self._text = attributes.get("name", ""), []
        elif tag == "select":
            self._select, self._options = attributes.get("name", ""), []
        elif tag == "option" and self._select is not None:
            self._options.append((attributes.get("value", ""), "selected" in attributes))

    def handle_endtag(self, tag: str) -> None:
        """Note what closes."""
        self._templates -= tag == "template"
        self._depth -= tag == "li" and self._depth > 0
        if tag == "textarea" and self._textarea is not None:
            self._add(self._textarea, "".join(self._text).removeprefix("\n"))
            self._textarea = None
        elif tag == "select" and self._select is not None:
            chosen = [value for value, is_chosen in self._options if is_chosen]
            first = [value for value, _ in self._options[:1]]
            for value in chosen or first:
                self._add(self._select, value)
            self._select = None

    def handle_data(self, data: str) -> None:
        """Note what stands between."""
        if self._textarea is not None:
            self._text.append(data)
        if self._depth:
            self.rows[-1].append(data)

    def _row(self, tag: str, attributes: Attributes) -> None:
        if tag == "li" and self.row_class in attributes.get("class", "").split():
            self.rows.append([])
            self._depth = 1
        elif self._depth:
            self._depth += tag == "li"
            self.rows[-1].append(f" {attributes.get('href', '')} ")

    def _input(self, attributes: Attributes) -> None:
        kind = attributes.get("type", "text")
        if kind == "radio" and self.forms:
            self.forms[-1][2].add(attributes.get("name", ""))
        is_chosen = kind not in {"checkbox", "radio"} or "checked" in attributes
        if is_chosen and kind not in _NOT_SENT and "disabled" not in attributes:
            self._add(attributes.get("name", ""), attributes.get("value", "on" if kind == "checkbox" else ""))

    def _add(self, name: str, value: str) -> None:
        if name and self.forms:
            self.forms[-1][1].append((name, value))


def _read(html: str, row_class: str = "") -> _Reader:
    reader = _Reader(row_class)
    reader.feed(html)
    reader.close()
    return reader


def forms(html: str) -> list[Form]:
    """Every form of a page, in order."""
    return [Form(name, tuple(fields), frozenset(choices)) for name, fields, choices in _read(html).forms]


def form_with(html: str, *fields: str) -> Form | None:
    """The first form that has all of these fields."""
    wanted = set(fields)
    return next((form for form in forms(html) if wanted <= {name for name, _ in form.fields}), None)


def rows(html: str, row_class: str) -> list[str]:
    """The text of every list item with the class, with the addresses that it links to."""
    return [" ".join("".join(parts).split()) for parts in _read(html, row_class).rows]
