"""A class's database: SQLite in a folder, or a PostgreSQL server of the tests' own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text

from quiz.classroom.database import Database
from quiz.classroom.models import Base
from quiz.web.app import create_app
from quiz.web.settings import Settings
from tests.processes import until


def as_postgres(*command: str) -> list[str]:
    """Run as the server's own user where we are root, which initdb refuses to be."""
    if os.geteuid() != 0:
        return list(command)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the tests."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    assert folders, "PostgreSQL is needed: sudo apt-get install postgresql"
    programs = folders[-1]
    folder = Path(
        tempfile.mkdtemp(prefix="pg-", dir="/tmp")
    )  # a short path: sockets allow no long one
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    subprocess.run(
        as_postgres(str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres"),
        check=True, capture_output=True, cwd=folder,
    )  # fmt: skip
    server = subprocess.Popen(
        as_postgres(
            str(programs / "postgres"), "-D", str(data), "-k", str(folder), "-c", "listen_addresses=",
        ),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
    )  # fmt: skip
    try:
        address = f"postgresql://postgres@/postgres?host={folder}"

        def is_up() -> bool:
            try:
                psycopg.connect(address).close()
            except psycopg.OperationalError:
                return False
            return True

        until(is_up)
        yield address
    finally:
        server.send_signal(signal.SIGINT)  # the fast way to stop: open connections are ended
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def emptied(address: str) -> Database:
    database = Database(address)
    database.migrate()
    tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
    with database.transaction() as session:
        session.execute(text(f"TRUNCATE {tables}"))
    return database


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'classes.sqlite'}")
    else:
        database = emptied(request.getfixturevalue("postgres"))
    yield database
    database.engine.dispose()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database."""
    database = Database(f"sqlite:///{tmp_path / 'classes.sqlite'}")
    yield database
    database.engine.dispose()


@pytest.fixture
def postgresql(postgres: str) -> Iterator[Database]:
    """An empty PostgreSQL database."""
    database = emptied(postgres)
    yield database
    database.engine.dispose()


@pytest.fixture
def app(content_folder: Path, tmp_path: Path) -> Flask:
    """The site on the small quiz, with an SQLite database."""
    return create_app(
        Settings(content=content_folder, database_url=f"sqlite:///{tmp_path}/data/classes.sqlite")
    )
