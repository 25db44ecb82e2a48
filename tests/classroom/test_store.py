"""Joining, answering, counting and taking over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from quiz.classroom import running, store, takeover, tally
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


def test_the_same_answer_again_changes_nothing_and_another_replaces(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue)
    pupils = seats(database, fresh.code, 5)
    for pupil in pupils:
        for code in (1, 1, -1, -1):
            places.answer(database, pupil, {IDS[0]: code})
    assert tally.place(database, fresh.id, pupils[0]).sent == {IDS[0]: -1}
    running.close(database, fresh.host)
    assert tally.distributions(database, fresh.id) == [Distribution(IDS[0], 0, 0, 5)]


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


def test_a_shown_statement_is_never_started_again(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    (pupil,) = seats(database, fresh.code, 1)
    places.answer(database, pupil, {IDS[0]: 1})
    running.start_again(database, fresh.host)
    assert state(database, fresh).answered == 0
    running.close(database, fresh.host)
    with pytest.raises(Refused, match="shown"):
        running.start_again(database, fresh.host)


def test_the_content_stays_as_it_was_opened(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    text = tally.catalogue_text(database, state(database, fresh).content_hash)
    assert text
    assert from_canonical(text).content_hash == catalogue.content_hash


def test_recovery_gives_the_class_to_one_browser_only(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue)
    token = takeover.recovery(database, fresh.host)
    name, host = takeover.recover(database, token)
    assert name == fresh.id
    assert tally.state_of_host(database, fresh.host) is None
    assert tally.state_of_host(database, host)
    assert takeover.recover(database, token.lower()) == (name, host)  # the answer was lost: again
    with database.transaction() as session:
        past = now(session) - timedelta(seconds=1)
        session.execute(update(Classroom).values(recovery_until=past))
    with pytest.raises(Refused, match="recovery"):
        takeover.recover(database, token)
    assert tally.state_of_host(database, host)


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


def test_a_lesson_begins_in_the_lobby(database: Database, catalogue: Catalogue) -> None:
    fresh = store.open_class(database, catalogue, way="together", statements=IDS)
    (pupil,) = seats(database, fresh.code, 1)
    assert state(database, fresh).phase == "lobby"
    with pytest.raises(Refused, match="closed"):
        places.answer(database, pupil, {IDS[0]: 1})
    running.begin(database, fresh.host)
    running.begin(database, fresh.host)
    assert state(database, fresh).version == "0-open-0"


def test_a_button_of_an_older_picture_does_nothing(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue)
    old = state(database, fresh).version
    running.close(database, fresh.host, old)
    running.go_on(database, fresh.host, 0, state(database, fresh).version)
    for stale in (
        lambda: running.close(database, fresh.host, old),
        lambda: running.start_again(database, fresh.host, old),
        lambda: running.skip(database, fresh.host, IDS[1], old),
    ):
        with pytest.raises(Refused, match="moved"):
            stale()
    assert state(database, fresh).version == "1-open-0"


def test_starting_again_is_another_version(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    before = state(database, fresh).version
    running.start_again(database, fresh.host)
    assert state(database, fresh).version != before


def test_statements_are_skipped_and_reordered(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    for pupil in seats(database, fresh.code, 5):
        places.answer(database, pupil, {IDS[0]: 1})
    running.earlier(database, fresh.host, IDS[2])
    running.earlier(database, fresh.host, IDS[2])  # the open one stays in front
    assert state(database, fresh).statements == (IDS[0], IDS[2], IDS[1])
    running.skip(database, fresh.host, IDS[0])
    now = state(database, fresh)
    assert (now.current, now.answered, now.version) == (IDS[2], 0, "0-open-1")
    running.close(database, fresh.host)
    with pytest.raises(Refused, match="shown"):
        running.skip(database, fresh.host, IDS[2])
    running.go_on(database, fresh.host, 0)
    running.skip(database, fresh.host, IDS[1])  # the last one: back to what was shown
    now = state(database, fresh)
    assert (now.current, now.phase, now.last) == (IDS[2], "shown", True)
    other = opened(database, catalogue)
    for name in IDS[:2]:
        running.skip(database, other.host, name)
    with pytest.raises(Refused, match="only"):
        running.skip(database, other.host, IDS[2])


def test_a_request_for_a_seat_is_one_seat_however_often_it_comes(
    database: Database, catalogue: Catalogue
) -> None:
    fresh, other = opened(database, catalogue), opened(database, catalogue)
    first = places.join(database, fresh.code, "a-request")
    running.lock(database, fresh.host, locked=True)
    assert places.join(database, fresh.code, "a-request") == first  # also after joining was locked
    assert state(database, fresh).joined == 1
    with pytest.raises(Refused, match="locked"):
        places.join(database, fresh.code, "another")
    assert places.join(database, other.code, "a-request")[1] != first[1]


def test_seats_are_given_out_no_faster_than_a_class_sits_down(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = opened(database, catalogue)
    moment: list[timedelta] = [timedelta()]
    with database.reading() as session:
        start = now(session)
    monkeypatch.setattr(places, "now", lambda _: start + moment[0])
    seats(database, fresh.code, places.AT_ONCE)
    with pytest.raises(Refused, match="slow"):
        places.join(database, fresh.code)
    moment[0] = 2 * places.EACH
    seats(database, fresh.code, 2)
    with pytest.raises(Refused, match="slow"):
        places.join(database, fresh.code)


def test_seats_that_have_not_answered_are_cleared(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    group = seats(database, fresh.code, 8)
    for pupil in group[:5]:
        places.answer(database, pupil, {IDS[0]: 1})
    assert running.clear_seats(database, fresh.host) == 3
    assert (state(database, fresh).joined, state(database, fresh).answered) == (5, 5)
    assert not tally.place(database, fresh.id, group[7]).seated
    with pytest.raises(Refused, match="seat"):
        places.answer(database, group[7], {IDS[0]: 1})
    running.close(database, fresh.host)
    assert tally.distributions(database, fresh.id)[0].total == 5


def test_whoever_leaves_gives_the_seat_up_and_keeps_what_was_sent(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue)
    group = seats(database, fresh.code, 6)
    for pupil in group[:5]:
        places.answer(database, pupil, {IDS[0]: -1})
    for pupil in (group[0], group[5], group[5]):
        places.leave(database, pupil)
    assert state(database, fresh).joined == 5
    running.close(database, fresh.host)
    assert tally.distributions(database, fresh.id) == [Distribution(IDS[0], 0, 0, 5)]


def test_at_own_pace_the_done_are_counted_apart(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue, way="own")
    group = seats(database, fresh.code, 4)
    places.answer(database, group[0], {IDS[0]: 1})
    places.answer(database, group[1], {IDS[0]: 1}, done=True)
    for name in IDS:
        places.answer(database, group[2], {name: 0})
    now = state(database, fresh)
    assert (now.joined, now.answered, now.done) == (4, 3, 2)
    running.start_again(database, fresh.host)
    assert state(database, fresh).done == 0


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
