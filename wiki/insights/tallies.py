"""How many municipalities say of each factor that it enables, and that it hinders: for lists of factors."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from wiki.content import ENABLING, HINDERING
from wiki.insights.statements import readable_tags


@dataclass(frozen=True)
class Tally:
    """Numbers of municipalities; one that says both is in both."""

    enabling: int
    hindering: int


def tallies(*, with_fictional: bool) -> Mapping[str, Tally]:
    """Count for every factor, by slug; none for one that nobody has written about. One query."""
    tags = readable_tags().counted(with_fictional=with_fictional)
    rows = tags.annotate(about=Coalesce("factor__merged_into__slug", "factor__slug")).order_by()
    found: dict[str, dict[str, set[str | None]]] = defaultdict(lambda: {ENABLING: set(), HINDERING: set()})
    for about, direction, code in rows.values_list("about", "direction", "counted_for_id").distinct():
        found[about][direction].add(code)
    return {slug: Tally(len(said[ENABLING]), len(said[HINDERING])) for slug, said in found.items()}
