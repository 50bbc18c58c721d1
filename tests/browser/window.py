"""A browser of one person. It takes note of faults that no screen shows."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

from mittkoping.accounts.models import User
from tests.conftest import signed_in

MILLISECONDS = 15_000
MOMENT = 50  # milliseconds
# Chromium writes it to the console for every answer from 400; the answers themselves are looked at instead.
FAILED_TO_LOAD = "Failed to load resource"
LOCAL_SCHEMES = {"data", "blob", "about"}
# Not every breach of the policy reaches the console by itself.
TELL_OF_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`Content Security Policy: ${event.effectiveDirective} stopped ${event.blockedURI}`);
});
"""


class Window:
    """A browser with cookies of its own, and one tab to begin with.

    problems   errors of scripts, messages of the console, breaches of the policy, files that did not load,
               answers from 500, in order
    foreign    addresses on other hosts that were asked for
    asked      paths on the own host that were asked for
    statuses   of the documents that came, in order
    """

    def __init__(self, context: BrowserContext, server: str) -> None:
        self.context = context
        self.server = server
        self.problems: list[str] = []
        self.foreign: list[str] = []
        self.asked: list[str] = []
        self.statuses: list[int] = []
        # Asked for in the background, also when the session has ended meanwhile.
        self._forgiven: list[str] = ["^403: /forhandsgranska/rad/", "^403: /sidor/[^/]+/narvaro/"]
        context.set_default_timeout(MILLISECONDS)
        context.add_init_script(TELL_OF_VIOLATIONS)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        self.tab = context.new_page()

    def sign_in(self, email: str) -> None:
        """Sign somebody in without the form, which has tests of its own."""
        self.take_session(signed_in(User.objects.get(email=email)))

    def take_session(self, client: Client) -> None:
        """Go on where a test client has come to."""
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.server}])

    def forgive(self, pattern: str) -> None:
        """Wait for a problem that matches, and leave out all that do: the test has caused them on purpose."""
        for _moment in range(MILLISECONDS // MOMENT):
            if any(re.search(pattern, problem) for problem in self.problems):
                break
            self.tab.wait_for_timeout(MOMENT)
        else:
            raise AssertionError(f"nothing like {pattern!r} in {self.problems}")
        self._forgiven.append(pattern)
        self._strike()

    def check(self) -> None:
        """Fail unless all was quiet."""
        self._strike()
        found = [*self.problems, *(f"asked another host: {address}" for address in self.foreign)]
        assert not found, found

    def _strike(self) -> None:
        """Leave out what is forgiven, also what a busy browser tells late."""
        forgiven = self._forgiven
        self.problems[:] = [each for each in self.problems if not any(re.search(p, each) for p in forgiven)]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(FAILED_TO_LOAD):
            self.problems.append(f"console: {message.text}")

    def _on_error(self, error: WebError) -> None:
        self.problems.append(f"script: {error.error}")

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if request.url.startswith(f"{self.server}/"):
            self.asked.append(address.path)
        elif address.scheme not in LOCAL_SCHEMES:
            self.foreign.append(request.url)

    def _on_response(self, response: Response) -> None:
        is_document = response.request.resource_type == "document"
        if is_document:
            self.statuses.append(response.status)
        if response.status >= (500 if is_document else 400):
            self.problems.append(f"{response.status}: {urlsplit(response.url).path}")


OpenWindow = Callable[..., Window]
