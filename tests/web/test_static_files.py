"""Styles and scripts: each page gets those of its own release, while one replaces another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask

from quiz.static_files import FOLDER, StaticFiles, serve_static_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "static")


def asked(app: Flask, version: str, name: str = "standpunt.css") -> tuple[int, str]:
    answer = app.test_client().get(f"/static/{version}/{name}")
    return answer.status_code, answer.get_data(as_text=True)


def test_a_worker_has_the_files_of_its_own_release_and_of_the_next(folder: Path) -> None:
    app = Flask(__name__, static_folder=None)
    serve_static_files(app, folder)
    mine, style = StaticFiles.read(folder).version, folder / "standpunt.css"
    before = style.read_text()
    style.write_text("main { color: red }")
    next_one = StaticFiles.read(folder).version
    assert asked(app, mine) == (200, before)
    assert asked(app, next_one) == (200, "main { color: red }")
    style.write_text("main { color: blue }")
    assert asked(app, next_one)[0] == 404  # the control: of no release is anything made up
    assert asked(app, StaticFiles.read(folder).version) == (200, "main { color: blue }")
    assert asked(app, StaticFiles.read(folder).version, "other.css")[0] == 404


def test_files_that_are_just_being_replaced_stop_nobody(folder: Path) -> None:
    app = Flask(__name__, static_folder=None)
    serve_static_files(app, folder)
    mine = StaticFiles.read(folder).version
    shutil.rmtree(folder)
    assert asked(app, "0" * 12)[0] == 404
    assert asked(app, mine)[0] == 200


def test_the_folder_is_read_again_only_when_it_has_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Flask(__name__, static_folder=None)
    serve_static_files(app, folder)
    reads = []
    read = StaticFiles.read
    monkeypatch.setattr(StaticFiles, "read", lambda *given: reads.append(1) or read(*given))
    for number in range(20):
        assert asked(app, f"{number:012}")[0] == 404
    assert len(reads) == 1
