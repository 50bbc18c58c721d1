"""The module that cleans pasted HTML, by itself: what its tests share."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route

EDITOR = Path(__file__).parents[2] / "frontend" / "editor"
CLIPBOARD = Path(__file__).parents[1] / "fixtures" / "clipboard"
ORIGIN = "http://wiki.example"
POLICY = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'",
}

# What is not taken along from each of them.
LEFT = {
    "excel": {},
    "google-docs": {"image": 1, "style": 1},
    "libreoffice": {"image": 1, "style": 1},
    "outlook": {"image": 1, "style": 1},
    "teams": {"embed": 1},
    "web-page": {"image": 1, "style": 1, "deletion": 1, "embed": 5, "merged": 2, "footnote": 1},
    "word-web": {"image": 1},
    "word-windows": {"image": 1, "style": 1, "comment": 1, "deletion": 2, "merged": 2, "contents": 1},
}

# Everything that may come out, with the attributes that it may have.
ALLOWED = {
    "p": [],
    "h2": [],
    "h3": [],
    "h4": [],
    "h5": [],
    "h6": [],
    "ul": [],
    "ol": ["start"],
    "li": [],
    "blockquote": [],
    "pre": [],
    "code": [],
    "hr": [],
    "table": [],
    "tbody": [],
    "tr": [],
    "th": [],
    "td": [],
    "strong": [],
    "em": [],
    "a": ["href"],
    "br": [],
    "img": ["src", "alt", "title"],
    "sup": ["data-footnote", "data-label"],
    "div": ["data-footnote-text", "data-label"],
}

# Cleans each, and names what may not be there, or is read in another way the second time.
JUDGE = """
([inputs, allowed]) => inputs.flatMap((input) => {
  const { html } = window.cleanHtml(input);
  const body = new DOMParser().parseFromString(html, "text/html").body;
  const again = new DOMParser().parseFromString(body.innerHTML, "text/html").body;
  const faults = body.isEqualNode(again) ? [] : ["mutates"];
  for (const element of body.querySelectorAll("*")) {
    const known = allowed[element.localName];
    if (!known) faults.push(element.localName);
    for (const { name, value } of element.attributes) {
      if (!known?.includes(name)) faults.push(`${element.localName} ${name}`);
      if (name === "href" && !/^(https?|mailto|tel):/i.test(value)) faults.push(value);
    }
  }
  return faults.map((fault) => [fault, input]);
})
"""
TIME = """
([html, runs]) => Math.min(...Array.from({ length: runs }, () => {
  const begun = performance.now();
  window.cleanHtml(html);
  return performance.now() - begun;
}))
"""


@contextmanager
def cleaner(browser: Browser) -> Iterator[Page]:
    """A page that has nothing but the module, under our policy; nothing else may be asked for."""
    context = browser.new_context()
    asked: list[str] = []

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        file = EDITOR / address.path.removeprefix("/")
        if route.request.url == f"{ORIGIN}/":
            route.fulfill(body="<!doctype html><title>Klipp</title>", headers=POLICY)
        elif file.suffix == ".js":
            route.fulfill(body=file.read_text("utf-8"), content_type="text/javascript")
        else:
            asked.append(route.request.url)
            route.fulfill(status=404)

    context.route("**/*", answer)
    tab = context.new_page()
    tab.on("dialog", lambda dialog: asked.append(dialog.message))
    tab.goto(f"{ORIGIN}/")
    tab.evaluate("async () => { window.cleanHtml = (await import('/paste/clean.js')).cleanHtml; }")
    yield tab
    context.close()
    assert asked == [f"{ORIGIN}/favicon.ico"] * asked.count(f"{ORIGIN}/favicon.ico")


def clipboard(name: str) -> str:
    """What the program has put on the clipboard."""
    return (CLIPBOARD / f"{name}.html").read_text("utf-8")
