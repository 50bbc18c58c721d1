"""JSON that is written row by row."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def to_json(value: Any) -> str:
    """One value, its letters as they are."""
    return json.dumps(value, ensure_ascii=False)


def write_json(facts: Mapping[str, Any], name: str, rows: Iterable[Any]) -> Iterator[str]:
    """One object: the facts, and last, under this name, the rows, each on a line of its own."""
    for key, value in facts.items():
        yield f"{'{' if key == next(iter(facts)) else ','}\n{to_json(key)}: {to_json(value)}"
    yield f",\n{to_json(name)}: ["
    between = "\n"
    for row in rows:
        yield between + to_json(row)
        between = ",\n"
    yield "\n]\n}\n"
