"""A server that is stopped while a class is open leaves none of its answers in what SQLite deletes."""

from __future__ import annotations

import os
import re
import sqlite3
import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from tests.operations.conftest import Server, Start


def send(server: Server, browser: urllib.request.OpenerDirector, path: str, **form: str) -> str:
    with browser.open(server.address + path, urlencode(form).encode(), timeout=20) as page:
        return str(page.read().decode())


def browser() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor())


def test_the_log_is_overwritten_before_sqlite_deletes_it(serve: Start, tmp_path: Path) -> None:
    server = serve("--workers", "2")
    board = send(server, browser(), "/nl/class", way="own", length="all")
    code = re.search(r'board-code">\s*([0-9A-Z]{3} [0-9A-Z]{4})', board)
    assert code
    for _ in range(6):
        pupil = browser()
        send(server, pupil, "/nl/class/join", code=code[1])
        send(server, pupil, "/nl/class/seat", action="send", **{"answer.leave-microsoft": "a"})
    log, kept = tmp_path / "classes.sqlite-wal", tmp_path / "kept"
    os.link(log, kept)  # what lies on the disk, once the file has lost its name
    with closing(sqlite3.connect(f"file:{tmp_path}/classes.sqlite?mode=ro", uri=True)) as reader:
        marks = [row[0].encode() for row in reader.execute("SELECT token_hash FROM answers")]
    assert len(marks) == 6
    assert all(mark in kept.read_bytes() for mark in marks)  # the control
    server.process.terminate()
    server.process.wait(timeout=30)
    assert not log.exists()
    assert not any(mark in kept.read_bytes() for mark in marks)
    with closing(sqlite3.connect(tmp_path / "classes.sqlite")) as reader:  # none was lost
        assert reader.execute("SELECT count(*) FROM answers").fetchone() == (6,)
