"""What a run says at the end."""

import statistics
from collections import Counter
from collections.abc import Sequence

from bench.concurrent.journal import Account
from bench.concurrent.verify import Histories

SHOWN = 40  # faults


def lines(account: Account, histories: Histories, found: Sequence[str]) -> list[str]:
    """Counts, times and faults."""
    saved = account.outcomes("saved")
    kinds = Counter(attempt.kind for attempt in saved)
    versions = sum(map(len, histories.values())) - len(histories)
    merged = sum(
        account.attempts[version.marker].base < version.number - 1
        for each in histories.values()
        for version in each
        if version.marker in account.attempts
    )
    told = sum(attempt.number > 0 for attempt in saved)
    unavailable = sum(status == 503 for status, _ in account.trouble)
    rows = [
        ("forms sent", len(account.attempts)),
        ("acknowledged saves", f"{len(saved)}, of which {told} with the number of the version"),
        ("  of which", ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())) or "none"),
        ("versions made", f"{versions}, of which {merged} merged with what others had saved meanwhile"),
        ("conflicts (409)", _conflicts(account)),
        ("no answer came", f"{account.lost_answers} times; the same form was sent again"),
        ("unknown in the end", len(account.outcomes("unknown"))),
        ("5xx", f"{len(account.trouble)}, of which {unavailable} were 503"),
        ("killed", f"{account.worker_kills} workers, {account.master_kills} masters{_left(account)}"),
        ("a save took", _times([attempt.seconds for attempt in saved])),
    ]
    told_faults = [f"  ✗ {fault}" for fault in found[:SHOWN]]
    more = [f"  … and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    verdict = f"FAULTS: {len(found)}" if found else "Nothing was lost, nothing is torn, nothing is twice."
    return [*(f"  {name:<20}{value}" for name, value in rows), *told_faults, *more, verdict]


def _conflicts(account: Account) -> str:
    counted = f"{len(account.outcomes('conflict'))}, {account.kept_texts} held the text that was sent"
    return f"{counted}; {account.given_up} writers gave up after many"


def _left(account: Account) -> str:
    if not account.master_kills:
        return ""
    return f"; {account.left} processes were left after 2 s, and killed"


def _times(seconds: Sequence[float]) -> str:
    if len(seconds) < 2:
        return "(too few to say)"
    cuts = statistics.quantiles(seconds, n=20, method="inclusive")
    return f"{cuts[9] * 1000:.0f} ms in the median, {cuts[18] * 1000:.0f} ms at the 95th percentile"
