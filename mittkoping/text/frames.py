"""The messages between a process and its render child: a length of four bytes, then JSON."""

import json
import struct
from collections.abc import Mapping
from typing import Any

from mittkoping.text.links import Resolved, Target
from mittkoping.text.outline import Heading
from mittkoping.text.render import Rendered

HEADER = struct.Struct(">I")


def frame(message: Any) -> bytes:
    """Write one message."""
    body = json.dumps(message).encode("ascii")
    return HEADER.pack(len(body)) + body


def unframe(buffer: bytes | bytearray) -> Any | None:
    """Read the message that fills a buffer; None while some of it is still to come."""
    if len(buffer) < HEADER.size:
        return None
    (length,) = HEADER.unpack_from(buffer)
    return json.loads(buffer[HEADER.size :]) if len(buffer) == HEADER.size + length else None


def pack_request(source: str, links: Mapping[Target, Resolved]) -> dict[str, Any]:
    """Write a request to render."""
    return {"source": source, "links": [[t.kind, t.name, r.href, r.text] for t, r in links.items()]}


def unpack_request(message: dict[str, Any]) -> tuple[str, dict[Target, Resolved]]:
    """Read a request to render."""
    links = {Target(kind, name): Resolved(href, text) for kind, name, href, text in message["links"]}
    return message["source"], links


def pack_rendered(rendered: Rendered) -> dict[str, Any]:
    """Write a rendered text."""
    return {
        "html": rendered.html,
        "contents": [[heading.level, heading.id, heading.text] for heading in rendered.contents],
        "links": [[target.kind, target.name] for target in rendered.links],
        "plain": rendered.plain,
        "lines": rendered.lines,
        "files": rendered.files,
        "silent": rendered.silent,
    }


def unpack_rendered(message: dict[str, Any]) -> Rendered:
    """Read a rendered text."""
    return Rendered(
        html=message["html"],
        contents=tuple(Heading(*heading) for heading in message["contents"]),
        links=tuple(Target(*target) for target in message["links"]),
        plain=message["plain"],
        lines=tuple(message["lines"]),
        files=tuple(message["files"]),
        silent=tuple(message["silent"]),
    )
