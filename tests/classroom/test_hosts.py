"""Two app hosts with one PostgreSQL behave as one, also when one of them dies."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from quiz.classroom.database import Database
from tests.processes import gone, until_up

ROOT = Path(__file__).parents[2]


class Phone:
    """A browser without scripts: cookies, forms, and the page that it shows."""

    def __init__(self) -> None:
        self.cookie = ""

    def ask(self, host: str, path: str, **form: str) -> str:
        data = urlencode(form).encode() if form else None
        request = urllib.request.Request(f"http://{host}{path}", data=data)
        if self.cookie:
            request.add_header("Cookie", self.cookie)
        opener = urllib.request.build_opener(Stay)
        with opener.open(request, timeout=30) as response:
            cookie = response.headers.get("Set-Cookie")
            if cookie:
                self.cookie = cookie.partition(";")[0]
            return str(response.read().decode())


class Stay(urllib.request.HTTPRedirectHandler):
    """Show a redirect as a page: a cookie of one loopback address must not be lost on the way."""

    def http_error_303(self, req, fp, code, msg, headers):  # type: ignore[no-untyped-def]
        return fp


@pytest.fixture
def hosts(
    postgresql: Database, content_folder: Path, tmp_path: Path
) -> Iterator[list[tuple[str, subprocess.Popen[bytes]]]]:
    started = []
    for address in ("127.0.0.1", "127.0.0.2"):
        with socket.socket() as probe:
            probe.bind((address, 0))
            port = probe.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", "quiz", "serve", "--content", str(content_folder), "--host", address,
             "--port", str(port), "--workers", "1", "--no-watch"],
            cwd=ROOT, env=os.environ | {"DATABASE_URL": postgresql.url, "QUIZ_STATE": str(tmp_path / "state")},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        started.append((f"{address}:{port}", process))
    try:
        for host, _ in started:
            until_up(f"http://{host}/healthz")
        yield started
    finally:
        for _, process in started:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def test_a_class_runs_across_two_hosts(
    hosts: list[tuple[str, subprocess.Popen[bytes]]],
) -> None:
    (first, _), (two, second) = hosts
    board, pupils = Phone(), [Phone() for _ in range(6)]
    board.ask(first, "/nl/class", way="together", length="all")
    match = re.search(
        r'board-code">\s*([0-9A-Z]{3} [0-9A-Z]{4})', board.ask(two, "/nl/class/board")
    )
    assert match
    board.ask(first, "/nl/class/board", action="begin")
    for number, pupil in enumerate(pupils):
        pupil.ask((first, two)[number % 2], "/nl/class/join", code=match[1])
        body = {"answer.leave-microsoft": "a", "action": "send"}
        assert "Verstuurd:" in pupil.ask((two, first)[number % 2], "/nl/class/seat", **body)
    gone(second)
    with pytest.raises(
        OSError, match=r"refused|reset"
    ):  # the control: nobody answers there any more
        urllib.request.urlopen(f"http://{two}/healthz", timeout=1)
    assert "<b data-answered>6</b>" in board.ask(first, "/nl/class/board")
    body = {"answer.leave-microsoft": "d", "action": "send"}
    assert "Verstuurd:" in pupils[1].ask(first, "/nl/class/seat", **body)
    board.ask(first, "/nl/class/board", action="close")
    page = board.ask(first, "/nl/class/board")
    assert re.findall(r'class="number">(\d+)<', page) == ["5", "0", "1"]
