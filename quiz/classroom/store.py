"""All writes of class mode. Each is one short transaction; doing one twice changes nothing more.

Counting closes before showing: closing freezes the counts and deletes the single answers in one
transaction, and a statement that was shown is never opened again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from quiz.classroom import codes
from quiz.classroom.closing import delete_answers, delete_expired, finish, freeze
from quiz.classroom.database import CLOCK, Database, alone, living, now, over, replace
from quiz.classroom.models import Answer, Classroom, Seat, StoredCatalogue, Tally, UsedCode
from quiz.content.canonical import canonical
from quiz.content.catalogue import Catalogue

MAX_OPEN: Final = 2000
MAX_KEPT: Final = 10_000  # with those that ended, which stay until the next day is over
MAX_PUPILS: Final = 400
LONGEST: Final = timedelta(days=7)
REST: Final = timedelta(days=30)
WAYS: Final = ("together", "own")


class Refused(Exception):  # noqa: N818  # an answer, as pages say it
    """What was asked for cannot be done now; ``reason`` is a word that a page has a sentence for."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Opened:
    """A fresh class: its id, its code, and the token that runs it."""

    id: str
    code: str
    host: str


def open_class(
    database: Database, catalogue: Catalogue, *, way: str, statements: list[str]
) -> Opened:
    """Open a class on these statements, in their order.

    Raises ``Refused``: ``statements`` where there are none, ``full`` and ``kept`` beyond a cap.
    """
    known = [entry.id for entry in catalogue.statements]
    chosen = [name for name in known if name in set(statements)]
    if not chosen or way not in WAYS:
        raise Refused("statements")
    with database.transaction() as session:
        alone(session)
        today = now(session)
        gone = delete_expired(session, today)
        kept = select(func.count()).select_from(Classroom)
        going = kept.where(Classroom.phase != "ended")
        if session.scalars(going).one() >= MAX_OPEN:
            raise Refused("full")
        if session.scalars(kept).one() >= MAX_KEPT:
            raise Refused("kept")
        if session.get(StoredCatalogue, catalogue.content_hash) is None:
            session.add(
                StoredCatalogue(content_hash=catalogue.content_hash, text=canonical(catalogue))
            )
            session.flush()
        code, host, name = codes.join_code(), codes.token(), codes.token()
        while session.get(UsedCode, code) is not None:
            code = codes.join_code()
        session.add(UsedCode(code=code, until=today + REST))
        session.add(
            Classroom(
                id=name,
                code=code,
                host_hash=database.digest(host),
                way=way,
                content_hash=catalogue.content_hash,
                statements=chosen,
                position=0,
                phase="open",
                locked=False,
                joined=0,
                expires=today + LONGEST,
            )
        )
    if gone:
        database.forget()
    return Opened(name, code, host)


def open_paper(
    database: Database, catalogue: Catalogue, counts: dict[str, dict[str, int]]
) -> Opened:
    """Keep the tallies of a class that answered on paper; nobody joins it and nothing is open."""
    opened = open_class(database, catalogue, way="own", statements=list(counts))
    with database.transaction() as session:
        found = _hosted(database, session, opened.host)
        found.way, found.locked = "paper", True
        found.joined = max(sum(count.values()) for count in counts.values())
        for name, count in counts.items():
            session.add(
                Tally(
                    class_id=found.id,
                    statement=name,
                    agree=count.get("agree", 0),
                    neutral=count.get("neutral", 0),
                    disagree=count.get("disagree", 0),
                )
            )
        finish(session, found)
    return opened


def join(database: Database, code: str) -> tuple[str, str]:
    """Give a pupil a seat; return the class's id and the seat's token.

    Raises ``Refused``: ``code`` for a wrong code or one that no longer works, ``locked``,
    ``crowded`` beyond the cap of pupils.
    """
    with database.transaction() as session:
        found = session.scalar(
            select(Classroom).where(Classroom.code == codes.clean(code)).with_for_update()
        )
        if found is None or found.phase == "ended" or over(session, found.expires):
            raise Refused("code")
        if found.locked:
            raise Refused("locked")
        if found.joined >= MAX_PUPILS:
            raise Refused("crowded")
        token = codes.token()
        session.add(Seat(token_hash=database.digest(token), class_id=found.id))
        found.joined += 1
        return found.id, token


def answer(database: Database, token: str, given: dict[str, int]) -> None:
    """Take a pupil's answers; the same again changes nothing, another replaces.

    Raises ``Refused``: ``seat`` for a token without a seat, ``closed`` for a statement that is not
    open.
    """
    seat = database.digest(token)
    with database.transaction() as session:
        row = session.execute(
            select(Classroom, CLOCK)
            .join(Seat, Seat.class_id == Classroom.id)
            .where(Seat.token_hash == seat)
            .with_for_update(read=True, of=Classroom)
        ).first()
        found = living(row)
        if found is None:
            raise Refused("seat")
        if found.phase != "open":
            raise Refused("closed")
        allowed = {found.current} if found.together else set(found.statements)
        if not set(given) <= allowed:
            raise Refused("closed")
        for statement, code in given.items():
            replace(session, Answer, token_hash=seat, statement=statement, code=code)


def close(database: Database, host: str) -> None:
    """Close what is open: freeze the counts, delete the answers. Closing twice changes nothing."""
    with database.transaction() as session:
        found = _hosted(database, session, host)
        if found.phase == "open":
            freeze(session, found, [found.current] if found.together else found.statements)
            found.phase = "shown"
            if not found.together:
                finish(session, found)
    database.forget()


def go_on(database: Database, host: str, position: int) -> None:
    """Open the statement after ``position``; asked twice, it goes on once."""
    with database.transaction() as session:
        found = _hosted(database, session, host)
        last = len(found.statements) - 1
        if found.together and found.phase == "shown" and found.position == position < last:
            found.position += 1
            found.phase = "open"


def start_again(database: Database, host: str) -> None:
    """Throw away the answers to the statement that is still open; once shown it stays closed."""
    with database.transaction() as session:
        found = _hosted(database, session, host)
        if found.phase != "open":
            raise Refused("shown")
        delete_answers(session, found, [found.current] if found.together else found.statements)
    database.forget()


def lock(database: Database, host: str, *, locked: bool) -> None:
    """Stop or allow joining."""
    with database.transaction() as session:
        _hosted(database, session, host).locked = locked


def end(database: Database, host: str) -> None:
    """End the class: what is still open is dropped uncounted, and no answer or seat stays."""
    with database.transaction() as session:
        finish(session, _hosted(database, session, host))
    database.forget()


def recovery(database: Database, host: str) -> str:
    """Return a fresh recovery token; one made earlier no longer works."""
    token = codes.token()
    with database.transaction() as session:
        _hosted(database, session, host).recovery_hash = database.digest(token)
    return token


def recover(database: Database, token: str) -> str:
    """Return a fresh host token for a recovery token; both old ones no longer work."""
    with database.transaction() as session:
        found = session.scalar(
            select(Classroom)
            .where(Classroom.recovery_hash == database.digest(token))
            .with_for_update()
        )
        if found is None or over(session, found.expires):
            raise Refused("recovery")
        host = codes.token()
        found.host_hash, found.recovery_hash = database.digest(host), None
        return host


def expire(database: Database, *, empty: bool = False) -> int:
    """Delete classes whose day has come, with all that hangs on them; return how many.

    With ``empty`` also those that are open and have no pupil.
    """
    with database.transaction() as session:
        alone(session)
        today = now(session)
        if empty:
            nobody = Classroom.id.not_in(select(Seat.class_id))
            session.execute(
                update(Classroom).where(Classroom.phase != "ended", nobody).values(expires=today)
            )
        count = delete_expired(session, today)
    database.forget()
    return count


def _hosted(database: Database, session: Session, host: str) -> Classroom:
    found = session.scalar(
        select(Classroom).where(Classroom.host_hash == database.digest(host)).with_for_update()
    )
    if found is None or over(session, found.expires):
        raise Refused("class")
    return found
