"""From scores to what a result page shows: who comes first, with what, and on what evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from quiz.content.catalogue import NONE, Catalogue

if TYPE_CHECKING:
    from quiz.answers import Answers
    from quiz.scoring import Kernel, Scores


class Kind(IntEnum):
    """How a voter's answer and a party's position stand to each other."""

    SAME = 0
    HALF = 1
    OPPOSITE = 2
    SILENT = 3  # answered by the voter, no position found
    SKIPPED = 4  # a position found, skipped by the voter
    NEITHER = 5  # skipped by the voter, no position found


@dataclass(frozen=True, slots=True)
class Outcome:
    """One party on the result page. Columns are those of the catalogue's statements."""

    party: int
    rank: int | None
    tied: bool
    leading: bool
    match: float
    low: float
    high: float
    agreement: float | None
    coverage: float
    columns: dict[Kind, list[int]]

    @property
    def compared(self) -> int:
        """How many statements were compared, counted and not weighted."""
        return sum(len(self.columns[kind]) for kind in (Kind.SAME, Kind.HALF, Kind.OPPOSITE))


@dataclass(frozen=True, slots=True)
class Result:
    """All parties, those that can be ranked in order and the others by name."""

    answered: int
    few: bool
    ranked: tuple[Outcome, ...]
    unranked: tuple[Outcome, ...]
    leading: tuple[Outcome, ...]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every party, in the order of the page."""
        return self.ranked + self.unranked


def build(catalogue: Catalogue, answers: Answers, kernel: Kernel) -> Result:
    """Score one voter's answers and arrange the parties: by match, equal ones by name."""
    scores = kernel.score(answers.vector, answers.weights)
    leading = kernel.leading_group(answers.vector, answers.weights)
    kinds = relate(answers.vector, catalogue.matrix)
    outcomes = [
        _outcome(row, scores, bool(leading[row]), kinds[row])
        for row in range(len(catalogue.parties))
    ]

    def name(outcome: Outcome) -> str:
        return catalogue.parties[outcome.party].name.casefold()

    ranked = sorted(
        (outcome for outcome in outcomes if outcome.rank is not None),
        key=lambda outcome: (outcome.rank, name(outcome)),
    )
    unranked = sorted((outcome for outcome in outcomes if outcome.rank is None), key=name)
    answered = int((answers.vector != NONE).sum())
    return Result(
        answered=answered,
        few=answered < catalogue.quiz.matching.min_compared,
        ranked=tuple(ranked),
        unranked=tuple(unranked),
        leading=tuple(outcome for outcome in ranked if outcome.leading),
    )


def relate(vector: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Return the ``Kind`` of each cell, uint8, shape (parties, statements).

    ``vector`` is int8 of shape (statements,), ``matrix`` int8 of shape (parties, statements), both
    coded as in ``quiz.content.catalogue``.
    """
    apart = np.abs(matrix - vector)
    silent = matrix == NONE
    skipped = vector == NONE
    kinds = np.where(silent, Kind.SILENT, apart)
    return np.where(skipped, np.where(silent, Kind.NEITHER, Kind.SKIPPED), kinds).astype(np.uint8)


def _outcome(row: int, scores: Scores, leading: bool, kinds: np.ndarray) -> Outcome:
    rank = int(scores.rank[row])
    agreement = float(scores.agreement[row])
    columns: dict[Kind, list[int]] = {kind: [] for kind in Kind}
    for column, kind in enumerate(kinds.tolist()):
        columns[kind].append(column)  # an IntEnum's number finds its member
    return Outcome(
        party=row,
        rank=rank or None,
        tied=bool(rank) and int((scores.rank == rank).sum()) > 1,
        leading=leading,
        match=float(scores.match[row]),
        low=float(scores.low[row]),
        high=float(scores.high[row]),
        agreement=None if np.isnan(agreement) else agreement,
        coverage=float(scores.coverage[row]),
        columns=columns,
    )
