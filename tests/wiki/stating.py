"""Pages that say things of factors, in short; and what the tables of the insights say of them."""

from html.parser import HTMLParser
from uuid import uuid4

from django.test import Client

from tests.conftest import MakePage, tag
from wiki.content import Tag
from wiki.models import Page

MALMO, MITTKOPING, GRANNEBY = "1280", "9901", "9902"
GOAL, TRUST, MONEY = "gemensam-malbild", "tillit", "finansiering"
WITH = "?pahittade=1"
SIGNS = {"+": "enabling", "-": "hindering"}


def stated(said: str, **fields: str) -> Tag:
    """A tag from "+2 gemensam-malbild 1280": direction, strength, factor, code of a municipality."""
    sign, factor, code = said.split()
    return tag(
        key=str(uuid4()),
        factor=factor,
        direction=SIGNS[sign[0]],
        strength=int(sign[1]),
        municipality=code,
        **fields,
    )


def state(make_page: MakePage, title: str, *said: str, tracks: tuple[str, ...] = ()) -> Page:
    """A page that says this."""
    return make_page(title, tracks=tracks, tags=tuple(map(stated, said)))


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self._is_in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
            self._is_in_cell = True
        elif tag == "li" and self._is_in_cell:
            self.rows[-1][-1] += " "
        elif tag == "a" and self._is_in_cell:
            self.links.append(dict(attrs)["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        self._is_in_cell = self._is_in_cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self._is_in_cell:
            self.rows[-1][-1] += data


def rows_of(html: str) -> list[list[str]]:
    """The rows of all tables as text: what is there with the pictures hidden."""
    tables = _Tables()
    tables.feed(html)
    return [[" ".join(cell.split()) for cell in row] for row in tables.rows]


def links_of(html: str) -> list[str]:
    """Where the cells of all tables lead."""
    tables = _Tables()
    tables.feed(html)
    return tables.links


def tell(make_page: MakePage) -> None:
    """Malmö: goals clearly enable, trust hinders. Mittköping: goals hinder. Granneby: money enables."""
    state(make_page, "Ett", f"+2 {GOAL} {MALMO}", f"-1 {TRUST} {MALMO}", tracks=("skola",))
    state(make_page, "Två", f"+2 {GOAL} {MALMO}", f"-2 {GOAL} {MITTKOPING}", tracks=("halsa",))
    state(make_page, "Tre", f"+1 {MONEY} {GRANNEBY}")


def shown(client: Client, name: str, query: str = "", status: int = 200) -> str:
    """The screen of an insight."""
    answer = client.get(f"/insikter/{name}/{query}" if name else f"/insikter/{query}")
    assert answer.status_code == status
    return answer.text


def row(html: str, head: str) -> list[str]:
    """The cells of the row with this head."""
    return next(cells[1:] for cells in rows_of(html) if cells[0].startswith(head))
