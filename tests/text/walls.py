"""What HTML of a user's text may hold, written down once more, apart from the code that sees to it."""

import re
from html.parser import HTMLParser

# fmt: off
TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "div", "ul", "ol", "li", "dl", "dt",
    "dd",
    "table", "thead", "tbody", "tr", "th", "td", "a", "em", "strong", "code", "sup", "span", "img",
}
CLASSES = {
    "wl", "saknas", "faktor", "kommun", "fotnot", "fotnot-tillbaka", "tabell", "fotnoter", "kalla",
    "ta-left", "ta-right", "ta-center", "video", "video-lank",
}
# fmt: on
GLOBAL = {"class", "id", "title"}
ATTRIBUTES = {
    "a": {"href", "rel", "aria-label"},
    "div": {"role", "tabindex", "aria-label"},
    "img": {"src", "alt", "loading", "width", "height", "srcset", "sizes"},
    "ol": {"start"},
    "th": {"scope"},
}
OWN = r"/media/bilder/[0-9a-f]{32}-[0-9]+x[0-9]+(-480|-960)?\.(png|jpg|webp)"
OF_PICTURES = {
    "width": "[0-9]+",
    "height": "[0-9]+",
    "srcset": f"({OWN} [0-9]+w, )+{OWN} [0-9]+w",
    "sizes": r"[a-z0-9():, -]+",
}
ADDRESS = re.compile(r"(?i)https?://[^/]|mailto:|tel:|/(?![/\\])|#|\?|[^:/\\?#]*(?:[/?#]|$)")


class Wall(HTMLParser):
    """Collects everything that must not be there, and every tag that is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()) | GLOBAL or self._is_bad(name, value or ""):
                self.faults.append(f'<{tag} {name}="{value}">')

    def _is_bad(self, name: str, value: str) -> bool:
        if name == "id":
            return not re.fullmatch(r"u-[a-z0-9-]+", value)
        if name == "class":
            return any(part not in CLASSES and not part.startswith("language-") for part in value.split())
        if name in OF_PICTURES:
            return not re.fullmatch(OF_PICTURES[name], value)
        if name == "src":
            return not value.startswith("/media/") or ".." in value
        return name == "href" and (
            ADDRESS.match(value) is None or re.search(r"[\x00-\x20\\]", value) is not None
        )

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}>")


def faults(html: str) -> list[str]:
    """Parse HTML and list what must not be in it."""
    wall = Wall()
    wall.feed(html)
    wall.close()
    return wall.faults
