"""Files in a bucket that speaks S3: the same operations, another setting."""

import os
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any
from urllib.request import Request, urlopen

import boto3
import environ
import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from moto.server import ThreadedMotoServer

from mittkoping.accounts.models import User
from mittkoping.storage import s3_storage
from tests.conftest import MakePage, signed_in
from tests.wiki.files.fetching import get
from tests.wiki.files.made import PDF, picture, sent, uploaded
from wiki import operations

BUCKET = "mittkoping"


def settings_for(address: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The setting that an operator's environment makes."""
    keys = {"S3_BUCKET": BUCKET, "S3_ENDPOINT_URL": address, "S3_REGION": "eu-north-1"}
    for name, value in {**keys, "S3_ACCESS_KEY": "key", "S3_SECRET_KEY": "secret"}.items():
        monkeypatch.setenv(name, value)
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    return s3_storage(environ.Env())


@pytest.fixture
def bucket(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket on this machine, in which the wiki keeps its files."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    # What earlier servers of the process held is still there.
    urlopen(Request(f"{address}/moto-api/reset", method="POST")).close()
    settings.STORAGES = settings.STORAGES | {"default": settings_for(address, monkeypatch)}
    access = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "eu-north-1"}
    client = boto3.client("s3", endpoint_url=address, **access)
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
    try:
        yield client
    finally:
        client.close()
        server.stop()


def keys(bucket: Any) -> list[str]:
    return sorted(entry["Key"] for entry in bucket.list_objects_v2(Bucket=BUCKET).get("Contents", []))


def test_files_live_in_the_bucket(
    client: Client, bucket: Any, eva: User, rut: User, make_page: MakePage
) -> None:
    content = uploaded(eva, picture((1000, 500)))
    stem = content.path.removesuffix(".png")
    assert keys(bucket) == [f"{stem}-480.png", f"{stem}-960.png", f"{stem}.png"]
    assert client.get(content.url).status_code == 404
    make_page("Här", body=f"![Gård]({content.url})\n")
    for path in (content.path, f"{stem}-480.png"):
        answer = get(client, f"/media/{path}")
        assert answer.body == bucket.get_object(Bucket=BUCKET, Key=path)["Body"].read()
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["Content-Length"] == str(len(answer.body))
        assert get(client, f"/media/{path}", "head").headers["Content-Length"] == str(len(answer.body))
    assert uploaded(eva, picture((1000, 500))) == content
    operations.delete_file(content.attachment, "Fel", by=rut)
    assert keys(bucket) == []
    assert client.get(content.url).status_code == 404


def test_files_are_replaced_there(client: Client, bucket: Any, eva: User, make_page: MakePage) -> None:
    old = uploaded(eva, PDF, "plan.pdf")
    page = make_page("Här", body=f"[Plan]({old.url})\n")
    new = operations.replace(old.attachment, BytesIO(PDF + b"%\n"), "plan 2.pdf", by=eva).content
    page.refresh_from_db()
    assert page.body == f"[Plan]({new.url})\n"
    assert [get(client, content.url).body for content in (old, new)] == [PDF, PDF + b"%\n"]
    assert keys(bucket) == sorted([old.path, new.path])


def test_a_file_that_is_gone_from_the_bucket_is_404(
    client: Client, bucket: Any, eva: User, make_page: MakePage
) -> None:
    content = uploaded(eva)
    make_page("Här", body=f"![Gård]({content.url})\n")
    bucket.delete_object(Bucket=BUCKET, Key=content.path)
    assert client.get(content.url).status_code == 404
    assert client.head(content.url).status_code == 404


def test_strays_are_cleaned_there(bucket: Any, eva: User, monkeypatch: pytest.MonkeyPatch) -> None:
    content = uploaded(eva)
    bucket.put_object(Bucket=BUCKET, Key="dokument/stray.pdf", Body=b"x")
    monkeypatch.setattr("wiki.operations.attachments.FORGOTTEN", -timedelta(days=1))
    out = StringIO()
    call_command("clean_files", stdout=out)
    assert out.getvalue() == "1 fil slängdes.\n"
    assert keys(bucket) == [content.path]


def test_a_bucket_that_is_away_is_told_of(
    client: Client, settings: Any, eva: User, make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = uploaded(eva)
    make_page("Här", body=f"![Gård]({content.url})\n")
    default_storage.delete(content.path)
    away = settings_for("http://127.0.0.1:9", monkeypatch)
    settings.STORAGES = settings.STORAGES | {"default": away}
    answer = client.get(content.url)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Vi når inte filerna just nu" in answer.text
    answer = signed_in(eva).post("/filer/ny/", {"file": sent()}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["error"][:28]) == (503, "Vi når inte filerna just nu.")
