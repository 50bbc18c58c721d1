"""manage.py send_outbox."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mittkoping.outbox.delivery import Outcome
from mittkoping.outbox.models import Mail
from mittkoping.outbox.tasks import send_batch


class Command(BaseCommand):
    """Send what waits in the outbox."""

    help = "Skickar den post som ska ut nu. Behövs bara där ingen db_worker körs. Kan köras om."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send until nothing is due or the mail server is down, and say how many."""
        sent = 0
        while outcomes := send_batch():
            sent += outcomes.count(Outcome.SENT)
        waiting = Mail.objects.waiting().count()
        rest = _(" %d väntar.") % waiting if waiting else ""
        self.stdout.write(ngettext("%d mejl skickades.", "%d mejl skickades.", sent) % sent + rest)
