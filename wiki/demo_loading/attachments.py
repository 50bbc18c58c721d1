"""The demo's files: its people upload them, and its pages name them as `fil:<file>`."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from mittkoping.accounts.models import User, email_key
from wiki import operations
from wiki.demo_loading.files import Entry, as_time, read_yaml
from wiki.demo_loading.steps import Step

NAMED = "](fil:{})"  # in a page


class Files:
    """The files of a folder that files.yaml in it tells of; once uploaded, their addresses are known."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        told = folder / "files.yaml"
        self.entries: list[Entry] = read_yaml(told) if told.is_file() else []
        self.addresses: dict[str, str] = {}

    def steps(self) -> Iterator[Step]:
        """Upload every file."""
        for entry in self.entries:
            yield Step(as_time(entry["date"]), f"0 {entry['file']}", partial(self._upload, entry))

    def addressed(self, text: str) -> str:
        """A page's text with the addresses of the files that it names."""
        for name, address in self.addresses.items():
            text = text.replace(NAMED.format(name), f"]({address})")
        return text

    def _upload(self, entry: Entry) -> None:
        by = User.objects.get(email=email_key(entry["by"]))
        with (self.folder / entry["file"]).open("rb") as data:
            content = operations.upload(
                data, entry["name"], by=by, creator=entry["creator"], licence=entry["licence"]
            )
        self.addresses[entry["file"]] = content.url
