"""The tool that looks for lost edits: it finds none where there are none, and those that there are."""

import fcntl
import os
import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.concurrent import texts
from bench.concurrent.history import Version
from bench.concurrent.journal import Account, Attempt, Journal, read
from bench.concurrent.report import lines
from bench.concurrent.site import Site
from bench.concurrent.stored import Stored
from bench.concurrent.verify import faults
from bench.concurrent_edits import Result, Run, arguments, perform
from tests.postgres import ServerMissing, find_program

EDITORS = 3
RUN = Run(editors=EDITORS, seconds=3, workers=2, application="tests.broken_saves:application")
PAGE = "provsida-1"


def has_postgresql() -> bool:
    """Whether PostgreSQL can be started."""
    try:
        return bool(find_program("initdb"))
    except ServerMissing:
        return False


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database that has accounts and a page; made once, also for several test processes."""
    root = tmp_path_factory.getbasetemp()
    folder = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / "prepared"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            Site(folder, f"sqlite:///{folder / 'db.sqlite3'}").prepare([PAGE], EDITORS)
            (folder / "done").touch()
    return folder


def copied(prepared: Path, to: Path) -> Path:
    """A folder of one's own that is prepared."""
    return shutil.copytree(prepared, to / "site")


def test_nothing_is_lost_while_workers_die_and_answers_do_not_arrive(prepared: Path, tmp_path: Path) -> None:
    run = replace(RUN, kill_workers=1.2, more={"LOSE": "3"})
    assert_all_is_well(perform(run, copied(prepared, tmp_path), is_prepared=True))


@pytest.mark.skipif(not has_postgresql(), reason="PostgreSQL is not installed")
def test_nothing_is_lost_on_postgresql_though_the_master_dies(tmp_path: Path) -> None:
    run = replace(RUN, database="postgresql", pages=2, kill_master=True, more={"LOSE": "3"})
    result = perform(run, tmp_path)
    assert_all_is_well(result)
    assert result.account.master_kills == 1


def assert_all_is_well(result: Result) -> None:
    """Everybody saved, answers were lost, and nothing else."""
    assert result.faults == []
    assert len(result.account.outcomes("saved")) >= EDITORS
    assert result.account.lost_answers > 0
    told = lines(result.account, result.histories, result.faults)
    assert told[-1] == "Nothing was lost, nothing is torn, nothing is twice."


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("overwrite", "has lost what was published"),
        ("tear", "is torn"),
        ("forget", "IS LOST: acknowledged as version"),
    ],
)
def test_broken_saves_are_found(how: str, sentence: str, prepared: Path, tmp_path: Path) -> None:
    result = perform(
        replace(RUN, seconds=2, more={"BROKEN": how}), copied(prepared, tmp_path), is_prepared=True
    )
    assert [fault for fault in result.faults if sentence in fault]


CHANCE = random.Random(1)  # noqa: S311 - what is written, no secret
FIRST = texts.first_text(EDITORS)


class Told:
    """A short history with the journal that fits it; each test spoils one thing."""

    def __init__(self) -> None:
        self.account = Account()
        self.versions = [Version(1, texts.START, 0, FIRST)]

    def save(self, editor: int, kind: str, *, base: int) -> Attempt:
        """Somebody saves, from the version that they say; merged if it is an older one."""
        marker = f"e{editor}n{len(self.versions)}"
        seen = texts.parse(self.versions[base - 1].body)
        writes = texts.change(kind, seen, editor, marker, CHANCE)
        digest = texts.digest(texts.compose(seen | writes))
        attempt = Attempt(marker, editor, PAGE, kind, base, writes, digest, "saved", len(self.versions) + 1)
        self.account.attempts[marker] = attempt
        body = texts.compose(texts.parse(self.versions[-1].body) | writes)
        self.versions.append(Version(len(self.versions) + 1, marker, editor, body))
        return attempt

    def faults(self, *, halves: int = 0, published: int = 0) -> list[str]:
        """What the tool says, with a database that holds just that."""
        rows = [(version.number, version.body) for version in self.versions]
        stored = Stored({PAGE: [*rows]}, {PAGE: rows[published - 1]}, halves, ())
        return faults(self.account, {PAGE: self.versions}, stored, was_killed=False)

    def spoil(self, number: int, old: str, new: str) -> None:
        """Change the text of a version."""
        version = self.versions[number - 1]
        assert old in version.body
        self.versions[number - 1] = replace(version, body=version.body.replace(old, new))


@pytest.fixture
def told() -> Told:
    """Three saves, the last of which was merged."""
    told = Told()
    told.save(1, "paragraph", base=1)
    told.save(2, "addition", base=2)
    told.save(3, "word", base=1)
    return told


def test_a_history_that_fits_its_journal_has_no_faults(told: Told) -> None:
    assert told.faults() == []


def test_a_lost_save_is_told_of_and_so_is_the_hole(told: Told) -> None:
    del told.versions[2]
    assert told.faults() == [
        f"{PAGE}: no versions [3]",
        f"e2n2 IS LOST: acknowledged as version 3, and no version of {PAGE} has it",
    ]


def test_a_number_that_is_there_twice_is_told_of(told: Told) -> None:
    told.versions.append(told.versions[-1])
    assert f"{PAGE}: there are 2 versions 4" in told.faults()
    assert "e3n3 was saved 2 times" in told.faults()


def test_a_form_that_is_saved_twice_is_told_of(told: Told) -> None:
    told.versions.append(replace(told.versions[-1], number=5))
    assert told.faults()[1:] == [
        "e3n3 was saved 2 times",
        "e3n3 was acknowledged as version 4, and is version 5",
    ]


def test_half_a_paragraph_is_told_of(told: Told) -> None:
    own = told.account.attempts["e1n1"].writes["stycke 1"]
    told.spoil(4, own, own[: len(own) // 2])
    assert [fault for fault in told.faults() if fault.startswith(f"{PAGE} version 4 is torn: stycke 1")]


def test_what_somebody_else_had_not_seen_and_wrote_over_is_told_of(told: Told) -> None:
    told.save(1, "same word", base=4)
    told.save(2, "same word", base=4)
    assert [fault for fault in told.faults() if "e2n5 wrote over what its author had not seen" in fault]


def test_another_text_than_was_sent_is_told_of(told: Told) -> None:
    told.account.attempts["e2n2"].digest = texts.digest("annat")
    assert told.faults() == [f"{PAGE} version 3 is not the text that e2n2 sent"]


def test_what_was_answered_with_a_conflict_must_not_be_there(told: Told) -> None:
    told.account.attempts["e3n3"].outcome = "conflict"
    assert told.faults() == ["e3n3 was answered with a conflict, and is version 4"]


def test_what_got_no_answer_may_be_there_or_not(told: Told) -> None:
    told.account.attempts["e3n3"].outcome = "unknown"
    assert told.faults() == []
    del told.versions[3]
    assert told.faults() == []


def test_a_version_that_nobody_sent_is_told_of(told: Told) -> None:
    told.account.attempts.pop("e3n3")
    assert told.faults() == [f"{PAGE} version 4 is by nobody: e3n3, editor 3"]


def test_who_is_alone_on_a_page_meets_no_conflict() -> None:
    told = Told()
    attempt = told.save(1, "word", base=1)
    attempt.outcome = "conflict"
    assert f"{attempt.marker} met a conflict, though nobody else writes on {PAGE}" in told.faults()


def test_what_the_database_keeps_besides_is_told_of(told: Told) -> None:
    assert told.faults(halves=2, published=2) == [
        f"{PAGE}: what is published is not the newest version",
        "the database has 2 versions that belong to no edit",
    ]


def test_the_journal_is_read_back(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    facts: dict[str, Any] = {
        "editor": 1,
        "page": PAGE,
        "kind": "word",
        "base": 1,
        "writes": {"ord 1": "å"},
        "digest": "d",
    }
    for marker in ("e1n1", "e1n2", "e1n3", "e1n4"):
        journal.note("sent", marker=marker, **facts)
    journal.note("lost", marker="e1n1", why="reset")
    journal.note("saved", marker="e1n1", seconds=0.5)
    journal.note("numbered", marker="e1n1", number=7)
    journal.note("conflict", marker="e1n2", kept=False)
    journal.note("refused", marker="e1n3", status=200, why="för lång")
    journal.note("trouble", path="/", status=503, retry_after="5", kept=True)
    journal.note("trouble", path="/", status=500, retry_after="", kept=False)
    journal.note("gave_up", marker="e1n2")
    journal.note("killed", what="master")
    journal.note("left", count=2)
    journal.close()
    account = read(journal.path)
    assert account.attempts["e1n1"] == Attempt("e1n1", **facts, outcome="saved", number=7, seconds=0.5)
    assert [attempt.marker for attempt in account.outcomes("unknown")] == ["e1n4"]
    assert account.faults == [
        "e1n2: the conflict page does not hold the text that was sent",
        "e1n3: answered 200 för lång",
        "/: 500 without the text that was sent",
    ]
    assert account.trouble == [(503, True), (500, False)]
    assert (account.lost_answers, account.given_up, account.master_kills, account.left) == (1, 1, 1, 2)


def test_the_command_line_says_what_is_asked_for() -> None:
    words = (
        "--database postgresql --editors 4 --seconds 9 --pages 2 --kill-workers 2 --kill-master --workers 3"
    )
    run, folder = arguments(words.split())
    assert run == Run("postgresql", 4, 9.0, 2, kill_workers=2.0, kill_master=True, workers=3)
    assert (run.slugs, run.kills, folder) == (["provsida-1", "provsida-2"], True, None)
    assert arguments([]) == (Run("sqlite", 16, 60.0, 1), None)


def test_faults_are_reported(told: Told) -> None:
    told.account.attempts["e3n3"].outcome = "conflict"
    assert lines(told.account, {PAGE: told.versions}, told.faults())[-2:] == [
        "  ✗ e3n3 was answered with a conflict, and is version 4",
        "FAULTS: 1",
    ]
