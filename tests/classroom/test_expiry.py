"""Classes go by themselves, by the database's clock."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from quiz.classroom import running, store, takeover, tally
from quiz.classroom import seats as places
from quiz.classroom.closing import finish
from quiz.classroom.database import Database, aware, now
from quiz.classroom.models import Classroom
from quiz.classroom.store import Refused
from quiz.content import Catalogue
from tests.classroom.rows import IDS, opened, seats, state

ROOT = Path(__file__).parents[2]


def test_classes_expire_by_the_databases_clock(database: Database, catalogue: Catalogue) -> None:
    fresh, other = opened(database, catalogue), opened(database, catalogue)
    (pupil,) = seats(database, fresh.code, 1)
    assert store.expire(database) == 0
    with database.transaction() as session:
        moment = now(session) - timedelta(seconds=1)
        session.execute(update(Classroom).where(Classroom.id == fresh.id).values(expires=moment))
    with pytest.raises(Refused, match="code"):
        places.join(database, fresh.code)
    assert store.expire(database) == 1
    assert tally.place(database, fresh.id, pupil).state is None
    assert tally.state_of_host(database, other.host)


def test_ending_brings_the_day_forward(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    running.end(database, fresh.host)
    with database.transaction() as session:
        row = session.get(Classroom, fresh.id)
        assert row
        assert row.expires.replace(tzinfo=None) <= now(session).replace(tzinfo=None) + timedelta(
            days=2
        )


def test_a_class_whose_day_has_come_is_over_before_anybody_deletes_it(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue)
    group = seats(database, fresh.code, 5)
    for pupil in group:
        places.answer(database, pupil, {IDS[0]: 1})
    running.close(database, fresh.host)
    assert tally.distributions(database, fresh.id)
    key = takeover.recovery(database, fresh.host)
    with database.transaction() as session:
        session.execute(update(Classroom).values(expires=now(session)))
    assert tally.distributions(database, fresh.id) == []
    assert tally.state(database, fresh.id) is None
    assert tally.state_of_host(database, fresh.host) is None
    assert tally.place(database, fresh.id, group[0]).state is None
    for refused in (
        lambda: places.answer(database, group[0], {IDS[0]: 0}),
        lambda: running.go_on(database, fresh.host, 0),
        lambda: takeover.recover(database, key),
        lambda: places.join(database, fresh.code),
    ):
        with pytest.raises(Refused):
            refused()


def at(shift: str, folder: Path, *command: str) -> str:
    """Run a command with a clock that is so far ahead: SQLite uses the machine's clock."""
    program = shutil.which("faketime")
    assert program, "faketime is needed: sudo apt-get install faketime"
    ended = subprocess.run(
        [program, "-f", shift, sys.executable, "-m", "quiz", *command],
        cwd=ROOT, check=True, capture_output=True, text=True,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{folder / 'classes.sqlite'}"},
    )  # fmt: skip
    return ended.stdout


def test_by_a_shifted_clock(sqlite: Database, catalogue: Catalogue, tmp_path: Path) -> None:
    left, ended = opened(sqlite, catalogue), opened(sqlite, catalogue)
    for lesson in (left, ended):
        seats(sqlite, lesson.code, 1)
    running.end(sqlite, ended.host)
    with sqlite.reading() as session:
        today = now(session)
    next_day = today.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=2)
    hours = (next_day - today).total_seconds() / 3600
    assert at(f"+{hours - 0.2:.2f}h", tmp_path, "expire") == "Deleted 0 classes.\n"
    assert at(f"+{hours + 0.2:.2f}h", tmp_path, "expire") == "Deleted 1 class.\n"
    assert tally.state_of_host(sqlite, ended.host) is None
    assert at("+167h", tmp_path, "expire") == "Deleted 0 classes.\n"
    assert state(sqlite, left)
    assert at("+169h", tmp_path, "expire") == "Deleted 1 class.\n"
    assert tally.state_of_host(sqlite, left.host) is None


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_the_day_after_closing_is_a_whole_day(
    sqlite: Database, catalogue: Catalogue, hour: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = opened(sqlite, catalogue)
    seats(sqlite, fresh.code, 1)
    with sqlite.transaction() as session:
        moment = now(session).replace(hour=hour, minute=59)
        monkeypatch.setattr("quiz.classroom.closing.now", lambda _: moment)
        row = session.get(Classroom, fresh.id)
        assert row
        finish(session, row)
        day: datetime = aware(row.expires)
    assert day.date() == (moment + timedelta(days=2)).date()
    assert (day.hour, day.minute, day.second) == (0, 0, 0)


def test_a_code_rests_for_thirty_days(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws = iter(["AAAAAAA", "AAAAAAA", "BBBBBBB", "AAAAAAA"])
    monkeypatch.setattr("quiz.classroom.codes.join_code", lambda: next(draws))
    fresh = opened(database, catalogue)
    with database.transaction() as session:
        session.execute(update(Classroom).values(expires=now(session)))
    assert (fresh.code, opened(database, catalogue).code) == ("AAAAAAA", "BBBBBBB")
    monkeypatch.setattr(
        "quiz.classroom.store.now", lambda session: now(session) + timedelta(days=31)
    )
    assert opened(database, catalogue).code == "AAAAAAA"
