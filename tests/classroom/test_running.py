"""The board's actions: each once, and none on an outdated board."""

from __future__ import annotations

import pytest

from quiz.classroom import running, store, tally
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


def test_every_round_is_another_version(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    versions = [state(database, fresh).version]
    for _ in range(3):
        running.start_again(database, fresh.host)
        versions.append(state(database, fresh).version)
    assert versions == ["0-open-0", "0-open-1", "0-open-2", "0-open-3"]


def test_after_the_last_statement_nothing_is_opened(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue)
    for position in range(3):
        running.close(database, fresh.host)
        running.go_on(database, fresh.host, position)
    now = state(database, fresh)
    assert (now.position, now.phase, now.last) == (2, "shown", True)


def test_in_the_lobby_the_first_statement_may_be_another(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = store.open_class(database, catalogue, way="together", statements=IDS)
    running.earlier(database, fresh.host, IDS[1])
    assert state(database, fresh).statements == (IDS[1], IDS[0], IDS[2])
    running.earlier(database, fresh.host, IDS[1])  # nothing stands before the first
    assert state(database, fresh).statements == (IDS[1], IDS[0], IDS[2])
    with pytest.raises(Refused, match="moved"):
        running.earlier(database, fresh.host, IDS[2], "9-open-9")


def test_a_shown_statement_cannot_be_moved_and_the_next_one_can(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue)
    running.close(database, fresh.host)
    with pytest.raises(Refused, match="shown"):
        running.earlier(database, fresh.host, IDS[0])
    running.earlier(database, fresh.host, IDS[2])
    assert state(database, fresh).statements == (IDS[0], IDS[2], IDS[1])


def test_at_own_pace_who_is_done_keeps_the_seat(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue, "own")
    idle, done, begun = seats(database, fresh.code, 3)
    places.answer(database, done, {}, done=True)
    places.answer(database, begun, {IDS[1]: -1})
    assert running.clear_seats(database, fresh.host) == 1
    assert not tally.place(database, fresh.id, idle).seated
    assert tally.place(database, fresh.id, done).seated
    assert tally.place(database, fresh.id, begun).sent == {IDS[1]: -1}


def test_of_what_was_shown_nothing_can_be_taken_out_and_of_the_rest_all(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue)
    running.close(database, fresh.host)
    running.skip(database, fresh.host, IDS[1])
    assert state(database, fresh).statements == (IDS[0], IDS[2])
    running.go_on(database, fresh.host, 0)
    running.close(database, fresh.host)
    for change in (running.skip, running.earlier):
        with pytest.raises(Refused, match="shown"):
            change(database, fresh.host, IDS[0])
    assert state(database, fresh).statements == (IDS[0], IDS[2])
