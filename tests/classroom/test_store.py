"""Joining, answering, counting and forgetting; and that counts tell on nobody."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text, update

from quiz.classroom import store, tally
from quiz.classroom.database import MIGRATIONS, Database, now
from quiz.classroom.models import Base, Classroom
from quiz.classroom.store import Refused
from quiz.classroom.summary import export, spread, summarise
from quiz.classroom.tally import Distribution
from quiz.content import Catalogue
from quiz.content.canonical import from_canonical

IDS = ["leave-microsoft", "ban-datacenters", "state-software"]


def opened(database: Database, catalogue: Catalogue, way: str = "together") -> store.Opened:
    return store.open_class(database, catalogue, way=way, statements=IDS)


def seats(database: Database, code: str, number: int) -> list[str]:
    return [store.join(database, code)[1] for _ in range(number)]


def state(database: Database, fresh: store.Opened) -> tally.State:
    found = tally.state_of_host(database, fresh.host)
    assert found
    return found


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


def watch(database: Database, fresh: store.Opened, pupils: list[str], *, live: bool) -> list[int]:
    """Poll before and after each answer, and guess it from what changed; return the guesses."""

    def seen() -> Counter[int]:
        if live:  # the control: what the board would tell if it showed counts while they grow
            answers = [tally.seat(database, pupil)[1] for pupil in pupils]
            return Counter(given[IDS[0]] for given in answers if IDS[0] in given)
        shown = tally.distributions(database, fresh.id)
        state(database, fresh)
        return Counter(
            {1: shown[0].agree, 0: shown[0].neutral, -1: shown[0].disagree} if shown else {}
        )  # type: ignore[dict-item]

    guesses, random = [], Random(7)
    for pupil in pupils:
        before = seen()
        store.answer(database, pupil, {IDS[0]: random.choice((1, 0, -1))})
        guesses += list((seen() - before).elements())
    return guesses


def test_polling_an_open_class_reveals_no_answer(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    pupils = seats(database, fresh.code, 28)
    assert watch(database, fresh, pupils, live=False) == []
    random = Random(7)
    assert watch(database, opened(database, catalogue), [], live=True) == []
    second = opened(database, catalogue)
    others = seats(database, second.code, 28)
    assert watch(database, second, others, live=True) == [random.choice((1, 0, -1)) for _ in others]


def test_the_tables_hold_no_name_time_address_or_number_of_an_answer() -> None:
    columns = {
        table.name: {column.name for column in table.columns}
        for table in Base.metadata.sorted_tables
    }
    assert columns["answers"] == {"token_hash", "statement", "code"}
    assert columns["seats"] == {"token_hash", "class_id"}


def test_after_closing_no_byte_of_an_answer_is_left(
    sqlite: Database, catalogue: Catalogue, tmp_path: Path
) -> None:
    database = sqlite
    fresh = opened(database, catalogue, way="own")
    pupils = seats(database, fresh.code, 6)
    for pupil in pupils:
        store.answer(database, pupil, dict.fromkeys(IDS, 1))
    marks = [database.digest(pupil).encode() for pupil in pupils]

    def files() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.glob("classes.sqlite*"))

    assert all(mark in files() for mark in marks)
    store.close(database, fresh.host)
    assert not any(mark in files() for mark in marks)


def test_classes_expire_by_the_databases_clock(database: Database, catalogue: Catalogue) -> None:
    fresh, other = opened(database, catalogue), opened(database, catalogue)
    (pupil,) = seats(database, fresh.code, 1)
    assert store.expire(database) == 0
    with database.transaction() as session:
        moment = now(session) - timedelta(seconds=1)
        session.execute(update(Classroom).where(Classroom.id == fresh.id).values(expires=moment))
    with pytest.raises(Refused, match="code"):
        store.join(database, fresh.code)
    assert store.expire(database) == 1
    assert tally.seat(database, pupil) == (None, {})
    assert tally.state_of_host(database, other.host)


def test_ending_brings_the_day_forward(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    store.end(database, fresh.host)
    with database.transaction() as session:
        found = session.get(Classroom, fresh.id)
        assert found
        assert found.expires.replace(tzinfo=None) <= now(session).replace(tzinfo=None) + timedelta(
            days=2
        )


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
    monkeypatch.setattr(store, "MAX_CLASSES", 1)
    with pytest.raises(Refused, match="full"):
        opened(database, catalogue)
    with pytest.raises(Refused, match="code"):
        store.join(database, "2222222")


def test_settings_of_sqlite_that_durability_rests_on(sqlite: Database, tmp_path: Path) -> None:
    database = sqlite
    database.migrate()
    with database.engine.connect() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        ]
    assert found == ["wal", 2, 1, 1]
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


def test_on_postgresql_no_row_and_after_vacuum_no_byte_is_left(
    postgresql: Database, catalogue: Catalogue
) -> None:
    database = postgresql
    fresh = opened(database, catalogue, way="own")
    pupils = seats(database, fresh.code, 6)
    for pupil in pupils:
        store.answer(database, pupil, dict.fromkeys(IDS, 1))
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
    store.close(database, fresh.host)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("answers", "seats"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0
            connection.execute(text(f"VACUUM FULL {table}"))
    assert not any(mark in files() for mark in marks)


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    database.migrate()
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
