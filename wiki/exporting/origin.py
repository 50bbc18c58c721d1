"""What every file says of itself: licence, date, version of the catalogue, and where it comes from."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone

from factors.models import FactorEdit

WIKI = "Mittköping"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/deed.sv"
CC_BY = "https://creativecommons.org/licenses/by/4.0/deed.sv"


@dataclass(frozen=True)
class CatalogueVersion:
    """Which catalogue it is: how many edits of factors there have been, and when the newest was made.

    date   None when no factor has ever been saved
    """

    number: int
    date: date | None

    def __str__(self) -> str:
        return f"Katalog {self.number} ({self.date})" if self.date else "Katalog 0"


def catalogue_version() -> CatalogueVersion:
    """The version of the catalogue now: it is another one after every edit of a factor. One query."""
    facts = FactorEdit.objects.aggregate(number=Count("pk"), newest=Max("created_at"))
    newest: datetime | None = facts["newest"]
    return CatalogueVersion(facts["number"], timezone.localdate(newest) if newest else None)


def absolute(path: str) -> str:
    """The whole address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


@dataclass(frozen=True)
class Origin:
    """What a file of open data says of itself."""

    day: date
    catalogue: CatalogueVersion

    def facts(self, title: str) -> dict[str, Any]:
        """The same for programs."""
        return {
            "title": title,
            "source": absolute("/"),
            "date": self.day.isoformat(),
            "licence": {"name": "CC0 1.0", "url": CC0},
            "catalogue": {
                "version": self.catalogue.number,
                "date": self.catalogue.date.isoformat() if self.catalogue.date else None,
                "label": str(self.catalogue),
            },
        }


def origin() -> Origin:
    """What a file says that is made now. One query."""
    return Origin(timezone.localdate(), catalogue_version())
