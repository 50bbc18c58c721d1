"""What a browser would make of a page."""

from collections import Counter
from html.parser import HTMLParser

from mittkoping.text.addresses import is_allowed

LOADS = {
    "href",
    "src",
    "action",
    "formaction",
    "srcset",
    "data",
    "poster",
    "background",
    "cite",
    "xlink:href",
    "ping",
}


class Seen(HTMLParser):
    """What a browser would make of a page: its elements, and what in them could run or load."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[str] = Counter()
        self.faults: list[str] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count the element and look at its attributes."""
        self.elements[tag] += 1
        for name, value in attrs:
            runs = name.startswith("on") or name in {"style", "srcdoc"}
            leads_away = name in LOADS and not is_allowed(value or "")
            if runs or leads_away:
                self.faults.append(f"<{tag} {name}={value!r}>")

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        """The templates leave none."""
        self.faults.append(f"<!--{data}-->")

    def handle_pi(self, data: str) -> None:
        """Nor any of these."""
        self.faults.append(f"<?{data}>")
