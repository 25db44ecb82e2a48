"""Counting answers: an answer is deleted in the transaction that counts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from quiz.classroom.database import aware, now
from quiz.classroom.models import (
    FEWEST,
    Answer,
    Classroom,
    Seat,
    StoredCatalogue,
    Tally,
    UsedCode,
)
from quiz.content.catalogue import AGREE, DISAGREE, NEUTRAL


def freeze(session: Session, classroom: Classroom, statements: list[str]) -> None:
    """Store how many gave each answer, and delete the single answers."""
    seats = select(Seat.token_hash).where(Seat.class_id == classroom.id)
    rows = session.execute(
        select(Answer.statement, Answer.code, func.count())
        .where(Answer.token_hash.in_(seats), Answer.statement.in_(statements))
        .group_by(Answer.statement, Answer.code)
    )
    counts: dict[str, Counter[int]] = {name: Counter() for name in statements}
    for statement, code, number in rows:
        counts[statement][code] = number
    for name, count in counts.items():
        keep_tally(session, classroom, name, count)
    delete_answers(session, classroom, statements)


def keep_tally(
    session: Session, classroom: Classroom, statement: str, count: Mapping[int, int]
) -> None:
    """Write a distribution; below five answers, only that the statement was closed."""
    known = sum(count.values()) >= FEWEST
    agree, neutral, disagree = (
        count.get(code, 0) if known else None for code in (AGREE, NEUTRAL, DISAGREE)
    )
    session.merge(
        Tally(
            class_id=classroom.id,
            statement=statement,
            agree=agree,
            neutral=neutral,
            disagree=disagree,
        )
    )


def delete_answers(session: Session, classroom: Classroom, statements: list[str]) -> None:
    """Delete the answers of a class to these statements."""
    seats = select(Seat.token_hash).where(Seat.class_id == classroom.id)
    session.execute(
        delete(Answer).where(Answer.token_hash.in_(seats), Answer.statement.in_(statements))
    )


def finish(session: Session, classroom: Classroom) -> None:
    """End a class: drop what is still open uncounted, and delete all answers and seats."""
    delete_answers(session, classroom, classroom.statements)
    session.execute(delete(Seat).where(Seat.class_id == classroom.id))
    classroom.phase = "ended"
    classroom.expires = min(aware(classroom.expires), _end_of_next_day(now(session)))


def _end_of_next_day(moment: datetime) -> datetime:
    return (moment + timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)


def delete_expired(session: Session, moment: datetime) -> int:
    """Delete the classes that have expired, and what only they needed; return how many."""
    gone = session.scalars(select(Classroom.id).where(Classroom.expires <= moment)).all()
    delete_classes(session, gone)
    session.execute(delete(UsedCode).where(UsedCode.until <= moment))
    return len(gone)


def delete_classes(session: Session, gone: Sequence[str]) -> None:
    """Delete classes with everything that belongs to them, and content that no other class uses."""
    if gone:
        seats = select(Seat.token_hash).where(Seat.class_id.in_(gone))
        session.execute(delete(Answer).where(Answer.token_hash.in_(seats)))
        session.execute(delete(Seat).where(Seat.class_id.in_(gone)))
        session.execute(delete(Tally).where(Tally.class_id.in_(gone)))
        session.execute(delete(Classroom).where(Classroom.id.in_(gone)))
    used = select(Classroom.content_hash)
    session.execute(delete(StoredCatalogue).where(StoredCatalogue.content_hash.not_in(used)))
