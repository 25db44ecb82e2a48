"""Joining, answering, counting and taking over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from quiz.classroom import store, tally
from quiz.classroom.database import Database
from quiz.classroom.models import Base
from quiz.classroom.store import Refused
from quiz.classroom.summary import export, spread, summarise
from quiz.classroom.tally import Distribution
from quiz.content import Catalogue
from quiz.content.canonical import from_canonical
from tests.classroom.rows import IDS, opened, seats, state


def test_a_lesson_together(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    pupils = seats(database, fresh.code.lower()[:3] + "-" + fresh.code[3:], 6)
    for number, pupil in enumerate(pupils):
        store.answer(database, pupil, {IDS[0]: (1, 1, 1, -1, 0, 1)[number]})
    before = state(database, fresh)
    assert (before.joined, before.answered, before.phase) == (6, 6, "open")
    assert tally.distributions(database, fresh.id) == []
    store.close(database, fresh.host)
    assert tally.distributions(database, fresh.id) == [Distribution(IDS[0], 4, 1, 1)]
    store.close(database, fresh.host)  # twice changes nothing
    with pytest.raises(Refused, match="closed"):
        store.answer(database, pupils[0], {IDS[0]: -1})
    store.go_on(database, fresh.host, 0)
    store.go_on(database, fresh.host, 0)  # asked twice, it goes on once
    assert state(database, fresh).current == IDS[1]
    with pytest.raises(Refused, match="closed"):
        store.answer(database, pupils[0], {IDS[0]: -1})


def test_the_same_answer_again_changes_nothing_and_another_replaces(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue)
    pupils = seats(database, fresh.code, 5)
    for pupil in pupils:
        for code in (1, 1, -1, -1):
            store.answer(database, pupil, {IDS[0]: code})
    assert tally.seat(database, pupils[0])[1] == {IDS[0]: -1}
    store.close(database, fresh.host)
    assert tally.distributions(database, fresh.id) == [Distribution(IDS[0], 0, 0, 5)]


def test_fewer_than_five_give_no_distribution_anywhere(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue, way="own")
    for pupil in seats(database, fresh.code, 4):
        store.answer(database, pupil, {IDS[0]: 1, IDS[1]: -1})
    store.close(database, fresh.host)
    shown = tally.distributions(database, fresh.id)
    assert [one.known for one in shown] == [False, False, False]
    assert [one.total for one in shown] == [0, 0, 0]
    assert summarise(catalogue, shown).parties == ()
    assert ",,," in export(catalogue, shown, "nl")


def test_own_pace_closes_for_good(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue, way="own")
    for pupil in seats(database, fresh.code, 5):
        store.answer(database, pupil, dict.fromkeys(IDS, 1))
    store.close(database, fresh.host)
    assert state(database, fresh).phase == "ended"
    with pytest.raises(Refused, match="code"):
        store.join(database, fresh.code)
    store.go_on(database, fresh.host, 0)
    assert state(database, fresh).phase == "ended"


def test_a_shown_statement_is_never_started_again(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    (pupil,) = seats(database, fresh.code, 1)
    store.answer(database, pupil, {IDS[0]: 1})
    store.start_again(database, fresh.host)
    assert state(database, fresh).answered == 0
    store.close(database, fresh.host)
    with pytest.raises(Refused, match="shown"):
        store.start_again(database, fresh.host)


def test_the_content_stays_as_it_was_opened(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    text = tally.catalogue_text(database, state(database, fresh).content_hash)
    assert text
    assert from_canonical(text).content_hash == catalogue.content_hash


def test_recovery_gives_the_class_to_one_browser_only(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue)
    token = store.recovery(database, fresh.host)
    host = store.recover(database, token)
    assert tally.state_of_host(database, fresh.host) is None
    assert tally.state_of_host(database, host)
    with pytest.raises(Refused, match="recovery"):
        store.recover(database, token)


def test_caps_and_locks_hold(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = opened(database, catalogue)
    monkeypatch.setattr(store, "MAX_PUPILS", 2)
    seats(database, fresh.code, 2)
    with pytest.raises(Refused, match="crowded"):
        store.join(database, fresh.code)
    store.lock(database, fresh.host, locked=True)
    with pytest.raises(Refused, match="locked"):
        store.join(database, fresh.code)
    monkeypatch.setattr(store, "MAX_OPEN", 1)
    with pytest.raises(Refused, match="full"):
        opened(database, catalogue)
    with pytest.raises(Refused, match="code"):
        store.join(database, "2222222")


def test_a_class_that_ended_makes_room_for_another_until_too_many_are_kept(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MAX_OPEN", 1)
    monkeypatch.setattr(store, "MAX_KEPT", 3)
    for _ in range(3):
        fresh = opened(database, catalogue)
        with pytest.raises(Refused, match="full"):
            opened(database, catalogue)
        store.end(database, fresh.host)
    with pytest.raises(Refused, match="kept"):
        opened(database, catalogue)


def test_settings_of_sqlite_that_durability_and_memory_rest_on(
    sqlite: Database, tmp_path: Path
) -> None:
    database = sqlite
    database.migrate()
    with database.engine.connect() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "journal_mode", "synchronous", "secure_delete", "foreign_keys", "cache_size"
            )
        ]  # fmt: skip
    assert found == ["wal", 2, 1, 1, -256]
    with closing(sqlite3.connect(tmp_path / "classes.sqlite")) as raw:
        tables = {
            name for (name,) in raw.execute("select name from sqlite_master where type='table'")
        }
    assert tables >= {table.name for table in Base.metadata.sorted_tables}


def test_summary_is_computed_from_what_was_shown(catalogue: Catalogue) -> None:
    shown = [
        Distribution(IDS[0], 10, 0, 0),
        Distribution(IDS[1], 5, 0, 5),
        Distribution(IDS[2], 0, 6, 0),
    ]
    assert [spread(one) for one in shown] == [0, 1, 0]
    found = summarise(catalogue, shown)
    assert found.divided[0].statement == IDS[1]
    near = {party.party: party for party in found.parties}
    # Alfa: agree on the first (all ten agree: 1), neutral on the second (half of each: ½)
    assert (near["alfa"].agreement, near["alfa"].compared) == ((1 + 0.5) / 2, 2)
    # Beta: disagree on the first (0), disagree on the third (all neutral: ½)
    assert near["beta"].agreement == (0 + 0.5) / 2
    assert "gamma" not in near
