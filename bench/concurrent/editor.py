"""One editor: signs in, then opens the form, changes something, saves, and notes what came of it."""

import random
import re
import time
from dataclasses import dataclass

from bench.concurrent.browser import Answer, Browser, Lost
from bench.concurrent.forms import Fields, Form, form_with
from bench.concurrent.journal import Journal
from bench.concurrent.texts import (
    KINDS,
    Cells,
    Torn,
    change,
    common_sentence,
    compose,
    digest,
    parse,
    settled,
)

PASSWORD = "mittkoping-demo"  # noqa: S105 - everybody knows it; it opens nothing but the demo
GRACE = 20.0  # seconds in which what was begun may still be finished
PAUSE = 0.2  # seconds before something is tried again
ON_SCREEN = 0.5  # how often a conflict is settled there, place by place
MOST_CONFLICTS = 8  # that one text is carried through before its writer gives up
REDIRECT, CONFLICT, SERVER_ERROR = 302, 409, 500

_TOLD = re.compile(r"sparat som version (\d+)", re.IGNORECASE)


class OutOfTime(Exception):
    """The run is over."""


@dataclass
class Clock:
    """When nothing new is begun, and when what was begun must be over."""

    seconds: float
    started: float = 0.0

    def start(self) -> None:
        """From now on."""
        self.started = time.monotonic()

    def stop(self) -> None:
        """Nothing more, at once."""
        self.started = float("-inf")

    @property
    def runs(self) -> bool:
        """Whether something new may be begun."""
        return time.monotonic() < self.started + self.seconds

    @property
    def waits(self) -> bool:
        """Whether what was begun may be gone on with."""
        return time.monotonic() < self.started + self.seconds + GRACE


class Editor:
    """Number so-and-so, on one page."""

    def __init__(self, number: int, page: str, port: int, journal: Journal, clock: Clock) -> None:
        self.number = number
        self.page = page
        self.address = f"/sidor/{page}/"
        self.browser = Browser(port)
        self.journal = journal
        self.clock = clock
        self.chance = random.Random(number)  # noqa: S311 - what is written, no secret
        self.attempts = 0

    def sign_in(self) -> None:
        """Through the site's own form."""
        path = "/konto/login/"
        form = form_with(self.browser.get(path).text, "login", "password")
        if form is None:
            raise RuntimeError("There is no form to sign in with.")
        email = f"editor{self.number}@mittkoping.example"
        answer = self.browser.post(path, form.filled(login=email, password=PASSWORD))
        if answer.status != REDIRECT or path in answer.location:
            raise RuntimeError(f"{email} cannot sign in: {answer.status} {answer.location}")

    def work(self) -> None:
        """Write until the time is over."""
        try:
            while self.clock.runs:
                self._attempt()
        except OutOfTime:
            pass
        finally:
            self.browser.close()

    def _attempt(self) -> None:
        form = self._form(self._get(f"{self.address}redigera/"))
        if form is None or (cells := self._cells(form.value("body"), "the form")) is None:
            time.sleep(PAUSE)
            return
        self.attempts += 1
        marker = f"e{self.number}n{self.attempts}"
        kind = self.chance.choices(list(KINDS), list(KINDS.values()))[0]
        writes = change(kind, cells, self.number, marker, self.chance)
        conflict = self._save(form, marker, kind, cells, writes)
        for again in range(1, MOST_CONFLICTS + 1):
            if conflict is None:
                break
            conflict = self._settle(conflict, f"{marker}s{again}", kind, writes)
        if conflict:
            self.journal.note("gave_up", marker=marker)

    def _settle(self, form: Form, marker: str, kind: str, writes: Cells) -> Form | None:
        """Save both words: chosen on the screen that tells of the conflict, or put into the whole text."""
        newest = self._get(f"{self.address}version/{form.value('base')}.md")
        cells = self._cells(newest.text, "the newest version")
        if cells is None:
            return None
        both = settled(writes, cells)
        places = [name.removeprefix("val-") for name in form.choices if name.startswith("val-")]
        if len(places) == 1 and self.chance.random() < ON_SCREEN:
            key = places[0]
            chosen = {f"val-{key}": "own", f"text-{key}": common_sentence(both), "do": "settle"}
            return self._save(form, marker, f"{kind}, settled on the screen", cells, both, chosen)
        return self._save(form, marker, f"{kind}, settled in the text", cells, both)

    def _save(
        self,
        form: Form,
        marker: str,
        kind: str,
        cells: Cells,
        writes: Cells,
        chosen: dict[str, str] | None = None,
    ) -> Form | None:
        """Send the form; gives the one that tells of a conflict, if that is the answer.

        chosen   fields instead of the text, from which the site makes the text
        """
        body = compose(cells | writes)
        fields = form.filled(**(chosen or {"body": body, "do": "save"}), summary=f"försök {marker}")
        self.journal.note(
            "sent",
            marker=marker,
            editor=self.number,
            page=self.page,
            kind=kind,
            base=int(form.value("base")),
            writes=writes,
            digest=digest(body),
        )
        answer = self._insist(marker, fields, body)
        if answer.status == REDIRECT and answer.location.startswith(self.address):
            self._acknowledged(marker, answer)
            return None
        again = form_with(answer.text, "body", "base")
        if answer.status == CONFLICT:
            self.journal.note("conflict", marker=marker, kept=_holds(again, body))
            return again
        why = f"{answer.location} {_errors(answer.text)}".strip()
        self.journal.note("refused", marker=marker, status=answer.status, why=why)
        return None

    def _insist(self, marker: str, fields: Fields, body: str) -> Answer:
        """Send the very same form until there is an answer. Raises OutOfTime: then nobody knows."""
        path = f"{self.address}redigera/"
        while self.clock.waits:
            try:
                answer = self.browser.post(path, fields)
            except Lost as lost:
                self.journal.note("lost", marker=marker, why=str(lost))
            else:
                if answer.status < SERVER_ERROR:
                    return answer
                self._note_trouble(path, answer, kept=_holds(form_with(answer.text, "body"), body))
            time.sleep(PAUSE)
        raise OutOfTime

    def _acknowledged(self, marker: str, answer: Answer) -> None:
        """Note it at once; then see what the site says it became."""
        self.journal.note("saved", marker=marker, seconds=answer.seconds)
        if told := _TOLD.search(self._get(answer.location).text):
            self.journal.note("numbered", marker=marker, number=int(told.group(1)))

    def _get(self, path: str) -> Answer:
        """Ask until there is an answer. Raises OutOfTime."""
        while self.clock.waits:
            try:
                answer = self.browser.get(path)
            except Lost:
                time.sleep(PAUSE)
                continue
            if answer.status < SERVER_ERROR:
                return answer
            self._note_trouble(path, answer, kept=True)
            time.sleep(PAUSE)
        raise OutOfTime

    def _note_trouble(self, path: str, answer: Answer, *, kept: bool) -> None:
        self.journal.note(
            "trouble", path=path, status=answer.status, retry_after=answer.retry_after, kept=kept
        )

    def _form(self, answer: Answer) -> Form | None:
        form = form_with(answer.text, "body", "base")
        if form is None:
            self.journal.note("fault", what=f"{self.address}: no form, {answer.status} {answer.location}")
        return form

    def _cells(self, body: str, where: str) -> Cells | None:
        try:
            return parse(body.replace("\r\n", "\n"))
        except Torn as torn:
            self.journal.note(
                "fault", what=f"{self.page}: torn in {where} that editor {self.number} got: {torn}"
            )
            return None


def _holds(form: Form | None, body: str) -> bool:
    """Whether a form holds the text that was sent."""
    return form is not None and form.value("body").replace("\r\n", "\n") == body


def _errors(html: str) -> str:
    """What a refusal says, roughly."""
    found = re.search(r'role="alert".*?</(?:div|section)>', html, re.DOTALL)
    return " ".join(re.sub("<[^>]*>", " ", found.group()).split())[:200] if found else ""
