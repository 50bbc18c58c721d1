"""The one door to where files lie: Django's storage, a folder or a bucket."""

import errno
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from mittkoping.faults import FULL, Fault

logger = logging.getLogger(__name__)

FOLDERS = ("bilder", "dokument")
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
AWAY = Fault(
    _("Vi når inte filerna just nu"),
    _("Det brukar gå över på några minuter. Vänta en stund och försök igen."),
    503,
    30,
)


class StorageFault(Exception):
    """The storage could not do its part.

    fault   what that means for people
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.heading}. {fault.advice}")
        self.fault = fault


def put(parts: Mapping[str, bytes]) -> None:
    """Store parts by their paths; what is there already, whole, is left alone. Raises StorageFault."""
    with _told():
        for path, data in parts.items():
            _put(path, data)


def opened(path: str) -> File[Any]:
    """A stored file, to be read and closed. Raises FileNotFoundError, or StorageFault."""
    with _told():
        file = default_storage.open(path)
        # A bucket fetches a file when it is first touched.
        file.seek(0)
        return file


def size_of(path: str) -> int:
    """Bytes of a stored file. Raises FileNotFoundError, or StorageFault."""
    with _told():
        return default_storage.size(path)


def throw_away(paths: Iterable[str]) -> None:
    """Delete files; those that are not there are as good as deleted. Raises StorageFault."""
    with _told():
        for path in paths:
            default_storage.delete(path)


def all_stored() -> Iterator[tuple[str, datetime]]:
    """The paths of all files, with the moments when they were last written. Raises StorageFault.

    One that somebody deletes meanwhile is left out.
    """
    with _told():
        for folder in FOLDERS:
            for name in _names(folder):
                path = f"{folder}/{name}"
                if written_at := _written_at(path):
                    yield path, written_at


def _put(path: str, data: bytes) -> None:
    if default_storage.exists(path):
        if default_storage.size(path) == len(data):
            return
        # Half of it: somebody ran out of room.
        default_storage.delete(path)
    try:
        saved = default_storage.save(path, ContentFile(data))
    except OSError:
        _forget(path)
        raise
    if saved != path:
        # Somebody else has stored the same in this moment.
        default_storage.delete(saved)


def _forget(path: str) -> None:
    """Leave no half of a file; what is told is why it could not be stored."""
    try:
        default_storage.delete(path)
    except OSError:
        logger.warning("half a file may be left at %s", path)


def _names(folder: str) -> list[str]:
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


def _written_at(path: str) -> datetime | None:
    """None if it is not there any more."""
    try:
        return default_storage.get_modified_time(path)
    except FileNotFoundError:
        return None
    except ClientError as error:
        # A bucket's way to say so.
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == HTTPStatus.NOT_FOUND:
            return None
        raise


@contextmanager
def _told() -> Iterator[None]:
    """Raise StorageFault for what the storage could not do, and write down why."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (OSError, Boto3Error, BotoCoreError, ClientError) as error:
        logger.exception("the storage could not be used")
        is_full = isinstance(error, OSError) and error.errno in NO_ROOM
        raise StorageFault(FULL if is_full else AWAY) from error
