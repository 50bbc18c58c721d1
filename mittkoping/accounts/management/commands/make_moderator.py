"""manage.py make_moderator EMAIL, and --remove."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from mittkoping.accounts import operations
from mittkoping.accounts.models import User


class Command(BaseCommand):
    """Make somebody who has an account a moderator, or take that back."""

    help = "Gör ett konto till moderator, eller tar tillbaka det med --remove. Kan köras om."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address, and which way."""
        parser.add_argument("email", metavar="EMAIL", help="kontots e-postadress")
        parser.add_argument("--remove", action="store_true", help="ta tillbaka moderatorns rättigheter")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the account, do it, say it."""
        user = _find(options["email"])
        names = {"name": user.name, "email": user.email}
        if options["remove"]:
            operations.unmake_moderator(user)
            self.stdout.write(_("%(name)s (%(email)s) är inte moderator.") % names)
            if user.is_superuser:
                self.stdout.write(_("Kontot är fortfarande administratör, med en moderators rättigheter."))
            return
        if not user.is_active:
            raise CommandError(_("Kontot %s är avstängt.") % user.email)
        operations.make_moderator(user)
        self.stdout.write(_("%(name)s (%(email)s) är moderator.") % names)


def _find(email: str) -> User:
    try:
        return User.objects.get_by_natural_key(email)
    except User.DoesNotExist:
        sentence = _("Det finns inget konto med adressen %s. Lägg till det med add_user först.")
        raise CommandError(sentence % email) from None
