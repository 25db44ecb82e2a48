"""A changed file is served by itself, however it was written; a bad one never is."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.web.reload import Live
from tests.processes import until

ROOT = Path(__file__).parents[2]
OLD, NEW = "De staat moet zijn software zelf bouwen.", "De staat moet alle software zelf bouwen."


@pytest.fixture
def live(content_folder: Path) -> Iterator[Live]:
    live = Live(content_folder)
    live.watch()
    yield live
    live.stop()


def changed(folder: Path) -> str:
    return (folder / "statements.yaml").read_text(encoding="utf-8").replace(OLD, NEW)


def served(live: Live) -> str:
    return live.current.catalogue.statements[-1].text["nl"]


def write_in_place(folder: Path) -> None:
    (folder / "statements.yaml").write_text(changed(folder), encoding="utf-8")


def rename_over(folder: Path) -> None:
    (folder / "new").write_text(changed(folder), encoding="utf-8")
    (folder / "new").replace(folder / "statements.yaml")


def truncate_then_write(folder: Path) -> None:
    text = changed(folder)
    with (folder / "statements.yaml").open("w", encoding="utf-8") as file:
        file.write(text[:300])
        file.flush()
        time.sleep(0.5)
        file.write(text[300:])


def delete_and_recreate(folder: Path) -> None:
    text = changed(folder)
    (folder / "statements.yaml").unlink()
    time.sleep(0.5)
    (folder / "statements.yaml").write_text(text, encoding="utf-8")


def replace_folder(folder: Path) -> None:
    fresh = folder.with_name("fresh")
    shutil.copytree(folder, fresh)
    (fresh / "statements.yaml").write_text(changed(folder), encoding="utf-8")
    folder.rename(folder.with_name("gone"))
    fresh.rename(folder)


@pytest.mark.parametrize(
    "edit",
    [write_in_place, rename_over, truncate_then_write, delete_and_recreate, replace_folder],
)
def test_an_edit_is_served_by_itself(
    live: Live, content_folder: Path, edit: Callable[[Path], None]
) -> None:
    first = live.current
    edit(content_folder)
    until(lambda: served(live) == NEW)
    assert live.last.problems == ()
    assert live.current is not first


def test_a_swapped_link_is_seen(content_folder: Path, tmp_path: Path) -> None:
    """Kubernetes swaps the link through which a mounted folder's files are reached."""
    second = tmp_path / "second"
    shutil.copytree(content_folder, second)
    (second / "statements.yaml").write_text(changed(second), encoding="utf-8")
    mount = tmp_path / "mount"
    mount.symlink_to(content_folder)
    live = Live(mount)
    live.watch()
    try:
        swap = tmp_path / "swap"
        swap.symlink_to(second)
        swap.replace(mount)
        until(lambda: served(live) == NEW)
    finally:
        live.stop()


def test_a_mounted_volume_is_seen_when_its_data_link_swaps(
    content_folder: Path, tmp_path: Path
) -> None:
    """Kubernetes keeps each file as a link through ..data, and removes the older version."""
    mount = tmp_path / "mount"
    for version in ("..1", "..2"):
        shutil.copytree(content_folder, mount / version)
    (mount / "..2/statements.yaml").write_text(changed(content_folder), encoding="utf-8")
    (mount / "..data").symlink_to("..1")
    for name in ("statements.yaml", "party_answers.yaml"):
        (mount / name).symlink_to(Path("..data") / name)
    live = Live(mount)
    live.watch()
    try:
        (mount / "..data_tmp").symlink_to("..2")
        (mount / "..data_tmp").replace(mount / "..data")
        shutil.rmtree(mount / "..1")
        until(lambda: served(live) == NEW)
        assert live.last.problems == ()
    finally:
        live.stop()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda folder: (folder / "statements.yaml").write_text("quiz: ["), "statements.yaml:"),
        (lambda folder: (folder / "party_answers.yaml").unlink(), "party_answers.yaml"),
        (
            lambda folder: (folder / "statements.yaml").write_text(
                (folder / "statements.yaml").read_text().replace("theme: power", "theme: pwer")
            ),
            "statements.yaml:",
        ),
        (shutil.rmtree, "statements.yaml"),
    ],
)
def test_a_bad_edit_keeps_the_last_good_content(
    live: Live, content_folder: Path, spoil: Callable[[Path], None], says: str
) -> None:
    first = live.current
    spoil(content_folder)
    until(lambda: bool(live.last.problems))
    assert live.current is first
    assert says in live.last.problems[0].place


def test_a_request_sees_one_content_from_start_to_end(content_folder: Path) -> None:
    from quiz.web.app import create_app
    from quiz.web.display import published
    from quiz.web.settings import Settings

    app = create_app(Settings(content=content_folder))
    with app.test_request_context("/nl/"):
        first = published()
        write_in_place(content_folder)
        assert app.extensions["live"].look()
        assert published() is first
    with app.test_request_context("/nl/"):
        assert published() is not first


def test_two_workers_agree_and_the_terminal_is_told(content_folder: Path, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "quiz", "serve", "--content", str(content_folder),
             "--port", str(port), "--workers", "2"],
            cwd=ROOT, stdout=output, stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )  # fmt: skip

    def health() -> dict[str, object]:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30) as response:
            body: dict[str, object] = json.load(response)
            return body

    def up() -> bool:
        try:
            return bool(health())
        except OSError:
            return False

    try:
        until(up)
        old = health()["content_hash"]
        rename_over(content_folder)
        until(
            lambda: (
                len(hashes := {str(health()["content_hash"]) for _ in range(20)}) == 1
                and old not in hashes
            )
        )
        until(lambda: "Changed content: now serving" in log.read_text())
        (content_folder / "statements.yaml").write_text("quiz: {}\n", encoding="utf-8")
        until(lambda: not any(health()["reload"]["ok"] for _ in range(20)))  # type: ignore[index]
        until(lambda: "Not taken over." in log.read_text())
        assert "statements.yaml:1:" in log.read_text()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=15)
