"""From the two files' models to the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from pydantic import BaseModel

from quiz.content.canonical import sealed
from quiz.content.catalogue import (
    CODES,
    Catalogue,
    Change,
    Matching,
    Party,
    Position,
    Publisher,
    Quiz,
    QuizTexts,
    Quote,
    Source,
    Statement,
    Theme,
)
from quiz.content.schema import (
    AnswerModel,
    AnswersFile,
    PartyModel,
    QuizModel,
    SourceModel,
    StatementsFile,
)

T = TypeVar("T")


def build(statements: StatementsFile, answers: AnswersFile, *, drafts: bool = False) -> Catalogue:
    """Compile checked files. Drafts are left out unless they are asked for."""
    first = statements.quiz.languages[0]
    shown = [entry for entry in statements.statements if drafts or entry.status == "published"]
    ids = {entry.id for entry in shown}
    sources = {entry.id: _source(entry, first) for entry in answers.sources}
    catalogue = Catalogue(
        quiz=_quiz(statements.quiz),
        themes=tuple(_made(Theme, theme, first) for theme in statements.themes),
        statements=tuple(
            _made(Statement, entry, first, draft=entry.status == "draft") for entry in shown
        ),
        sources=sources,
        parties=tuple(
            _party(entry, ids, sources, first, drafts=drafts) for entry in answers.parties
        ),
        content_hash="",
    )
    return sealed(catalogue)


def _made(kind: type[T], entry: BaseModel, first: str, **other: object) -> T:
    """Copy every field that both the entry and the class have; name the language of its texts."""
    names = {field.name for field in fields(kind)} - other.keys()  # type: ignore[arg-type]
    same = {name: _value(getattr(entry, name), first) for name in names if hasattr(entry, name)}
    return kind(**same, **other)


def _value(value: Any, first: str) -> Any:
    """Return a plain string as a text in the first language, and a list as a tuple."""
    if isinstance(value, dict):
        return {tag or first: words for tag, words in value.items()}
    return tuple(value) if isinstance(value, list) else value


def _quiz(quiz: QuizModel) -> Quiz:
    first = quiz.languages[0]
    return _made(
        Quiz,
        quiz,
        first,
        matching=_made(Matching, quiz.matching, first),
        publisher=_made(Publisher, quiz.publisher, first) if quiz.publisher else None,
        changelog=tuple(_made(Change, entry, first) for entry in quiz.changelog),
        texts=_made(QuizTexts, quiz.texts, first),
    )


def _source(entry: SourceModel, first: str) -> Source:
    lines = {party: (pair[0], pair[1]) for party, pair in (entry.lines or {}).items()}
    return _made(Source, entry, first, lines=lines or None)


def _party(
    entry: PartyModel, ids: set[str], sources: Mapping[str, Source], first: str, *, drafts: bool
) -> Party:
    positions = {
        statement_id: _position(answer, sources, first)
        for statement_id, answer in entry.answers.items()
        if statement_id in ids and (drafts or answer.status == "published")
    }
    return _made(Party, entry, first, positions=positions)


def _position(answer: AnswerModel, sources: Mapping[str, Source], first: str) -> Position:
    evidence = [answer.summary] if answer.summary else answer.quotes
    explicit = answer.explicit
    if explicit is None:
        stated = (sources[quote.source].explicit for quote in evidence)
        explicit = next((value for value in stated if value is not None), False)
    return _made(
        Position,
        answer,
        first,
        code=CODES[answer.position],
        explicit=explicit,
        quotes=tuple(_made(Quote, quote, first) for quote in evidence),
        from_summary=answer.summary is not None,
        draft=answer.status == "draft",
    )
