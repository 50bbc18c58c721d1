"""Which addresses user text may point at."""

import re

SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
# White space and control characters are skipped by browsers, backslashes are read as slashes.
_DECEITFUL = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_OWN_IMAGE = re.compile(r"/media/[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*")


def is_allowed(address: str) -> bool:
    """Tell whether a link may point there: http, https, mailto, tel, or a place on this site."""
    if _DECEITFUL.search(address):
        return False
    scheme = _SCHEME.match(address)
    if scheme is None:
        return not address.startswith("//") and ":" not in re.split("[/?#]", address, maxsplit=1)[0]
    return is_external(address) or scheme.group(1).lower() in {"mailto", "tel"}


def is_external(address: str) -> bool:
    """Tell whether an address is a web address with a host of its own."""
    return _WEB.match(address) is not None and not _DECEITFUL.search(address)


def own_file(address: str) -> str:
    """The address of the file in our own storage that a link leads into; empty when it leads elsewhere."""
    file = re.split("[?#]", address, maxsplit=1)[0]
    return file if is_own_image(file) else ""


def is_own_image(address: str) -> bool:
    """Tell whether an address is a file in our own storage: below /media/, with no way out of it."""
    return _OWN_IMAGE.fullmatch(address) is not None
