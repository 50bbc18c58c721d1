"""All that a municipality has written: put into a file by the task worker, thrown away after a week."""

import errno
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from mittkoping.accounts.models import Someone, User
from mittkoping.municipalities.models import Municipality
from wiki import rules
from wiki.exporting.archive import write_archive
from wiki.exporting.selection import has_hidden_since
from wiki.models import MunicipalityExport
from wiki.models.export import MunicipalityExportQuerySet
from wiki.operations.errors import Refusal
from wiki.operations.publishing import require
from wiki.operations.transactions import in_transaction

KEPT = timedelta(days=7)
KEPT_FILES = 3  # of one municipality
STUCK = timedelta(minutes=10)  # a worker that has died says nothing
FORGOTTEN = timedelta(days=1)  # what a worker that died has left in the folder
UNFINISHED = (MunicipalityExport.Status.WAITING, MunicipalityExport.Status.WORKING)


class AlreadyExporting(Refusal):
    """One is being made for the municipality."""

    def __init__(self) -> None:
        super().__init__(_("En export görs redan. Vänta tills den är klar."))


class _TakenOver(Exception):
    """Somebody has started anew, and this one is not wanted any more."""


@in_transaction
def start_export(municipality: Municipality, *, by: User) -> MunicipalityExport:
    """Ask the task worker for a file with all that the municipality has written.

    One that has not come to an end in time is given up. Raises PermissionDenied or AlreadyExporting.
    """
    require_exporting(by, municipality)
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    running = unfinished(municipality)
    if running.filter(asked_at__gt=timezone.now() - STUCK).exists():
        raise AlreadyExporting
    _give_up(running, _("Exporten blev inte klar i tid."))
    export = MunicipalityExport.objects.create(municipality=municipality, by=by)
    transaction.on_commit(lambda: make_export.enqueue(export.pk))
    return export


def require_exporting(by: Someone, municipality: Municipality) -> None:
    """Raise PermissionDenied, with a sentence, unless the user may export what it has written."""
    sentence = _(
        "Bara de som en moderator har bekräftat arbetar i %(name)s, och moderatorer,"
        " kan exportera det kommunen har skrivit."
    )
    require(rules.may_export(by, municipality), sentence % {"name": municipality.name})


def unfinished(municipality: Municipality) -> MunicipalityExportQuerySet:
    """What is being made for the municipality, or was when its worker died."""
    return MunicipalityExport.objects.filter(municipality=municipality, status__in=UNFINISHED)


def file_of(export: MunicipalityExport) -> Path | None:
    """The file of an export; None when there is none, or it may say what has been hidden since."""
    is_kept = export.status == MunicipalityExport.Status.READY and export.name
    if not is_kept or export.asked_at < timezone.now() - KEPT or has_hidden_since(export.asked_at):
        return None
    path = folder() / export.name
    return path if path.is_file() else None


def folder() -> Path:
    """Where the files are."""
    return Path(settings.VAR_DIR) / "exports"


@task()
def make_export(primary_key: int) -> None:
    """Make the file, in the task worker. One that is made already, or given up, is left as it is."""
    waiting = MunicipalityExport.objects.filter(pk=primary_key, status=MunicipalityExport.Status.WAITING)
    if not waiting.update(status=MunicipalityExport.Status.WORKING):
        return
    export = MunicipalityExport.objects.select_related("municipality").get(pk=primary_key)
    try:
        throw_away_old()
        _make(export)
    except _TakenOver:
        return
    except OSError as error:
        _give_up(_working(export), _why(error))
    except Exception:
        _give_up(_working(export), _("Något gick fel när filen skrevs. Försök igen."))
        raise


@task()
def throw_away_later() -> int:
    """Throw away what is old, in the task worker; returns how many files."""
    return throw_away_old()


def throw_away_old() -> int:
    """Throw away files that are old, may say what has been hidden, or that nobody knows; returns how many.

    May be repeated.
    """
    named = list(MunicipalityExport.objects.exclude(name=""))
    gone = [export for export in named if not file_of(export)]
    MunicipalityExport.objects.filter(pk__in=[export.pk for export in gone]).update(name="")
    old = [folder() / export.name for export in gone]
    # Somebody may be writing a file now that no row names yet.
    before = (timezone.now() - FORGOTTEN).timestamp()
    unknown = set(folder().glob("*")) - {folder() / export.name for export in named}
    old += [path for path in unknown if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _make(export: MunicipalityExport) -> None:
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    today = timezone.localdate()
    name = f"{export.municipality.slug}-{today}-{export.pk}.zip"
    part = folder() / f"{name}.part"
    try:
        _write(part, export)
        size = part.stat().st_size
        part.rename(folder() / name)
    finally:
        part.unlink(missing_ok=True)
    ready = {"status": MunicipalityExport.Status.READY, "finished_at": timezone.now()}
    _tell(export, **ready, name=name, size=size)
    _keep_newest(export.municipality)
    throw_away_later.using(run_after=timezone.now() + KEPT).enqueue()


def _write(part: Path, export: MunicipalityExport) -> None:
    """Write the file, for its owner only, telling how far it has come."""
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for done, total in write_archive(file, export.municipality):
            _tell(export, done=done, total=total)


def _tell(export: MunicipalityExport, **facts: Any) -> None:
    if not _working(export).update(**facts):
        raise _TakenOver


def _working(export: MunicipalityExport) -> MunicipalityExportQuerySet:
    return MunicipalityExport.objects.filter(pk=export.pk, status=MunicipalityExport.Status.WORKING)


def _give_up(exports: MunicipalityExportQuerySet, why: str) -> None:
    exports.update(status=MunicipalityExport.Status.FAILED, error=why, finished_at=timezone.now())


def _keep_newest(municipality: Municipality) -> None:
    ready = MunicipalityExport.objects.filter(municipality=municipality).exclude(name="").newest_first()
    for export in ready[KEPT_FILES:]:
        (folder() / export.name).unlink(missing_ok=True)
        MunicipalityExport.objects.filter(pk=export.pk).update(name="")


def _why(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _("Filen fick inte plats: servern har ont om utrymme. Försök igen senare.")
    return _("Filen gick inte att skriva på servern. Försök igen, eller säg till den som sköter webbplatsen.")
