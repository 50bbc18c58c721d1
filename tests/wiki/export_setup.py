"""Exports of what a municipality has written, made and unpacked."""

import io
from typing import IO
from zipfile import ZipFile

from mittkoping.accounts.models import User
from mittkoping.municipalities.models import Municipality
from wiki.exporting.archive import write_archive
from wiki.models import MunicipalityExport
from wiki.operations import exporting

ADDRESS = "/kommuner/mittkoping/export/"


def written(municipality: Municipality) -> dict[str, str]:
    """The files of a municipality's export, by name."""
    file = io.BytesIO()
    list(write_archive(file, municipality))
    return unpacked(file)


def unpacked(file: IO[bytes]) -> dict[str, str]:
    """The files in a zip, by name."""
    with ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def made(municipality: Municipality, by: User) -> MunicipalityExport:
    """An export that the task worker has made."""
    export = MunicipalityExport.objects.create(municipality=municipality, by=by)
    exporting.make_export.call(export.pk)
    export.refresh_from_db()
    return export
