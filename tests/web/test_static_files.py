"""Styles and scripts: each page gets those of its own release, while one replaces another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask

from quiz.web.static_files import FOLDER, KEPT, Releases, StaticFiles, init_app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "static")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def worker(folder: Path, state: Path | None) -> Flask:
    app = Flask(__name__, static_folder=None)
    init_app(app, state, folder)
    return app


def asked(app: Flask, version: str, name: str = "standpunt.css") -> tuple[int, str]:
    response = app.test_client().get(f"/static/{version}/{name}")
    return response.status_code, response.get_data(as_text=True)


def test_a_worker_has_the_files_of_the_releases_before_and_after(folder: Path, state: Path) -> None:
    before, style = worker(folder, state), folder / "standpunt.css"
    old, text = StaticFiles.read(folder), style.read_text()
    style.write_text("main { color: red }")
    new = StaticFiles.read(folder)
    assert asked(before, new.version)[0] == 404  # the control: nothing is made up
    after = worker(folder, state)
    for app in (before, after):
        assert asked(app, old.version) == (200, text)
        assert asked(app, new.version) == (200, "main { color: red }")
        assert asked(app, new.version, "other.css")[0] == 404


def test_a_few_releases_are_kept(folder: Path, state: Path) -> None:
    versions = []
    for number in range(KEPT + 3):
        (folder / "standpunt.css").write_text(f"/* {number} */")
        static = StaticFiles.read(folder)
        for _ in range(2):  # a reload without other files takes nothing out
            Releases(state / "static").keep(static)
        versions.append(static.version)
    assert {release.name for release in (state / "static").iterdir()} == set(versions[-KEPT:])
    assert asked(worker(folder, state), versions[-2]) == (200, f"/* {KEPT + 1} */")


@pytest.mark.parametrize("version", ["..", ".", "static", "%2e%2e", "0" * 12, "new-1"])
def test_nothing_beside_the_releases_is_served(folder: Path, state: Path, version: str) -> None:
    for place in (state, state / "static/new-1"):
        place.mkdir(parents=True)
        (place / "standpunt.css").write_text("secret")
    status, text = asked(worker(folder, state), version)
    assert (status, "secret" in text) == (404, False)


@pytest.mark.parametrize("state", [None, Path("/proc/nowhere")])
def test_without_a_place_for_other_releases_a_worker_has_its_own(
    folder: Path, state: Path | None
) -> None:
    app = worker(folder, state)
    assert asked(app, StaticFiles.read(folder).version)[0] == 200
    assert asked(app, "0" * 12)[0] == 404
