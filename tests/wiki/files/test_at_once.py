"""A file that is uploaded in the moment in which a moderator deletes it: side by side on PostgreSQL."""

from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from time import sleep
from typing import Any

import pytest
from django.db import connection

from mittkoping.accounts.models import User
from tests.wiki.files.made import picture, uploaded
from wiki import operations
from wiki.models import Attachment, AttachmentContent
from wiki.operations import attachments, replacing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_deletion_finds_what_is_just_being_written(
    is_replaced: bool, ada: User, eva: User, rut: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row that is about to be written holds what is deleted: it is deleted with it."""
    data = picture((1000, 500))
    mine, theirs = uploaded(ada), uploaded(eva, data)
    real = attachments.new_content
    deletions: list[Future[None]] = []

    def delete() -> None:
        try:
            operations.delete_file(theirs.attachment, "Fel", by=rut)
        finally:
            connection.close()

    def slow(*facts: Any) -> AttachmentContent:
        deletions.append(threads.submit(delete))
        sleep(0.5)  # as long as a deletion takes that waits for nobody
        return real(*facts)

    monkeypatch.setattr(replacing if is_replaced else attachments, "new_content", slow)
    with ThreadPoolExecutor(1) as threads:
        try:
            if is_replaced:
                operations.replace(mine.attachment, BytesIO(data), "x.png", by=ada)
            else:
                uploaded(ada, data)
        except operations.BadFile:
            pass  # the deletion may be quick enough to be told of
        deletions[0].result(10)
    left = Attachment.objects.kept().filter(contents__digest=theirs.digest)
    assert not left.exists()
