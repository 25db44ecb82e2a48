"""Reading counts, under the rule that keeps a pupil's answer private.

Nothing is read but what was frozen at closing; fewer than five answers give no distribution. Board,
summary, export and print all read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.classroom.codes import clean
from quiz.classroom.database import CLOCK, Database, has_come, unexpired
from quiz.classroom.models import FEWEST, Answer, Classroom, Seat, StoredCatalogue, Tally


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
    """What everyone may know of a class at any time: the board and the phones poll it.

    ``answered``: how many have answered what is open, or have begun at own pace; ``done``: how many
    are done at own pace. ``board``: changes when another device takes the class over.
    """

    id: str
    code: str
    way: str
    content_hash: str
    statements: tuple[str, ...]
    position: int
    phase: str
    locked: bool
    joined: int
    version: str
    board: str
    answered: int = 0
    done: int = 0

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


@dataclass(frozen=True, slots=True)
class Place:
    """What a phone may know: its class, whether it has a seat there, and what it sent there.

    ``state`` is None where the class is gone. ``sent``: codes of the answers that nobody has
    counted yet, by statement.
    """

    state: State | None
    seated: bool
    sent: dict[str, int]


def state_of_host(database: Database, host: str) -> State | None:
    """Return the state of the class that this token runs."""
    with database.reading() as session:
        return _counted(
            session,
            session.scalar(select(Classroom).where(Classroom.host_hash == database.digest(host))),
        )


def place(database: Database, name: str, token: str) -> Place:
    """Return what a phone may know of the class ``name``, without counts."""
    hashed = database.digest(token)
    with database.reading() as session:
        row = session.execute(select(Classroom, CLOCK).where(Classroom.id == name)).first()
        classroom = unexpired(row)
        if classroom is None:
            return Place(None, seated=False, sent={})
        seat = session.get(Seat, hashed)
        if seat is None or seat.class_id != name:
            return Place(_state(classroom), seated=False, sent={})
        rows = session.execute(
            select(Answer.statement, Answer.code).where(Answer.token_hash == hashed)
        )
        sent = {statement: code for statement, code in rows}  # noqa: C416  # rows are not tuples
        return Place(_state(classroom), seated=True, sent=sent)


def class_of_code(database: Database, code: str) -> str | None:
    """Return the id of the class that a join code belongs to, also after it has ended."""
    with database.reading() as session:
        classroom = session.scalar(select(Classroom).where(Classroom.code == clean(code)))
        return None if classroom is None or has_come(session, classroom.expires) else classroom.id


def state(database: Database, name: str) -> State | None:
    """Return the state of a class by its id."""
    with database.reading() as session:
        return _counted(session, session.get(Classroom, name))


def distributions(database: Database, name: str) -> list[Distribution]:
    """Return the shown distributions of a class, in the order of its statements."""
    with database.reading() as session:
        classroom = session.get(Classroom, name)
        if classroom is None or has_come(session, classroom.expires):
            return []
        rows = session.scalars(select(Tally).where(Tally.class_id == name))
        by_name = {row.statement: _suppressed(row) for row in rows}
        return [by_name[statement] for statement in classroom.statements if statement in by_name]


def catalogue_text(database: Database, content_hash: str) -> str | None:
    """Return the content that a class opened with, in its canonical form."""
    with database.reading() as session:
        stored = session.get(StoredCatalogue, content_hash)
        return stored.text if stored else None


def _suppressed(row: Tally) -> Distribution:
    """Return a distribution as it may be shown: without counts where fewer than five answered."""
    agree, neutral, disagree = row.agree, row.neutral, row.disagree
    if agree is None or neutral is None or disagree is None:
        return Distribution(row.statement, None, None, None)
    if agree + neutral + disagree < FEWEST:
        return Distribution(row.statement, None, None, None)
    return Distribution(row.statement, agree, neutral, disagree)


def _counted(session: Session, classroom: Classroom | None) -> State | None:
    if classroom is None or has_come(session, classroom.expires):
        return None
    if classroom.phase != "open":
        return _state(classroom)
    seats = select(Seat.token_hash).where(Seat.class_id == classroom.id)
    begun = select(func.count(Answer.token_hash.distinct())).where(Answer.token_hash.in_(seats))
    if classroom.together:
        begun = begun.where(Answer.statement == classroom.current)
        return _state(classroom, session.scalar(begun) or 0)
    done = select(func.count()).select_from(Seat).where(Seat.class_id == classroom.id, Seat.done)
    return _state(classroom, session.scalar(begun) or 0, session.scalar(done) or 0)


def _state(classroom: Classroom, answered: int = 0, done: int = 0) -> State:
    return State(
        classroom.id, classroom.code, classroom.way, classroom.content_hash, tuple(classroom.statements),
        classroom.position, classroom.phase, classroom.locked, classroom.joined, classroom.version,
        sha256(classroom.host_hash.encode()).hexdigest()[:8], answered, done,
    )  # fmt: skip
