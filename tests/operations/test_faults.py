"""What goes wrong in a database, a disk or a clock stops no voter; classes say so and recover.

Each test shows that the fault was there, that the solo quiz answered all the while, that a pupil
was told, and that earlier acknowledged answers are still there afterwards.
"""

from __future__ import annotations

import json
import re
import resource
import shutil
import socket
import socketserver
import sqlite3
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import psycopg
import pytest

from quiz.classroom.database import Database
from tests.classroom.conftest import postgres, postgresql  # noqa: F401  # fixtures of this module
from tests.operations.conftest import Server, Start
from tests.processes import until, workers

FIRST, SECOND = "leave-microsoft", "ban-datacenters"


class Lesson:
    """A class at one's own pace with one pupil, through the pages."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.board, self.pupil = Visitor(server), Visitor(server)
        page = self.board.ask("/nl/class", way="own", length="all")[1]
        code = re.search(r'board-code">\s*([0-9A-Z]{3} [0-9A-Z]{4})', page)
        assert code
        self.pupil.ask("/nl/class/join", code=code[1])
        assert self.sent(FIRST)

    def sent(self, statement: str) -> bool:
        status, page = self.pupil.ask(
            "/nl/class/seat", action="send", **{f"answer.{statement}": "agree"}
        )
        return status == 200 and "Verstuurd:" in page

    def refused(self) -> None:
        """A pupil is told so, and can send again with one tap."""
        status, page = self.pupil.ask(
            "/nl/class/seat", action="send", **{f"answer.{SECOND}": "agree"}
        )
        assert status == 503
        assert "Wat is aangekomen, is niet weg; probeer het opnieuw." in " ".join(page.split())
        assert f'name="answer.{SECOND}" value="agree"' in page

    def recovers(self) -> None:
        """By itself, and with what was acknowledged before."""
        until(lambda: self.sent(SECOND))
        page = self.pupil.ask("/nl/class/seat")[1]
        assert page.count("Verstuurd:") == 2


class Visitor:
    def __init__(self, server: Server) -> None:
        self.server = server
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def ask(self, path: str, **form: str) -> tuple[int, str]:
        data = urlencode(form).encode() if form else None
        try:
            with self._opener.open(self.server.address + path, data, timeout=10) as response:
                return response.status, response.read().decode()
        except HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()


def voters_are_answered(server: Server) -> None:
    """The solo quiz works, all of it."""
    for _ in range(10):
        voter = Visitor(server)
        assert voter.ask("/nl/quiz")[0] == 200
        status, page = voter.ask("/nl/result", **{f"answer.{FIRST}": "agree"})
        assert status == 200
        assert "Je uitkomst" in page


def test_a_locked_database(serve: Start, tmp_path: Path) -> None:
    server = serve()
    lesson = Lesson(server)
    holder = sqlite3.connect(tmp_path / "classes.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with (
        closing(sqlite3.connect(tmp_path / "classes.sqlite", timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),  # the control
    ):
        other.execute("BEGIN IMMEDIATE")
    voters_are_answered(server)
    lesson.refused()
    holder.execute("ROLLBACK")
    holder.close()
    lesson.recovers()


def test_a_class_is_taken_over_once_the_database_is_free_again(
    serve: Start, tmp_path: Path
) -> None:
    server = serve()
    lesson, other = Lesson(server), Visitor(server)
    name = lesson.board.ask("/nl/class/board")[1].partition("/class/state/")[2][:22]
    key = re.search(r'id="key">([^<]+)<', lesson.board.ask(f"/nl/class/key/{name}", show="yes")[1])
    assert key
    holder = sqlite3.connect(tmp_path / "classes.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    status, page = other.ask("/nl/class/recover", token=key[1])
    assert (status, "probeer het opnieuw" in page) == (503, True)
    assert lesson.board.ask("/nl/class/board")[0] == 200  # the class is where it was
    holder.execute("ROLLBACK")
    holder.close()
    until(lambda: other.ask("/nl/class/recover", token=key[1])[0] == 200)
    assert other.ask("/nl/class/board")[0] == 200
    assert lesson.board.ask("/nl/class/board")[0] == 409


def test_a_full_disk(serve: Start, tmp_path: Path) -> None:
    server = serve("--workers", "1")
    lesson = Lesson(server)
    pids = [server.process.pid, *workers(server.process)]
    for pid in pids:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    voters_are_answered(server)
    lesson.refused()  # the control is the refusal: nothing else is wrong with this database
    for pid in pids:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    lesson.recovers()


def test_no_file_descriptor_left(serve: Start) -> None:
    server = serve("--workers", "1")
    lesson = Lesson(server)
    (worker,) = workers(server.process)
    voters_are_answered(server)

    def descriptors() -> int:
        return len(list(Path(f"/proc/{worker}/fd").iterdir()))

    most = descriptors() + 2
    resource.prlimit(worker, resource.RLIMIT_NOFILE, (most, 4096))
    place = ("127.0.0.1", int(server.address.rpartition(":")[2]))
    idle = [socket.create_connection(place) for _ in range(8)]
    until(lambda: descriptors() >= most)
    responses: list[tuple[int, str]] = []
    waiting = threading.Thread(
        target=lambda: responses.append(
            Visitor(server).ask("/nl/result", **{f"answer.{FIRST}": "agree"})
        )
    )
    waiting.start()
    waiting.join(timeout=1)
    assert waiting.is_alive()  # the control: there is no descriptor for one more voter, who waits
    for connection in idle:
        connection.close()
    waiting.join(timeout=10)
    assert responses[0][0] == 200
    resource.prlimit(worker, resource.RLIMIT_NOFILE, (4096, 4096))
    voters_are_answered(server)
    lesson.recovers()


@contextmanager
def between(socket_path: str) -> Iterator[tuple[int, Gate]]:
    """A door to the database that a test can shut."""

    class Pass(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            if gate.shut:
                return
            with socket.socket(socket.AF_UNIX) as inner:
                inner.connect(socket_path)
                gate.open_ones.extend((self.request, inner))
                back = threading.Thread(target=pump, args=(inner, self.request), daemon=True)
                back.start()
                pump(self.request, inner)

    gate = Gate()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Pass) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], gate
        gate.close()
        server.shutdown()


class Gate:
    def __init__(self) -> None:
        self.shut = False
        self.open_ones: list[socket.socket] = []

    def close(self) -> None:
        self.shut = True
        for file in self.open_ones:
            try:
                file.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


def pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


@pytest.fixture
def folder(postgresql: Database) -> str:  # noqa: F811
    """The folder of the PostgreSQL server's socket."""
    return postgresql.url.rpartition("host=")[2]


def test_a_database_that_is_gone(serve: Start, folder: str) -> None:
    with between(f"{folder}/.s.PGSQL.5432") as (port, gate):
        address = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        server = serve(DATABASE_URL=address)
        lesson = Lesson(server)
        gate.close()
        with pytest.raises(psycopg.OperationalError):  # the control
            psycopg.connect(address, connect_timeout=2)
        voters_are_answered(server)
        lesson.refused()
        until(lambda: json.loads(server.get("/healthz"))["database"] == "down")
        gate.shut = False
        lesson.recovers()


def test_a_slow_database(serve: Start, folder: str) -> None:
    address = f"postgresql://postgres@/postgres?host={folder}"
    server = serve(DATABASE_URL=address)
    lesson = Lesson(server)
    with psycopg.connect(address) as holder:
        holder.execute("LOCK TABLE answers IN ACCESS EXCLUSIVE MODE")  # everybody else waits
        voters_are_answered(server)
        lesson.refused()
        holder.rollback()
    lesson.recovers()


def test_a_clock_that_is_a_day_off(
    serve: Start, folder: str, content_folder: Path, tmp_path: Path
) -> None:
    program = shutil.which("faketime")
    assert program, "faketime is needed: sudo apt-get install faketime"
    library = subprocess.run(
        [program, "-f", "+9d", "sh", "-c", "echo $LD_PRELOAD"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    server = serve(
        DATABASE_URL=f"postgresql://postgres@/postgres?host={folder}",
        LD_PRELOAD=library, FAKETIME="+9d", FAKETIME_DONT_FAKE_MONOTONIC="1",
    )  # fmt: skip
    with urllib.request.urlopen(f"{server.address}/nl/", timeout=30) as page:
        day = page.headers["Date"]
    now = time.strftime("%d %b", time.gmtime())
    assert now not in day  # the control: this host thinks it is another day
    lesson = Lesson(server)  # would be expired at once, after seven days, by the host's own clock
    voters_are_answered(server)
    lesson.recovers()
