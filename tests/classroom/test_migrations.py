"""Each migration goes up and down with a class in the tables, and loses nothing of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from quiz.classroom.database import Database
from quiz.classroom.migrating import MIGRATIONS, NEWEST, VERSION
from quiz.classroom.models import Base

ROWS = (
    "INSERT INTO catalogues VALUES ('c0', '{}')",
    (
        "INSERT INTO classes (id, code, host_hash, way, content_hash, statements, position, phase, locked, joined, expires)"
        " VALUES ('k1', 'ABC2345', 'h1', 'own', 'c0', '[\"one\"]', 0, 'open', false, 2, '2099-01-01 00:00:00')"
    ),
    "INSERT INTO seats VALUES ('s2', 'k1'), ('s1', 'k1')",
    "INSERT INTO answers VALUES ('s2', 'one', 1), ('s1', 'one', -1)",
    "INSERT INTO tallies VALUES ('k1', 'two', 3, 2, 1)",
    "INSERT INTO used_codes VALUES ('ABC2345', '2099-01-01 00:00:00')",
)


def config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def to(database: Database, revision: str) -> None:
    """Go up or down to a revision."""
    going, steps = config(), ScriptDirectory(str(MIGRATIONS))
    with database.engine.begin() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
        going.attributes["connection"] = connection
        order = [script.revision for script in reversed(list(steps.walk_revisions()))]
        up = revision != "base" and (now is None or order.index(now) < order.index(revision))
        (command.upgrade if up else command.downgrade)(going, revision)


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.engine.connect() as connection:
        return {
            table.name: sorted(
                tuple(row) for row in connection.execute(text(f"SELECT * FROM {table.name}"))
            )
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture
def bare(database: Database) -> Iterator[Database]:
    """A database without our tables; what the tests after this one need comes back."""
    database.migrate()
    to(database, "base")
    yield database
    to(database, HEAD)


HEAD = ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


def the_tables(database: Database) -> None:
    """0001: every table, and nothing of them after going down."""
    names = {table.name for table in Base.metadata.sorted_tables}
    to(database, "0001")
    assert set(inspect(database.engine).get_table_names()) == names | {"alembic_version"}
    to(database, "base")
    assert not names & set(inspect(database.engine).get_table_names())
    to(database, "0001")


def no_serial_numbers(database: Database) -> None:
    """0002: a class that is open stays as it is, and on SQLite its rows lose their numbers."""

    def numbered() -> bool:
        return "rowid" not in text_of(database, "answers").lower()

    to(database, "0001")
    with database.engine.begin() as connection:
        for line in ROWS:
            connection.execute(text(line))
    before = rows(database)
    for _ in range(2):
        assert numbered()
        to(database, "0002")
        assert rows(database) == before
        assert numbered() != database.sqlite
        to(database, "0001")
        assert rows(database) == before
    to(database, "0002")
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM classes"))
        assert count(connection, "seats") == count(connection, "answers") == 0  # still tied


def second_lesson(database: Database) -> None:
    """0003: a class that is open stays, and of fewer than five answers the counts are forgotten."""
    to(database, "0002")
    with database.engine.begin() as connection:
        for line in ROWS:
            connection.execute(text(line))
        connection.execute(text("INSERT INTO tallies VALUES ('k1', 'few', 4, 0, 0)"))
    to(database, "0003")
    with database.engine.connect() as connection:
        tallies = connection.execute(text("SELECT * FROM tallies ORDER BY statement")).all()
        seats = connection.execute(text("SELECT * FROM seats ORDER BY token_hash")).all()
        (lesson,) = connection.execute(text("SELECT round, next_join, recovery_until FROM classes"))
    assert [tuple(row) for row in tallies] == [
        ("k1", "few", None, None, None),
        ("k1", "two", 3, 2, 1),
    ]
    assert [tuple(row) for row in seats] == [("s1", "k1", False), ("s2", "k1", False)]
    assert tuple(lesson) == (0, None, None)
    assert len(rows(database)["answers"]) == 2
    to(database, "0002")
    with database.engine.connect() as connection:
        kept = connection.execute(text("SELECT * FROM tallies")).all()
    assert [tuple(row) for row in kept] == [("k1", "two", 3, 2, 1)]
    assert len(rows(database)["answers"]) == 2


def text_of(database: Database, table: str) -> str:
    if not database.sqlite:
        return ""
    with database.engine.connect() as connection:
        line = text("SELECT sql FROM sqlite_master WHERE name = :name")
        return str(connection.scalar(line, {"name": table}))


def count(connection: Connection, table: str) -> int:
    return int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


TESTS: dict[str, Callable[[Database], None]] = {
    "0001": the_tables,
    "0002": no_serial_numbers,
    "0003": second_lesson,
}


def test_every_migration_has_a_test() -> None:
    files = {path.name[:4] for path in Path(MIGRATIONS / "versions").glob("0*.py")}
    assert set(TESTS) == files
    assert NEWEST == HEAD


def test_only_a_change_of_the_tables_needs_alembic(database: Database) -> None:
    """It takes as much memory as all of our own code, in every worker."""
    code = (
        "import sys; from quiz.classroom.database import Database;"
        "Database(sys.argv[1]).migrate(); print('alembic' in sys.modules)"
    )

    def needed() -> str:
        command = [sys.executable, "-c", code, database.url]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    database.migrate()
    to(database, "base")
    with database.engine.begin() as connection:
        VERSION.drop(connection)
    assert needed() == "True", "no tables"
    assert needed() == "False", "tables in their newest form"
    to(database, "0001")
    assert needed() == "True", "tables in an older form"
    with database.engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == NEWEST


@pytest.mark.parametrize("revision", TESTS)
def test_migration(bare: Database, revision: str) -> None:
    TESTS[revision](bare)


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    def form() -> dict[str, list[object]]:
        schema = inspect(database.engine)
        return {
            name: [
                [column | {"type": str(column["type"])} for column in schema.get_columns(name)],
                schema.get_pk_constraint(name),
                schema.get_foreign_keys(name),
                schema.get_unique_constraints(name),
                schema.get_check_constraints(name),
                schema.get_indexes(name),
                "WITHOUT ROWID" in text_of(database, name).upper(),
            ]
            for name in sorted(schema.get_table_names())
        }

    database.migrate()
    made = form()
    to(database, "base")
    to(database, HEAD)
    assert form() == made
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []
