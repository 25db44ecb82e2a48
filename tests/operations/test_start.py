"""What ``quiz serve`` says before it serves, and what it refuses."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from quiz.classroom import seats, store
from quiz.classroom.database import Database
from quiz.classroom.models import Classroom
from quiz.cli import main
from quiz.cli import serve as serve_module
from quiz.content import load
from quiz.web.app import create_app
from quiz.web.reload import Live
from quiz.web.settings import Settings, SettingsError
from tests.operations.conftest import ROOT, Start, free_port


def refused(content: Path, *options: str, **settings: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", "quiz", "serve", "--content", str(content), "--port",
         str(free_port()), *options],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=30,
        env=os.environ | settings,
    )  # fmt: skip
    assert ended.returncode != 0
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    return ended.stderr


def test_drafts_are_not_shown_to_everybody(content_folder: Path) -> None:
    message = refused(content_folder, "--host", "0.0.0.0", QUIZ_PREVIEW="yes")
    assert (
        "QUIZ_PREVIEW is yes, which would show drafts to everybody who reaches 0.0.0.0" in message
    )


@pytest.mark.parametrize(("options", "setting", "followed"), [
    ([], None, True), ([], "no", False), (["--watch"], "no", True), (["--no-watch"], "yes", False),
])  # fmt: skip
def test_changes_are_followed_as_the_setting_says_and_the_option_comes_first(
    content_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    options: list[str], setting: str | None, followed: bool,
) -> None:  # fmt: skip
    for name in ("QUIZ_CONTENT", "QUIZ_WATCH"):
        monkeypatch.setenv(name, setting or "")
    if setting is None:
        monkeypatch.delenv("QUIZ_WATCH")
    monkeypatch.setenv("QUIZ_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/classes.sqlite")
    watching, workers = [], []
    monkeypatch.setattr(Live, "watch", lambda _: watching.append(True))
    monkeypatch.setattr(
        serve_module, "run", lambda *_: workers.append(Settings.from_environment().watch)
    )
    command = ["serve", "--content", str(content_folder), "--port", str(free_port()), *options]
    ended = CliRunner().invoke(main, command)
    assert ended.exit_code == 0, ended.output
    assert bool(watching) is followed
    assert workers == [followed]


def test_another_kind_of_database_is_refused_without_its_password(content_folder: Path) -> None:
    message = refused(content_folder, DATABASE_URL="mysql://quiz:secret@host/quiz")
    assert "DATABASE_URL begins with 'mysql'" in message
    assert "secret" not in message


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_both_names_of_postgresql_are_taken(scheme: str) -> None:
    url = f"{scheme}://quiz@host/quiz"
    assert Settings.from_environment({"DATABASE_URL": url}).database_url == url
    assert Database(url).engine.dialect.driver == "psycopg"


def test_a_database_that_does_not_answer_is_told_and_voters_are_served(serve: Start) -> None:
    server = serve(DATABASE_URL=f"postgresql://127.0.0.1:{free_port()}/nowhere")
    written = server.output.read_text()
    assert re.search(
        r"^DATABASE_URL: .* Classes do not work until it does\.$", written, re.MULTILINE
    )
    assert "Microsoft" in server.get("/nl/statements")


def test_a_state_folder_that_cannot_be_written_is_told(serve: Start) -> None:
    server = serve(QUIZ_STATE="/proc/nowhere")
    assert "QUIZ_STATE: /proc/nowhere cannot be written" in server.output.read_text()
    assert "Microsoft" in server.get("/nl/statements")


@pytest.mark.parametrize(("host", "warned"), [("0.0.0.0", True), ("127.0.0.1", False)])
def test_who_opens_it_to_others_is_told_what_a_public_server_needs(
    serve: Start, host: str, warned: bool
) -> None:
    server = serve("--host", host)
    assert ("put nginx in front" in server.output.read_text()) is warned


@pytest.mark.parametrize(("setting", "policy"), [
    ("host", "max-age=63072000"),
    ("subdomains", "max-age=63072000; includeSubDomains"),
    ("preload", "max-age=63072000; includeSubDomains; preload"),
])  # fmt: skip
def test_other_hosts_are_bound_to_https_only_where_that_is_asked_for(
    content_folder: Path, setting: str, policy: str
) -> None:
    settings = Settings.from_environment(
        {"QUIZ_CONTENT": str(content_folder), "QUIZ_HSTS": setting}
    )
    app = create_app(Settings(content=content_folder, hsts=settings.hsts))
    response = app.test_client().get("/nl/", base_url="https://quiz.example")
    assert response.headers["Strict-Transport-Security"] == policy


def test_an_unknown_hsts_is_named() -> None:
    with pytest.raises(SettingsError, match="QUIZ_HSTS is 'all'; it must be host or subdomains"):
        Settings.from_environment({"QUIZ_HSTS": "all"})


def test_classes_without_pupils_go_when_they_are_told_to(
    content_folder: Path, tmp_path: Path
) -> None:
    database = Database(f"sqlite:///{tmp_path}/classes.sqlite")
    catalogue = load(content_folder)
    empty, joined = (
        store.open_class(database, catalogue, way="own", statements=[catalogue.statements[0].id])
        for _ in range(2)
    )
    seats.join(database, joined.code)
    with database.transaction() as session:  # opened an hour ago
        row = session.get_one(Classroom, empty.id)
        row.expires -= timedelta(hours=1)
    command = [sys.executable, "-m", "quiz", "expire"]
    environment = os.environ | {"DATABASE_URL": database.url}

    def said(*options: str) -> str:
        return subprocess.run(
            [*command, *options], cwd=ROOT, check=True, capture_output=True, text=True,
            env=environment, timeout=30,
        ).stdout  # fmt: skip

    assert said() == "Deleted 0 classes.\n"  # the control
    assert said("--empty") == "Deleted 1 class.\n"
    with database.reading() as session:
        assert session.scalars(text("SELECT id FROM classes")).all() == [joined.id]
    assert empty.id != joined.id
