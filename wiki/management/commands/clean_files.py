"""manage.py clean_files."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from wiki.operations.attachments import clean_files


class Command(BaseCommand):
    """Throw away stored files that no row names."""

    help = (
        "Slänger uppladdade filer som ingen rad pekar på och som är äldre än ett dygn: det som blir kvar "
        "när en uppladdning avbryts. Kan köras om."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Throw away, and say how many."""
        count = clean_files()
        self.stdout.write(ngettext("%d fil slängdes.", "%d filer slängdes.", count) % count)
