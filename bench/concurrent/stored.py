"""The versions as they lie in the database, read without any of the site's own code."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg
from environ import Env

VERSIONS = """
    SELECT page.slug, edit.number, version.serialized_data
    FROM wiki_edit AS edit
    JOIN wiki_page AS page ON page.id = edit.page_id
    LEFT JOIN reversion_version AS version ON version.revision_id = edit.revision_id
    ORDER BY page.slug, edit.number
"""
PAGES = "SELECT slug, number, body FROM wiki_page"
# A version that belongs to no edit is half a save.
HALVES = """
    SELECT count(*) FROM reversion_revision AS revision
    WHERE NOT EXISTS (SELECT 1 FROM wiki_edit AS edit WHERE edit.revision_id = revision.id)
    AND EXISTS (
        SELECT 1 FROM reversion_version AS version
        JOIN django_content_type AS kind ON kind.id = version.content_type_id
        WHERE version.revision_id = revision.id AND kind.app_label = 'wiki' AND kind.model = 'page'
    )
"""


@dataclass(frozen=True)
class Stored:
    """What the database holds.

    versions   of each page: number and text, in order; the text is None when there is none
    pages      slug → number and text that are published
    halves     how many versions belong to no edit
    damage     what the database itself finds wrong
    """

    versions: dict[str, list[tuple[int, str | None]]]
    pages: dict[str, tuple[int, str]]
    halves: int
    damage: tuple[str, ...]


def read_stored(url: str) -> Stored:
    """Read it all."""
    config = Env.db_url_config(url)
    if "sqlite" in config["ENGINE"]:
        with closing(sqlite3.connect(config["NAME"])) as database:
            checked = [row[0] for row in database.execute("PRAGMA integrity_check")]
            loose = [f"foreign key: {row}" for row in database.execute("PRAGMA foreign_key_check")]
            damage = [line for line in checked if line != "ok"] + loose
            return _stored(lambda query: database.execute(query).fetchall(), damage)
    with psycopg.connect(host=config["HOST"], user=config["USER"], dbname=config["NAME"]) as connection:
        return _stored(lambda query: connection.execute(query).fetchall(), [])


def _stored(ask: Any, damage: Sequence[str]) -> Stored:
    versions: dict[str, list[tuple[int, str | None]]] = {}
    for slug, number, data in ask(VERSIONS):
        text = json.loads(data)[0]["fields"]["body"] if data else None
        versions.setdefault(slug, []).append((number, text))
    pages = {slug: (number, body) for slug, number, body in ask(PAGES)}
    return Stored(versions, pages, ask(HALVES)[0][0], tuple(damage))
