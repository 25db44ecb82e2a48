"""What the board can do. Each action is one short transaction, and repeating it changes nothing.

Counting closes before showing: closing freezes the counts and deletes the single answers in one
transaction, and a statement that was shown is never opened again. ``at`` is what the board showed
when the button was pressed (``Classroom.version``); a button on an outdated board does nothing.
"""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quiz.classroom.closing import delete_answers, finish, freeze
from quiz.classroom.database import Database
from quiz.classroom.models import Answer, Classroom, Seat
from quiz.classroom.store import Refused, hosted


def begin(database: Database, host: str, at: str | None = None) -> None:
    """Leave the lobby: open the first statement."""
    with database.transaction() as session:
        classroom = hosted(database, session, host, at=at)
        if classroom.phase == "lobby":
            classroom.phase = "open"


def close(database: Database, host: str, at: str | None = None) -> None:
    """Close what is open: freeze the counts, delete the answers. Closing twice changes nothing."""
    with database.transaction() as session:
        classroom = hosted(database, session, host, at=at)
        if classroom.phase == "open":
            freeze(
                session,
                classroom,
                [classroom.current] if classroom.together else classroom.statements,
            )
            classroom.phase = "shown"
            if not classroom.together:
                finish(session, classroom)
    database.forget()


def go_on(database: Database, host: str, position: int, at: str | None = None) -> None:
    """Open the statement after ``position``; called twice, it moves on once."""
    with database.transaction() as session:
        classroom = hosted(database, session, host, at=at)
        last = len(classroom.statements) - 1
        if (
            classroom.together
            and classroom.phase == "shown"
            and classroom.position == position < last
        ):
            classroom.position += 1
            classroom.phase = "open"


def start_again(database: Database, host: str, at: str | None = None) -> None:
    """Delete the answers to the open statement; one that was shown stays closed.

    Raises ``Refused``: ``shown``.
    """
    with database.transaction() as session:
        classroom = hosted(database, session, host, at=at)
        if classroom.phase != "open":
            raise Refused("shown")
        delete_answers(
            session, classroom, [classroom.current] if classroom.together else classroom.statements
        )
        _undone(session, classroom)
        classroom.round += 1
    database.forget()


def skip(database: Database, host: str, statement: str, at: str | None = None) -> None:
    """Take a statement that was not shown out of the lesson; its answers are deleted uncounted.

    Raises ``Refused``: ``shown`` for one that was shown, ``only`` for the only one left.
    """
    with database.transaction() as session:
        classroom = hosted(database, session, host, at=at)
        index = _waiting(classroom, statement)
        if len(classroom.statements) == 1:
            raise Refused("only")
        now_open = classroom.phase == "open" and index == classroom.position
        delete_answers(session, classroom, [statement])
        classroom.statements = [name for name in classroom.statements if name != statement]
        if now_open:
            classroom.round += 1
            if classroom.position == len(classroom.statements):  # back to the last one shown
                classroom.position -= 1
                classroom.phase = "shown"
    database.forget()


def earlier(database: Database, host: str, statement: str, at: str | None = None) -> None:
    """Move an upcoming statement one place forward.

    Raises ``Refused``: ``shown`` for one that is not upcoming.
    """
    with database.transaction() as session:
        classroom = hosted(database, session, host, at=at)
        index = _waiting(classroom, statement)
        first = classroom.position + (classroom.phase != "lobby")
        if index > first:
            order = list(classroom.statements)
            order[index - 1 : index + 1] = order[index], order[index - 1]
            classroom.statements = order


def lock(database: Database, host: str, *, locked: bool) -> None:
    """Stop or allow joining."""
    with database.transaction() as session:
        hosted(database, session, host).locked = locked


def clear_seats(database: Database, host: str) -> int:
    """Remove the seats that have not answered the open statement; return how many.

    Raises ``Refused``: ``shown`` where nothing is open.
    """
    with database.transaction() as session:
        classroom = hosted(database, session, host)
        if classroom.phase != "open":
            raise Refused("shown")
        answered = select(Answer.token_hash)
        if classroom.together:
            answered = answered.where(Answer.statement == classroom.current)
        idle = session.scalars(
            select(Seat.token_hash).where(
                Seat.class_id == classroom.id,
                Seat.token_hash.not_in(answered),
                Seat.done.is_(False),
            )
        ).all()
        session.execute(delete(Answer).where(Answer.token_hash.in_(idle)))
        session.execute(delete(Seat).where(Seat.token_hash.in_(idle)))
        classroom.joined -= len(idle)
    database.forget()
    return len(idle)


def end(database: Database, host: str) -> None:
    """End the class: drop what is still open uncounted, and delete all answers and seats."""
    with database.transaction() as session:
        finish(session, hosted(database, session, host))
    database.forget()


def _waiting(classroom: Classroom, statement: str) -> int:
    """Return the index of a statement that was not shown yet."""
    first = classroom.position + (classroom.phase == "shown")
    if (
        not classroom.together
        or classroom.phase == "ended"
        or statement not in classroom.statements[first:]
    ):
        raise Refused("shown")
    return classroom.statements.index(statement)


def _undone(session: Session, classroom: Classroom) -> None:
    """Mark every pupil as not done."""
    for seat in session.scalars(select(Seat).where(Seat.class_id == classroom.id, Seat.done)):
        seat.done = False
