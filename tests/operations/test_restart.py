"""A restart of the workers loads new code if it starts; stopping ends every process.

That it fails no request behind nginx is shown in ``tests/deploy``.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.operations.conftest import ROOT, Server, Start, free_port
from tests.processes import replace_workers, until, workers

OTHER_CODE = """

_create_app = create_app


def create_app(settings=None):
    app = _create_app(settings)

    @app.after_request
    def mark(response):
        response.headers["X-Release"] = "2"
        return response

    return app
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the release, to change while it serves."""
    for part in ("quiz", "templates"):
        shutil.copytree(ROOT / part, tmp_path / "project" / part)
    return tmp_path / "project"


@pytest.fixture
def release(project: Path, serve: Start) -> Server:
    return serve("--workers", "1", project=project)


def test_a_restart_takes_other_code(release: Server, project: Path) -> None:
    """Even in a module that the main process loaded long ago."""
    before = style_of(release)
    with (project / "quiz/web/app.py").open("a") as module:
        module.write(OTHER_CODE)
    with (project / "quiz/web/static/standpunt.css").open("a") as style:
        style.write("/* the next release */")
    assert answering(release) == {None}  # the control
    replace_workers(release.process)
    assert answering(release) == {"2"}
    after = style_of(release)
    assert before != after
    for path in (before, after):  # a page of the release before is still being read
        assert "body" in release.get(path)


@pytest.mark.parametrize(
    ("module", "broken", "message"),
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
    release: Server, project: Path, module: str, broken: str, message: str
) -> None:
    before = workers(release.process)
    whole = (project / "quiz/web" / module).read_text()
    (project / "quiz/web" / module).write_text(whole + broken)
    release.process.send_signal(signal.SIGHUP)
    until(lambda: "Still serving" in release.output.read_text())
    assert message in release.output.read_text()
    assert answering(release) == {None}
    assert workers(release.process) == before
    (project / "quiz/web" / module).write_text(whole)
    replace_workers(release.process)  # the control: mended, it does


def test_a_bad_edit_does_not_keep_new_code_out(
    release: Server, project: Path, content_folder: Path
) -> None:
    (content_folder / "statements.yaml").write_text("quiz: [")
    with (project / "quiz/web/app.py").open("a") as module:
        module.write(OTHER_CODE)
    replace_workers(release.process)
    assert answering(release) == {"2"}
    assert "De overheid moet stoppen met Microsoft." in release.get("/nl/statements")


def test_the_address_is_told_when_it_can_be_opened(content_folder: Path, tmp_path: Path) -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "quiz", "serve", "--content", str(content_folder)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PORT": str(port), "QUIZ_STATE": str(tmp_path / "state"),
                          "DATABASE_URL": f"sqlite:///{tmp_path}/c.sqlite", "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout
    try:
        for line in process.stdout:
            if line.startswith("Standpunt is at"):
                break
        assert f"http://127.0.0.1:{port}/" in line
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/nl/", timeout=10) as page:
            assert page.status == 200
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


@pytest.mark.slow
def test_a_hangup_of_the_whole_group_replaces_workers_and_kills_none(serve: Start) -> None:
    server = serve("--workers", "1")
    replace_workers(server.process)
    (worker,) = workers(server.process)
    os.kill(worker, signal.SIGHUP)
    os.kill(worker, signal.SIGINT)
    for _ in range(20):
        assert "nl" in server.get("/nl/")
    assert workers(server.process) == [worker]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("moment", ["starting", "serving"])
def test_a_server_stops_when_told(
    content_folder: Path, tmp_path: Path, number: signal.Signals, moment: str
) -> None:
    """While it starts, too; Ctrl-C reaches the workers as well as the process that started them."""
    output = tmp_path / "output.log"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "quiz", "serve", "--content", str(content_folder),
             "--port", str(free_port())],
            cwd=ROOT, stdout=file, stderr=subprocess.STDOUT, start_new_session=True,
            env=os.environ | {"QUIZ_STATE": str(tmp_path / "state"),
                              "DATABASE_URL": f"sqlite:///{tmp_path}/c.sqlite"},
        )  # fmt: skip
    until(lambda: bool(workers(process)))
    if moment == "serving":
        until(lambda: "http://127.0.0.1:" in output.read_text())
    if number == signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.terminate()
    process.wait(timeout=30)
    assert "Traceback" not in output.read_text()


def answering(server: Server) -> set[str | None]:
    """Return the releases that answer, whichever worker is asked."""
    pids = set()
    for _ in range(20):
        with urllib.request.urlopen(f"{server.address}/nl/", timeout=20) as page:
            pids.add(page.headers["X-Release"])
    return pids


def style_of(server: Server) -> str:
    address = re.search(r"/static/[0-9a-f]+/standpunt\.css", server.get("/nl/"))
    assert address
    return address[0]
