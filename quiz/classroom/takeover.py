"""Taking a class over on another device, by a short key."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from quiz.classroom import codes
from quiz.classroom.database import Database, has_come, now
from quiz.classroom.models import Classroom
from quiz.classroom.store import Refused, hosted

AGAIN: Final = timedelta(minutes=10)


def recovery(database: Database, host: str) -> str:
    """Return a fresh key; an earlier one stops working."""
    key = codes.recovery_key()
    with database.transaction() as session:
        classroom = hosted(database, session, host)
        classroom.recovery_hash, classroom.recovery_until = database.digest(key), None
    return key


def recover(database: Database, typed: str) -> tuple[str, str]:
    """Return the class's id and the token that runs it from now on; the one before no longer works.

    For ten minutes the same key gives the same token, so a response that got lost can be requested
    again. Raises ``Refused``: ``recovery``.
    """
    key = codes.clean(typed)
    with database.transaction() as session:
        classroom = session.scalar(
            select(Classroom)
            .where(Classroom.recovery_hash == database.digest(key))
            .with_for_update()
        )
        if classroom is None or has_come(session, classroom.expires):
            raise Refused("recovery")
        if classroom.recovery_until is None:
            classroom.recovery_until = now(session) + AGAIN
        elif has_come(session, classroom.recovery_until):
            raise Refused("recovery")
        host = database.derived(key, "host")
        classroom.host_hash = database.digest(host)
        return classroom.id, host
