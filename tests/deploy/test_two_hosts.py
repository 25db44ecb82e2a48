"""Faults that could harm a class, with two hosts behind the shipped nginx and one PostgreSQL."""

from __future__ import annotations

import os
import random
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from re import findall
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from quiz.classroom import seats as places
from quiz.classroom import store
from quiz.classroom.database import Database, now
from quiz.classroom.models import Classroom, Seat
from tests.classroom.conftest import PostgresServer, emptied
from tests.deploy.nginx import ROOT, TRUSTING, Browser, Site, opened, status
from tests.operations.test_slow_clients import CLASS_HEAD, still_open

pytestmark = pytest.mark.slow

FIRST = "answer.leave-microsoft"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.remove()


@pytest.fixture
def postgresql(server: PostgresServer) -> Iterator[Database]:
    """The database of the site's hosts, on a server that this test may stop."""
    database = emptied(server.address)
    yield database
    database.engine.dispose()


class Sending:
    """Pupils who send one answer after the other, each until it is acknowledged."""

    def __init__(self, pupils: list[Browser]) -> None:
        self.acknowledged, self.refused = 0, 0
        self.last: dict[Browser, str] = {}
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._go, args=(pupil,)) for pupil in pupils]
        for thread in self._threads:
            thread.start()

    def _go(self, pupil: Browser) -> None:
        rng = random.Random(id(pupil))
        for _ in range(40):
            word = rng.choice(("agree", "neutral", "disagree"))
            while not arrived(pupil, word):
                with self._lock:
                    self.refused += 1
            with self._lock:
                self.acknowledged += 1
                self.last[pupil] = word

    def until(self, what: str, count: int) -> None:
        deadline = time.monotonic() + 60
        while getattr(self, what) < count:
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def end(self) -> None:
        for thread in self._threads:
            thread.join(timeout=60)
            assert not thread.is_alive()


def arrived(pupil: Browser, word: str) -> bool:
    try:
        return "Verstuurd:" in pupil.ask("/nl/class/seat", **{FIRST: word, "action": "send"})
    except HTTPError as refused:
        refused.close()
        if refused.code != 503:  # which says in words to try again
            raise
        return False


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])
def test_a_database_that_stops_in_the_middle_of_a_lesson_loses_nothing_and_needs_no_hand(
    site: Site, server: PostgresServer, how: signal.Signals
) -> None:
    board, early, late = Browser(site), *([Browser(site) for _ in range(8)] for _ in range(2))
    code = opened(board)
    for pupil in early + late:
        pupil.ask("/nl/class/join", code=code)
    assert all(arrived(pupil, "agree") for pupil in early)  # who send nothing afterwards
    sending = Sending(late)
    sending.until("acknowledged", 40)
    server.stop(how)
    sending.until("refused", 8)  # the control: it is gone for those who send
    assert "Je uitkomst" in Browser(site).ask("/nl/result", **{FIRST: "agree"})
    server.start()
    sending.end()
    page = board.ask("/nl/class/board", action="close")
    words = Counter([*sending.last.values(), *["agree"] * len(early)])
    expected = [str(words[word]) for word in ("agree", "neutral", "disagree")]
    assert findall(r'class="number">(\d+)<', page) == expected


def test_stalled_bodies_at_both_hosts_and_at_nginx_stop_no_class(site: Site) -> None:
    with ExitStack() as stack:
        direct, passed = [], []
        for host, _ in site.hosts:
            place, _, port = host.partition(":")
            for _ in range(50):
                one = stack.enter_context(socket.create_connection((place, int(port)), timeout=20))
                one.sendall(CLASS_HEAD + b"a")
                direct.append(one)
        proxy = urlsplit(site.address)
        for _ in range(50):
            raw = socket.create_connection((proxy.hostname or "", proxy.port or 0), timeout=20)
            one = stack.enter_context(TRUSTING.wrap_socket(raw))
            one.sendall(CLASS_HEAD + b"a")
            passed.append(one)
        a_lesson(site, 10)
        assert still_open(direct) == len(direct)  # the control: they stalled all the while
        for one in passed:
            assert_closed(one)  # in its ten seconds, by nginx


def assert_closed(one: ssl.SSLSocket) -> None:
    told = b""
    while data := one.recv(4096):  # a timeout of twenty seconds is an error
        told += data
    assert told == b"" or b" 408 " in told


def a_lesson(site: Site, size: int) -> None:
    board, pupils = Browser(site), [Browser(site) for _ in range(size)]
    code = opened(board)
    for pupil in pupils:
        pupil.ask("/nl/class/join", code=code)
        assert arrived(pupil, "agree")
    page = board.ask("/nl/class/board", action="close")
    assert findall(r'class="number">(\d+)<', page) == [str(size), "0", "0"]


def test_one_device_fills_no_class_though_two_hosts_answer(
    site: Site, postgresql: Database
) -> None:
    code = opened(Browser(site))
    start = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        asked = pool.map(lambda _: status(Browser(site), "/nl/class/join", code=code), range(100))
        seated = Counter(asked)[200]
    with postgresql.reading() as session:
        assert session.scalar(select(func.count()).select_from(Seat)) == seated
    assert places.AT_ONCE <= seated <= places.AT_ONCE + time.monotonic() - start + 1


def test_thousands_of_empty_classes_shut_no_door(site: Site, postgresql: Database) -> None:
    opened(Browser(site))
    with postgresql.transaction() as session:
        first = session.scalars(select(Classroom)).one()
        then = now(session) + store.UNJOINED - timedelta(minutes=10)
        kept = {column.name: getattr(first, column.name) for column in Classroom.__table__.columns}
        session.add_all(
            Classroom(**kept | {"id": f"c{number}", "code": f"C{number}",
                                "host_hash": f"h{number}", "expires": then})
            for number in range(store.MAX_OPEN - 1)
        )  # fmt: skip
    assert open_classes(postgresql) == store.MAX_OPEN
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: opened(Browser(site)), range(16)))
    assert open_classes(postgresql) == store.MAX_OPEN  # the oldest have given way
    told = subprocess.run(
        [sys.executable, "-m", "quiz", "expire", "--empty"], cwd=ROOT, check=True,
        capture_output=True, text=True, env=os.environ | {"DATABASE_URL": postgresql.url},
    ).stdout  # fmt: skip
    assert told == f"Deleted {store.MAX_OPEN - 17} classes.\n"
    assert open_classes(postgresql) == 17


def open_classes(database: Database) -> int:
    with database.reading() as session:
        going = select(func.count()).select_from(Classroom).where(Classroom.phase != "ended")
        return session.scalars(going).one()
