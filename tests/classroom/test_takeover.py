"""Taking a class over by a key."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from quiz.classroom import takeover, tally
from quiz.classroom.database import Database, now
from quiz.classroom.models import Classroom
from quiz.classroom.store import Refused
from quiz.content import Catalogue
from tests.classroom.rows import opened


def test_recovery_gives_the_class_to_one_browser_only(
    database: Database, catalogue: Catalogue
) -> None:
    fresh = opened(database, catalogue)
    token = takeover.recovery(database, fresh.host)
    name, host = takeover.recover(database, token)
    assert name == fresh.id
    assert tally.state_of_host(database, fresh.host) is None
    assert tally.state_of_host(database, host)
    assert takeover.recover(database, token.lower()) == (name, host)  # the response was lost: again
    with database.transaction() as session:
        past = now(session) - timedelta(seconds=1)
        session.execute(update(Classroom).values(recovery_until=past))
    with pytest.raises(Refused, match="recovery"):
        takeover.recover(database, token)
    assert tally.state_of_host(database, host)
    with pytest.raises(Refused) as caught:
        takeover.recover(database, "A" * 12)
    assert caught.value.reason == "recovery"
