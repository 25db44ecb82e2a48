"""The wheel, installed elsewhere, serves the quiz with its bundled content and translations."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.processes import until_up

ROOT = Path(__file__).parents[1]


def in_the_container(folder: Path) -> Path:
    """Copy what the build of the container has: what its files let in, and copy."""
    lets_in = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    copies = re.findall(
        r"^COPY ((?:[\w./-]+ )+)\S+$", (ROOT / "Containerfile").read_text(), re.MULTILINE
    )
    for name in lets_in:
        assert any(
            name.partition("/")[0] == top.partition("/")[0] for top in " ".join(copies).split()
        )
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, place)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("place", ["a clone", "the container"])
def test_wheel_runs_elsewhere(tmp_path: Path, place: str) -> None:
    source = ROOT if place == "a clone" else in_the_container(tmp_path / "build")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)],
        cwd=source, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as packed:
        licences = {Path(name).name for name in packed.namelist() if "/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-DATA.md"}, (
        "the program's, and that of the content in it"
    )
    site, home = tmp_path / "site", tmp_path / "home"
    home.mkdir()
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index",
         "--target", str(site), str(wheel)],
        check=True, capture_output=True,
    )  # fmt: skip
    for file in (ROOT / "deploy").iterdir():
        kept = site / "quiz/bundled/deploy" / file.name
        assert kept.read_bytes() == file.read_bytes()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key != "QUIZ_CONTENT"}
    process = subprocess.Popen(
        [str(site / "bin/quiz"), "serve", "--port", str(port), "--workers", "1"],
        cwd=home, env=environment | {"PYTHONPATH": str(site)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        until_up(f"http://127.0.0.1:{port}/nl/", process)
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/nl/", timeout=30).read()
        assert "Wat er met je antwoorden gebeurt" in page.decode()
        subprocess.run(  # the entry for another server
            [sys.executable, "-c", "from quiz.web.wsgi import app; app.test_client().get('/readyz')"],
            cwd=home, env=environment | {"PYTHONPATH": str(site)}, check=True,
        )  # fmt: skip
    finally:
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=15)
    assert "18 parties" in output
