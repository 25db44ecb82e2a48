"""What pupils can do: join, answer, leave. Sending the same thing twice changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from quiz.classroom import codes
from quiz.classroom.database import CLOCK, Database, aware, has_come, now, replace, unexpired
from quiz.classroom.models import Answer, Classroom, Seat
from quiz.classroom.store import LONGEST, UNJOINED, Refused

MAX_PUPILS: Final = 400
AT_ONCE: Final = 60
"""A class gives out this many seats at once, then one each second."""
EACH: Final = timedelta(seconds=1)


def join(database: Database, code: str, request: str = "") -> tuple[str, str]:
    """Give a pupil a seat; return the class's id and the seat's token.

    The same ``request`` (random text that a join page carries) gives the same seat, however often
    it is sent. Raises ``Refused``: ``code`` for a wrong code or one that no longer works,
    ``locked``, ``crowded`` beyond the cap of pupils, ``slow`` where seats are requested faster than
    a class would take them.
    """
    with database.transaction() as session:
        classroom = session.scalar(
            select(Classroom).where(Classroom.code == codes.clean(code)).with_for_update()
        )
        if classroom is None or classroom.phase == "ended" or has_come(session, classroom.expires):
            raise Refused("code")
        token = database.derived(f"{classroom.id}:{request or codes.token()}", "seat")
        hashed = database.digest(token)
        if session.get(Seat, hashed) is None:
            _sit_down(session, classroom, hashed)
        return classroom.id, token


def _sit_down(session: Session, classroom: Classroom, token_hash: str) -> None:
    if classroom.locked:
        raise Refused("locked")
    if classroom.joined >= MAX_PUPILS:
        raise Refused("crowded")
    today = now(session)
    if classroom.next_join is None:
        classroom.expires = aware(classroom.expires) - UNJOINED + LONGEST
    due = max(aware(classroom.next_join or today), today)
    if due - today >= AT_ONCE * EACH:
        raise Refused("slow")
    classroom.next_join = due + EACH
    session.add(Seat(token_hash=token_hash, class_id=classroom.id))
    classroom.joined += 1


def answer(database: Database, token: str, answers: dict[str, int], *, done: bool = False) -> None:
    """Store a pupil's answers; another answer to a statement replaces the first.

    At own pace a pupil is done after saying so, or after answering everything. Raises ``Refused``:
    ``seat`` for a token without a seat, ``closed`` for a statement that is not open.
    """
    hashed = database.digest(token)
    with database.transaction() as session:
        row = session.execute(
            select(Classroom, CLOCK)
            .join(Seat)
            .where(Seat.token_hash == hashed)
            .with_for_update(read=True, of=Classroom)
        ).first()
        classroom = unexpired(row)
        if classroom is None:
            raise Refused("seat")
        if classroom.phase != "open":
            raise Refused("closed")
        allowed = {classroom.current} if classroom.together else set(classroom.statements)
        if not set(answers) <= allowed:
            raise Refused("closed")
        for statement, code in answers.items():
            replace(session, Answer, token_hash=hashed, statement=statement, code=code)
        if not classroom.together:
            _mark_done(session, classroom, hashed, done=done)


def _mark_done(session: Session, classroom: Classroom, token_hash: str, *, done: bool) -> None:
    number = select(func.count()).select_from(Answer).where(Answer.token_hash == token_hash)
    if done or session.scalar(number) == len(classroom.statements):
        seat = session.get(Seat, token_hash)
        if seat is not None:
            seat.done = True


def leave(database: Database, token: str) -> None:
    """Give up a seat. Answers that are not counted yet stay, and will be counted."""
    hashed = database.digest(token)
    with database.transaction() as session:
        row = session.execute(
            select(Classroom)
            .join(Seat)
            .where(Seat.token_hash == hashed)
            .with_for_update(of=Classroom)
        ).first()
        waiting = select(func.count()).select_from(Answer).where(Answer.token_hash == hashed)
        if row is None or session.scalar(waiting):
            return
        session.execute(delete(Seat).where(Seat.token_hash == hashed))
        row[0].joined -= 1
