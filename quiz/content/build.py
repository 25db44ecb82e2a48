"""From the two files' models to the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

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
    Quote,
    Source,
    Statement,
    Text,
    Theme,
)
from quiz.content.schema import (
    AnswerModel,
    AnswersFile,
    PartyModel,
    QuizModel,
    SourceModel,
    StatementModel,
    StatementsFile,
)


def build(statements: StatementsFile, answers: AnswersFile, *, drafts: bool = False) -> Catalogue:
    """Compile checked files. Drafts are left out unless they are asked for."""
    first = statements.quiz.languages[0]
    shown = [entry for entry in statements.statements if drafts or entry.status == "published"]
    ids = {entry.id for entry in shown}
    catalogue = Catalogue(
        quiz=_quiz(statements.quiz),
        themes=tuple(Theme(theme.id, _text(theme.name, first)) for theme in statements.themes),
        statements=tuple(_statement(entry, first) for entry in shown),
        sources={entry.id: _source(entry) for entry in answers.sources},
        parties=tuple(_party(entry, ids, first, drafts=drafts) for entry in answers.parties),
        content_hash="",
    )
    return sealed(catalogue)


def _text(text: Mapping[str, str], first: str) -> Text:
    return {tag or first: words for tag, words in text.items()}


def _maybe(text: Mapping[str, str] | None, first: str) -> Text | None:
    return None if text is None else _text(text, first)


def _quiz(quiz: QuizModel) -> Quiz:
    first = quiz.languages[0]
    return Quiz(
        id=quiz.id,
        title=_text(quiz.title, first),
        description=_text(quiz.description, first),
        languages=tuple(quiz.languages),
        matching=Matching(**quiz.matching.model_dump()),
        version=quiz.version,
        as_of=quiz.as_of,
        election=_maybe(quiz.election, first),
        publisher=Publisher(quiz.publisher.name, quiz.publisher.url) if quiz.publisher else None,
        contact=quiz.contact,
        changelog=tuple(
            Change(entry.version, entry.date, _text(entry.text, first)) for entry in quiz.changelog
        ),
    )


def _statement(entry: StatementModel, first: str) -> Statement:
    return Statement(
        id=entry.id,
        theme=entry.theme,
        text=_text(entry.text, first),
        explanation=_text(entry.explanation, first),
        argument_for=_maybe(entry.argument_for, first),
        argument_against=_maybe(entry.argument_against, first),
        draft=entry.status == "draft",
    )


def _source(entry: SourceModel) -> Source:
    lines = {party: (pair[0], pair[1]) for party, pair in (entry.lines or {}).items()}
    return Source(entry.id, entry.title, entry.edition, entry.url, entry.file, lines or None)


def _party(entry: PartyModel, ids: set[str], first: str, *, drafts: bool) -> Party:
    return Party(
        id=entry.id,
        name=entry.name,
        positions={
            statement_id: _position(answer, first)
            for statement_id, answer in entry.answers.items()
            if statement_id in ids and (drafts or answer.status == "published")
        },
        long_name=entry.long_name,
        color=entry.color,
        url=entry.url,
        searched=tuple(entry.searched),
    )


def _position(answer: AnswerModel, first: str) -> Position:
    evidence = [answer.summary] if answer.summary else answer.quotes
    return Position(
        code=CODES[answer.position],
        explicit=answer.explicit,
        quotes=tuple(Quote(quote.text, quote.source, quote.page) for quote in evidence),
        from_summary=answer.summary is not None,
        explanation=_maybe(answer.explanation, first),
        draft=answer.status == "draft",
    )
