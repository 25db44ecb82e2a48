"""The board's actions: each once, and none on an outdated board."""

from __future__ import annotations

import pytest

from quiz.classroom import running, store
from quiz.classroom import seats as places
from quiz.classroom.database import Database
from quiz.classroom.store import Refused
from quiz.content import Catalogue
from tests.classroom.rows import IDS, opened, seats, state


def test_a_shown_statement_is_never_started_again(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    (pupil,) = seats(database, fresh.code, 1)
    places.answer(database, pupil, {IDS[0]: 1})
    running.start_again(database, fresh.host)
    assert state(database, fresh).answered == 0
    running.close(database, fresh.host)
    with pytest.raises(Refused, match="shown"):
        running.start_again(database, fresh.host)


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
