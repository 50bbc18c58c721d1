"""manage.py add_user EMAIL --name NAMN."""

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from mittkoping.accounts import operations
from mittkoping.accounts.models import Membership, User, email_key
from mittkoping.municipalities.models import Municipality
from mittkoping.municipalities.naming import MunicipalityNames
from mittkoping.text.normalise import normalise_line


class Command(BaseCommand):
    """Make an account, with or without a place in a municipality."""

    help = "Lägger till ett konto. Frågar efter lösenordet. Kan inte köras om för samma adress."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take address, name and place."""
        parser.add_argument("email", metavar="EMAIL", help="e-postadressen som kontot loggar in med")
        parser.add_argument("--name", metavar="NAMN", required=True, help="namnet som andra ser")
        parser.add_argument("--municipality", metavar="KOMMUN", help="kommunens namn eller kod")
        parser.add_argument(
            "--role",
            choices=Membership.Role.values,
            help="contributor om inget annat sägs; kräver --municipality",
        )
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="läs lösenordet från standard in i stället för att fråga",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask what is to be asked, make the account, say it."""
        municipality = _municipality(options["municipality"])
        if options["role"] and not municipality:
            raise CommandError(_("En roll hör till en kommun. Ange --municipality också."))
        email, name = email_key(options["email"]), normalise_line(options["name"])
        password = _from_stdin() if options["password_stdin"] else _asked()
        try:
            validate_password(password, User(email=email, name=name))
            with transaction.atomic():
                user = operations.add(email, name=name, password=password)
                if municipality:
                    role = Membership.Role(options["role"] or Membership.Role.CONTRIBUTOR)
                    operations.join(user, municipality, role)
        except ValidationError as error:
            raise CommandError(_explained(error)) from error
        self.stdout.write(_("%(name)s (%(email)s) har ett konto.") % {"name": name, "email": email})


def _municipality(text: str | None) -> Municipality | None:
    if text is None:
        return None
    try:
        return Municipality.objects.get(code=MunicipalityNames().code(text))
    except ValidationError:
        sentence = _("Kommunen ”%s” finns inte. Skriv namnet utan ordet kommun, eller koden.")
        raise CommandError(sentence % text) from None


def _from_stdin() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _asked() -> str:
    """Twice, since nobody sees what they type."""
    if not sys.stdin.isatty():
        raise CommandError(_("Här går det inte att fråga efter lösenordet. Använd --password-stdin."))
    password = getpass.getpass(_("Lösenord: "))
    if password != getpass.getpass(_("Lösenordet igen: ")):
        raise CommandError(_("Lösenorden är inte lika. Försök igen."))
    return password


def _explained(error: ValidationError) -> str:
    """Every sentence of the error, on a line of its own, with the field's name in front if there is one."""
    if not hasattr(error, "error_dict"):
        return "\n".join(error.messages)
    labels = {"email": _("E-postadressen"), "name": _("Namnet")}
    return "\n".join(
        f"{labels.get(field, field)}: {' '.join(messages)}" for field, messages in error.message_dict.items()
    )
