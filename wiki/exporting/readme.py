"""What the file of a municipality says of itself, in plain text."""

from collections.abc import Collection
from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext as _

from mittkoping.municipalities.models import Municipality
from wiki.exporting.origin import CC0, CC_BY, absolute, catalogue_version


def readme(municipality: Municipality, made_at: datetime, *, files: Collection[str]) -> str:
    """What is in the file, when it was made, and what one may do with it. One query.

    files   a line about each that lies in it
    """
    made = {
        "day": formats.date_format(made_at, "j F Y"),
        "time": formats.date_format(made_at, "H.i"),
        "site": absolute("/"),
    }
    return "\n".join(
        [
            _("Allt som %(name)s har skrivit i Mittköping") % {"name": municipality.name},
            "",
            _("Hämtad %(day)s klockan %(time)s från %(site)s") % made,
            str(catalogue_version()),
            "",
            _("Öppna index.html för att läsa. Det går utan nät."),
            "",
            _("Innehåll"),
            f"  index.html          {_('lista över sidorna')}",
            f"  sidor/….html        {_('en sida som den är nu')}",
            f"  sidor/….json        {_('samma sida med alla versioner, och med märkningarna')}",
            f"  erfarenheter.json   {_('kommunens svar på ”gäller även oss”')}",
            f"  filer/…             {_('bilder och dokument som sidorna visar, i alla versioner')}",
            "",
            _("Med är sidor som har en version skriven för kommunen, och sidor som handlar om kommunen."),
            _("Andras ändringar av samma sidor är också med, så att historiken är hel."),
            _("Arkiverade sidor och dolda versioner är inte med. Av en dold version står nummer och skäl."),
            "",
            _("Licens"),
            _("Texten: CC BY 4.0. Ange sidans titel, Mittköping och länken till sidan."),
            CC_BY,
            _("Data, alltså märkningar och nyckelfaktorer: CC0 1.0."),
            CC0,
            _("Bilder och dokument: som det står vid var och en, annars fråga den som har lagt upp dem."),
            "",
            *([_("Bilder och dokument"), *(f"  {line}" for line in files), ""] if files else []),
        ]
    )
