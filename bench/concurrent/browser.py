"""A browser without a screen: cookies, one connection that is kept, forms sent as browsers send them."""

import http.client
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from bench.concurrent.forms import Fields

TIMEOUT = 40.0  # seconds; longer than the site waits for its database


class Lost(Exception):
    """No answer came: whether the request was heard cannot be known."""


@dataclass(frozen=True)
class Answer:
    """What the site said, and how many seconds it took."""

    status: int
    location: str
    retry_after: str
    text: str
    seconds: float


class Browser:
    """One person's browser."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """Ask for a page. Raises Lost."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Fields) -> Answer:
        """Send a form; line breaks go as browsers send them. Raises Lost."""
        sent = [(name, value.replace("\r\n", "\n").replace("\n", "\r\n")) for name, value in fields]
        return self._ask("POST", path, urlencode(sent))

    def close(self) -> None:
        """Hang up."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        started = time.perf_counter()
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
            self._connection.request(method, path, body, self._headers(method))
            response = self._connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Lost(str(error)) from error
        self._keep(response.headers.get_all("Set-Cookie") or [])
        if response.will_close:
            self.close()
        return Answer(
            response.status,
            response.headers.get("Location", ""),
            response.headers.get("Retry-After", ""),
            text,
            time.perf_counter() - started,
        )

    def _headers(self, method: str) -> dict[str, str]:
        headers = {"Accept": "text/html", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
            headers["Sec-Fetch-Site"] = "same-origin"
        return headers

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
