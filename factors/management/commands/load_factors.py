"""manage.py load_factors."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import ngettext

from factors import loading


class Command(BaseCommand):
    """Load the catalogue of factors from its file."""

    help = (
        "Läser in teman och nyckelfaktorer. Kan köras om: en faktor som inte har ändrats får ingen ny "
        "version, och en faktor som någon har ändrat på webben lämnas som den är."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, and whether people's edits may be written over."""
        parser.add_argument("--file", type=Path, default=loading.DEFAULT, help="YAML-fil i UTF-8")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="skriv över också faktorer som någon har ändrat på webben",
        )

    def handle(self, *args: Any, file: Path, overwrite: bool, **options: Any) -> None:
        """Load, and say what became of it."""
        report = loading.load(file, overwrite=overwrite)
        for sentence in report.problems + report.notes:
            self.stderr.write(sentence)
        noun = ngettext("%d nyckelfaktor", "%d nyckelfaktorer", report.total) % report.total
        self.stdout.write(f"{noun}: {report.counts()}")
        if report.problems:
            raise CommandError(report.failure())
