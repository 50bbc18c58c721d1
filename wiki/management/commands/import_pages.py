"""manage.py import_pages DIR --author EMAIL --summary TEXT."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from mittkoping.accounts.models import User
from mittkoping.text.normalise import normalise_line
from wiki import rules
from wiki.content import MAX_SUMMARY
from wiki.transfer.importing import Importer, Outcome, Terms, sum_up
from wiki.validation import too_long


class Command(BaseCommand):
    """Read pages from files."""

    help = (
        "Läser in en mapp med Markdownfiler med YAML-huvud. Filens namn är sidans adress: skola.md blir "
        "/sidor/skola/. Kan köras om: en fil som säger detsamma som sidan ger ingen ny version, och en sida "
        "som har ändrats i wikin sedan den lästes in lämnas i fred. En fil med fel hoppas över."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder, and who answers for the text."""
        parser.add_argument("folder", metavar="DIR", type=Path, help="mappen med filerna")
        parser.add_argument("--author", metavar="EMAIL", required=True, help="redaktören som blir författare")
        parser.add_argument("--summary", metavar="TEXT", required=True, help="versionernas sammanfattning")
        parser.add_argument(
            "--overwrite", action="store_true", help="skriv över också sidor som har ändrats i wikin"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read in, tell what was wrong, and sum up."""
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(_("Mappen %s finns inte.") % folder)
        terms = Terms(
            by=_author(options["author"]),
            summary=_summary(options["summary"]),
            overwrite=options["overwrite"],
        )
        outcomes = self._import(Importer(folder, terms), is_quiet=not options["verbosity"])
        self.stdout.write(sum_up(outcomes))
        if refused := outcomes[Outcome.REFUSED]:
            sentence = ngettext("%d fil lästes inte in.", "%d filer lästes inte in.", refused)
            raise CommandError(sentence % refused)

    def _import(self, importer: Importer, *, is_quiet: bool) -> Counter[Outcome]:
        outcomes: Counter[Outcome] = Counter()
        messages: list[str] = []
        for result in tqdm(importer.results(), total=len(importer.paths), unit="fil", disable=is_quiet):
            outcomes[result.outcome] += 1
            messages += result.messages
        for message in messages:
            self.stderr.write(message)
        return outcomes


def _author(email: str) -> User:
    try:
        user = User.objects.get_by_natural_key(email)
    except User.DoesNotExist:
        raise CommandError(_("Det finns inget konto med adressen %s.") % email) from None
    if not (user.is_active and rules.may_publish(user, None)):
        raise CommandError(_("%s får inte publicera sidor. Författaren ska vara redaktör.") % user.email)
    return user


def _summary(text: str) -> str:
    summary = normalise_line(text)
    if len(summary) > MAX_SUMMARY:
        raise CommandError(too_long(_("Sammanfattningen"), len(summary), MAX_SUMMARY))
    return summary
