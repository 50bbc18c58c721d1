"""What was lost, torn, doubled or written over: the journal held against what the site keeps.

Each version must be the one before it with the cells that its author wrote, and nothing else. From that it
follows that no version has lost what another one added, and that nobody's words are in it half.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bench.concurrent.history import Version
from bench.concurrent.journal import Account, Attempt
from bench.concurrent.stored import Stored
from bench.concurrent.texts import Cells, Torn, digest, parse

Histories = Mapping[str, list[Version]]


def faults(account: Account, histories: Histories, stored: Stored, *, was_killed: bool) -> list[str]:
    """Everything that is wrong, a sentence each.

    histories    of each page, as anybody can read it
    was_killed   while processes are being killed the site may say 503 and when to come back
    """
    found = list(account.faults)
    found += _trouble(account, was_killed=was_killed)
    for page, versions in histories.items():
        found += _numbers(page, [version.number for version in versions])
        found += _chain(page, versions, account.attempts)
        found += _kept(page, versions, stored)
    found += _attempts(account, histories)
    found += _alone(account)
    if stored.halves:
        found.append(f"the database has {stored.halves} versions that belong to no edit")
    return found + [f"the database is damaged: {line}" for line in stored.damage]


def _trouble(account: Account, *, was_killed: bool) -> Iterator[str]:
    for (status, says_when), times in Counter(account.trouble).items():
        if not (was_killed and status == 503 and says_when):
            yield f"{times} answers of {status} {'with' if says_when else 'without'} Retry-After"


def _numbers(page: str, numbers: list[int]) -> Iterator[str]:
    times = Counter(numbers)
    yield from (
        f"{page}: there are {count} versions {number}" for number, count in times.items() if count > 1
    )
    missing = set(range(1, max(numbers, default=0) + 1)) - set(numbers)
    if missing or not numbers:
        yield f"{page}: no versions {sorted(missing)}"
    if numbers != sorted(numbers):
        yield f"{page}: the versions are not in order"


def _chain(page: str, versions: list[Version], attempts: Mapping[str, Attempt]) -> Iterator[str]:
    """Hold each version against the one before it."""
    states: dict[int, Cells] = {}
    for version in versions:
        name = f"{page} version {version.number}"
        try:
            states[version.number] = parse(version.body)
        except Torn as torn:
            yield f"{name} is torn: {torn}"
            continue
        if version.number == 1:
            continue
        attempt = attempts.get(version.marker)
        if attempt is None or (attempt.editor, attempt.page) != (version.editor, page):
            yield f"{name} is by nobody: {version.marker or 'no marker'}, editor {version.editor}"
            continue
        if attempt.base == version.number - 1 and attempt.digest != digest(version.body):
            yield f"{name} is not the text that {attempt.marker} sent"
        yield from _step(name, states, version.number, attempt)


def _step(name: str, states: Mapping[int, Cells], number: int, attempt: Attempt) -> Iterator[str]:
    """What one version changed, and should not have; what it should have, and did not."""
    before, after, seen = states.get(number - 1), states[number], states.get(attempt.base)
    if before is None:
        return  # torn, and told of
    expected = before | attempt.writes
    for cell in sorted(expected.keys() | after.keys()):
        if after.get(cell) != expected.get(cell):
            what = "does not say what was sent" if cell in attempt.writes else "has lost what was published"
            yield f"{name} by {attempt.marker} {what}: {cell}: {before.get(cell)!r} → {after.get(cell)!r}"
    for cell in attempt.writes:
        if seen is not None and seen.get(cell) != before.get(cell):
            unseen = f"{cell}: {before.get(cell)!r}"
            yield f"{name} by {attempt.marker} wrote over what its author had not seen: {unseen}"


def _kept(page: str, versions: list[Version], stored: Stored) -> Iterator[str]:
    """Hold what can be read against what the database holds."""
    shown = [(version.number, version.body) for version in versions]
    if stored.versions.get(page) != shown:
        yield f"{page}: the database holds other versions than the history shows"
    if stored.pages.get(page) != shown[-1:][0] if shown else True:
        yield f"{page}: what is published is not the newest version"


def _attempts(account: Account, histories: Histories) -> Iterator[str]:
    """Hold what the editors were told against what there is."""
    made = Counter[str]()
    numbers: dict[str, int] = {}
    for version in _all(histories):
        made[version.marker] += 1
        numbers[version.marker] = version.number
    for marker, attempt in account.attempts.items():
        if made[marker] > 1:
            yield f"{marker} was saved {made[marker]} times"
        if attempt.outcome == "saved" and not made[marker]:
            yield f"{marker} IS LOST: acknowledged{_as(attempt)}, and no version of {attempt.page} has it"
        elif attempt.outcome == "saved" and attempt.number not in (0, numbers[marker]):
            yield f"{marker} was acknowledged{_as(attempt)}, and is version {numbers[marker]}"
        elif attempt.outcome in ("conflict", "refused") and made[marker]:
            yield f"{marker} was answered with a {attempt.outcome}, and is version {numbers[marker]}"


def _alone(account: Account) -> Iterator[str]:
    """Who has a page to himself has nobody to be in conflict with, not even when a form is sent again."""
    writers: dict[str, set[int]] = {}
    for attempt in account.attempts.values():
        writers.setdefault(attempt.page, set()).add(attempt.editor)
    for attempt in account.outcomes("conflict"):
        if len(writers[attempt.page]) == 1:
            yield f"{attempt.marker} met a conflict, though nobody else writes on {attempt.page}"


def _as(attempt: Attempt) -> str:
    return f" as version {attempt.number}" if attempt.number else ""


def _all(histories: Histories) -> Iterable[Version]:
    return (version for versions in histories.values() for version in versions)
