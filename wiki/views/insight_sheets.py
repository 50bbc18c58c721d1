"""Each insight as a table for files: what its screen shows, a row for each thing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from wiki import insights
from wiki.exporting.origin import absolute
from wiki.exporting.spreadsheet import Column
from wiki.insights import Columns, FactorFacts, Place, Rating, Reasons
from wiki.models import FactorTag

FACTOR = (Column("theme", "Tema"), Column("factor", "Nyckelfaktor-id"), Column("factor_name", "Nyckelfaktor"))
PLACE = (
    Column("municipality_code", "Kommunkod"),
    Column("municipality", "Kommun"),
    Column("is_fictional", "Påhittad kommun", "boolean"),
)
DIRECTION = {str(key): str(label) for key, label in FactorTag.Direction.choices}
Row = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """A table: every row has a value for the name of every column; None is blank."""

    columns: Sequence[Column]
    rows: Sequence[Row]


def number(name: str, title: str) -> Column:
    """A column of whole numbers."""
    return Column(name, title, "integer")


def matrix(context: Mapping[str, Any]) -> Sheet:
    """A row for each factor, and for each column its value, and how many municipalities say so."""
    found: insights.Matrix = context["result"]
    counted = found.by is not Columns.MUNICIPALITY
    heads = [(column.key, column.label) for column in found.columns] + [("alla", "Alla")]
    columns = [*FACTOR]
    for key, label in heads:
        columns.append(Column(key, label))
        if counted:
            columns.append(number(f"{key}_n", f"{label}: antal kommuner"))
    rows = []
    for theme in found.themes:
        for row in theme.rows:
            line = _factor(row.factor)
            for (key, _label), cell in zip(heads, (*row.cells, row.total), strict=True):
                line[key] = _value(cell.rating) if cell else None
                line[f"{key}_n"] = cell.municipalities if cell else None
            rows.append(line)
    return Sheet(columns, rows)


def _value(rating: Rating) -> int | str:
    """±1 and ±2 are numbers."""
    return rating.value if rating is Rating.MIXED else int(rating.value)


def bars(context: Mapping[str, Any]) -> Sheet:
    """A row for each factor."""
    found: insights.Bars = context["result"]
    columns = (
        *FACTOR,
        number("hindering", "Kommuner som säger att den hämmar"),
        number("enabling", "Kommuner som säger att den främjar"),
        number("both", "Kommuner som säger båda"),
        number("municipalities", "Kommuner"),
    )
    rows = [_factor(bar.factor) | _numbers(bar, columns) for bar in found.bars]
    return Sheet(columns, [*rows, *_silent(found.silent, columns)])


def salience(context: Mapping[str, Any]) -> Sheet:
    """A row for each factor."""
    found: insights.Salience = context["result"]
    columns = (
        *FACTOR,
        number("municipalities", "Kommuner som har skrivit om den"),
        number("of", "Kommuner som har skrivit om någon"),
        number("percent", "Procent"),
    )
    rows = [_factor(share.factor) | _numbers(share, columns) for share in found.shares]
    return Sheet(columns, [*rows, *_silent(found.silent, columns)])


def cooccurrence(context: Mapping[str, Any]) -> Sheet:
    """A row for each pair."""
    columns = (
        Column("first", "Nyckelfaktor-id"),
        Column("first_name", "Nyckelfaktor"),
        Column("second", "Den andras id"),
        Column("second_name", "Den andra"),
        number("pages", "Sidor med båda"),
        number("either", "Sidor med minst en"),
        number("jaccard_percent", "Överlapp i procent (Jaccard)"),
        number("municipalities", "Kommuner"),
    )
    rows = [
        {
            "first": pair.first.slug,
            "first_name": pair.first.name,
            "second": pair.second.slug,
            "second_name": pair.second.name,
            "pages": pair.pages,
            "either": pair.either,
            "jaccard_percent": percent,
            "municipalities": pair.municipalities,
        }
        for pair, _length, percent in context["rows"]
    ]
    return Sheet(columns, rows)


def elsewhere(context: Mapping[str, Any]) -> Sheet:
    """A row for each passage."""
    found: insights.Elsewhere = context["result"]
    columns = (
        *FACTOR,
        *PLACE,
        *LIKENESS,
        Column("words", "Avsnittets ord"),
        Column("note", "Motivering"),
        number("strength", "Styrka"),
        Column("phase", "Fas"),
        Column("page", "Sida"),
        Column("url", "Permanent adress", "anyURI"),
    )
    rows = [
        _factor(one.factor) | _place(one.municipality) | _likeness(one.reasons) | _tag(one.tag)
        for one in found.passages
    ]
    return Sheet(columns, rows)


def neighbours(context: Mapping[str, Any]) -> Sheet:
    """A row for each municipality that is like ours."""
    found: insights.Neighbours | None = context["found"]
    columns = (
        *PLACE,
        *LIKENESS,
        number("population", "Invånare 2016"),
        number("statements", "Märkningar"),
        Column("url", "Adress", "anyURI"),
    )
    rows = [
        _place(one.place)
        | _likeness(one.reasons)
        | {
            "population": one.place.population,
            "statements": one.statements,
            "url": absolute(one.place.href),
        }
        for one in (found.found if found else ())
    ]
    return Sheet(columns, rows)


def timeline(context: Mapping[str, Any]) -> Sheet:
    """A row for each story."""
    found: insights.Timeline = context["result"]
    columns = (
        *FACTOR,
        *PLACE,
        Column("first_made", "Först sagt hämma", "date"),
        Column("first_words", "Avsnittets ord då"),
        Column("first_url", "Adress då", "anyURI"),
        Column("tried", "Det som provades", is_list=True),
        Column("now_made", "Senast sagt främja", "date"),
        Column("now_words", "Avsnittets ord nu"),
        Column("now_url", "Adress nu", "anyURI"),
        Column("hinders_again", "Sagt hämma igen efteråt", "boolean"),
    )
    rows = [
        _factor(story.factor)
        | _place(story.municipality)
        | {f"first_{name}": value for name, value in _tag(story.first).items()}
        | {f"now_{name}": value for name, value in _tag(story.now).items()}
        | {
            "tried": [tag.tried or tag.words for tag in story.tried],
            "hinders_again": story.hinders_again,
        }
        for story in found.stories
    ]
    return Sheet(columns, [{column.name: row[column.name] for column in columns} for row in rows])


def contributors(context: Mapping[str, Any]) -> Sheet:
    """A row for each municipality."""
    found: insights.Contributors = context["result"]
    columns = (*PLACE, Column("group", "Kommungrupp"), Column("contributes", "Har bidragit", "boolean"))
    rows = [
        _place(one.place) | {"group": one.place.group, "contributes": one.contributes}
        for one in found.contributions
    ]
    return Sheet(columns, rows)


def gaps(context: Mapping[str, Any]) -> Sheet:
    """A row for each factor that has a blank, and for each group and track that is blank throughout."""
    found: insights.Gaps = context["result"]
    columns = (
        *FACTOR,
        Column("is_silent", "Ingen har skrivit", "boolean"),
        Column("groups", "Kommungrupper där ingen har skrivit", is_list=True),
        Column("tracks", "Inriktningar där ingen har skrivit", is_list=True),
    )
    nothing: Row = {column.name: None for column in columns} | {"groups": [], "tracks": []}
    silent = nothing | {"is_silent": True}
    rows = [silent | {"groups": [group.label]} for group in found.groups]
    rows += [silent | {"tracks": [track.name]} for track in found.tracks]
    rows += [silent | _factor(facts) for facts in found.factors]
    for one in found.cells:
        groups, tracks = [group.label for group in one.groups], [track.name for track in one.tracks]
        rows.append(_factor(one.factor) | {"is_silent": False, "groups": groups, "tracks": tracks})
    return Sheet(columns, rows)


LIKENESS = (
    Column("same_group", "Samma kommungrupp"),
    number("population_within", "Invånarantalet skiljer högst (procent)"),
    Column("shared", "Har skrivit samma sak om", is_list=True),
)


def _likeness(reasons: Reasons | None) -> Row:
    return {
        "same_group": reasons.group.label if reasons and reasons.group else None,
        "population_within": reasons.population_within if reasons else None,
        "shared": [f"{one.factor.name}: {DIRECTION[one.direction]}" for one in reasons.shared]
        if reasons
        else [],
    }


def _factor(facts: FactorFacts) -> Row:
    return {"theme": facts.theme_name, "factor": facts.slug, "factor_name": facts.name}


def _place(place: Place) -> Row:
    return {
        "municipality_code": place.code,
        "municipality": place.name,
        "is_fictional": place.is_fictional,
    }


def _tag(tag: FactorTag) -> Row:
    return {
        "words": tag.words,
        "note": tag.note,
        "strength": tag.strength,
        "phase": tag.get_phase_display() if tag.phase else None,
        "page": tag.page.title,
        "made": timezone.localdate(tag.made_at).isoformat(),
        "url": absolute(tag.permanent_url if tag.state else tag.page.get_absolute_url()),
    }


def _numbers(found: Any, columns: Iterable[Column]) -> Row:
    return {column.name: getattr(found, column.name) for column in columns if column.datatype == "integer"}


def _silent(factors: Iterable[FactorFacts], columns: Iterable[Column]) -> list[Row]:
    """Blank, never 0."""
    blank = {column.name: None for column in columns}
    return [blank | _factor(facts) for facts in factors]
