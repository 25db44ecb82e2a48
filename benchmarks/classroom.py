"""Class mode under load: 1,500 pupils of 50 classes send within five seconds; phones ask for news.

Two worker processes on this machine's cores, the pupils beside them in this process.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from benchmarks.timing import Row, paired, ratio
from quiz.app import create_app
from quiz.classroom import store, tally
from quiz.classroom.database import Database
from quiz.content import load
from quiz.content.place import shipped
from quiz.settings import Settings

CLASSES, EACH, SECONDS = 50, 30, 5.0


def run(*, quick: bool = False) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'classes.sqlite'}"
        return [*_send(url, 5 if quick else CLASSES, 1 if quick else 5), *_poll(url)]


def _send(url: str, classes: int, turns: int) -> list[Row]:
    database, catalogue = Database(url), load(shipped())
    first = catalogue.statements[0].id
    opened = [
        store.open_class(database, catalogue, way="together", statements=[first])
        for _ in range(classes)
    ]
    seats = [store.join(database, one.code)[1] for one in opened for _ in range(EACH)]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "quiz", "serve", "--port", str(port), "--workers", "2", "--no-watch"],
        env=os.environ | {"DATABASE_URL": url}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(400):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/nl/class", timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        start = 0.0

        def one(number: int) -> float | None:
            due = start + SECONDS * number / len(seats)
            time.sleep(max(0.0, due - time.perf_counter()))
            begin = time.perf_counter()
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            try:
                connection.request(
                    "POST", "/nl/class/seat", urlencode({f"answer.{first}": "agree", "action": "send"}),
                    {"Cookie": f"class_seat={seats[number]}",
                     "Content-Type": "application/x-www-form-urlencoded"},
                )  # fmt: skip
                answer = connection.getresponse()
                fine = answer.status == 200 and b"Verstuurd" in answer.read()
                return time.perf_counter() - begin if fine else None
            except (OSError, http.client.HTTPException):
                return None
            finally:
                connection.close()

        rounds = []
        with ThreadPoolExecutor(120) as pool:
            for _ in range(turns):
                start = time.perf_counter() + 0.2
                rounds.append(list(pool.map(one, range(len(seats)))))
    finally:
        server.terminate()
        server.wait(timeout=15)
    fine = [[value for value in times if value is not None] for times in rounds]
    kept = sum(tally.state_of_host(database, one.host).answered for one in opened)  # type: ignore[union-attr]
    p99 = median(quantiles(times, n=100)[98] for times in fine)
    name = f"{len(seats)} pupils of {classes} classes send within {SECONDS:.0f} s"
    return [
        Row(f"{name}: 99 of 100 within", f"{p99 * 1000:.0f} ms", "at most 1 s", p99 <= 1),
        Row("… half of them within", f"{median(map(median, fine)) * 1000:.0f} ms", "", None),
        Row(
            "… refused or lost",
            str(len(seats) - min([*map(len, fine), kept])),
            "none",
            {*map(len, fine), kept} == {len(seats)},
        ),
    ]


def _poll(url: str) -> list[Row]:
    app = create_app(Settings(content=shipped(), database_url=url))
    app.add_url_rule("/hello", view_func=lambda: "hello")
    client = app.test_client()
    database, catalogue = Database(url), load(shipped())
    opened = store.open_class(
        database, catalogue, way="together", statements=[catalogue.statements[0].id]
    )
    address = f"/class/state/{opened.id}"
    tag = client.get(address).headers["ETag"]

    def phones() -> None:
        for number in range(50):
            given = {"If-None-Match": tag} if number % 10 else {}
            assert client.get(address, headers=given).status_code in {200, 304}

    def hello() -> None:
        for _ in range(50):
            client.get("/hello")

    found = paired({"phones": phones, "hello": hello}, rounds=20)
    share = ratio(found, "hello", "phones")
    return [
        Row(
            "phones asking for news, in hellos a second",
            f"{share:.2f}",
            "at least 0.7",
            share >= 0.7,
        )
    ]
