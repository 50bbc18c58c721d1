"""Where in a text its silent pictures stand, told by the words before them."""

from html.parser import HTMLParser

WORDS = 5  # enough to find a place by
LONGEST = 60  # characters of them


def words_before(html: str, address: str) -> str:
    """The last words before the first picture with the address and without a text that stands for it.

    html   sanitised

    Empty when the text begins with the picture, or has none.
    """
    reader = _Reader(address)
    reader.feed(html)
    reader.close()
    words = " ".join("".join(reader.said).split()[-WORDS:]) if reader.is_found else ""
    return words if len(words) <= LONGEST else f"…{words[-LONGEST:]}"


class _Reader(HTMLParser):
    """Gathers what is said until the picture comes."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.said: list[str] = []
        self.is_found = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.is_found:
            return
        self.said.append(" ")
        attributes = dict(attrs)
        if tag == "img":
            alt = (attributes.get("alt") or "").strip()
            self.is_found = attributes.get("src") == self.address and not alt
            self.said.append(alt)

    def handle_data(self, data: str) -> None:
        if not self.is_found:
            self.said.append(data)
