"""manage.py forget_second_factor EMAIL."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from mittkoping.accounts import second_factor
from mittkoping.accounts.models import User, email_key


class Command(BaseCommand):
    """Help somebody who has lost both the second factor and the recovery codes."""

    help = "Tar bort ett kontos passnycklar, app och koder. Ta först reda på vem som ber. Kan köras om."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address."""
        parser.add_argument("email", metavar="EMAIL", help="e-postadressen som kontot loggar in med")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the account, forget, say it."""
        email = email_key(options["email"])
        user = User.objects.filter(email=email).first()
        if user is None:
            raise CommandError(_("Det finns inget konto med adressen %s.") % email)
        if second_factor.forget(user):
            self.stdout.write(_("%s har inte längre något andra steg.") % email)
        else:
            self.stdout.write(_("%s hade inget andra steg.") % email)
