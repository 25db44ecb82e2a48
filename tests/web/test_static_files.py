"""Styles and scripts: each page gets those of its own release, while one replaces another."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from flask import Flask

from quiz.web.static_files import (
    FOLDER,
    KEPT,
    PLACE,
    Releases,
    StaticFiles,
    kept_releases,
    serve_static_files,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "static")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setenv(PLACE, str(kept))
    return kept


def worker(folder: Path) -> Flask:
    app = Flask(__name__, static_folder=None)
    serve_static_files(app, folder)
    return app


def asked(app: Flask, version: str, name: str = "standpunt.css") -> tuple[int, str]:
    answer = app.test_client().get(f"/static/{version}/{name}")
    return answer.status_code, answer.get_data(as_text=True)


def test_a_worker_has_the_files_of_the_releases_before_and_after(folder: Path, kept: Path) -> None:
    before, style = worker(folder), folder / "standpunt.css"
    old, text = StaticFiles.read(folder), style.read_text()
    Releases(kept).keep(old)
    style.write_text("main { color: red }")
    new = StaticFiles.read(folder)
    assert asked(before, new.version)[0] == 404  # the control: nothing is made up
    Releases(kept).keep(new)
    after = worker(folder)
    for app in (before, after):
        assert asked(app, old.version) == (200, text)
        assert asked(app, new.version) == (200, "main { color: red }")
        assert asked(app, new.version, "other.css")[0] == 404


def test_a_few_releases_are_kept(folder: Path, kept: Path) -> None:
    versions = []
    for number in range(KEPT + 3):
        (folder / "standpunt.css").write_text(f"/* {number} */")
        static = StaticFiles.read(folder)
        for _ in range(2):  # a reload without other files takes nothing out
            Releases(kept).keep(static)
        versions.append(static.version)
    assert {release.name for release in kept.iterdir()} == set(versions[-KEPT:])
    assert asked(worker(folder), versions[-2]) == (200, f"/* {KEPT + 1} */")


@pytest.mark.parametrize("version", ["..", ".", "static", "%2e%2e", "0" * 12, "new"])
def test_nothing_beside_the_releases_is_served(folder: Path, kept: Path, version: str) -> None:
    (kept.parent / "standpunt.css").write_text("secret")
    (kept / "new").mkdir()
    (kept / "new" / "standpunt.css").write_text("secret")
    status, text = asked(worker(folder), version)
    assert (status, "secret" in text) == (404, False)


def test_without_a_place_for_other_releases_a_worker_has_its_own(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PLACE, raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with kept_releases() as releases:
        assert releases is None
        assert PLACE not in os.environ
        app = worker(folder)
    assert asked(app, StaticFiles.read(folder).version)[0] == 200
    assert asked(app, "0" * 12)[0] == 404


def test_the_folder_goes_when_the_server_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE, "")
    with kept_releases() as releases:
        assert releases
        releases.keep(StaticFiles.read(FOLDER))
        place = Path(os.environ[PLACE])
        assert len(list(place.iterdir())) == 1
    assert not place.exists()
