"""The catalogue as plain data: everything that is shown, for anyone to use."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from quiz.content.catalogue import Catalogue, Position


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
        "quiz": quiz,
        "themes": [asdict(theme) for theme in catalogue.themes],
        "statements": [
            {key: value for key, value in asdict(statement).items() if key != "draft"}
            | {"revision": statement.revision}
            for statement in catalogue.statements
        ],
        "sources": [
            {
                "id": source.id,
                "title": source.title,
                "edition": source.edition,
                "url": source.url,
                "kind": source.kind,
                "date": source.date.isoformat() if source.date else None,
            }
            for source in catalogue.sources.values()
        ],
        "parties": [
            {
                "id": party.id,
                "name": party.name,
                "long_name": party.long_name,
                "color": party.color,
                "logo": party.logo,
                "url": party.url,
                "searched": list(party.searched),
                "answers": {
                    statement_id: _position(position)
                    for statement_id, position in party.positions.items()
                },
            }
            for party in catalogue.parties
        ],
    }


def _position(position: Position) -> dict[str, Any]:
    return {
        "position": position.name,
        "explicit": position.explicit,
        "from_summary": position.from_summary,
        "quotes": [asdict(quote) for quote in position.quotes],
        "explanation": dict(position.explanation) if position.explanation else None,
    }
