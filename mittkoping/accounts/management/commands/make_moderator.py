"""manage.py make_moderator EMAIL."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from mittkoping.accounts import operations
from mittkoping.accounts.models import User


class Command(BaseCommand):
    """Make somebody who has an account a moderator."""

    help = "Gör ett konto till moderator. Kan köras om."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address."""
        parser.add_argument("email", metavar="EMAIL", help="kontots e-postadress")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the account, do it, say it."""
        try:
            user = User.objects.get_by_natural_key(options["email"])
        except User.DoesNotExist:
            sentence = _("Det finns inget konto med adressen %s. Lägg till det med add_user först.")
            raise CommandError(sentence % options["email"]) from None
        if not user.is_active:
            raise CommandError(_("Kontot %s är avstängt.") % user.email)
        operations.make_moderator(user)
        self.stdout.write(_("%(name)s (%(email)s) är moderator.") % {"name": user.name, "email": user.email})
