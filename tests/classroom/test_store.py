"""Joining, answering, counting and taking over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from quiz.classroom import running, store, tally
from quiz.classroom import seats as places
from quiz.classroom.database import Database, now
from quiz.classroom.models import Base, Classroom, Tally
from quiz.classroom.store import Refused
from quiz.classroom.summary import export, summarise
from quiz.classroom.tally import Distribution
from quiz.content import Catalogue
from quiz.content.canonical import from_canonical
from tests.classroom.rows import IDS, opened, seats, state


def test_a_lesson_together(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    pupils = seats(database, fresh.code.lower()[:3] + "-" + fresh.code[3:], 6)
    for number, pupil in enumerate(pupils):
        places.answer(database, pupil, {IDS[0]: (1, 1, 1, -1, 0, 1)[number]})
    before = state(database, fresh)
    assert (before.joined, before.answered, before.phase) == (6, 6, "open")
    assert tally.distributions(database, fresh.id) == []
    running.close(database, fresh.host)
    assert tally.distributions(database, fresh.id) == [Distribution(IDS[0], 4, 1, 1)]
    running.close(database, fresh.host)  # twice changes nothing
    with pytest.raises(Refused, match="closed"):
        places.answer(database, pupils[0], {IDS[0]: -1})
    running.go_on(database, fresh.host, 0)
    running.go_on(database, fresh.host, 0)  # asked twice, it goes on once
    assert state(database, fresh).current == IDS[1]
    with pytest.raises(Refused, match="closed"):
        places.answer(database, pupils[0], {IDS[0]: -1})


def test_fewer_than_five_give_no_distribution_anywhere(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue, way="own")
    for pupil in seats(database, fresh.code, 4):
        places.answer(database, pupil, {IDS[0]: 1, IDS[1]: -1})
    running.close(database, fresh.host)
    shown = tally.distributions(database, fresh.id)
    assert [distribution.known for distribution in shown] == [False, False, False]
    assert [distribution.total for distribution in shown] == [0, 0, 0]
    assert summarise(catalogue, shown).ranked == ()
    assert ",,," in export(catalogue, shown, "nl")


def test_own_pace_closes_for_good(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue, way="own")
    for pupil in seats(database, fresh.code, 5):
        places.answer(database, pupil, dict.fromkeys(IDS, 1))
    running.close(database, fresh.host)
    assert state(database, fresh).phase == "ended"
    with pytest.raises(Refused, match="code"):
        places.join(database, fresh.code)
    running.go_on(database, fresh.host, 0)
    assert state(database, fresh).phase == "ended"


def test_the_content_stays_as_it_was_opened(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    text = tally.catalogue_text(database, state(database, fresh).content_hash)
    assert text
    assert from_canonical(text).content_hash == catalogue.content_hash


def test_caps_and_locks_hold(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = opened(database, catalogue)
    monkeypatch.setattr(places, "MAX_PUPILS", 2)
    seats(database, fresh.code, 2)
    with pytest.raises(Refused, match="crowded"):
        places.join(database, fresh.code)
    running.lock(database, fresh.host, locked=True)
    with pytest.raises(Refused, match="locked"):
        places.join(database, fresh.code)
    monkeypatch.setattr(store, "MAX_OPEN", 1)
    with pytest.raises(Refused, match="full"):
        opened(database, catalogue)
    with pytest.raises(Refused, match="code"):
        places.join(database, "2222222")


def test_a_class_that_ended_makes_room_for_another_until_too_many_are_kept(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MAX_OPEN", 1)
    monkeypatch.setattr(store, "MAX_KEPT", 3)
    for _ in range(3):
        fresh = opened(database, catalogue)
        with pytest.raises(Refused, match="full"):
            opened(database, catalogue)
        running.end(database, fresh.host)
    with pytest.raises(Refused, match="kept"):
        opened(database, catalogue)


def test_settings_of_sqlite_that_durability_and_memory_rest_on(
    sqlite: Database, tmp_path: Path
) -> None:
    database = sqlite
    database.migrate()
    with database.engine.connect() as connection:
        columns = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "journal_mode", "synchronous", "secure_delete", "foreign_keys", "cache_size"
            )
        ]  # fmt: skip
    assert columns == ["wal", 2, 1, 1, -256]
    with closing(sqlite3.connect(tmp_path / "classes.sqlite")) as raw:
        tables = {
            name for (name,) in raw.execute("select name from sqlite_master where type='table'")
        }
    assert tables >= {table.name for table in Base.metadata.sorted_tables}


def test_distributions_below_five_are_never_written(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue, way="own")
    for pupil in seats(database, fresh.code, 4):
        places.answer(database, pupil, {IDS[0]: 1})
    running.close(database, fresh.host)
    store.open_paper(database, catalogue, {IDS[0]: {"agree": 3, "disagree": 1}})
    with database.reading() as session:
        rows = session.execute(select(Tally.agree, Tally.neutral, Tally.disagree)).all()
    assert [tuple(row) for row in rows] == [(None, None, None)] * 4


def test_classes_that_nobody_joined_give_way_the_oldest_first(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MAX_OPEN", 3)
    empty, used, newest = (opened(database, catalogue) for _ in range(3))
    seats(database, used.code, 1)
    with pytest.raises(Refused, match="full"):  # they have only just been opened
        opened(database, catalogue)
    with database.transaction() as session:
        for lesson, minutes in ((empty, 20), (newest, 10)):
            session.execute(
                update(Classroom)
                .where(Classroom.id == lesson.id)
                .values(expires=now(session) + store.UNJOINED - timedelta(minutes=minutes))
            )
    fresh = opened(database, catalogue)
    assert fresh.filling
    assert tally.state(database, empty.id) is None
    assert all(tally.state(database, lesson.id) for lesson in (used, newest, fresh))
    assert store.expire(database, empty=True) == 1
    assert tally.state(database, newest.id) is None
    assert tally.state(database, used.id)


def test_a_class_that_nobody_joins_goes_after_two_hours(
    database: Database, catalogue: Catalogue
) -> None:
    empty, used = opened(database, catalogue), opened(database, catalogue)
    seats(database, used.code, 1)
    with database.transaction() as session:
        later = now(session) + timedelta(hours=2, seconds=1)
        gone = session.scalars(select(Classroom.id).where(Classroom.expires <= later)).all()
        assert list(gone) == [empty.id]
        row = session.get(Classroom, used.id)
        assert row
        last = now(session) + store.LONGEST
        assert row.expires.replace(tzinfo=None) <= last.replace(tzinfo=None)


def test_closing_counts_and_deletes_the_answers_of_its_own_class_alone(
    database: Database, catalogue: Catalogue
) -> None:
    first, second = opened(database, catalogue), opened(database, catalogue)
    for fresh, number, code in ((first, 6, 1), (second, 7, -1)):
        for pupil in seats(database, fresh.code, number):
            places.answer(database, pupil, {IDS[0]: code})
    running.close(database, first.host)
    (shown,) = tally.distributions(database, first.id)
    assert (shown.agree, shown.neutral, shown.disagree) == (6, 0, 0)
    assert state(database, second).answered == 7
    running.close(database, second.host)
    (shown,) = tally.distributions(database, second.id)
    assert (shown.agree, shown.neutral, shown.disagree) == (0, 0, 7)


def test_a_class_that_nobody_joined_is_safe_for_five_minutes_and_no_longer(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.reading() as session:
        start = now(session)
    passed = [timedelta()]
    monkeypatch.setattr(store, "now", lambda _session: start + passed[0])
    empty = opened(database, catalogue)
    passed[0] = timedelta(minutes=5) - timedelta(seconds=1)
    assert store.expire(database, empty=True) == 0
    passed[0] = timedelta(minutes=5)
    assert store.expire(database, empty=True) == 1
    assert tally.state(database, empty.id) is None


def test_a_class_needs_statements_and_a_known_way(sqlite: Database, catalogue: Catalogue) -> None:
    for way, statements in (("zigzag", IDS), ("own", ["unknown"])):
        with pytest.raises(Refused, match="statements"):
            store.open_class(sqlite, catalogue, way=way, statements=statements)
    assert tally.catalogue_text(sqlite, "0" * 64) is None
