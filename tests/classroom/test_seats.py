"""Pupils' seats and answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quiz.classroom import running, tally
from quiz.classroom import seats as places
from quiz.classroom.database import Database, now
from quiz.classroom.store import Refused
from quiz.classroom.tally import Distribution
from quiz.content import Catalogue
from tests.classroom.rows import IDS, opened, seats, state


def test_the_same_answer_again_changes_nothing_and_another_replaces(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue)
    pupils = seats(database, fresh.code, 5)
    for pupil in pupils:
        for code in (1, 1, -1, -1):
            places.answer(database, pupil, {IDS[0]: code})
    sent = tally.place(database, fresh.id, pupils[0])
    assert sent.sent == {IDS[0]: -1}
    assert sent.state
    assert (sent.state.answered, sent.state.done) == (0, 0)  # no counts for a phone
    assert (state(database, fresh).answered, state(database, fresh).done) == (5, 0)
    running.close(database, fresh.host)
    assert tally.distributions(database, fresh.id) == [Distribution(IDS[0], 0, 0, 5)]


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
