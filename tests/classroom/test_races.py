"""What comes at the same moment, ends as if one had come after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Select, func, select, text

from quiz.classroom import running, store, takeover, tally
from quiz.classroom import seats as places
from quiz.classroom.database import Database
from quiz.classroom.models import Answer, Classroom, Seat
from quiz.classroom.store import Refused
from quiz.content import Catalogue
from tests.classroom.rows import IDS, opened, seats

AT_ONCE = 12


def at_once(number: int, do: Callable[[int], object]) -> list[object]:
    """Do it so many times at the same moment; an error that is no refusal is raised here."""
    start = threading.Barrier(number)

    def one(index: int) -> object:
        start.wait()
        try:
            return do(index)
        except Refused as refused:
            return refused.reason

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def left(database: Database, table: type[Answer] | type[Seat] | type[Classroom]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def answer_while_closing(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, patience: float
) -> tuple[int, int]:
    """Close between a pupil's being let through and the writing of the answer.

    The writing waits until the class is closed, or as long as ``patience`` where closing has to wait
    for the writing. Return how many were counted and how many lie there uncounted.
    """
    fresh = opened(database, catalogue)
    group = seats(database, fresh.code, 6)
    for pupil in group[1:]:
        places.answer(database, pupil, {IDS[0]: 1})
    let_through, closed, write = threading.Event(), threading.Event(), places.replace

    def slowly(*args: Any, **values: Any) -> None:
        let_through.set()
        closed.wait(patience)
        write(*args, **values)

    monkeypatch.setattr(places, "replace", slowly)
    pupil_sends = threading.Thread(target=places.answer, args=(database, group[0], {IDS[0]: 1}))
    pupil_sends.start()
    assert let_through.wait(5)
    running.close(database, fresh.host)
    closed.set()
    pupil_sends.join()
    (shown,) = tally.distributions(database, fresh.id)
    return shown.total, left(database, Answer)


def test_an_answer_that_comes_while_closing_is_counted_or_refused(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answer_while_closing(database, catalogue, monkeypatch, patience=0.4) == (6, 0)


def test_the_control_without_the_lock_it_is_neither(
    postgresql: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Select, "with_for_update", lambda self, **_: self)
    assert answer_while_closing(postgresql, catalogue, monkeypatch, patience=30) == (5, 1)


def test_answers_closing_and_ending_at_once(database: Database, catalogue: Catalogue) -> None:
    for _ in range(4):
        fresh = opened(database, catalogue)
        group = seats(database, fresh.code, AT_ONCE)
        taken: list[bool] = []

        def do(
            index: int,
            fresh: store.Opened = fresh,
            group: list[str] = group,
            taken: list[bool] = taken,
        ) -> None:
            if index % 4 == 3:
                running.close(database, fresh.host)
            else:
                places.answer(database, group[index], {IDS[0]: 1})
                taken.append(True)

        at_once(AT_ONCE, do)
        shown = tally.distributions(database, fresh.id)
        assert [distribution.total for distribution in shown] == [
            len(taken) if len(taken) >= tally.FEWEST else 0
        ]
        assert left(database, Answer) == 0
        at_once(
            AT_ONCE,
            lambda index, fresh=fresh: (
                running.end(database, fresh.host)  # type: ignore[misc]
                if index == 5
                else places.join(database, fresh.code)
            ),
        )
        assert left(database, Seat) == 0


def test_the_caps_are_exact_however_many_come_at_once(
    database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MAX_OPEN", 5)
    monkeypatch.setattr(places, "MAX_PUPILS", 7)
    ended = at_once(AT_ONCE, lambda _: opened(database, catalogue))
    assert ended.count("full") == AT_ONCE - 5
    assert left(database, Classroom) == 5
    (first, *_) = (outcome for outcome in ended if isinstance(outcome, store.Opened))
    ended = at_once(AT_ONCE, lambda _: places.join(database, first.code))
    assert ended.count("crowded") == AT_ONCE - 7
    assert left(database, Seat) == 7


def test_opening_while_the_last_class_of_the_same_content_expires(
    database: Database, catalogue: Catalogue
) -> None:
    """The content is deleted with the last class that uses it, and not under the hands of a new one."""
    for _ in range(4):
        opened(database, catalogue)
        with database.transaction() as session:
            session.execute(text("UPDATE classes SET expires = '2000-01-01 00:00:00'"))
        ended = at_once(
            8, lambda index: opened(database, catalogue) if index % 2 else store.expire(database)
        )
        assert sum(isinstance(outcome, store.Opened) for outcome in ended) == 4
        assert left(database, Classroom) == 4


def test_going_on_twice_goes_on_once(database: Database, catalogue: Catalogue) -> None:
    fresh = opened(database, catalogue)
    running.close(database, fresh.host)
    at_once(6, lambda _: running.go_on(database, fresh.host, 0))
    now = tally.state_of_host(database, fresh.host)
    assert now
    assert (now.position, now.phase) == (1, "open")


def test_a_key_to_take_over_gives_all_who_try_the_same(
    database: Database, catalogue: Catalogue
) -> None:
    key = takeover.recovery(database, opened(database, catalogue).host)
    ended = at_once(6, lambda _: takeover.recover(database, key))
    assert len(set(ended)) == 1
    assert tally.state_of_host(database, ended[0][1])  # type: ignore[index]


def test_one_request_for_a_seat_at_the_same_moment_is_one_seat(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue)
    ended = at_once(8, lambda _: places.join(database, fresh.code, "the-same"))
    assert len(set(ended)) == 1
    assert left(database, Seat) == 1


@pytest.mark.parametrize("who", ["opens", "expires"])
def test_opening_and_expiring_wait_for_each_other(
    postgresql: Database, catalogue: Catalogue, who: str
) -> None:
    """The lock that the two tests above rest on, without their luck."""
    with postgresql.transaction() as session:
        store.lock_openings(session)
        waiting = threading.Thread(
            target=(lambda: opened(postgresql, catalogue))
            if who == "opens"
            else (lambda: store.expire(postgresql))
        )
        waiting.start()
        waits = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        while not session.scalar(waits):
            assert waiting.is_alive()  # it may not get through
    waiting.join(timeout=5)
    assert not waiting.is_alive()
