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


class PostgresServer:
    """A PostgreSQL server of the tests' own, that can be stopped and started again."""

    def __init__(self) -> None:
        folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        assert folders, "PostgreSQL is needed: sudo apt-get install postgresql"
        self.programs = folders[-1]
        # a short path: sockets allow no long one
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.address = f"postgresql://postgres@/postgres?host={self.folder}"
        self._run("initdb", "-A", "trust", "-U", "postgres").wait(timeout=60)
        self.start()

    def _run(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        command = [str(self.programs / program), "-D", str(self.folder / "data"), *options]
        return subprocess.Popen(
            as_postgres(*command), cwd=self.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self) -> None:
        self._server = self._run("postgres", "-k", str(self.folder), "-c", "listen_addresses=")
        until(self._is_up)

    def _is_up(self) -> bool:
        try:
            psycopg.connect(self.address).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it the fast way, which ends open connections, or another."""
        self._server.send_signal(how)
        self._server.wait(timeout=20)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the tests."""
    server = PostgresServer()
    yield server.address
    server.remove()


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
