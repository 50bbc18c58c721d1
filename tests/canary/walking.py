"""Walk every address of the URLconf as somebody, and note which words are seen where."""

import re
from dataclasses import dataclass
from typing import Any

from tests.addresses import Route, addresses
from tests.canary.site import Site
from tests.canary.words import words_in

_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Sighting:
    """A word that somebody saw.

    address   with names in the place of numbers, and without a query string: the same in every run
    """

    who: str
    address: str
    word: str
    excerpt: str

    def __str__(self) -> str:
        return f"{self.who} sees {self.word} at {self.address}: …{self.excerpt}…"


def walk(site: Site, who: str) -> list[Sighting]:
    """All that one of the people sees with GET and with the query strings, each word once per address.

    HEAD is tried by readers who have not signed in: to others it is the same code.
    """
    reader = site.client(who)
    seen: dict[tuple[str, str], Sighting] = {}
    queries, names, ways = site.queries(), site.names(), site.ways()
    keys, paths = site.keys(), site.paths()
    for route, address in addresses(ways):
        shown = _named(names.get(route.kind, {}), keys, paths, route, address)
        texts = [_get(reader, address + query) for query in ("", *queries.get(route.name, ()))]
        if who == "anonymous":
            texts.append(_head(reader, address))
        for word, excerpt in words_in("\n".join(texts)):
            seen.setdefault((shown, word), Sighting(who, shown, word, excerpt))
    return list(seen.values())


def _get(reader: Any, address: str) -> str:
    """Everything that is answered, headers too."""
    answer = reader.get(address)
    assert answer.status_code < 500, f"{address}: {answer.status_code}"
    text = b"".join(answer).decode(errors="replace") if answer.streaming else answer.text
    return f"{text}\n{answer.headers}"


def _head(reader: Any, address: str) -> str:
    """The headers; there is nothing more."""
    answer = reader.head(address)
    assert not answer.content, f"HEAD {address} has a body"
    return str(answer.headers)


def _named(
    names: dict[int, str], keys: dict[str, str], paths: dict[str, str], route: Route, address: str
) -> str:
    """The address, with names in the place of numbers, of keys, and of paths."""
    if route.kind == "link in a mail":
        return "/konto/avsluta/länk/"
    if route.kind == "path of a file":
        return f"/media/{paths[address.removeprefix('/media/')]}"
    address = _KEY.sub(lambda key: keys[key[0]], address)
    return re.sub(r"/(\d+)(?=/|\.)", lambda place: f"/{names.get(int(place[1]), place[1])}", address)
