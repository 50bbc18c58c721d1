"""A page with nothing but the editor in it, and what the server's renderer says of what it saves."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

from mittkoping.text.render import render

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
BUNDLE = next((ROOT / "static" / "vendor").glob("mittkoping-editor-*/editor.js"))
DOCUMENTS = HERE / "documents"
HOST = "http://editor.test"
WORD = "Tilläggsord"

_PAGE = """<!doctype html><html lang="sv"><meta charset="utf-8"><title>Redigeraren</title>
<div id="editor"></div><script type="module" src="/harness.js"></script>"""
# As the site has it, so that a bundle that would be stopped there is stopped here.
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
_FILES = {"/harness.js": HERE / "harness.js", "/editor.js": BUNDLE}
_SPACES = re.compile(r"\s+")
_EDGE = re.compile(r" ?(</?(?:p|li|h[1-6]|t[dhr]|ul|ol|dd|dt|blockquote|thead|tbody|table|div)\b[^>]*>) ?")
_PRE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_ID = re.compile(r'(<h[1-6]) id="[^"]*"')
_ADDRESS = re.compile(r"<?https?://\S+\s*")
_TOP = re.compile(r"\n(?=<(?:p|h[1-6]|ul|ol|dl|pre|hr|blockquote|div)\b)")


@contextmanager
def editor_page(browser: Browser) -> Iterator[Page]:
    """Open the page; an error in its scripts is an error here."""
    context = browser.new_context(locale="sv-SE")
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    context.route(f"{HOST}/**", _answer)
    page.goto(f"{HOST}/")
    page.wait_for_function("window.check !== undefined", timeout=10_000)
    yield page
    context.close()
    assert troubles == []


def _answer(route: Route) -> None:
    """Serve the page or one of its two scripts; nothing else is asked for."""
    path = route.request.url.removeprefix(HOST)
    if path == "/":
        _fulfill(route, "text/html", _PAGE)
    elif path in _FILES:
        _fulfill(route, "text/javascript", _FILES[path].read_text(encoding="utf-8"))
    else:
        route.fulfill(status=204)


def _fulfill(route: Route, kind: str, text: str) -> None:
    headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Security-Policy": _POLICY}
    route.fulfill(body=text, headers=headers)


def type_into(page: Page, source: str, only: list[int] | None = None) -> dict[str, Any]:
    """Open a source and type a word into each block by itself: see `typed` in harness.js."""
    found: dict[str, Any] = page.evaluate("([s, w, o]) => check.typed(s, w, o)", [source, f" {WORD}", only])
    return found


def with_edit(source: str, edit: dict[str, Any]) -> str:
    """Give the source that one edit makes. The browser counts in UTF-16."""
    units = source.encode("utf-16-le")
    before, after = units[: 2 * edit["from"]], units[2 * edit["to"] :]
    return before.decode("utf-16-le") + str(edit["text"]) + after.decode("utf-16-le")


def changed_lines(before: str, after: str) -> int:
    """Count the lines of both texts that are not at the same end of the other one."""
    old, new = before.split("\n"), after.split("\n")
    most = min(len(old), len(new))
    start = next((i for i in range(most) if old[i] != new[i]), most)
    end = next((i for i in range(most - start) if old[-1 - i] != new[-1 - i]), most - start)
    return max(len(old), len(new)) - start - end


@lru_cache(maxsize=2)
def shown(source: str) -> str:
    """Render as readers see it: white space that no browser shows, and ids of headings, left out."""
    parts = _PRE.split(render(source, {}).html)
    return "".join(part if part.startswith("<pre>") else _plain(part) for part in parts)


def _plain(html: str) -> str:
    return _EDGE.sub(r"\1", _SPACES.sub(" ", _ID.sub(r"\1", html)))


def leaves_the_rest(before: str, after: str) -> bool:
    """Tell whether two renderings differ in one block at most, but for the word that was typed."""
    if shown(after).replace(f" {WORD}", "") == shown(before):
        return True
    old, new = _blocks(before), _blocks(after)
    return len(old) == len(new) and sum(one != two for one, two in zip(old, new, strict=True)) <= 1


@lru_cache(maxsize=2)
def _blocks(source: str) -> list[str]:
    """Cut a rendering into its outermost elements, roughly: what is within lists is cut too."""
    return [_plain(block) for block in _TOP.split(render(source, {}).html)]


def keeps_its_own(before: str, after: str, block: str) -> bool:
    """Tell whether a rendering has the words of another one, all its elements, and the word that was typed.

    An address that stands alone, as a film's does, may be none any more with a word in it.
    """
    if _ADDRESS.fullmatch(block):
        return True
    (old_words, old), (words, new) = account(before), account(after)
    return words.replace(WORD, "", 1) == old_words and not Counter(old) - Counter(new)


def account(source: str) -> tuple[str, list[str]]:
    """Tell what a rendering holds: its words in order, and its elements in whatever order they are nested."""
    html = shown(source)
    words = "".join(re.sub(r"<[^>]*>", "", html).split())
    return words, sorted(re.findall(r"<[^>]*>", html))
