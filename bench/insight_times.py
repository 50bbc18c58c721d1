"""Fill an empty database with many tags, and ask each insight of it; see bench.insights."""

import random
import statistics
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.environment import make_database
from factors.loading import load as load_factors
from factors.models import Factor
from mittkoping.municipalities.loading import load as load_municipalities
from mittkoping.municipalities.models import Municipality
from mittkoping.text.anchors import anchor
from wiki.models import FactorTag, Page
from wiki.views.insight_catalogue import INSIGHTS

LIMIT = 1.5  # seconds
ROUNDS = 5
BATCH = 2_000
SEED = 20_261_122
BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)
PLAIN = "Vi frågade verksamheten först.\nIngen hade mandat att besluta, så arbetet stannade i ett halvår."
WORDS = "Ingen hade mandat att besluta"


def fill(pages: int, tags: int) -> None:
    """Make the pages and their tags, as rows alone: what the insights read, no versions."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    places = list(Municipality.objects.real())
    factors = list(Factor.objects.all())
    for start in range(0, pages, BATCH):
        Page.objects.bulk_create(_page(number) for number in range(start, min(start + BATCH, pages)))
    rows = list(Page.objects.order_by("pk"))
    for start in range(0, tags, BATCH):
        numbers = range(start, min(start + BATCH, tags))
        FactorTag.objects.bulk_create(
            _tag(rows[number % pages], number // pages, chance.choice(factors), places, chance)
            for number in numbers
        )


def _page(number: int) -> Page:
    return Page(
        title=f"Sida {number}",
        slug=f"sida-{number}",
        title_key=f"sida {number}",
        sort_key=f"sida {number:06}",
        plain=PLAIN,
        number=1,
        tracks=["skola"] if number % 2 else ["halsa"],
        track_key="skola" if number % 2 else "halsa",
    )


def _tag(
    page: Page, order: int, factor: Factor, places: list[Municipality], chance: random.Random
) -> FactorTag:
    place = places[page.pk % len(places)]
    start = PLAIN.index(WORDS)
    chosen = anchor(PLAIN, start, start + len(WORDS))
    return FactorTag(
        key=uuid.UUID(int=chance.getrandbits(128), version=4),
        page=page,
        order=order,
        factor=factor,
        direction=chance.choice(FactorTag.Direction.values),
        strength=chance.choice((1, 2)),
        phase=chance.choice(FactorTag.Phase.values),
        tried=chance.choice(("", "Vi gav en person mandat.")),
        counted_for=place,
        made_at=BEGINNING + timedelta(hours=chance.randrange(20_000)),
        passage_version=1,
        state=FactorTag.State.HERE,
        pieces=[list(piece) for piece in chosen.pieces],
        word_count=chosen.count,
        words=WORDS,
    )


def measure() -> bool:
    """Ask for every screen and write what it took; whether all kept within the limit."""
    factor, place = Factor.objects.in_order()[0], Municipality.objects.real().in_order()[0]
    addresses = ["/insikter/", *(insight.href for insight in INSIGHTS)]
    addresses += ["/insikter/matris/?kolumner=kommun", "/insikter/matris.csv"]
    addresses += [f"/insikter/hinder-och-mojliggorare/?faktor={factor.slug}&kommun={place.slug}"]
    addresses += [f"/insikter/liknande-kommuner/?kommun={place.slug}"]
    addresses += [factor.get_absolute_url(), place.get_absolute_url(), "/faktorer/"]
    sys.stdout.write(
        f"{connection.vendor}: {FactorTag.objects.count()} tags on {Page.objects.count()} pages\n"
    )
    kept = [_measured(address) for address in addresses]
    return all(kept)


def _measured(address: str) -> bool:
    client, times = Client(), []
    for _ in range(ROUNDS):
        with CaptureQueriesContext(connection) as queries:
            started = time.perf_counter()
            answer = client.get(address, headers={"host": "localhost"}, secure=True)
            times.append(time.perf_counter() - started)
    seconds = statistics.median(times)
    mark = "" if seconds <= LIMIT and answer.status_code == 200 else "  OVER THE LIMIT"
    size = len(b"".join(answer) if answer.streaming else answer.content) // 1000
    sys.stdout.write(f"  {address:<66}{seconds:>6.2f} s{len(queries):>4} queries{size:>6} kB{mark}\n")
    sys.stdout.flush()
    return not mark


def main() -> int:
    """Fill and measure."""
    make_database()
    call_command("collectstatic", interactive=False, verbosity=0)
    load_factors()
    load_municipalities()
    fill(int(sys.argv[1]), int(sys.argv[2]))
    return 0 if measure() else 1


if __name__ == "__main__":
    sys.exit(main())
