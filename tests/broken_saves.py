"""The site with its saves broken on purpose, for gunicorn: whoever looks for losses must find these.

BROKEN says how; LOSE=5 cuts the line after one in five saves of a worker, the first of them, when it is saved
and before that is told. Without either it is the site as it is.
"""

import itertools
import os
import socket
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from django.db import transaction

from mittkoping.wsgi import application as site
from wiki import operations
from wiki.content import Content
from wiki.models import Edit, Proposal
from wiki.operations import preparing

EVERY = int(os.environ.get("LOSE") or 0)
real_edit = operations.edit
saves = itertools.count(1)


def overwrite(_base: Content, _ours: Content, theirs: Content) -> Content:
    """Instead of merging: what was published meanwhile is gone."""
    return theirs


def tear(_base: Content, ours: Content, theirs: Content) -> Content:
    """Instead of merging: half of each, and not all of the halves."""
    middle = len(theirs.body) // 2
    return replace(theirs, body=ours.body[:middle] + theirs.body[middle + 1 :])


def forget(*args: Any, **kwargs: Any) -> Edit | Proposal:
    """Instead of saving: now and then it is only said to be saved."""
    with transaction.atomic():
        result = real_edit(*args, **kwargs)
        transaction.set_rollback(next(saves) % 3 == 1)
    return result


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer, unless the answer is to be lost."""
    statuses: list[str] = []

    def note(status: str, *rest: Any) -> Any:
        statuses.append(status)
        return start_response(status, *rest)

    body = site(environ, note)
    is_save = environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].endswith("/redigera/")
    if EVERY and is_save and statuses[-1].startswith("302") and next(saves) % EVERY == 1:
        environ["gunicorn.socket"].shutdown(socket.SHUT_RDWR)
    return body


match os.environ.get("BROKEN"):
    case "overwrite":
        patch.object(preparing, "merge_content", overwrite).start()
    case "tear":
        patch.object(preparing, "merge_content", tear).start()
    case "forget":
        patch.object(operations, "edit", forget).start()
