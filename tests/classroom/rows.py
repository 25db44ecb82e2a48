"""A class through its store: opening, sitting down, asking how it stands."""

from __future__ import annotations

from quiz.classroom import running, store, tally
from quiz.classroom import seats as places
from quiz.classroom.database import Database
from quiz.content import Catalogue

IDS = ["leave-microsoft", "ban-datacenters", "state-software"]


def opened(database: Database, catalogue: Catalogue, way: str = "together") -> store.Opened:
    """Open a class and its first statement."""
    fresh = store.open_class(database, catalogue, way=way, statements=IDS)
    running.begin(database, fresh.host)
    return fresh


def seats(database: Database, code: str, number: int) -> list[str]:
    return [places.join(database, code)[1] for _ in range(number)]


def state(database: Database, fresh: store.Opened) -> tally.State:
    state = tally.state_of_host(database, fresh.host)
    assert state
    return state
