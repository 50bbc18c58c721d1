"""How each insight is counted, in plain words: shown on its screen, and written into its files."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Rule = tuple[Promise, ...]

WHOSE: Rule = (
    _(
        "En märkning räknas för den kommun som står i märkningen. Står ingen där räknas den för sidans "
        "kommun, om sidan bara har en, och annars för den kommun som författaren arbetar i."
    ),
    _("Märkningar av någon som ingen har bekräftat ännu räknas inte. Inte heller sidor som är arkiverade."),
    _(
        "Vi räknar kommuner, inte märkningar. Den som skriver mycket väger inte tyngre än den som "
        "skriver lite."
    ),
    _("Tomt betyder att ingen har skrivit om saken. Det betyder inte noll."),
    _("En nyckelfaktor som har slagits ihop med en annan räknas som den andra."),
)
MATRIX: Rule = (
    _(
        "Främjar tydligt (▲▲) och hämmar tydligt (▼▼): alla märkningar går åt samma håll, och minst två "
        "av dem är konkreta exempel från olika sidor eller olika avsnitt."
    ),
    _(
        "Främjar (▲) och hämmar (▼): alla märkningar går åt samma håll, men de konkreta exemplen är "
        "färre än två."
    ),
    _("Blandat (◆): någon säger att den främjar, och någon att den hämmar."),
    _("En sida med båda inriktningarna räknas i båda."),
    _("Regeln kommer ur CFIR, ett ramverk för forskning om införande."),
    *WHOSE,
)
BARS: Rule = (
    _(
        "Stapeln åt vänster är antalet kommuner som säger att nyckelfaktorn hämmar, stapeln åt höger "
        "antalet som säger att den främjar."
    ),
    _("En kommun som säger båda delarna finns på båda sidor, men räknas en gång i antalet kommuner."),
    *WHOSE,
)
SALIENCE: Rule = (
    _(
        "Andelen är antalet kommuner som har skrivit om nyckelfaktorn, delat med antalet kommuner som har "
        "skrivit om någon nyckelfaktor alls. Riktningen spelar ingen roll."
    ),
    _("Att något är omnämnt av många säger inte att det är viktigast, bara att många har skrivit om det."),
    *WHOSE,
)
COOCCURRENCE: Rule = (
    _("Två nyckelfaktorer förekommer tillsammans när de är märkta på samma sida."),
    _(
        "Överlappet (Jaccard) är antalet sidor med båda, delat med antalet sidor med minst en av dem. "
        "100 procent betyder att den ena aldrig nämns utan den andra."
    ),
    _("Par som finns på färre än tre sidor visas inte. Så få sidor säger för lite."),
    _("Att två saker nämns tillsammans betyder inte att den ena beror på den andra."),
    *WHOSE,
)
ELSEWHERE: Rule = (
    _(
        "Visar avsnitt där andra kommuner säger att nyckelfaktorn främjar. Utan vald nyckelfaktor visas "
        "alla som er kommun har sagt hämmar."
    ),
    _(
        "Först kommer de kommuner som liknar er mest: samma kommungrupp, ungefär lika många invånare, "
        "och sådant som ni båda har skrivit. Sedan kommer konkreta exempel före allmänna, och nyare "
        "före äldre."
    ),
    _("Ingen kommun får mer än tre avsnitt i rad innan alla andra har fått lika många."),
    _("Det här är förslag från andra kommuner, inte recept. Det som hjälpte dem kanske inte hjälper er."),
    *WHOSE[:2],
)
NEIGHBOURS: Rule = (
    _(
        "Tre saker vägs lika: samma kommungrupp (SKR 2023), hur nära folkmängderna ligger varandra, och "
        "hur stor del av det ni har skrivit om nyckelfaktorer som är gemensamt."
    ),
    _("Minst en av dem måste finnas. Vilka det är står på raden, och ingen siffra sätts på likheten."),
    _("Hur bra det går för en kommun spelar ingen roll för ordningen."),
    _("Folkmängden är den 31 december 2016 (SCB)."),
    *WHOSE[:2],
)
TIMELINE: Rule = (
    _(
        "En berättelse finns när samma kommun först har sagt att en nyckelfaktor hämmar, och senare att "
        "den främjar."
    ),
    _(
        "Senare betyder i en senare version eller på en senare sida. På en och samma sida gäller i "
        "stället den fas som är märkt: före, under eller efter."
    ),
    _("Det som provades är märkningar från tiden däremellan som berättar vad kommunen provade."),
    _("Har den sagts hämma igen efteråt, så står det."),
    *WHOSE[:2],
)
MAP: Rule = (
    _(
        "En kommun har bidragit när någon har sparat en version av en sida för den, eller när en "
        "märkning räknas för den. Med en vald nyckelfaktor eller inriktning räknas bara märkningar."
    ),
    _("Kartan visar om en kommun har bidragit, aldrig hur mycket eller hur bra."),
    _("Påhittade kommuner finns inte på kartan. De står i en egen lista."),
    *WHOSE[:2],
)
GAPS: Rule = (
    _(
        "En ruta är en nyckelfaktor i en kommungrupp. Den är vit när ingen kommun i gruppen har skrivit "
        "om den."
    ),
    _("Bara nyckelfaktorer som går att välja när man märker räknas."),
    _("En vit fläck betyder att ingen har skrivit, inte att det går bra eller dåligt."),
    *WHOSE[:2],
)
