"""manage.py load_templates."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from wiki.transfer import templates


class Command(BaseCommand):
    """Load the page templates that come with the wiki."""

    help = (
        "Läser in de sidmallar som följer med. Kan köras om: det som saknas läggs till, och en mall som "
        "någon har ändrat på webben lämnas som den är."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what became of it."""
        loaded = templates.load()
        noun = ngettext("%d ny sidmall", "%d nya sidmallar", loaded.new) % loaded.new
        self.stdout.write(f"{noun}, {loaded.changed} uppdaterade, {loaded.left} lämnade som de är")
