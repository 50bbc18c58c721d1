"""manage.py load_municipalities."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import ngettext

from mittkoping.municipalities import loading


class Command(BaseCommand):
    """Load the municipalities from their file."""

    help = "Läser in kommuner, län och kommungrupper. Kan köras om: rader som inte har ändrats rörs inte."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, and whether the demo's municipalities too."""
        parser.add_argument("--file", type=Path, default=loading.DEFAULT, help="CSV-fil i UTF-8")
        parser.add_argument("--fictional", action="store_true", help="läs också in de påhittade kommunerna")

    def handle(self, *args: Any, file: Path, fictional: bool, **options: Any) -> None:
        """Load, and say what became of it."""
        report = loading.load(file)
        self._tell(report, ngettext("%d kommun", "%d kommuner", report.total) % report.total)
        if fictional:
            report = loading.load_fictional()
            noun = ngettext("%d påhittad kommun", "%d påhittade kommuner", report.total) % report.total
            self._tell(report, noun)

    def _tell(self, report: loading.Report, noun: str) -> None:
        """Print the problems, then the closing line; raises CommandError when there were problems."""
        for problem in report.problems:
            self.stderr.write(problem)
        self.stdout.write(f"{noun}: {report.counts()}")
        if report.problems:
            raise CommandError(report.failure())
