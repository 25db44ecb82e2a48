"""Overwriting what SQLite has deleted, in place: freed bytes of a file would stay on the disk."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from quiz.classroom.models import Answer, Seat

KEPT_KILOBYTES: Final = 256
"""The page cache of each connection; SQLite's default is two megabytes."""
LONGEST_LOG: Final = 8 << 20
"""Once it is overwritten, a log of more bytes than this is truncated."""
Ask = Callable[[sqlite3.Connection, Callable[[], object]], None]
"""Runs a statement as soon as the database is free for it."""


def overwrite_deleted(connection: sqlite3.Connection, ask: Ask) -> None:
    """Leave nothing of deleted rows in the database file and its log.

    ``secure_delete`` overwrites a deleted row, but not the copies that a page split leaves behind,
    so the remaining rows are deleted and inserted again. Then the whole log is written into the
    file, and a transaction longer than the log is rolled back, which overwrites the log.
    """
    log = Path(connection.execute("PRAGMA database_list").fetchone()[2] + "-wal")
    connection.execute("PRAGMA foreign_keys=OFF")
    try:
        ask(connection, lambda: connection.execute("BEGIN IMMEDIATE"))
        with connection:
            for table in (Answer.__tablename__, Seat.__tablename__):
                _write_anew(connection, table)
    finally:
        connection.execute("PRAGMA foreign_keys=ON")

    def checkpoint(kind: str) -> None:
        (busy, *_) = connection.execute(f"PRAGMA wal_checkpoint({kind})").fetchone()
        if busy:  # another connection still reads from it; SQLite reports that without raising
            raise sqlite3.OperationalError("the log is being read")

    ask(connection, lambda: checkpoint("RESTART"))
    if not log.exists():
        return
    ask(connection, lambda: connection.execute("BEGIN IMMEDIATE"))
    length = log.stat().st_size + 1024 * KEPT_KILOBYTES  # this much stays in memory, unwritten
    connection.execute("CREATE TABLE filler AS SELECT zeroblob(?)", (length,))
    connection.execute("ROLLBACK")
    with log.open("rb") as file:
        os.fsync(file.fileno())
    if length > LONGEST_LOG:
        ask(connection, lambda: checkpoint("TRUNCATE"))


def _write_anew(connection: sqlite3.Connection, table: str) -> None:
    cursor = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608  # ours
    rows, places = cursor.fetchall(), ", ".join("?" * len(cursor.description))
    connection.execute(f"DELETE FROM {table}")  # noqa: S608
    connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
