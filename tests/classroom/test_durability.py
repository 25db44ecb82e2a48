"""Killed workers: every acknowledged answer is there, once, over many rounds."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import text

from quiz.classroom import seats as places
from quiz.classroom import store
from quiz.classroom.database import Database
from quiz.content import load
from tests.processes import until_up

ROOT = Path(__file__).parents[2]
ROUNDS, PUPILS, SENDERS, SECONDS = 12, 1500, 24, 9.0
Plan = list[tuple[str, str, str]]
IDS = ["leave-microsoft", "ban-datacenters", "state-software"]


@pytest.fixture
def server(database: Database, content_folder: Path, tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Two workers on the database; the port, and the process that starts the workers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "quiz", "serve", "--content", str(content_folder),
         "--port", str(port), "--workers", "2", "--no-watch"],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": database.url, "QUIZ_STATE": str(tmp_path / "state")},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until_up(f"http://127.0.0.1:{port}/healthz")
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def oldest_worker(parent: int) -> int:
    """Return the process that has served longest, of those that the parent started.

    The server gives up when a worker dies right after it was started, so the two take turns.
    """
    stored = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                after_name = (entry / "stat").read_text().rpartition(")")[2].split()
                helper = b"resource_tracker" in (entry / "cmdline").read_bytes()  # Python's own
            except OSError:
                continue
            if int(after_name[1]) == parent and not helper:
                stored.append((int(after_name[19]), int(entry.name)))
    return min(stored)[1]


def send(port: int, name: str, token: str, statement: str, word: str) -> bool:
    """Send one answer; return whether the page said that it arrived."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request(
            "POST", f"/nl/class/seat/{name}", urlencode({f"answer.{statement}": word, "action": "send"}),
            {"Cookie": f"class_seat_{name}={token}", "Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        response = connection.getresponse()
        return response.status == 200 and "data-told" not in response.read().decode()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@pytest.mark.slow
def test_killed_workers_lose_no_acknowledged_answer(
    server: tuple[int, int],
    database: Database,
    content_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    port, parent = server
    monkeypatch.setattr(places, "MAX_PUPILS", PUPILS)
    monkeypatch.setattr(places, "AT_ONCE", PUPILS)
    opened = store.open_class(database, load(content_folder), way="own", statements=IDS)
    tokens = [places.join(database, opened.code)[1] for _ in range(PUPILS)]
    rng, unacknowledged = random.Random(1), 0
    expected: dict[tuple[str, str], int] = {}
    for _ in range(ROUNDS):
        plan = [(token, rng.choice(IDS), rng.choice("and")) for token in tokens]
        start = time.monotonic()

        def in_time(number: int, start: float = start, plan: Plan = plan) -> bool:
            time.sleep(max(0.0, start + SECONDS * number / PUPILS - time.monotonic()))
            return send(port, opened.id, *plan[number])

        killer = threading.Timer(
            rng.uniform(0.5, SECONDS - 0.5), lambda: os.kill(oldest_worker(parent), signal.SIGKILL)
        )
        killer.start()
        with ThreadPoolExecutor(SENDERS) as pool:
            acknowledged = list(pool.map(in_time, range(PUPILS)))
        killer.join()
        until_up(f"http://127.0.0.1:{port}/healthz")
        for (token, statement, word), arrived in zip(plan, acknowledged, strict=True):
            if not arrived:  # sending again is safe, whether or not the first one was kept
                unacknowledged += 1
                deadline = time.monotonic() + 15
                while not send(port, opened.id, token, statement, word):
                    assert time.monotonic() < deadline
            expected[database.digest(token), statement] = {
                "a": 1,
                "n": 0,
                "d": -1,
            }[word]
        with database.transaction() as session:
            rows = session.execute(text("SELECT token_hash, statement, code FROM answers")).all()
        assert len(rows) == len({(row[0], row[1]) for row in rows})
        assert {(row[0], row[1]): row[2] for row in rows} == expected
    assert unacknowledged > 0  # the control: workers did die while pupils were sending
