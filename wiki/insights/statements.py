"""Loading what insights are made of: few queries, however much there is."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, ExpressionWrapper, Q, TextField
from django.db.models.functions import Cast

from factors.models import Factor
from mittkoping.municipalities.models import Municipality
from wiki.insights.material import FactorFacts, GroupFacts, Material, Place, Scope, Statement
from wiki.models import FactorTag
from wiki.models.tag import FactorTagQuerySet

EVERYTHING_REAL = Scope()
NOBODY = AnonymousUser()
NO_PIECES = "[]"
COLUMNS = (
    "key_text",
    "page_id",
    "factor_id",
    "direction",
    "strength",
    "counted_for_id",
    "state",
    "spans",
    "phase",
    "page__track_key",
    "made",
    "has_tried",
)


def statements(scope: Scope) -> tuple[Statement, ...]:
    """What is counted: tags that anybody may read, on pages that are not put away, for a municipality. Two
    queries.
    """
    _facts, merged, slugs = _catalogue()
    return _statements(scope, merged, slugs)


def load(scope: Scope = EVERYTHING_REAL) -> Material:
    """Load everything that an insight of the scope is made of. Three queries."""
    material, _own = load_with(scope, "")
    return material


def load_with(scope: Scope, municipality: str) -> tuple[Material, tuple[Statement, ...]]:
    """Load as `load`, and all that the municipality of the code has said besides, whatever the scope. Four
    queries; an empty code has said nothing.
    """
    facts, merged, slugs = _catalogue()
    places, groups = _places(with_fictional=scope.with_fictional)
    material = Material(_statements(scope, merged, slugs), facts, places, groups, merged, scope)
    own = Scope(with_fictional=True, municipality=municipality)
    return material, _statements(own, merged, slugs) if municipality else ()


def tags_of(chosen: Iterable[Statement]) -> dict[tuple[int, str], FactorTag]:
    """The rows of some statements, by `Statement.tag`, as lists show them. One query, or none."""
    wanted = {statement.tag for statement in chosen}
    if not wanted:
        return {}
    pages, keys = {page for page, _key in wanted}, {key for _page, key in wanted}
    rows = readable_tags().filter(page__in=pages, key__in=keys).for_lists()
    return {(row.page_id, str(row.key)): row for row in rows}


def readable_tags() -> FactorTagQuerySet:
    """Tags that anybody may read: of pages that are not put away, which is what `visible_to` gives those who
    have not signed in. Said as a join, since databases find few of many tags much faster by it.
    """
    return FactorTag.objects.of_current_pages()


def _statements(scope: Scope, merged: Mapping[str, str], slugs: Mapping[int, str]) -> tuple[Statement, ...]:
    tags = _narrowed(readable_tags().counted(with_fictional=scope.with_fictional), scope, merged, slugs)
    # Keys and times as text: making UUIDs and times of many rows, most of them alike, takes half of the time.
    rows = tags.annotate(
        key_text=Cast("key", TextField()),
        spans=Cast("pieces", TextField()),
        made=Cast("made_at", TextField()),
        has_tried=ExpressionWrapper(Q(tried__gt=""), output_field=BooleanField()),
    ).order_by("pk")
    about = {pk: merged.get(slug, slug) for pk, slug in slugs.items()}
    tracks, moments = _Tracks(), _Moments()
    found = []
    for row in rows.values_list(*COLUMNS):
        key, page, factor, direction, strength, code, state, spans, phase, track_key, made, has_tried = row
        found.append(
            Statement(
                _dashed(key),
                page,
                about[factor],
                direction,
                strength,
                code or "",
                _passage(state, spans, key),
                phase,
                tracks[track_key],
                moments[made],
                has_tried,
            )
        )
    return tuple(found)


def _passage(state: str, spans: str, key: str) -> str:
    """What tells the words from others of the page: where they are, so that the same words tagged twice are
    one passage; of words that are gone, the tag's key.
    """
    if state == FactorTag.State.WHOLE:
        return ""
    return key if spans == NO_PIECES else spans


class _Tracks(dict[str, tuple[str, ...]]):
    """The tracks of a page by its key; each key is read once."""

    def __missing__(self, key: str) -> tuple[str, ...]:
        return self.setdefault(key, tuple(filter(None, key.split(","))))


class _Moments(dict[str, datetime]):
    """Times by how the database writes them, which is in UTC; each is read once."""

    def __missing__(self, text: str) -> datetime:
        read = datetime.fromisoformat(text)
        return self.setdefault(text, read if read.tzinfo else read.replace(tzinfo=UTC))


def _dashed(key: str) -> str:
    """A UUID as Python writes it, of how a database does: SQLite without the dashes."""
    return key if "-" in key else f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"


def _narrowed(
    tags: FactorTagQuerySet, scope: Scope, merged: Mapping[str, str], slugs: Mapping[int, str]
) -> FactorTagQuerySet:
    """Only the tags that fit the scope."""
    if scope.track:
        tags = tags.filter(page__track_key__contains=scope.track)
    if scope.group:
        tags = tags.filter(counted_for__group=scope.group)
    if scope.municipality:
        tags = tags.filter(counted_for=scope.municipality)
    if scope.factor:
        asked = merged.get(scope.factor, scope.factor)
        tags = tags.filter(factor__in=[pk for pk, slug in slugs.items() if merged.get(slug, slug) == asked])
    return tags


def _catalogue() -> tuple[tuple[FactorFacts, ...], dict[str, str], dict[int, str]]:
    """Factors in order but merged ones; where each of those went; the slug of every factor. One query."""
    rows = list(
        Factor.objects.in_order().values_list(
            "pk", "slug", "name", "status", "merged_into", "theme__slug", "theme__name"
        )
    )
    into = {pk: target for pk, _slug, _name, _status, target, _theme, _theme_name in rows if target}
    slugs = {row[0]: row[1] for row in rows}
    facts = tuple(
        FactorFacts(slug, name, theme, theme_name, status == Factor.Status.ACTIVE)
        for pk, slug, name, status, _target, theme, theme_name in rows
        if pk not in into
    )
    return facts, {slugs[pk]: slugs[_last(pk, into)] for pk in into}, slugs


def _last(pk: int, into: Mapping[int, int]) -> int:
    """The factor at the end of a chain of merges; one that runs in a circle ends where it began."""
    seen = {pk}
    while (pk := into.get(pk, pk)) not in seen:
        seen.add(pk)
    return pk


def _places(*, with_fictional: bool) -> tuple[dict[str, Place], dict[str, GroupFacts]]:
    """Municipalities in Swedish order, and their groups. One query."""
    found = Municipality.objects.all() if with_fictional else Municipality.objects.real()
    rows = list(
        found.in_order().values_list(
            "code", "name", "slug", "group_id", "population", "is_fictional", "group__name"
        )
    )
    places = {row[0]: Place(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows}
    groups = sorted({(row[3], row[6]) for row in rows})
    return places, {code: GroupFacts(code, name) for code, name in groups}
