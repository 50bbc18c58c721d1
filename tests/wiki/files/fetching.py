"""Files fetched by a browser, and read to their end."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.test import Client


@dataclass(frozen=True)
class Got:
    """An answer that has been read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: int


def get(browser: Client, url: str, method: str = "get", **headers: str) -> Got:
    """Ask for a file, and read all of it."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    response = getattr(browser, method)(url, headers=sent)
    body = b"".join(response)
    return Got(response.status_code, response.headers, body, len(response.cookies))
