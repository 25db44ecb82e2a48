"""Opening classes and deleting them. Each write is one short transaction.

What happens in a class that is open is in ``running`` (the board) and ``seats`` (the pupils).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from quiz.classroom import codes
from quiz.classroom.closing import delete_classes, delete_expired, finish, keep_tally
from quiz.classroom.database import Database, has_come, lock_openings, now
from quiz.classroom.models import Classroom, StoredCatalogue, UsedCode
from quiz.content.canonical import canonical
from quiz.content.catalogue import CODES, Catalogue

MAX_OPEN: Final = 2000
MAX_KEPT: Final = 10_000  # including those that ended, which stay until the end of the next day
FILLING: Final = 0.8
LONGEST: Final = timedelta(days=7)
UNJOINED: Final = timedelta(hours=2)
"""How long a class that nobody joins is kept; the first pupil extends that to seven days."""
SAFE: Final = timedelta(minutes=5)
"""How long a class that nobody joined is kept even where another needs its place."""
REST: Final = timedelta(days=30)
WAYS: Final = ("together", "own")


class Refused(Exception):  # noqa: N818  # a refusal, not a failure
    """This cannot be done now; ``reason`` is a word for which a page has a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Opened:
    """A fresh class: its id, its code, the token that runs it, and whether few places are left."""

    id: str
    code: str
    host: str
    filling: bool = False


def hosted(database: Database, session: Session, host: str, *, at: str | None = None) -> Classroom:
    """Return the class that a token runs, locked until the transaction ends.

    Raises ``Refused``: ``class`` where it runs none, ``moved`` where ``at`` is not what its board
    shows now: the button was pressed on an older picture.
    """
    classroom = session.scalar(
        select(Classroom).where(Classroom.host_hash == database.digest(host)).with_for_update()
    )
    if classroom is None or has_come(session, classroom.expires):
        raise Refused("class")
    if at is not None and at != classroom.version:
        raise Refused("moved")
    return classroom


def open_class(
    database: Database, catalogue: Catalogue, *, way: str, statements: list[str]
) -> Opened:
    """Open a class on these statements, in their order.

    Raises ``Refused``: ``statements`` where there are none, ``full`` and ``kept`` beyond a cap.
    """
    chosen = _known(catalogue, statements)
    if not chosen or way not in WAYS:
        raise Refused("statements")
    with database.transaction() as session:
        opened, gone = _open(database, session, catalogue, way, chosen)
    if gone:
        database.forget()
    return opened


def open_paper(
    database: Database, catalogue: Catalogue, counts: Mapping[str, Mapping[str, int]]
) -> Opened:
    """Store the tallies of a class that answered on paper; nobody can join it."""
    with database.transaction() as session:
        opened, _ = _open(database, session, catalogue, "paper", _known(catalogue, list(counts)))
        classroom = hosted(database, session, opened.host)
        classroom.locked = True
        classroom.joined = max(sum(count.values()) for count in counts.values())
        classroom.expires = now(session) + LONGEST
        for name, count in counts.items():
            keep_tally(session, classroom, name, {CODES[word]: count[word] for word in count})
        finish(session, classroom)
    return opened


def expire(database: Database, *, empty: bool = False) -> int:
    """Delete expired classes with everything that belongs to them; return how many.

    With ``empty``, also those that nobody joined in their first minutes.
    """
    with database.transaction() as session:
        lock_openings(session)
        today = now(session)
        count = delete_expired(session, today)
        if empty:
            nobody = session.scalars(_empty(today)).all()
            delete_classes(session, nobody)
            count += len(nobody)
    database.forget()
    return count


def _known(catalogue: Catalogue, statements: list[str]) -> list[str]:
    return [name for name in dict.fromkeys(statements) if name in catalogue.statement_index]


def _open(
    database: Database, session: Session, catalogue: Catalogue, way: str, chosen: list[str]
) -> tuple[Opened, int]:
    """Add a class; return it, and how many classes were deleted to make room."""
    lock_openings(session)
    today = now(session)
    gone = delete_expired(session, today)
    going = _make_room(session, today)
    if session.get(StoredCatalogue, catalogue.content_hash) is None:
        session.add(StoredCatalogue(content_hash=catalogue.content_hash, text=canonical(catalogue)))
        session.flush()
    code, host, name = codes.join_code(), codes.token(), codes.token()
    while session.get(UsedCode, code) is not None:
        code = codes.join_code()
    session.add(UsedCode(code=code, until=today + REST))
    session.add(
        Classroom(
            id=name, code=code, host_hash=database.digest(host), way=way,
            content_hash=catalogue.content_hash, statements=chosen, position=0,
            phase="lobby" if way == "together" else "open", locked=False, joined=0, round=0,
            expires=today + UNJOINED,
        )
    )  # fmt: skip
    session.flush()
    return Opened(name, code, host, filling=going >= FILLING * MAX_OPEN), gone


def _make_room(session: Session, today: datetime) -> int:
    """Where there is no room, delete the oldest class that nobody joined; return how many are
    open.
    """
    kept = select(func.count()).select_from(Classroom)
    going = session.scalars(kept.where(Classroom.phase != "ended")).one()
    if going >= MAX_OPEN:
        oldest = session.scalar(_empty(today).limit(1))
        if oldest is None:
            raise Refused("full")
        delete_classes(session, [oldest])
    if session.scalars(kept).one() >= MAX_KEPT:
        raise Refused("kept")
    return going


def _empty(today: datetime) -> Select[str]:
    """Select the classes that nobody joined in their first minutes, the oldest first."""
    return (
        select(Classroom.id)
        .where(
            Classroom.next_join.is_(None),
            Classroom.phase != "ended",
            Classroom.expires <= today + UNJOINED - SAFE,
        )
        .order_by(Classroom.expires)
    )
