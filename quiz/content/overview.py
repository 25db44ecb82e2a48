"""What a catalogue holds, in rows: for the check's tables and the preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from quiz.content.catalogue import AGREE, DISAGREE, NEUTRAL, Catalogue, Statement
from quiz.content.checks.readability import reading_ease, words


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party's positions, counted. ``coverage`` is the share of statements with one, 0 to 1."""

    id: str
    agree: int
    neutral: int
    disagree: int
    coverage: float

    @property
    def positions(self) -> int:
        """The number of positions found."""
        return self.agree + self.neutral + self.disagree


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement's positions, counted, and how it reads.

    ``words``: the number of words of the proposal by language; ``ease``: the reading ease of
    proposal and explanation together (see ``readability``).
    """

    id: str
    agree: int
    neutral: int
    disagree: int
    silent: int
    words: dict[str, int]
    ease: dict[str, float | None]


def party_rows(catalogue: Catalogue) -> list[PartyRow]:
    """Count each party's positions, in file order."""
    agree, neutral, disagree = _counts(catalogue, axis=1)
    total = max(1, len(catalogue.statements))
    return [
        PartyRow(
            party.id, agree[row], neutral[row], disagree[row],
            (agree[row] + neutral[row] + disagree[row]) / total,
        )
        for row, party in enumerate(catalogue.parties)
    ]  # fmt: skip


def statement_rows(catalogue: Catalogue) -> list[StatementRow]:
    """Count each statement's positions and measure its text, in file order."""
    agree, neutral, disagree = _counts(catalogue, axis=0)
    parties = len(catalogue.parties)
    return [
        StatementRow(
            statement.id, agree[column], neutral[column], disagree[column],
            parties - agree[column] - neutral[column] - disagree[column],
            {tag: words(text) for tag, text in statement.text.items()},
            _ease(statement),
        )
        for column, statement in enumerate(catalogue.statements)
    ]  # fmt: skip


def counts(catalogue: Catalogue) -> dict[str, Any]:
    """Return the catalogue's size in numbers, by name."""
    rows = statement_rows(catalogue)
    cells = len(catalogue.statements) * len(catalogue.parties)
    answers = [answer for party in catalogue.parties for answer in party.positions.values()]
    return {
        "themes": len(catalogue.themes),
        "statements": len(catalogue.statements),
        "parties": len(catalogue.parties),
        "positions": len(answers),
        "coverage": len(answers) / max(1, cells),
        "explicit": sum(answer.explicit for answer in answers),
        "from_summary": sum(answer.from_summary for answer in answers),
        "quotes": sum(len(answer.quotes) for answer in answers if not answer.from_summary),
        "both_sides": sum(row.agree > 0 and row.disagree > 0 for row in rows),
        "one_party": sum(row.silent == len(catalogue.parties) - 1 for row in rows),
        "no_party": sum(row.silent == len(catalogue.parties) for row in rows),
    }


def _counts(catalogue: Catalogue, axis: int) -> tuple[list[int], list[int], list[int]]:
    agree, neutral, disagree = (
        np.count_nonzero(catalogue.matrix == code, axis=axis).tolist()
        for code in (AGREE, NEUTRAL, DISAGREE)
    )
    return agree, neutral, disagree


def _ease(statement: Statement) -> dict[str, float | None]:
    return {
        tag: reading_ease(f"{text}\n{statement.explanation.get(tag, '')}", tag)
        for tag, text in statement.text.items()
    }
