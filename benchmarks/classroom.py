"""Class mode under load: 1,500 pupils of 50 classes send within five seconds; phones ask for news.

Two worker processes on this machine's cores, the pupils beside them. A pupil's time runs from when
the answer was due to be sent, so a queue in the load generator counts too; each round sends a
different answer than the one before, so a lost one is noticed.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from benchmarks.timing import Row
from quiz.classroom import running, seats, store, tally
from quiz.classroom.database import Database
from quiz.content import load
from quiz.content.catalogue import CODES
from quiz.content.paths import shipped

CLASSES, EACH, SECONDS, PHONES = 50, 30, 5.0, 4000
WORDS = ("agree", "disagree", "neutral")


def run(*, quick: bool = False) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'classes.sqlite'}"
        return [*_send(url, 5 if quick else CLASSES, 1 if quick else 5), *_poll(url, quick=quick)]


def _send(url: str, classes: int, turns: int) -> list[Row]:
    database, catalogue = Database(url), load(shipped())
    first = catalogue.statements[0].id
    opened = [
        store.open_class(database, catalogue, way="together", statements=[first])
        for _ in range(classes)
    ]
    for lesson in opened:
        running.begin(database, lesson.host)
    tokens = [seats.join(database, lesson.code) for lesson in opened for _ in range(EACH)]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "quiz", "serve", "--port", str(port), "--workers", "2", "--no-watch"],
        env=os.environ | {"DATABASE_URL": url}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(f"http://127.0.0.1:{port}/nl/class")

        def sent_in(number: int, start: float, word: str) -> float | None:
            name, token = tokens[number]
            due = start + SECONDS * number / len(tokens)
            time.sleep(max(0.0, due - time.perf_counter()))
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            try:
                connection.request(
                    "POST", f"/nl/class/seat/{name}", urlencode({f"answer.{first}": word, "action": "send"}),
                    {"Cookie": f"class_seat_{name}={token}",
                     "Content-Type": "application/x-www-form-urlencoded"},
                )  # fmt: skip
                response = connection.getresponse()
                fine = response.status == 200 and b"Verstuurd" in response.read()
                return time.perf_counter() - due if fine else None
            except (OSError, http.client.HTTPException):
                return None
            finally:
                connection.close()

        rounds: list[list[float | None]] = []
        kept: list[int] = []
        with ThreadPoolExecutor(120) as pool:
            for turn in range(turns):
                start, word = time.perf_counter() + 0.2, WORDS[turn % 3]
                rounds.append(
                    list(pool.map(partial(sent_in, start=start, word=word), range(len(tokens))))
                )
                kept.append(_kept(database, tokens, first, word))
    finally:
        server.terminate()
        server.wait(timeout=15)
    fine = [[value for value in times if value is not None] for times in rounds]
    p99 = median(quantiles(times, n=100)[98] for times in fine)
    title = f"{len(tokens)} pupils of {classes} classes send within {SECONDS:.0f} s"
    return [
        Row(f"{title}: 99 of 100 within", f"{p99 * 1000:.0f} ms", "at most 1 s", p99 <= 1),
        Row("… half of them within", f"{median(map(median, fine)) * 1000:.0f} ms", "", None),
        Row(
            "… refused or lost",
            str(len(tokens) - min([*map(len, fine), *kept])),
            "none",
            {*map(len, fine), *kept} == {len(tokens)},
        ),
    ]


def _kept(database: Database, tokens: list[tuple[str, str]], statement: str, word: str) -> int:
    """Return how many of the seats hold this very answer."""
    return sum(
        tally.place(database, name, token).sent == {statement: CODES[word]}
        for name, token in tokens
    )


def _poll(url: str, *, quick: bool) -> list[Row]:
    """4,000 connections that ask for news, nine in ten with a tag, and as many that say hello."""
    program = shutil.which("wrk")
    if program is None:
        raise SystemExit("wrk is needed: sudo apt-get install wrk")
    database, catalogue = Database(url), load(shipped())
    opened = store.open_class(
        database, catalogue, way="together", statements=[catalogue.statements[0].id]
    )
    phones, seconds = (200, 1) if quick else (PHONES, 8)
    with _served(url, "benchmarks.hello:create") as address:
        state = f"{address}/class/state/{opened.id}"
        request = urllib.request.Request(state, headers={"Accept-Encoding": "gzip, deflate, br"})
        with urllib.request.urlopen(request) as response:
            tag = response.headers["ETag"]
        assert response.status == 200
        runs: dict[str, list[dict[str, float]]] = {"phones": [], "hello": []}
        for _ in range(1 if quick else 5):
            for name, place in (("phones", state), ("hello", f"{address}/hello")):
                runs[name].append(_wrk(program, place, tag, phones, seconds))
    share = median(
        phones["rate"] / two["rate"]
        for phones, two in zip(runs["phones"], runs["hello"], strict=True)
    )
    rate = median(run["rate"] for run in runs["phones"])
    failed = sum(int(run["failed"]) for run in runs["phones"])
    name = f"{phones} phones that ask for news over HTTP"
    return [
        Row(
            f"{name}: in hellos of this app a second", f"{share:.2f}", "at least 0.7", share >= 0.7
        ),
        Row("… answered a second", f"{rate:.0f}", "", None),
        Row("… refused, cut off or not answered", str(failed), "none", failed == 0),
    ]


def _wrk(program: str, address: str, tag: str, phones: int, seconds: int) -> dict[str, float]:
    script = Path(__file__).with_name("phones.lua")
    ended = subprocess.run(
        [program, "-t2", f"-c{phones}", f"-d{seconds}s", "--timeout", "8s", "-s", str(script), address, "--", tag],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    counts: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return counts


@contextmanager
def _served(url: str, target: str) -> Iterator[str]:
    """Two workers as ``quiz serve`` starts them, of this app with one more view."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--workers", "2",
         "--port", str(port), "--no-log", target],
        env=os.environ | {"DATABASE_URL": url}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(f"http://127.0.0.1:{port}/hello")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=15)


def _wait(address: str) -> None:
    for _ in range(400):
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"{address} does not answer.")
