import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mittkoping.text import bounded, child
from mittkoping.text.bounded import WALL_LIMIT, RenderRefused, render_bounded
from mittkoping.text.frames import HEADER, frame, pack_request
from mittkoping.text.links import Resolved, Target
from mittkoping.text.render import render
from tests.text import corpora, hostile

SOURCE = "# Mål\n\n[[Sida]] [[faktor:x]] å 😀[^1]\n\n[^1]: not"
LINKS = {Target("page", "Sida"): Resolved("/s/", "S"), Target("factor", "x"): Resolved(None, "X")}
ENDLESS = "[" * 100_000
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _one_child() -> Iterator[None]:
    """Leave no child behind."""
    yield
    bounded._state.end()


def pid() -> int:
    assert bounded._state.child is not None
    return bounded._state.child.process.pid


def test_the_child_answers_as_the_renderer_does() -> None:
    assert render_bounded(SOURCE, LINKS) == render(SOURCE, LINKS)


def test_one_child_serves_many_texts() -> None:
    render_bounded("ett", {})
    first = pid()
    assert render_bounded("två", {}).html == "<p>två</p>"
    assert pid() == first


def test_a_text_without_end_is_refused_in_time_and_the_next_one_works() -> None:
    render_bounded("ett", {})
    first = pid()
    started = time.monotonic()
    with pytest.raises(RenderRefused) as refusal:
        render_bounded(ENDLESS, {})
    assert refusal.value.reason == "time"
    assert 1.9 < time.monotonic() - started < WALL_LIMIT + 1
    assert render_bounded("två", {}).html == "<p>två</p>"
    assert pid() != first
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_a_text_that_breaks_the_parser_is_refused_and_the_child_lives_on() -> None:
    render_bounded("ett", {})
    first = pid()
    with pytest.raises(RenderRefused) as refusal:
        render_bounded("* " * 3_000 + "a", {})
    assert refusal.value.reason == "crash"
    assert render_bounded("två", {}).html == "<p>två</p>"
    assert pid() == first


def test_a_child_that_was_killed_is_replaced() -> None:
    render_bounded("ett", {})
    os.kill(pid(), signal.SIGKILL)
    bounded_child = bounded._state.child
    assert bounded_child is not None
    bounded_child.process.wait()
    assert render_bounded("två", {}).html == "<p>två</p>"


def test_a_child_that_dies_at_work_is_a_crash() -> None:
    render_bounded("ett", {})
    threading.Timer(0.5, os.kill, (pid(), signal.SIGKILL)).start()
    with pytest.raises(RenderRefused) as refusal:
        render_bounded(ENDLESS, {})
    assert refusal.value.reason == "crash"
    assert render_bounded("två", {}).html == "<p>två</p>"


def test_large_texts_go_both_ways() -> None:
    source = "åäö " * 60_000
    links = {Target("page", f"Sida {n}"): Resolved(f"/{n}/", "x" * 100) for n in range(2_000)}
    assert render_bounded(source, links).plain == source.strip()


def test_threads_take_turns() -> None:
    answers: list[str] = []

    def work(number: int) -> None:
        answers.append(render_bounded(f"text {number}", {}).html)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == sorted(f"<p>text {number}</p>" for number in range(20))


def in_new_process(code: str, folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SECRET_KEY": "hemlig"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


FORK = """
import os, sys
from mittkoping.text import bounded
bounded.render_bounded("ett", {})
mine = bounded._state.child.process.pid
if os.fork() == 0:
    ok = bounded._state.child is None
    ok = ok and bounded.render_bounded("två", {}).html == "<p>två</p>"
    ok = ok and bounded._state.child.process.pid != mine
    bounded._state.end()
    os._exit(0 if ok else 1)
_, status = os.wait()
assert status == 0, status
assert bounded.render_bounded("tre", {}).html == "<p>tre</p>"
print(bounded._state.child.process.pid == mine)
"""


def test_a_forked_process_leaves_its_parents_child_alone(tmp_path: Path) -> None:
    assert in_new_process(FORK, tmp_path) == "True"


ORPHAN = """
import os
from mittkoping.text import bounded
bounded.render_bounded("ett", {})
print(bounded._state.child.process.pid, flush=True)
os._exit(0)
"""


def test_the_child_ends_with_its_parent_whatever_lies_in_the_working_folder(tmp_path: Path) -> None:
    (tmp_path / "markdown.py").write_text("raise SystemExit(9)")
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    orphan = int(in_new_process(f"import sys; sys.path.remove('')\n{ORPHAN}", tmp_path))
    for _ in range(100):
        try:
            os.kill(orphan, 0)
        except ProcessLookupError:
            return
        # Where nobody collects orphans, a process that has ended keeps its number.
        if ") Z " in _stat(orphan):
            return
        time.sleep(0.05)
    pytest.fail("the child outlived its parent")


def _stat(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return f"{process} () Z "


def test_the_child_knows_no_secrets() -> None:
    assert "SECRET_KEY" in os.environ
    render_bounded("ett", {})
    environment = Path(f"/proc/{pid()}/environ").read_bytes()
    assert b"PYTHONPATH=" in environment
    assert b"SECRET_KEY" not in environment


@pytest.mark.parametrize(
    ("error", "reason"), [(MemoryError, "memory"), (RecursionError, "crash"), (KeyError, "crash")]
)
def test_the_child_names_what_stopped_it(
    error: type[Exception], reason: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_source: str, _links: object) -> None:
        raise error

    monkeypatch.setattr(child, "render", fail)
    assert child._answer(frame(pack_request("x", {}))[HEADER.size :]) == {"refused": reason}
    assert capsys.readouterr().err == (
        "" if reason == "memory" else f"mittkoping.text.child: {error.__name__}\n"
    )


def test_every_pathological_text_is_rendered_or_refused_in_time() -> None:
    for source, is_known_to_be_refused in [
        *hostile.PATHOLOGICAL,
        *((text, None) for text in corpora.pathological()),
    ]:
        started = time.monotonic()
        refused = False
        try:
            render_bounded(source, {})
        except RenderRefused:
            refused = True
        assert time.monotonic() - started < WALL_LIMIT + 1, source[:40]
        assert is_known_to_be_refused in (None, refused), source[:40]
        assert render_bounded("hej", {}).html == "<p>hej</p>"
