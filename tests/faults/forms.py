"""The forms on a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]


@dataclass
class Form:
    """A form: where it is sent, and what is sent when nothing is changed."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    words: str = ""

    def filled(self, **values: str) -> list[tuple[str, str]]:
        """What is sent when some fields have been filled in anew."""
        kept = [(name, value) for name, value in self.fields if name not in values]
        return [*kept, *values.items()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._area: str | None = None
        self._select: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(values.get("action", ""))
            self.forms.append(self._open)
        elif self._open is None:
            return
        elif tag == "textarea":
            self._area, self._text = values.get("name", ""), ""
        elif tag == "select":
            self._select = values.get("name", "")
        elif tag == "input":
            self._input(self._open, values)
        elif tag == "option" and self._select and "selected" in values:
            self._add(self._open, self._select, values.get("value", ""))

    def _input(self, form: Form, values: dict[str, str]) -> None:
        ticks = values.get("type") in {"checkbox", "radio"}
        if "name" in values and (not ticks or "checked" in values):
            self._add(form, values["name"], values.get("value", "on" if ticks else ""))

    @staticmethod
    def _add(form: Form, name: str, value: str) -> None:
        """Line feeds are sent as CRLF."""
        form.fields.append((name, value.replace("\n", "\r\n")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._open is not None and self._area is not None:
            # A browser leaves out the first line feed.
            self._add(self._open, self._area, self._text.removeprefix("\n"))
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._text += data
        elif self._open is not None:
            self._open.words += data


def form_with(html: str, words: str) -> Form:
    """The form that has these words on it, on a button for instance; fails when there is none."""
    reader = _Reader()
    reader.feed(html.replace("\r\n", "\n"))
    found = [form for form in reader.forms if words in form.words]
    assert found, f"no form says {words!r}"
    return found[0]
