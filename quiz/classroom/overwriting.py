"""Overwriting what SQLite has deleted, in place: bytes that a file gives back stay on the disk."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from quiz.classroom.models import Answer, Seat

KEPT_KILOBYTES: Final = 256
"""How much of the file each connection keeps; by itself SQLite keeps two megabytes in each."""
LONGEST_LOG: Final = 8 << 20
"""Bytes of SQLite's log beyond which it is given back to the disk, once it is overwritten."""
Ask = Callable[[sqlite3.Connection, Callable[[], object]], None]
"""How one waits for a turn: it does something once that can be done."""


def overwrite_deleted(connection: sqlite3.Connection, ask: Ask) -> None:
    """Leave nothing of deleted rows in the database's file and its log.

    Deleting overwrites a row, but not the copies that stay behind in a page when its rows are
    spread over two, so the rows that remain are taken out and put back. Then all of the log is
    written into the file, and a transaction longer than the log is taken back, which overwrites it.
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
        if busy:  # somebody still reads from it; SQLite tells so without raising
            raise sqlite3.OperationalError("the log is being read")

    ask(connection, lambda: checkpoint("RESTART"))
    if not log.exists():
        return
    ask(connection, lambda: connection.execute("BEGIN IMMEDIATE"))
    length = log.stat().st_size + 1024 * KEPT_KILOBYTES  # so much stays in memory, unwritten
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
