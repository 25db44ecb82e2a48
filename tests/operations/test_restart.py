"""A restart of the workers cuts nobody off and takes other code; stopping ends what is running."""

from __future__ import annotations

import http.client
import multiprocessing
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from granian.constants import Interfaces
from granian.server.mp import MPServer

from quiz.web import server as production
from tests.operations.conftest import ROOT, Server, Start, free_port
from tests.processes import workers

FORM = urlencode({"answer.leave-microsoft": "agree"})
URL_ENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
OTHER_CODE = """

_answer = Together.__call__


def _marked(self, environ, start_response):
    def start(status, headers, *rest):
        return start_response(status, [*headers, ("X-Release", "2")], *rest)

    return _answer(self, environ, start)


Together.__call__ = _marked
"""


class Voter(threading.Thread):
    """Somebody who asks for results until told to stop.

    Between connecting and asking some wait as long as a slow phone takes; some keep a connection.
    """

    def __init__(self, server: Server, number: int, stop: threading.Event) -> None:
        super().__init__()
        self.place = server.address.removeprefix("http://")
        self.hesitates, self.keeps = number % 3 > 0, number % 2 > 0
        self.rng, self.stop = random.Random(number), stop
        self.answered, self.failed = 0, []

    def run(self) -> None:
        while not self.stop.is_set():
            connection = http.client.HTTPConnection(self.place, timeout=10)
            try:
                connection.connect()
                self.hesitate()
                while not self.stop.is_set() and connection.sock:
                    self.ask(connection)
            except (OSError, http.client.HTTPException, AssertionError) as error:
                self.failed.append(repr(error))
            finally:
                connection.close()

    def ask(self, connection: http.client.HTTPConnection) -> None:
        connection.request("POST", "/nl/result", FORM, URL_ENCODED)
        answer = connection.getresponse()
        assert answer.status == 200
        assert b"</html>" in answer.read()
        self.answered += 1
        if not self.keeps:
            connection.close()
        elif connection.sock:  # it was not told to close
            self.hesitate()

    def hesitate(self) -> None:
        if self.hesitates:
            time.sleep(self.rng.uniform(0, 0.4))


@contextmanager
def voters_of(server: Server, count: int) -> Iterator[list[Voter]]:
    stop = threading.Event()
    voters = [Voter(server, number, stop) for number in range(count)]
    for voter in voters:
        voter.start()
    try:
        yield voters
    finally:
        stop.set()
        for voter in voters:
            voter.join()


def answered(voters: list[Voter]) -> int:
    return sum(voter.answered for voter in voters)


@pytest.mark.slow
def test_a_restart_under_load_fails_no_request(serve: Start) -> None:
    server = serve("--workers", "2")
    with voters_of(server, 30) as voters:
        for _ in range(4):
            before = answered(voters)
            wait_until(lambda: answered(voters) > before + 20)  # noqa: B023  # called at once
            replace_workers(server)
    assert not [voter.failed for voter in voters if voter.failed]
    assert min(voter.answered for voter in voters) > 10


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A release of one's own, to change while it serves."""
    for part in ("quiz", "templates"):
        shutil.copytree(ROOT / part, tmp_path / "project" / part)
    return tmp_path / "project"


@pytest.fixture
def release(project: Path, serve: Start) -> Server:
    return serve("--workers", "1", project=project)


def test_a_restart_takes_other_code(release: Server, project: Path) -> None:
    """Also where it stands in a module that the first process has loaded long ago."""
    before = style_of(release)
    with (project / "quiz" / "together.py").open("a") as module:
        module.write(OTHER_CODE)
    with (project / "quiz" / "static" / "standpunt.css").open("a") as style:
        style.write("/* the next release */")
    assert answering(release) == {None}  # the control
    replace_workers(release)
    assert answering(release) == {"2"}
    after = style_of(release)
    assert before != after
    for path in (before, after):  # a page of the release before is still being read
        assert "body" in release.get(path)


@pytest.mark.parametrize(
    ("module", "broken", "told"),
    [
        pytest.param(
            "app.py",
            "\nimport no_such_package\n",
            "No module named 'no_such_package'",
            marks=pytest.mark.slow,
        ),
        ("server.py", "\nthis is no Python\n", "invalid syntax"),
    ],
)
def test_a_release_that_does_not_start_replaces_nobody(
    release: Server, project: Path, module: str, broken: str, told: str
) -> None:
    before = workers(release.process)
    whole = (project / "quiz" / module).read_text()
    (project / "quiz" / module).write_text(whole + broken)
    release.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "Still serving" in release.output.read_text())
    assert told in release.output.read_text()
    assert answering(release) == {None}
    assert workers(release.process) == before
    (project / "quiz" / module).write_text(whole)
    replace_workers(release)  # the control: mended, it does


def test_a_worker_that_ends_has_its_connections_closed_in_order(serve: Start) -> None:
    server = serve("--workers", "1")
    (worker,) = workers(server.process)
    kept, hesitating = (http.client.HTTPConnection(server.address[7:]) for _ in range(2))
    kept.request("GET", "/nl/")
    answer = kept.getresponse()
    answer.read()
    assert answer.getheader("Connection") is None  # the control: it would be kept
    hesitating.connect()
    time.sleep(0.2)
    os.kill(worker, signal.SIGTERM)
    time.sleep(0.2)
    for connection in (kept, hesitating):
        connection.request("GET", "/nl/")
        answer = connection.getresponse()
        answer.read()
        assert (answer.status, answer.getheader("Connection")) == (200, "close")
    # who comes now is not dropped either: the next worker answers
    with urllib.request.urlopen(f"{server.address}/nl/", timeout=20) as page:
        assert page.status == 200
    wait_until(lambda: worker not in workers(server.process))


def test_a_server_that_stops_refuses_whom_it_will_not_answer(serve: Start) -> None:
    """So that nginx asks another host at once: nobody waits at a socket that no worker reads."""
    server = serve("--workers", "2")
    place = ("127.0.0.1", int(server.address.rpartition(":")[2]))
    with socket.create_connection(place) as slow:  # keeps its worker from ending, up to ten seconds
        head = "".join(f"{name}: {value}\r\n" for name, value in URL_ENCODED.items())
        slow.sendall(
            f"POST /nl/result HTTP/1.1\r\nHost: x\r\n{head}Content-Length: 9\r\n\r\n".encode()
        )
        time.sleep(0.2)
        server.process.terminate()
        wait_until(lambda: refused(place), seconds=5)
        assert all(refused(place) for _ in range(10))
        assert server.process.poll() is None  # the control: it still answers who is connected
        slow.sendall(b"answer.x=")
        assert slow.recv(12) == b"HTTP/1.1 400"


def refused(place: tuple[str, int]) -> bool:
    try:
        socket.create_connection(place, timeout=2).close()
    except ConnectionRefusedError:
        return True
    return False


@pytest.mark.slow
def test_a_hangup_of_the_whole_group_replaces_workers_and_kills_none(serve: Start) -> None:
    server = serve("--workers", "1")
    replace_workers(server)
    (worker,) = workers(server.process)
    os.kill(worker, signal.SIGHUP)
    time.sleep(0.3)
    assert workers(server.process) == [worker]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("wait", [0.0, 0.3, 1.2])
def test_a_server_stops_within_moments(
    content_folder: Path, tmp_path: Path, number: signal.Signals, wait: float
) -> None:
    """While it starts, too; Ctrl-C reaches the workers as well as the process that started them."""
    output = tmp_path / "output.log"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "quiz", "serve", "--content", str(content_folder),
             "--port", str(free_port())],
            cwd=ROOT, stdout=file, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    wait_until(lambda: bool(workers(process)))
    time.sleep(wait)
    if number == signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.terminate()
    process.wait(timeout=4)
    assert "Traceback" not in output.read_text()


def test_a_stop_waits_for_a_copy_to_be_ready_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before that a copy has the handlers of the process that it copies, which stop nobody."""
    blocked = []
    monkeypatch.setattr(multiprocessing, "set_start_method", lambda *args, **options: None)
    monkeypatch.setattr(
        MPServer, "_spawn_workers", lambda *args: blocked.append(signals_that_wait())
    )
    production.Server("quiz.web.app:create_app", interface=Interfaces.WSGI)._spawn_workers(
        None, None
    )
    assert blocked == [{signal.SIGTERM, signal.SIGINT}]
    assert signals_that_wait() == set()  # the control: only while they are copied


def signals_that_wait() -> set[signal.Signals | int]:
    return signal.pthread_sigmask(signal.SIG_BLOCK, [])


def replace_workers(server: Server) -> None:
    before = workers(server.process)
    server.process.send_signal(signal.SIGHUP)
    # the control: the workers are replaced, one by one
    wait_until(lambda: not set(before) & set(workers(server.process)))
    wait_until(lambda: len(workers(server.process)) == len(before))


def answering(server: Server) -> set[str | None]:
    """Return the releases that answer, whichever worker is asked."""
    found = set()
    for _ in range(20):
        with urllib.request.urlopen(f"{server.address}/nl/", timeout=20) as page:
            found.add(page.headers["X-Release"])
    return found


def style_of(server: Server) -> str:
    found = re.search(r"/static/[0-9a-f]+/standpunt\.css", server.get("/nl/"))
    assert found
    return found[0]


def wait_until(reached: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.05)
