"""Taking a class over on another device, by a short key."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from quiz.classroom import codes
from quiz.classroom.database import Database, now, over
from quiz.classroom.models import Classroom
from quiz.classroom.store import Refused, hosted

AGAIN: Final = timedelta(minutes=10)


def recovery(database: Database, host: str) -> str:
    """Return a fresh key; one made earlier no longer works."""
    key = codes.recovery_key()
    with database.transaction() as session:
        found = hosted(database, session, host)
        found.recovery_hash, found.recovery_until = database.digest(key), None
    return key


def recover(database: Database, typed: str) -> tuple[str, str]:
    """Return the class's id and the token that runs it from now on; the one before no longer works.

    For ten minutes the same key gives the same token, so an answer that was lost on the way can be
    asked for again. Raises ``Refused``: ``recovery``.
    """
    key = codes.clean(typed)
    with database.transaction() as session:
        found = session.scalar(
            select(Classroom)
            .where(Classroom.recovery_hash == database.digest(key))
            .with_for_update()
        )
        if found is None or over(session, found.expires):
            raise Refused("recovery")
        if found.recovery_until is None:
            found.recovery_until = now(session) + AGAIN
        elif over(session, found.recovery_until):
            raise Refused("recovery")
        host = database.derived(key, "host")
        found.host_hash = database.digest(host)
        return found.id, host
