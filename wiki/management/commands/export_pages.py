"""manage.py export_pages DIR."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from wiki.transfer.exporting import FolderNotEmpty, export, exported_pages


class Command(BaseCommand):
    """Write all public pages to files."""

    help = (
        "Skriver varje sida som alla får läsa till en Markdownfil med sidans adress som namn. "
        "Arkiverade sidor följer inte med. Kan köras om med --overwrite."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", metavar="DIR", type=Path, help="mappen; skapas om den saknas")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="skriv över filer med samma namn; andra filer lämnas i fred",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and say how many."""
        files = export(options["folder"], overwrite=options["overwrite"])
        try:
            count = sum(
                1 for _file in tqdm(files, total=exported_pages().count(), disable=not options["verbosity"])
            )
        except FolderNotEmpty as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            sentence = _("Det gick inte att skriva till %(path)s: %(reason)s.")
            details = {"path": error.filename or options["folder"], "reason": error.strerror}
            raise CommandError(sentence % details) from error
        sentence = ngettext("%(count)d fil i %(folder)s", "%(count)d filer i %(folder)s", count)
        self.stdout.write(sentence % {"count": count, "folder": options["folder"]})
