"""The file with all that a municipality has written is made, kept and thrown away."""

import errno
import io
import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

import pytest
from django.utils import timezone

from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from tests.conftest import signed_in
from tests.outbox.test_worker import work
from tests.wiki.export_setup import ADDRESS, made, unpacked
from tests.wiki.purge_setup import CANARY, clean, hide, tell
from wiki import operations
from wiki.exporting.archive import write_archive
from wiki.models import MunicipalityExport, Page
from wiki.operations import exporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    """Files of exports lie in a folder of the test's own."""
    settings.VAR_DIR = tmp_path
    return tmp_path / "exports"


@pytest.mark.django_db(transaction=True)
def test_an_export_is_made_by_the_task_worker_and_fetched(
    page: Page, mittkoping_: Municipality, eva: User, own_folder: Path
) -> None:
    browser = signed_in(eva)
    assert "Gör en ny export" in browser.get(ADDRESS).text
    assert browser.post(ADDRESS).status_code == 302
    waiting = browser.get(ADDRESS)
    assert "Den börjar strax." in waiting.text
    assert 'hx-trigger="every 2s"' in waiting.text
    assert "Gör en ny export" not in waiting.text
    work()
    export = MunicipalityExport.objects.get()
    assert (export.status, export.done, export.total, export.error) == ("ready", 1, 1, "")
    ready = browser.get(ADDRESS)
    assert "Hämta zip-filen" in ready.text
    assert "hx-get" not in ready.text
    answer = browser.get(f"{ADDRESS}{export.pk}.zip")
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert f'filename="mittkoping-mittkoping-{timezone.localdate()}' in answer["Content-Disposition"]
    content = answer.getvalue()
    assert len(content) == export.size
    assert "sidor/skolan.json" in unpacked(io.BytesIO(content))
    assert [path.name for path in own_folder.iterdir()] == [export.name]
    assert stat.S_IMODE((own_folder / export.name).stat().st_mode) == 0o600
    assert stat.S_IMODE(own_folder.stat().st_mode) == 0o700


def test_how_far_it_has_come_is_seen_without_script(page: Page, mittkoping_: Municipality, eva: User) -> None:
    MunicipalityExport.objects.create(municipality=mittkoping_, by=eva, status="working", done=3, total=1200)
    told = signed_in(eva).get(ADDRESS).text
    assert 'max="1200" value="3"' in told
    assert "3 av 1\xa0200 sidor" in told


def test_one_at_a_time_is_made_for_a_municipality(
    page: Page, mittkoping_: Municipality, eva: User, rut: User
) -> None:
    operations.start_export(mittkoping_, by=eva)
    with pytest.raises(operations.AlreadyExporting):
        operations.start_export(mittkoping_, by=rut)
    answer = signed_in(eva).post(ADDRESS, follow=True)
    assert "En export görs redan." in answer.text
    assert MunicipalityExport.objects.count() == 1


@pytest.mark.parametrize("status", ["waiting", "working"])
def test_one_whose_worker_died_is_started_anew(
    page: Page, mittkoping_: Municipality, eva: User, status: str
) -> None:
    first = operations.start_export(mittkoping_, by=eva)
    long_ago = timezone.now() - exporting.STUCK - timedelta(seconds=1)
    MunicipalityExport.objects.filter(pk=first.pk).update(status=status, asked_at=long_ago)
    shown = signed_in(eva).get(ADDRESS).text
    assert "blev inte klar" in shown
    assert "Försök igen" in shown
    second = operations.start_export(mittkoping_, by=eva)
    first.refresh_from_db()
    assert (first.status, first.error) == ("failed", "Exporten blev inte klar i tid.")
    # The task of the first one turns up after all.
    exporting.make_export.call(first.pk)
    first.refresh_from_db()
    assert first.status == "failed"
    exporting.make_export.call(second.pk)
    second.refresh_from_db()
    assert second.status == "ready"


def test_one_that_is_taken_over_while_it_is_made_leaves_nothing_behind(
    page: Page, mittkoping_: Municipality, eva: User, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken_over(file: IO[bytes], municipality: Municipality) -> Iterator[tuple[int, int]]:
        for told in write_archive(file, municipality):
            MunicipalityExport.objects.update(status="failed", error="Någon annan började om.")
            yield told

    monkeypatch.setattr(exporting, "write_archive", taken_over)
    export = made(mittkoping_, eva)
    assert (export.status, export.error) == ("failed", "Någon annan började om.")
    assert list(own_folder.iterdir()) == []


def test_a_task_that_runs_twice_makes_one_file(
    page: Page, mittkoping_: Municipality, eva: User, own_folder: Path
) -> None:
    export = made(mittkoping_, eva)
    before = (own_folder / export.name).stat().st_mtime_ns
    exporting.make_export.call(export.pk)
    assert (own_folder / export.name).stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "servern har ont om utrymme"), (errno.EACCES, "gick inte att skriva på servern")],
)
def test_one_that_fails_says_why_and_can_be_started_again(
    page: Page,
    mittkoping_: Municipality,
    eva: User,
    own_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    sentence: str,
) -> None:
    def fail(file: IO[bytes], municipality: Municipality) -> Iterator[tuple[int, int]]:
        yield 0, 1
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as broken:
        broken.setattr(exporting, "write_archive", fail)
        export = made(mittkoping_, eva)
    assert export.status == "failed"
    assert sentence in export.error
    assert list(own_folder.iterdir()) == []
    shown = signed_in(eva).get(ADDRESS).text
    assert export.error in shown
    assert "Försök igen" in shown
    again = operations.start_export(mittkoping_, by=eva)
    exporting.make_export.call(again.pk)
    assert exporting.file_of(MunicipalityExport.objects.get(pk=again.pk))


def test_a_fault_of_ours_is_told_too_and_seen_by_the_operator(
    page: Page, mittkoping_: Municipality, eva: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(file: IO[bytes], municipality: Municipality) -> Iterator[tuple[int, int]]:
        yield 0, 1
        raise ZeroDivisionError

    monkeypatch.setattr(exporting, "write_archive", fail)
    export = MunicipalityExport.objects.create(municipality=mittkoping_, by=eva)
    with pytest.raises(ZeroDivisionError):
        exporting.make_export.call(export.pk)
    export.refresh_from_db()
    assert (export.status, export.error) == ("failed", "Något gick fel när filen skrevs. Försök igen.")


def test_files_are_thrown_away_after_a_week(
    page: Page, mittkoping_: Municipality, eva: User, own_folder: Path
) -> None:
    export = made(mittkoping_, eva)
    assert exporting.throw_away_old() == 0
    long_ago = timezone.now() - exporting.KEPT - timedelta(seconds=1)
    MunicipalityExport.objects.update(asked_at=long_ago)
    assert signed_in(eva).get(f"{ADDRESS}{export.pk}.zip").status_code == 404
    assert exporting.throw_away_old() == 1
    assert list(own_folder.iterdir()) == []
    export.refresh_from_db()
    assert (export.status, export.name) == ("ready", "")
    assert "slängd" in signed_in(eva).get(ADDRESS).text


def test_a_file_is_not_given_out_once_something_has_been_hidden(
    page: Page, mittkoping_: Municipality, eva: User, rut: User, own_folder: Path
) -> None:
    clean(tell(page, eva), eva)
    export = made(mittkoping_, eva)
    browser = signed_in(eva)
    assert CANARY in "".join(
        unpacked(io.BytesIO(browser.get(f"{ADDRESS}{export.pk}.zip").getvalue())).values()
    )
    hide(page, [2, 3], by=rut)
    answer = browser.get(f"{ADDRESS}{export.pk}.zip")
    assert answer.status_code == 404
    assert "Gör en ny export." in answer.text
    assert "Hämta zip-filen" not in browser.get(ADDRESS).text
    again = made(mittkoping_, eva)
    assert [path.name for path in own_folder.iterdir()] == [again.name]


def test_the_newest_files_of_a_municipality_are_kept(
    page: Page, mittkoping_: Municipality, eva: User, own_folder: Path
) -> None:
    exports = [made(mittkoping_, eva) for _number in range(exporting.KEPT_FILES + 2)]
    kept = {export.name for export in exports[-exporting.KEPT_FILES :]}
    assert {path.name for path in own_folder.iterdir()} == kept


def test_what_a_dead_worker_left_is_thrown_away_a_day_later(
    page: Page, mittkoping_: Municipality, eva: User, own_folder: Path
) -> None:
    made(mittkoping_, eva)
    left = own_folder / "mittkoping-2026-01-01-1.zip.part"
    left.write_bytes(b"")
    assert exporting.throw_away_old() == 0
    yesterday = (timezone.now() - exporting.FORGOTTEN - timedelta(seconds=1)).timestamp()
    os.utime(left, (yesterday, yesterday))
    assert exporting.throw_away_old() == 1
    assert not left.exists()
