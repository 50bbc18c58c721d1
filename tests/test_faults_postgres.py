"""PostgreSQL is stopped while people read and write, and comes back."""

import shlex
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import requests

from tests.faults.forms import form_with
from tests.faults.served import EDIT, Site, Writer, cannot_run, prepare, served
from tests.postgres import NAME, ServerMissing, cluster, find_program, run, unprivileged_user

MINE = "Min text, som ingen får tappa bort."
AWAY = "Databasen svarar inte just nu"
PATIENCE = 4.0  # seconds; two are promised, and the machine may be busy


class Server:
    """The database's server, to be stopped and started."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.folder = Path("/", urlsplit(url).path.lstrip("/")).parent
        self.data = self.folder / "data"
        self.options = shlex.split((self.data / "postmaster.opts").read_text())[1:]

    def stop(self) -> None:
        """End it at once, as a crash does."""
        self._pg_ctl("--mode=immediate", "-w", "stop")

    def start(self) -> None:
        """Start it again, as it was, unless it runs."""
        if (self.data / "postmaster.pid").exists():
            return
        own = [option for option in self.options if option not in {"-D", str(self.data)}]
        self._pg_ctl(f"--log={self.folder / 'log'}", f"--options={shlex.join(own)}", "-w", "start")

    def connect(self) -> psycopg.Connection:
        """Look at it from outside."""
        return psycopg.connect(host=str(self.folder), user=NAME, dbname="postgres", autocommit=True)

    def _pg_ctl(self, *arguments: str) -> None:
        data = f"--pgdata={self.data}"
        run(find_program("pg_ctl"), data, *arguments, user=unprivileged_user(), folder=self.folder)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a wiki in it."""
    try:
        find_program("initdb")
    except ServerMissing as missing:
        cannot_run(str(missing))
    with cluster(is_durable=True) as url:
        prepare(tmp_path_factory.mktemp("var"), url)
        yield Server(url)


@pytest.fixture
def site(server: Server, tmp_path: Path) -> Iterator[Site]:
    """The wiki, served."""
    server.start()
    (tmp_path / "static").mkdir()
    with served(tmp_path, server.url, tmp_path / "log") as site:
        yield site


@pytest.fixture
def writer(site: Site) -> Writer:
    """Eva, who has signed in."""
    writer = Writer(site)
    writer.sign_in()
    return writer


def versions(server: Server) -> list[tuple[int, str]]:
    """The numbers of the page's versions, and what the page says."""
    ask = "SELECT e.number, p.body FROM wiki_edit e JOIN wiki_page p ON p.id = e.page_id ORDER BY e.number"
    with server.connect() as connection:
        return [(int(number), str(body)) for number, body in connection.execute(ask).fetchall()]


def timed(site: Site, capsys: pytest.CaptureFixture[str]) -> requests.Response:
    """What a reader gets, and after how long, printed; fails when it took long."""
    began = time.monotonic()
    answer = site.read()
    took = time.monotonic() - began
    with capsys.disabled():
        print(f"\n  a reader without a database: {answer.status_code} after {took:.2f} s")  # noqa: T201 - a measurement
    assert took < PATIENCE
    return answer


@contextmanager
def stuck_save(server: Server, writer: Writer, **values: str) -> Iterator[list[requests.Response]]:
    """A save that waits inside its transaction while this block runs; its answer is in the list then."""
    fields = writer.form(**values)
    answers: list[requests.Response] = []
    saving = threading.Thread(target=lambda: answers.append(writer.send(EDIT, fields)))
    with closing(server.connect()) as holder, closing(server.connect()) as watcher:
        holder.execute("BEGIN")
        holder.execute("SELECT * FROM wiki_page FOR UPDATE")
        saving.start()
        waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        deadline = time.monotonic() + 20
        while watcher.execute(waits).fetchone() == (0,) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert watcher.execute(waits).fetchone() == (1,)
        yield answers
        saving.join(30)


def test_a_save_in_the_middle_of_which_the_database_stops_is_kept_and_can_be_sent_again(
    server: Server, site: Site, writer: Writer, capsys: pytest.CaptureFixture[str]
) -> None:
    before = versions(server)
    with stuck_save(server, writer, body=MINE, summary="Bättre så") as answers:
        server.stop()
    (answer,) = answers
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"
    assert AWAY in answer.text
    assert f">\n{MINE}</textarea>" in answer.text
    assert 'value="Bättre så"' in answer.text

    reading = timed(site, capsys)
    assert (reading.status_code, AWAY in reading.text) == (503, True)
    assert "csrfmiddlewaretoken" not in reading.text
    assert not reading.cookies
    # Sent again too early, it is handed back again.
    still = writer.send_again(answer)
    assert (still.status_code, MINE in still.text) == (503, True)
    script = writer.send(EDIT, form_with(still.text, "Skicka igen").fields, Accept="application/json")
    assert script.status_code == 503
    assert script.json()["error"].startswith(AWAY)

    server.start()
    assert versions(server) == before
    saved = writer.send_again(still)
    assert (saved.status_code, saved.headers["Location"]) == (302, "/sidor/skolan/")
    number = len(before) + 1
    assert versions(server) == [(each, MINE) for each in range(1, number + 1)]
    # The first answer was never acted upon; sending it as well makes no second version.
    again = writer.send_again(answer)
    assert again.status_code == 302
    assert len(versions(server)) == number

    said = site.log.read_text()
    assert MINE not in said
    assert said.count(f"Service Unavailable: {EDIT}") == 3


def test_a_worker_whose_connection_was_cut_finds_a_new_one(
    server: Server, site: Site, writer: Writer
) -> None:
    assert site.read().status_code == 200
    server.stop()
    server.start()
    assert [site.read().status_code, writer.get(EDIT).status_code] == [200, 200]
    with server.connect() as connection:
        others = "FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        cut = connection.execute(f"SELECT pg_terminate_backend(pid) {others}").fetchall()
    assert cut == [(True,)]
    assert writer.get(EDIT).status_code == 200


def test_a_row_that_somebody_holds_does_not_hold_the_writer(server: Server, writer: Writer) -> None:
    before = len(versions(server))
    with stuck_save(server, writer, body="En rad som någon håller i.") as answers:
        while not answers:
            time.sleep(0.05)
    (answer,) = answers
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "En rad som någon håller i." in answer.text
    assert len(versions(server)) == before


def test_a_server_that_never_answers_keeps_nobody_waiting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "static").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgres://{NAME}@127.0.0.1:{silent.getsockname()[1]}/postgres"
        with served(tmp_path, url, tmp_path / "log") as site:
            answer = timed(site, capsys)
    assert (answer.status_code, AWAY in answer.text) == (503, True)
