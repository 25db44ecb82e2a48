"""Reading counts, with the rule that keeps a pupil's answer private applied where they are read.

Nothing is read but what was frozen at closing; fewer than five answers give no distribution. Board,
summary, export and print all read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.classroom.database import CLOCK, Database, living, over
from quiz.classroom.models import Answer, Classroom, Seat, StoredCatalogue, Tally

FEWEST: Final = 5


@dataclass(frozen=True, slots=True)
class Distribution:
    """How a class answered one statement; None in all three where fewer than five answered."""

    statement: str
    agree: int | None
    neutral: int | None
    disagree: int | None

    @property
    def known(self) -> bool:
        """Whether it may be shown."""
        return self.agree is not None

    @property
    def total(self) -> int:
        """How many answered, where it may be shown; else 0."""
        return (self.agree or 0) + (self.neutral or 0) + (self.disagree or 0)


@dataclass(frozen=True, slots=True)
class State:
    """What everyone may know of a class at any time: the board and the phones poll it."""

    id: str
    code: str
    way: str
    content_hash: str
    statements: tuple[str, ...]
    position: int
    phase: str
    locked: bool
    joined: int
    answered: int

    @property
    def together(self) -> bool:
        """Whether the whole class answers one statement at a time."""
        return self.way == "together"

    @property
    def current(self) -> str:
        """The statement on the board."""
        return self.statements[self.position]

    @property
    def last(self) -> bool:
        """Whether no statement comes after this one."""
        return self.position + 1 >= len(self.statements)


def state_of_host(database: Database, host: str) -> State | None:
    """Return the state of the class that this token runs."""
    with database.reading() as session:
        return _counted(
            session,
            session.scalar(select(Classroom).where(Classroom.host_hash == database.digest(host))),
        )


def seat(database: Database, token: str) -> tuple[State | None, dict[str, int]]:
    """Return the state of the class that a seat is in, and its answers that nobody has counted yet.

    ``answered`` is left at 0: a pupil's page does not tell it.
    """
    hashed = database.digest(token)
    with database.reading() as session:
        row = session.execute(
            select(Classroom, CLOCK)
            .join(Seat, Seat.class_id == Classroom.id)
            .where(Seat.token_hash == hashed)
        ).first()
        rows = session.execute(
            select(Answer.statement, Answer.code).where(Answer.token_hash == hashed)
        )
        sent = {statement: code for statement, code in rows}  # noqa: C416  # rows are no pairs
        found = living(row)
        if found is None:
            return None, {}
    return _state(found, 0), sent


def state(database: Database, name: str) -> State | None:
    """Return the state of a class by its id."""
    with database.reading() as session:
        return _counted(session, session.get(Classroom, name))


def distributions(database: Database, name: str) -> list[Distribution]:
    """Return the shown distributions of a class, in the order of its statements."""
    with database.reading() as session:
        found = session.get(Classroom, name)
        if found is None or over(session, found.expires):
            return []
        rows = session.scalars(select(Tally).where(Tally.class_id == name))
        by_name = {row.statement: _suppressed(row) for row in rows}
        return [by_name[statement] for statement in found.statements if statement in by_name]


def catalogue_text(database: Database, content_hash: str) -> str | None:
    """Return the content that a class opened with, in its canonical form."""
    with database.reading() as session:
        stored = session.get(StoredCatalogue, content_hash)
        return stored.text if stored else None


def _suppressed(row: Tally) -> Distribution:
    if row.agree + row.neutral + row.disagree < FEWEST:
        return Distribution(row.statement, None, None, None)
    return Distribution(row.statement, row.agree, row.neutral, row.disagree)


def _counted(session: Session, found: Classroom | None) -> State | None:
    if found is None or over(session, found.expires):
        return None
    if found.phase != "open":
        return _state(found, 0)
    seats = select(Seat.token_hash).where(Seat.class_id == found.id)
    counted = select(func.count(Answer.token_hash.distinct())).where(Answer.token_hash.in_(seats))
    if found.together:
        counted = counted.where(Answer.statement == found.current)
    return _state(found, session.scalar(counted) or 0)


def _state(found: Classroom, answered: int) -> State:
    return State(
        found.id, found.code, found.way, found.content_hash, tuple(found.statements),
        found.position, found.phase, found.locked, found.joined, answered,
    )  # fmt: skip
