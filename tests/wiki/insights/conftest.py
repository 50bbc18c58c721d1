"""Three real municipalities and an invented one, and two factors."""

import pytest

from factors.models import Factor, Theme
from mittkoping.municipalities.models import Municipality
from mittkoping.text.swedish import sort_key
from tests.wiki.insights.rows import place


@pytest.fixture
def lund(db: None) -> Municipality:
    return place("1281", "Lund", "B3", population=130_000)


@pytest.fixture
def umea(db: None) -> Municipality:
    return place("2480", "Umeå", "B3", population=134_000)


@pytest.fixture
def arjeplog(db: None) -> Municipality:
    return place("2506", "Arjeplog", "C8", population=2_600)


@pytest.fixture
def norras(db: None) -> Municipality:
    return place("9905", "Norrås", "C8", is_fictional=True)


@pytest.fixture
def theme(db: None) -> Theme:
    return Theme.objects.create(slug="resurser", name="Resurser", order=1)


def _factor(theme: Theme, name: str) -> Factor:
    return Factor.objects.create(slug=name.lower(), name=name, sort_key=sort_key(name), theme=theme)


@pytest.fixture
def mandat(theme: Theme) -> Factor:
    return _factor(theme, "Mandat")


@pytest.fixture
def tid(theme: Theme) -> Factor:
    return _factor(theme, "Tid")
