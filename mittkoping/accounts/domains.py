"""Which municipality an e-mail address belongs to, by its domain. A hint, which grants nothing."""

import encodings.idna

from mittkoping.accounts.models import email_key
from mittkoping.municipalities.models import Municipality

MAX_LABELS = 10  # more dots than that are no address of anybody's


def domain_of(email: str) -> str:
    """What stands after the last @, in the one form in which domains are compared: ASCII.

    domain_of("ada@Malmö.se") == domain_of("ada@xn--malm-8qa.se")
    """
    return _ascii(email_key(email).rpartition("@")[2])


def belongs_to(email: str, municipality: Municipality) -> bool:
    """Whether the address is in the municipality's domain: exactly, or below it after a dot."""
    return bool(municipality.domain) and _ascii(municipality.domain) in _with_parents(domain_of(email))


def suggested_municipality(email: str) -> Municipality | None:
    """The municipality whose domain the address is in; None when there is none, or more than one."""
    domains = _with_parents(domain_of(email))
    found = Municipality.objects.filter(domain__in=[*domains, *map(_unicode, domains)])[:2]
    return found[0] if len(found) == 1 else None


def _with_parents(domain: str) -> list[str]:
    """The domain and those that it stands below, the top level left out."""
    labels = domain.split(".")
    if not all(labels) or len(labels) > MAX_LABELS:
        return []
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def _ascii(domain: str) -> str:
    """The form with xn--; a domain that has none stays as it is."""
    try:
        return ".".join(encodings.idna.ToASCII(label).decode() for label in domain.casefold().split("."))
    except UnicodeError:
        return domain.casefold()


def _unicode(domain: str) -> str:
    """The form with å, ä and ö; a domain that has none stays as it is."""
    try:
        return ".".join(map(encodings.idna.ToUnicode, domain.split(".")))
    except UnicodeError:
        return domain
