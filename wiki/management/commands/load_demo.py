"""manage.py load_demo."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from wiki.demo_loading import DemoRefused, load


class Command(BaseCommand):
    """Load the demo."""

    help = (
        "Läser in påhittade kommuner, demokonton och demosidor. Kräver DEMO=1. Kan köras om: "
        "det som finns lämnas i fred, och sidor läggs bara in i en tom wiki."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many more editors are wanted."""
        parser.add_argument(
            "--editors",
            type=int,
            default=0,
            metavar="ANTAL",
            help="redaktörer för belastningsprov, editor1@… och uppåt",
        )
        parser.add_argument("--quiet", action="store_true", help="säg inget när det går bra")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how much."""
        try:
            loaded = load(editors=options["editors"])
        except DemoRefused as error:
            raise CommandError(str(error)) from error
        if not options["quiet"]:
            sentence = _("Demo: %(accounts)d nya konton, %(pages)d nya sidor i %(versions)d versioner.")
            numbers = {"accounts": loaded.accounts, "pages": loaded.pages, "versions": loaded.versions}
            self.stdout.write(sentence % numbers)
