"""From the tree that Markdown builds to the tree that we show: headings, footnotes, tables, links."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from mittkoping.text import addresses, pictures
from mittkoping.text.normalise import is_visible
from mittkoping.text.slugs import slugify

ID_PREFIX = "u-"
WAY_BACK = "Tillbaka till texten"

_HEADING = re.compile(r"h([1-6])")
_TOP_LEVEL = 2  # the title of the page is level 1
_NOTE = re.compile(r"fn:(.*)", re.DOTALL)
_REFERENCE = re.compile(r"fnref([0-9]*):(.*)", re.DOTALL)

Reveal = Callable[[str], str]


@dataclass(frozen=True)
class Files:
    """What a text has of our own storage: addresses, each once, in order.

    named   shown as pictures or linked to
    silent  pictures that nothing is said of, although they are not decorative
    """

    named: dict[str, None] = field(default_factory=dict)
    silent: dict[str, None] = field(default_factory=dict)


def finish(root: Element, reveal: Reveal) -> Files:
    """Turn a tree of Python-Markdown, in place, into the elements and attributes of our allow-list.

    reveal  puts back what the library has stashed away behind a placeholder
    """
    _sort_footnotes(root)
    _number_footnotes(root)
    _place_headings(root, reveal)
    _frame_tables(root)
    files = Files()
    _settle_links(root, files, reveal)
    return files


def _sort_footnotes(root: Element) -> None:
    """Put footnotes in the order in which the text refers to them; those without a reference come last."""
    references = (_REFERENCE.fullmatch(part.get("id", "")) for part in root.iter("sup"))
    order: dict[str, int] = {}
    for reference in filter(None, references):
        order.setdefault(reference.group(2), len(order))
    for notes in root.iter("ol"):
        items = {item: _NOTE.fullmatch(item.get("id", "")) for item in notes}
        if items and all(items.values()):
            notes[:] = sorted(items, key=lambda item: order.get(item.get("id", "")[len("fn:") :], len(order)))


def _number_footnotes(root: Element) -> None:
    """Name footnotes by number, so that no label of an author becomes an id."""
    numbers: dict[str, int] = {}
    for item in root.iter("li"):
        note = _NOTE.fullmatch(item.get("id", ""))
        if note:
            numbers[note.group(1)] = len(numbers) + 1
            item.set("id", f"{ID_PREFIX}fn-{numbers[note.group(1)]}")
    for part in root.iter():
        if part.get("class") == "footnote":
            part.set("class", "fotnoter")
        elif part.tag == "sup":
            _mark_reference(part, numbers)
        elif part.get("class") == "footnote-backref":
            _mark_way_back(part, numbers)


def _mark_reference(sup: Element, numbers: dict[str, int]) -> None:
    """Name the place of a reference and its link to the note."""
    reference = _REFERENCE.fullmatch(sup.get("id", ""))
    if reference is None:
        return
    number = numbers.get(reference.group(2), 0)
    sup.set("id", _reference_id(reference, number))
    for link in sup.iter("a"):
        link.attrib.clear()
        link.text = str(number)
        link.set("class", "fotnot")
        link.set("href", f"#{ID_PREFIX}fn-{number}")
        link.set("aria-label", f"Fotnot {number}")


def _mark_way_back(link: Element, numbers: dict[str, int]) -> None:
    """Name the link from a note to one of its references, for those who only hear it."""
    reference = _REFERENCE.fullmatch(link.get("href", "")[1:])
    if reference is None:
        return
    again = f", {reference.group(1)}" if reference.group(1) else ""
    number = numbers.get(reference.group(2), 0)
    link.attrib.clear()
    link.set("class", "fotnot-tillbaka")
    link.set("href", "#" + _reference_id(reference, number))
    link.set("aria-label", WAY_BACK + again)


def _reference_id(reference: re.Match[str], number: int) -> str:
    """Give the id of a footnote's first, second … reference."""
    again = f"-{reference.group(1)}" if reference.group(1) else ""
    return f"{ID_PREFIX}fnref-{number}{again}"


def _place_headings(root: Element, reveal: Reveal) -> None:
    """Give every heading an id of its own; `#` and `##` both stand right below the page's title."""
    taken = {part.get("id") for part in root.iter() if part.get("id")}
    counts: dict[str, int] = {}
    for part in root.iter():
        heading = _HEADING.fullmatch(part.tag)
        if heading is None:
            continue
        part.tag = f"h{max(int(heading.group(1)), _TOP_LEVEL)}"
        base = ID_PREFIX + (slugify(html.unescape(reveal("".join(_texts(part))))) or "rubrik")
        chosen = base
        while chosen in taken:
            counts[base] = counts.get(base, 1) + 1
            chosen = f"{base}-{counts[base]}"
        taken.add(chosen)
        part.set("id", chosen)


def _texts(part: Element) -> Iterator[str]:
    """Walk the texts of an element in order, without footnote signs, with what images say."""
    stack: list[Element | str] = [part]
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            yield top
        elif top.tag != "sup":
            yield top.get("alt", "") + (top.text or "")
            for child in reversed(top):
                stack += [child.tail or "", child]


def _frame_tables(root: Element) -> None:
    """Put every table into a region that can be scrolled with the keyboard; alignment becomes a class."""
    for parent in list(root.iter()):
        for place, child in enumerate(parent):
            if child.tag == "table":
                parent[place] = _framed(child)
    for cell in root.iter():
        side = cell.attrib.pop("align", None)
        if side is not None:
            cell.set("class", f"ta-{side}")
        if cell.tag == "th":
            cell.set("scope", "col")


def _framed(table: Element) -> Element:
    """Wrap one table; what follows it follows the frame."""
    frame = Element("div", {"class": "tabell", "role": "region", "tabindex": "0", "aria-label": "Tabell"})
    frame.tail, table.tail = table.tail, None
    frame.append(table)
    return frame


def _settle_links(root: Element, files: Files, reveal: Reveal) -> None:
    """Judge every address; a link inside a link becomes plain words."""
    stack: list[tuple[Element, bool]] = [(root, False)]
    while stack:
        part, linked = stack.pop()
        if part.tag == "img":
            _settle_image(part, linked, files, reveal)
        elif part.tag == "a" and linked:
            _make_words(part)
        elif part.tag == "a":
            _settle_link(part, files)
        stack += [(child, linked or part.tag == "a") for child in reversed(part)]


def _settle_link(link: Element, files: Files) -> None:
    """Keep an allowed address, and tell search engines that outside ones are our users' choice."""
    address = _address(link.get("href", ""))
    if not addresses.is_allowed(address):
        _make_words(link)
        return
    _set_address(link, "href", address)
    if addresses.is_external(address):
        link.set("rel", "noopener nofollow ugc")
    elif own := addresses.own_file(address):
        files.named[pictures.main_address(own)] = None


def _settle_image(image: Element, linked: bool, files: Files, reveal: Reveal) -> None:
    """Show our own images; turn others into a link, since fetching them would tell on the reader."""
    address = _address(image.get("src", ""))
    if addresses.is_own_image(address):
        _show(image, address)
        files.named[pictures.main_address(address)] = None
        if _is_decorative(image, reveal):
            image.attrib.pop("title", None)
            image.set("alt", "")
        elif not is_visible(html.unescape(reveal(image.get("alt", "")))):
            files.silent[address] = None
        return
    image.text = image.get("alt") or address.replace("&", "&amp;")
    if linked or not addresses.is_external(address):
        _make_words(image)
        return
    image.tag = "a"
    image.attrib.clear()
    _set_address(image, "href", address)
    image.set("rel", "noopener nofollow ugc")


def _show(image: Element, address: str) -> None:
    """Have an image fetched when it is about to be seen, as large as is needed; its place is kept free."""
    image.set("loading", "lazy")
    picture = pictures.read_picture(address)
    if picture is None:
        return
    image.set("width", str(picture.width))
    image.set("height", str(picture.height))
    if picture.srcset:
        image.set("srcset", picture.srcset)
        image.set("sizes", pictures.SIZES)


def _is_decorative(image: Element, reveal: Reveal) -> bool:
    """Tell whether the writer says of an image that it says nothing."""
    title = html.unescape(reveal(image.get("title", "")))
    return title.strip().casefold() == pictures.DECORATIVE


def _make_words(part: Element) -> None:
    """Leave the words of an element and nothing else."""
    part.tag = "span"
    part.attrib.clear()


def _address(written: str) -> str:
    """Read an address as a browser would: character references decoded, spaces encoded."""
    return html.unescape(written).strip().replace(" ", "%20")


def _set_address(part: Element, name: str, address: str) -> None:
    """Write an address so that the serialiser, which keeps character references, shows it as it is."""
    part.set(name, address.replace("&", "&amp;"))
