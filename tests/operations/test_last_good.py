"""A bad edit takes nothing down, even when processes die and start while it lasts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from quiz.content import ContentError
from quiz.web.app import create_app
from quiz.web.last_good import LastGood
from quiz.web.reload import Live
from quiz.web.settings import Settings
from tests.operations.conftest import ROOT, Server, Start, free_port
from tests.processes import gone, until, workers

TEXT = "De overheid moet stoppen met Microsoft."


def spoil(folder: Path) -> None:
    path = folder / "statements.yaml"
    path.write_text(path.read_text().replace("theme: power", "theme: pwer"))


def mend(folder: Path) -> None:
    path = folder / "statements.yaml"
    path.write_text(path.read_text().replace("theme: pwer", "theme: power"))


def reload_is_well(server: Server) -> bool:
    well: bool = json.loads(server.get("/healthz"))["reload"]["ok"]
    return well


def serves(server: Server) -> bool:
    try:
        return TEXT in server.get("/nl/statements")
    except OSError:
        return False


def test_killed_workers_are_replaced_while_the_files_are_broken(
    serve: Start, content_folder: Path
) -> None:
    server = serve("--workers", "2", "--watch")
    spoil(content_folder)
    until(lambda: not reload_is_well(server))
    for worker in workers(server.process):
        os.kill(worker, signal.SIGKILL)
        until(lambda: worker not in workers(server.process))  # noqa: B023  # called at once
        until(lambda: len(workers(server.process)) == 2)
    until(lambda: serves(server))
    assert not reload_is_well(server)
    mend(content_folder)
    until(lambda: reload_is_well(server))


@pytest.mark.parametrize("end", ["stopped", "the power is cut"])
def test_a_new_start_serves_the_last_good_content_and_says_so(
    serve: Start, content_folder: Path, end: str
) -> None:
    first = serve(QUIZ_LOG="json")
    before = json.loads(first.get("/healthz"))["content_hash"]
    if end == "stopped":
        first.process.terminate()
        first.process.wait(timeout=20)
    else:
        gone(first.process)
    spoil(content_folder)
    port = free_port()
    second = serve("--watch", QUIZ_LOG="json", QUIZ_METRICS=f"127.0.0.1:{port}")
    health = json.loads(second.get("/healthz"))
    assert (health["content_hash"], health["reload"]["ok"]) == (before, False)
    assert TEXT in second.get("/nl/statements")
    until(lambda: current(port) == "0.0")
    written = second.output.read_text()
    assert "statements.yaml:27:12: error: There is no theme 'pwer'." in written
    assert "Not taken over. Still serving content" in written
    assert '"event": "content refused, serving the last good", "level": "error"' in written
    mend(content_folder)
    until(lambda: current(port) == "1.0")


def current(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as page:
        lines = page.read().decode().splitlines()
    return next(line.split()[1] for line in lines if line.startswith("quiz_content_current "))


def started(content: Path, state: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "quiz", "serve", "--content", str(content), "--port",
         str(free_port()), *options],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=30,
        env=os.environ | {"QUIZ_STATE": str(state)},
    )  # fmt: skip


@pytest.mark.parametrize(("options", "kept"), [(["--strict"], True), ([], False)])
def test_strict_or_without_anything_kept_a_start_is_refused(
    content_folder: Path, tmp_path: Path, options: list[str], kept: bool
) -> None:
    if kept:
        LastGood(tmp_path / "state", content_folder).keep(Live(content_folder).current)
    spoil(content_folder)
    ended = started(content_folder, tmp_path / "state", *options)
    assert ended.returncode == 1
    assert "statements.yaml:27:12: error: There is no theme 'pwer'." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_what_is_kept_is_the_newest_alone(content_folder: Path, tmp_path: Path) -> None:
    kept = LastGood(tmp_path, content_folder)
    live = Live(content_folder, last_good=kept)
    path = content_folder / "statements.yaml"
    path.write_text(path.read_text().replace("moet stoppen met", "moet weg van"))
    assert live.look()
    assert len(list(kept.folder.iterdir())) == 1
    again = kept.read()
    assert again
    assert again.same_as(live.current)
    spoil(content_folder)
    assert live.look()
    assert Live(content_folder, last_good=kept).current.catalogue == live.current.catalogue


def test_the_operators_languages_colours_and_pictures_are_kept_too(
    content_folder: Path, tmp_path: Path
) -> None:
    """Whatever becomes of them beside the content meanwhile."""
    path = content_folder / "statements.yaml"
    path.write_text(path.read_text().replace("languages: [nl, en]", "languages: [nl, en, pl]"))
    mark = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'
    agree = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    agree += 'msgid "Agree"\nmsgstr "Zgadzam się"\n'
    for name, text in {"brand/mark.svg": mark, "translations/pl.po": agree}.items():
        (content_folder / name).parent.mkdir()
        (content_folder / name).write_text(text, encoding="utf-8")
    settings = Settings(content=content_folder, state=tmp_path / "state")
    create_app(settings)
    spoil(content_folder)
    (content_folder / "brand/mark.svg").write_text(mark.replace("<path", "<script/><path"))
    (content_folder / "translations/pl.po").write_text('msgid "Agree', encoding="utf-8")
    client = create_app(settings).test_client()
    page = client.get("/pl/quiz")
    assert page.status_code == 200
    assert "<span>Zgadzam się</span>" in page.text
    icon = client.get("/favicon.ico").headers["Location"]
    assert icon.endswith("/brand/mark.svg")
    assert client.get(icon).text == mark


def test_what_is_kept_outlives_a_cut_of_the_power(
    content_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is on disk before it has its name, and its name before the older one goes."""
    kept = LastGood(tmp_path / "state", content_folder)
    kept.keep(Live(content_folder).current)
    path = content_folder / "statements.yaml"
    path.write_text(path.read_text().replace("moet stoppen met", "moet weg van"))
    written: list[tuple[str, int]] = []
    real = os.fsync

    def sync(number: int) -> None:
        place = Path(f"/proc/self/fd/{number}").readlink()
        written.append((place.name[:4], len(list(kept.folder.glob("*.json")))))
        real(number)

    monkeypatch.setattr(os, "fsync", sync)
    kept.keep(Live(content_folder).current)
    assert written == [("new-", 1), (kept.folder.name[:4], 2)]
    assert len(list(kept.folder.iterdir())) == 1


def test_what_is_not_what_its_name_says_is_not_served(content_folder: Path, tmp_path: Path) -> None:
    kept = LastGood(tmp_path, content_folder)
    kept.keep(Live(content_folder).current)
    (file,) = kept.folder.iterdir()
    file.write_text(file.read_text().replace("Microsoft", "Macrosoft"))
    spoil(content_folder)
    assert kept.read() is None
    with pytest.raises(ContentError):
        Live(content_folder, last_good=kept)


def test_another_folder_has_its_own(content_folder: Path, tmp_path: Path) -> None:
    LastGood(tmp_path, content_folder).keep(Live(content_folder).current)
    assert LastGood(tmp_path, content_folder / "other").read() is None
