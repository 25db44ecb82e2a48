"""Nothing is kept: canary answers leave no trace in a file, a log line, a cookie or an address."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from quiz.content import load
from quiz.content.paths import shipped
from tests.processes import until, until_up

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def has_its_tables(health: str) -> bool:
    with urllib.request.urlopen(health, timeout=10) as response:
        return b'"database":"up"' in response.read()


@pytest.fixture
def server(content_folder: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The production server in a folder of its own; its output goes to a file there."""
    home = tmp_path / "home"
    home.mkdir()
    port = free_port()
    with (home / "output.log").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "quiz", "serve", "--content", str(content_folder),
             "--port", str(port), "--workers", "2"],
            cwd=home, stdout=output, stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONPATH": str(ROOT), "HOME": str(home), "TMPDIR": str(home)},
        )  # fmt: skip
        try:
            until_up(f"http://127.0.0.1:{port}/readyz", process, home / "output.log")
            until(lambda: has_its_tables(f"http://127.0.0.1:{port}/healthz"))
            yield f"http://127.0.0.1:{port}", home
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=15)


def send(request: urllib.request.Request) -> int:
    """Return the status; whatever it is, no cookie comes with it."""
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            headers, status = response.headers, response.status
    except urllib.error.HTTPError as refused:
        with refused:
            headers, status = refused.headers, refused.code
    assert "Set-Cookie" not in headers
    return int(status)


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_canary_answers_leave_no_trace_on_disk(
    server: tuple[str, Path], content_folder: Path
) -> None:
    address, home = server
    canary = "canary7391"
    before, held = set(home.rglob("*")), contents(home)
    columns = {"disagree"}  # a column of the class database is called so
    body = {
        "answer.leave-microsoft": "agree", "answer.state-software": canary, "double": canary,
        f"answer.{canary}": "agree",
    }  # fmt: skip
    for path in ("/nl/result", "/en/quiz", "/nl/result.json", "/api/v1/match"):
        request = urllib.request.Request(address + path, data=urlencode(body).encode())
        assert send(request) == (200 if path == "/en/quiz" else 400)
    good = urlencode({"answer.leave-microsoft": "agree", "answer.ban-datacenters": "disagree"})
    with urllib.request.urlopen(f"{address}/nl/result", data=good.encode(), timeout=30) as response:
        assert "leave-microsoft" not in response.geturl()
    for path, raw in (contents(home) | contents(content_folder)).items():
        if path.parent != content_folder and raw != held.get(path):  # none sent, none held
            traces = {canary, "ban-datacenters", "disagree", "127.0.0.1 -"}
            for trace in traces - columns if "sqlite" in path.name else traces:
                assert trace.encode() not in raw, f"{trace} in {path}"
    after = set(home.rglob("*"))
    assert after == before


def test_no_page_of_the_voter_sets_a_cookie_or_asks_another_site(
    shipped_client: FlaskClient,
) -> None:
    ids = [statement.id for statement in load(shipped()).statements]
    pages = [shipped_client.get(path) for path in ("/nl/", "/nl/quiz", "/en/statements")]
    pages.append(shipped_client.post("/nl/result", data={f"answer.{ids[0]}": "agree"}))
    for page in pages:
        assert "Set-Cookie" not in page.headers
        html = page.get_data(as_text=True)
        assert not re.findall(r'(?:src|action|rel="stylesheet" href)="https?://', html)


def test_forms_send_answers_in_the_body_never_in_the_address(shipped_client: FlaskClient) -> None:
    page = shipped_client.get("/nl/quiz").get_data(as_text=True)
    forms = re.findall(r"<form[^>]*>", page)
    assert forms
    assert all('method="post"' in form for form in forms)
