"""What /healthz and /readyz report, to whom, and that they test what they report."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import event, text

from quiz.classroom.database import Database, DatabaseDown
from quiz.cli.expire import command as expire
from quiz.web.app import create_app
from quiz.web.settings import Settings
from tests.classroom.conftest import postgres, postgresql  # noqa: F401  # fixtures of this module

CLASS = {"way": "own", "length": "all"}


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/classes.sqlite"


def app_on(content: Path, url: str, **settings: object) -> Flask:
    return create_app(Settings(content=content, database_url=url, **settings))  # type: ignore[arg-type]


def told(app: Flask, path: str = "/healthz") -> dict[str, object]:
    body: dict[str, object] = app.test_client().get(path).get_json()
    return body


def test_health_says_that_a_reload_failed_and_not_why(content_folder: Path, url: str) -> None:
    app = app_on(content_folder, url)
    assert told(app)["reload"]["ok"] is True  # type: ignore[index]
    path = content_folder / "statements.yaml"
    path.write_text(path.read_text().replace("theme: power", "theme: canary-4711"))
    assert app.extensions["live"].look()
    body = told(app)
    assert set(body["reload"]) == {"ok", "at"}  # type: ignore[call-overload]
    assert body["reload"]["ok"] is False  # type: ignore[index]
    assert "canary" in app.extensions["live"].last.problems[0].message  # the control
    assert not any(word in json.dumps(body) for word in ("canary", "statements.yaml", "theme"))


def test_a_database_that_takes_no_write_is_down(
    content_folder: Path,
    postgresql: Database,  # noqa: F811
) -> None:
    writes, reads_only = (app_on(content_folder, postgresql.url) for _ in range(2))
    assert told(writes)["database"] == "up"
    with postgresql.engine.begin() as connection:
        connection.execute(text("ALTER DATABASE postgres SET default_transaction_read_only = on"))
    try:
        assert told(reads_only)["database"] == "down"
        assert told(reads_only, "/readyz") == {"ready": True}
        with reads_only.extensions["classroom"].engine.connect() as connection:
            assert connection.scalar(text("SELECT 1")) == 1  # the control: it answers
    finally:
        with postgresql.engine.begin() as connection:
            connection.execute(text("SET TRANSACTION READ WRITE"))
            connection.execute(text("ALTER DATABASE postgres RESET default_transaction_read_only"))
        for app in (writes, reads_only):
            app.extensions["classroom"].engine.dispose()


def test_whether_voters_are_served_waits_for_no_database(
    content_folder: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(Database, "try_to_write", lambda _: asked.append("write"))
    app = app_on(content_folder, url)
    assert told(app, "/readyz") == {"ready": True}
    assert not asked
    assert told(app)["database"] == "up"
    assert asked == ["write"]  # the control


def test_a_disk_on_which_only_a_few_bytes_still_fit_is_full(url: str) -> None:
    database = Database(url)
    database.migrate()
    with database.reading() as session:
        pages = session.scalar(text("PRAGMA page_count"))

    @event.listens_for(database.engine, "connect")
    def fill_up(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    database.engine.dispose()
    with database.transaction() as session:  # the control: some writes succeed
        session.execute(text("UPDATE alembic_version SET version_num = version_num"))
    with pytest.raises(DatabaseDown):
        database.try_to_write()


def test_a_folder_that_cannot_be_made_stops_no_voter(content_folder: Path) -> None:
    app = app_on(content_folder, "sqlite:////proc/nowhere/classes.sqlite")
    assert told(app)["database"] == "down"
    assert app.test_client().get("/nl/quiz").status_code == 200
    assert app.test_client().post("/nl/class", data=CLASS).status_code == 503


def test_after_a_newer_release_classes_rest_and_all_else_goes_on(
    content_folder: Path, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Database(url).migrate()
    with closing(sqlite3.connect(tmp_path / "classes.sqlite", isolation_level=None)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    app = app_on(content_folder, url)
    assert told(app)["database"] == "newer than this release"
    assert told(app, "/readyz") == {"ready": True}
    client = app.test_client()
    assert client.get("/nl/quiz").status_code == 200
    assert client.post("/nl/result", data={"answer.leave-microsoft": "agree"}).status_code == 200
    for path in ("/nl/class", "/nl/class/join"):
        refused = client.post(path, data={"way": "own", "length": "all", "code": "ABCDEFG"})
        assert refused.status_code == 503
        assert "<h1" in refused.get_data(as_text=True)
    monkeypatch.setenv("DATABASE_URL", url)
    ended = CliRunner().invoke(expire)
    assert ended.exit_code == 1
    assert "of a newer release than this one" in ended.output
    assert "Traceback" not in ended.output


def test_health_is_told_by_address_though_hosts_are_named(content_folder: Path, url: str) -> None:
    app = app_on(content_folder, url, trusted_hosts=("quiz.example.org",))
    client = app.test_client()
    for path in ("/healthz", "/readyz"):
        assert client.get(path, headers={"Host": "10.0.0.2:8000"}).status_code == 200
    assert client.get("/nl/", headers={"Host": "10.0.0.2:8000"}).status_code == 400  # the control
