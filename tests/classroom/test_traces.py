"""What is left of an answer once it is counted or its class is over: nothing, not in any byte."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.exc import OperationalError

from quiz.classroom import running, store
from quiz.classroom import seats as places
from quiz.classroom.database import Database, DatabaseDown, now
from quiz.classroom.models import Answer, Base, Classroom, Seat
from quiz.content import Catalogue, load
from quiz.content.paths import shipped
from tests.classroom.rows import IDS, opened, seats


def test_the_tables_hold_no_name_time_address_or_number_of_an_answer() -> None:
    columns = {
        table.name: {column.name for column in table.columns}
        for table in Base.metadata.sorted_tables
    }
    assert columns["answers"] == {"token_hash", "statement", "code"}
    assert columns["seats"] == {"token_hash", "class_id", "done"}


@pytest.mark.parametrize("table", ["answers", "seats"])
def test_sqlite_numbers_no_row(sqlite: Database, table: str) -> None:
    with sqlite.reading() as session:
        session.execute(
            text("SELECT rowid FROM tallies")
        )  # the control: what SQLite does by itself
    with sqlite.engine.connect() as connection, pytest.raises(OperationalError, match="rowid"):
        connection.execute(text(f"SELECT rowid FROM {table}"))


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("classes.sqlite*"))


def answered(database: Database, fresh: store.Opened, number: int) -> list[bytes]:
    """Let so many pupils answer everything; return what marks their rows."""
    pupils = seats(database, fresh.code, number)
    for pupil in pupils:
        places.answer(database, pupil, dict.fromkeys(IDS, 1))
    return [database.digest(pupil).encode() for pupil in pupils]


def test_after_closing_no_byte_of_an_answer_is_left(
    sqlite: Database, catalogue: Catalogue, tmp_path: Path
) -> None:
    database = sqlite
    fresh = opened(database, catalogue, way="own")
    pupils = seats(database, fresh.code, 6)
    for pupil in pupils:
        places.answer(database, pupil, dict.fromkeys(IDS, 1))
    marks = [database.digest(pupil).encode() for pupil in pupils]

    assert all(mark in files(tmp_path) for mark in marks)
    running.close(database, fresh.host)
    assert not any(mark in files(tmp_path) for mark in marks)


def test_what_is_deleted_is_overwritten_and_not_given_back(
    sqlite: Database, catalogue: Catalogue, tmp_path: Path
) -> None:
    """Bytes that a file gives back lie on the disk as they were; so neither file becomes shorter."""
    fresh = opened(sqlite, catalogue, way="own")
    marks = answered(sqlite, fresh, 60)
    lengths = {path: path.stat().st_size for path in sorted(tmp_path.glob("classes.sqlite*"))}
    assert len(lengths) == 3
    log = tmp_path / "classes.sqlite-wal"
    assert all(mark in log.read_bytes() for mark in marks)  # the control
    running.close(sqlite, fresh.host)
    assert not any(mark in files(tmp_path) for mark in marks)
    for path, length in lengths.items():
        assert path.stat().st_size >= length, path.name


def test_the_log_does_not_grow_without_end(sqlite: Database, tmp_path: Path) -> None:
    sqlite.migrate()
    lengths = []
    for _ in range(150):
        sqlite.forget()
        lengths.append((tmp_path / "classes.sqlite-wal").stat().st_size)
    assert max(lengths) < 10 << 20
    assert lengths[-1] < max(lengths)  # the control: it was given back once


@pytest.mark.parametrize("seed", range(4, 10))
def test_nor_while_another_class_goes_on(sqlite: Database, tmp_path: Path, seed: int) -> None:
    """Rows of both lie mixed in the same pages, and SQLite copies some as pages are split.

    Without writing the file anew, four of these six leave a row in it (with SQLite 3.40).
    """
    catalogue = load(shipped())
    names = [statement.id for statement in catalogue.statements]
    fresh, other = (
        store.open_class(sqlite, catalogue, way="own", statements=names) for _ in range(2)
    )
    marks: dict[str, list[str]] = {fresh.id: [], other.id: []}
    random = Random(seed)
    with sqlite.transaction() as session:
        for _ in range(60):
            for class_id, of_class in marks.items():
                mark = random.randbytes(32).hex()
                of_class.append(mark)
                session.execute(insert(Seat), [{"token_hash": mark, "class_id": class_id}])
                rows = [{"token_hash": mark, "statement": name, "code": 1} for name in names]
                session.execute(insert(Answer), rows)
    running.close(sqlite, fresh.host)
    left = files(tmp_path)
    assert not any(mark.encode() in left for mark in marks[fresh.id])
    assert all(mark.encode() in left for mark in marks[other.id])


def test_together_only_the_seat_is_left(
    sqlite: Database, catalogue: Catalogue, tmp_path: Path
) -> None:
    fresh = opened(sqlite, catalogue)
    pupils = seats(sqlite, fresh.code, 30)
    marks = [sqlite.digest(pupil).encode() for pupil in pupils]
    before = [files(tmp_path).count(mark) for mark in marks]
    for pupil in pupils:
        places.answer(sqlite, pupil, {IDS[0]: 1})
    assert all(
        files(tmp_path).count(mark) > number for mark, number in zip(marks, before, strict=True)
    )
    running.close(sqlite, fresh.host)
    # once for the seat, once for the index by which a class finds its seats
    assert {files(tmp_path).count(mark) for mark in marks} == {2}
    running.go_on(sqlite, fresh.host, 0)
    for pupil in pupils:
        places.answer(sqlite, pupil, {IDS[1]: 1})
    running.start_again(sqlite, fresh.host)
    assert {files(tmp_path).count(mark) for mark in marks} == {2}
    running.end(sqlite, fresh.host)
    assert not any(mark in files(tmp_path) for mark in marks)


@pytest.mark.parametrize("used", ["expired by opening another", "expired by command"])
def test_after_expiry_no_byte_is_left(
    sqlite: Database, catalogue: Catalogue, tmp_path: Path, used: str
) -> None:
    fresh = opened(sqlite, catalogue)
    marks = answered_first(sqlite, fresh)
    with sqlite.transaction() as session:
        session.execute(update(Classroom).values(expires=now(session)))
    assert all(mark in files(tmp_path) for mark in marks)
    if used == "expired by command":
        assert store.expire(sqlite) == 1
    else:
        opened(sqlite, catalogue)
    assert not any(mark in files(tmp_path) for mark in marks)


def answered_first(database: Database, fresh: store.Opened) -> list[bytes]:
    pupils = seats(database, fresh.code, 6)
    for pupil in pupils:
        places.answer(database, pupil, {IDS[0]: 1})
    return [database.digest(pupil).encode() for pupil in pupils]


def test_who_was_killed_between_counting_and_forgetting_forgets_at_the_next_start(
    sqlite: Database, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = opened(sqlite, catalogue, way="own")
    marks = answered(sqlite, fresh, 30)
    with monkeypatch.context() as patch:
        patch.setattr(Database, "forget", lambda _: None)
        running.close(sqlite, fresh.host)
    assert any(mark in files(tmp_path) for mark in marks)  # the control: there was a trace
    Database(sqlite.url).migrate()
    assert not any(mark in files(tmp_path) for mark in marks)


def test_a_reader_on_the_way_is_waited_for(
    sqlite: Database, catalogue: Catalogue, tmp_path: Path
) -> None:
    """While somebody reads, SQLite does not empty its log, and says so without an error."""
    fresh = opened(sqlite, catalogue, way="own")
    marks = answered(sqlite, fresh, 6)
    with sqlite.reading() as session:
        session.execute(text("SELECT count(*) FROM answers"))
        with pytest.raises(DatabaseDown):
            running.close(sqlite, fresh.host)
        assert any(mark in files(tmp_path) for mark in marks)
    running.close(sqlite, fresh.host)  # again, as the page offers: nothing is counted twice
    assert not any(mark in files(tmp_path) for mark in marks)


def test_on_postgresql_no_row_and_after_vacuum_no_byte_is_left(
    postgresql: Database, catalogue: Catalogue
) -> None:
    database = postgresql
    fresh = opened(database, catalogue, way="own")
    pupils = seats(database, fresh.code, 6)
    for pupil in pupils:
        places.answer(database, pupil, dict.fromkeys(IDS, 1))
    marks = [database.digest(pupil).encode() for pupil in pupils]

    def files() -> bytes:
        with database.engine.connect().execution_options(
            isolation_level="AUTOCOMMIT"
        ) as connection:
            connection.execute(text("CHECKPOINT"))
            paths = [
                connection.scalar(text("SELECT pg_relation_filepath(:name)"), {"name": name})
                for name in ("answers", "answers_pkey", "seats", "seats_pkey", "ix_seats_class_id")
            ]
            folder = connection.scalar(text("SHOW data_directory"))
        return b"".join((Path(folder) / path).read_bytes() for path in paths)

    assert all(mark in files() for mark in marks)
    running.close(database, fresh.host)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("answers", "seats"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0
            connection.execute(text(f"VACUUM FULL {table}"))
    assert not any(mark in files() for mark in marks)
