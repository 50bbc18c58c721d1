"""What files may refer to: read once, asked for every file."""

from factors.models import Factor
from mittkoping.municipalities.models import Municipality
from mittkoping.text.swedish import sort_key


class Catalogue:
    """Factors and municipalities by what people call them; two queries."""

    def __init__(self) -> None:
        self.factors = frozenset(Factor.objects.values_list("slug", flat=True))
        self._codes: dict[str, str] = {}
        self.names: dict[str, str] = {}
        for code, name, key in Municipality.objects.values_list("code", "name", "sort_key"):
            self.names[code] = name
            self._codes |= {code: code, key: code}

    def municipality(self, text: str) -> str | None:
        """The code of a municipality by name, however its letters are cased, or by code."""
        return self._codes.get(text) or self._codes.get(sort_key(text))
