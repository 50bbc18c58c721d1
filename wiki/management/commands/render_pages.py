"""manage.py render_pages."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from wiki.operations.discussing import draw_outdated_comments
from wiki.operations.links import draw_all_stale


class Command(BaseCommand):
    """Draw pages again."""

    help = (
        "Ritar om sidor vars länkar har ändrats, och alla sidor och inlägg som ritats av en äldre version. "
        "Körs efter en uppgradering. Kan köras om."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw, and say how many."""
        count = draw_all_stale()
        self.stdout.write(ngettext("%d sida ritades om.", "%d sidor ritades om.", count) % count)
        if comments := draw_outdated_comments():
            self.stdout.write(ngettext("%d inlägg ritades om.", "%d inlägg ritades om.", comments) % comments)
