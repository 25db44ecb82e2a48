"""How connections are set up, and times that are read back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from quiz.classroom.database import Database, DatabaseDown, aware, has_come, now


def test_a_connection_to_postgresql_waits_for_a_few_seconds_at_most() -> None:
    database = Database("postgresql://somebody@example.org/classes", key="a key")
    asked: dict[str, Any] = {}

    @event.listens_for(database.engine, "do_connect")
    def connect(_dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> None:
        asked.update(options)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        database.engine.connect()
    asked.pop("context", None)  # psycopg's own
    assert asked == {
        "host": "example.org", "user": "somebody", "dbname": "classes",
        "connect_timeout": 2, "options": "-c statement_timeout=2500",
    }  # fmt: skip
    assert database.engine.url.drivername == "postgresql+psycopg"
    assert database.engine.pool.timeout() == 2.5  # type: ignore[attr-defined]
    assert not database.sqlite


def test_no_error_tells_the_values_of_a_statement(sqlite: Database) -> None:
    statement = text("INSERT INTO nowhere VALUES (:token)")
    with pytest.raises(DatabaseDown) as caught, sqlite.transaction() as session:
        session.execute(statement, {"token": "a-pupils-token"})
    assert "nowhere" in str(caught.value)
    assert "a-pupils-token" not in str(caught.value)


def test_a_writer_waits_for_a_few_seconds_also_after_it_has_waited(sqlite: Database) -> None:
    sqlite.migrate()
    for _ in range(2):
        with sqlite.transaction() as session:
            assert session.scalar(text("PRAGMA busy_timeout")) == 2500
            assert session.scalar(text("PRAGMA temp_store")) == 2  # in memory


def test_sqlite_makes_its_folder_and_says_where_it_cannot(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a/b/classes.sqlite")
    database.try_to_write()
    database.engine.dispose()
    assert (tmp_path / "a/b/classes.sqlite").is_file()
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseDown, match="unable to open database file"):
        Database(f"sqlite:///{tmp_path}/file/classes.sqlite").try_to_write()


def test_times_have_a_zone_and_compare_by_the_databases_clock(database: Database) -> None:
    bare = datetime(2026, 3, 18, 12)  # noqa: DTZ001  # as SQLite gives it
    assert aware(bare) == datetime(2026, 3, 18, 12, tzinfo=UTC)
    elsewhere = datetime(2026, 3, 18, 12, tzinfo=timezone(timedelta(hours=2)))
    assert aware(elsewhere) is elsewhere
    with database.reading() as session:
        today = now(session)
        assert today.tzinfo is not None
        assert has_come(session, today)
        assert not has_come(session, today + timedelta(hours=1))


def test_tokens_are_hashed_with_the_sites_key() -> None:
    first, second = (Database("sqlite://", key=key) for key in ("one", "two"))
    assert first.digest("token") == Database("sqlite://", key="one").digest("token")
    assert first.digest("token") != second.digest("token")
    assert first.derived("value", "host") != second.derived("value", "host")
    assert first.derived("value", "host") != first.derived("value", "seat")
    assert len(first.digest("token")) == 64
