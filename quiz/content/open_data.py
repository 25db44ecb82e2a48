"""The catalogue as plain data: everything that is shown, for anyone to use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from pydantic import BaseModel

from quiz import __version__
from quiz.content.catalogue import Catalogue, Position
from quiz.content.schema import PartyModel, SourceModel, StatementModel

WORKING_DATA: Final[Mapping[type[BaseModel], frozenset[str]]] = {
    StatementModel: frozenset({"status"}),
    SourceModel: frozenset({"explicit", "file", "lines"}),
}
"""Keys that serve whoever makes the content, and are not shown."""


def shown_keys(model: type[BaseModel]) -> list[str]:
    """Return the keys of an entry that are shown, in the order of the schema.

    >>> shown_keys(SourceModel)
    ['id', 'title', 'edition', 'kind', 'date', 'url']
    """
    hidden = WORKING_DATA.get(model, frozenset())
    return [key for key in model.model_fields if key not in hidden]


def as_data(catalogue: Catalogue) -> dict[str, Any]:
    """Return the catalogue in dicts, lists, texts and numbers, ready for JSON."""
    quiz = asdict(catalogue.quiz)
    for key in ("as_of", "election_day"):
        day = getattr(catalogue.quiz, key)
        quiz[key] = day.isoformat() if day else None
    quiz["changelog"] = [
        {"version": change.version, "date": change.date.isoformat(), "text": dict(change.text)}
        for change in catalogue.quiz.changelog
    ]
    return {
        "content_hash": catalogue.content_hash,
        "standpunt": __version__,
        "quiz": quiz,
        "themes": [asdict(theme) for theme in catalogue.themes],
        "statements": [
            _entry(StatementModel, statement) | {"revision": statement.revision}
            for statement in catalogue.statements
        ],
        "sources": [_entry(SourceModel, source) for source in catalogue.sources.values()],
        "parties": [
            _entry(PartyModel, party)
            | {
                "answers": {
                    statement_id: _position(position)
                    for statement_id, position in party.positions.items()
                }
            }
            for party in catalogue.parties
        ],
    }


def _entry(model: type[BaseModel], entry: Any) -> dict[str, Any]:
    return {key: _plain(getattr(entry, key)) for key in shown_keys(model) if key != "answers"}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def _position(position: Position) -> dict[str, Any]:
    return {
        "position": position.name,
        "explicit": position.explicit,
        "from_summary": position.from_summary,
        "quotes": [asdict(quote) for quote in position.quotes],
        "explanation": dict(position.explanation) if position.explanation else None,
    }
