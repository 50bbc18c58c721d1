"""What the demo's people say to each other, and what they want to hear of."""

from collections.abc import Iterator
from functools import partial

from factors.models import Factor
from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from wiki import operations
from wiki.demo_loading.files import Entry, as_time
from wiki.demo_loading.steps import Step
from wiki.models import Page, Topic
from wiki.models.watch import Watchable
from wiki.operations.notifying import about
from wiki.operations.seeing import see_about
from wiki.operations.watching import watch


class Talk:
    """One topic of the file."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.topic = Topic()

    def steps(self) -> Iterator[Step]:
        """Start it, answer, and say that it is resolved."""
        first, *rest = self.entry["comments"]
        name = f"4 {self.entry['title']}"
        yield Step(as_time(first["at"]), name, partial(self._start, first))
        for comment in rest:
            yield Step(as_time(comment["at"]), name, partial(self._reply, comment))
        if resolved := self.entry.get("resolved"):
            yield Step(as_time(resolved["at"]), name, partial(self._resolve, resolved))

    def _start(self, comment: Entry) -> None:
        page = Page.objects.get(slug=self.entry["page"])
        first = operations.start_topic(page, self.entry["title"], comment["body"], by=_by(comment))
        self.topic = first.topic

    def _reply(self, comment: Entry) -> None:
        self._read(comment)
        operations.reply(self.topic, comment["body"], by=_by(comment))

    def _resolve(self, resolved: Entry) -> None:
        self._read(resolved)
        operations.resolve(self.topic, by=_by(resolved))

    def _read(self, entry: Entry) -> None:
        """Nobody answers what they have not read."""
        see_about(about(self.topic), by=_by(entry))


def watching(entry: Entry) -> Step:
    """Watch what one line of the file lists."""
    return Step(as_time(entry["at"]), f"5 {entry['by']}", partial(_watch, entry))


def _watch(entry: Entry) -> None:
    for target in _targets(entry):
        watch(target, by=_by(entry))


def _targets(entry: Entry) -> Iterator[Watchable]:
    yield from (Page.objects.get(slug=slug) for slug in entry.get("pages", ()))
    yield from (Factor.objects.get(slug=slug) for slug in entry.get("factors", ()))
    yield from (Municipality.objects.get(name=name) for name in entry.get("municipalities", ()))
    yield from (Page.Track(track) for track in entry.get("tracks", ()))


def _by(entry: Entry) -> User:
    return User.objects.get(email=entry["by"])
