"""Everything that the database holds of ours, to see that nothing has changed, or what has."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

OURS = ("accounts", "factors", "log", "municipalities", "outbox", "wiki")
# Set by signing in, which is not what any test here is about.
LEFT_OUT = {"last_login"}
# Keys that are hidden in words, where a database that counts on would make them differ.
KEYS_IN_WORDS = {"about", "key", "target_id", "facts", "revision_id", "message_id"}

Rows = dict[str, list[tuple[Any, ...]]]


def rows(*, plain: bool = False) -> Rows:
    """Every row of every table of ours, by model.

    plain   primary keys are told by their place, and times by their year: what is done twice from the same
            beginning looks the same
    """
    found = {label: _rows(model) for label, model in _models().items()}
    return _plainly(found) if plain else found


def _models() -> dict[str, type[models.Model]]:
    ours = (model for label in OURS for model in apps.get_app_config(label).get_models())
    return {model._meta.label: model for model in ours}


def _rows(model: type[models.Model]) -> list[tuple[Any, ...]]:
    return list(model._base_manager.order_by("pk").values_list(*(field.attname for field in _fields(model))))


def _fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if field.attname not in LEFT_OUT]


def _plainly(found: Rows) -> Rows:
    places = {
        label: {model.pk: place for place, model in enumerate(_models()[label]._base_manager.order_by("pk"))}
        for label in found
    }
    return {
        label: [
            tuple(
                _plain(field, value, places)
                for field, value in zip(_fields(_models()[label]), row, strict=True)
                if field.attname not in KEYS_IN_WORDS
            )
            for row in table
        ]
        for label, table in found.items()
    }


def _plain(field: models.Field[Any, Any], value: Any, places: Mapping[str, Mapping[Any, int]]) -> Any:
    if isinstance(value, datetime):
        return value.year
    related = field.model if field.primary_key and not field.is_relation else field.related_model
    if isinstance(related, type) and issubclass(related, models.Model):
        return places.get(related._meta.label, {}).get(value)
    return value
