"""From scores to what a result page shows: who comes first, with what, and on what evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from math import isnan
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE

if TYPE_CHECKING:
    from quiz.answers import Answers
    from quiz.content.catalogue import Catalogue
    from quiz.rule import Codes
    from quiz.scoring import Scores
    from quiz.sensitivity import Influence


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


def build(catalogue: Catalogue, answers: Answers, scores: Scores, influence: Influence) -> Result:
    """Arrange the parties of one voter's scores: by match, equal ones by name."""
    rank = scores.rank.tolist()
    found = zip(
        rank, influence.leading.tolist(), scores.match.tolist(), scores.low.tolist(),
        scores.high.tolist(), scores.agreement.tolist(), scores.coverage.tolist(),
        _columns(relate(answers.vector, catalogue.matrix)), strict=True,
    )  # fmt: skip
    outcomes = [
        Outcome(
            party=row,
            rank=place or None,
            tied=bool(place) and rank.count(place) > 1,
            leading=leading,
            match=match,
            low=low,
            high=high,
            agreement=None if isnan(agreement) else agreement,
            coverage=coverage,
            columns=columns,
        )
        for row, (place, leading, match, low, high, agreement, coverage, columns) in enumerate(
            found
        )
    ]
    names = [party.name.casefold() for party in catalogue.parties]
    outcomes.sort(key=lambda outcome: (outcome.rank or 0, names[outcome.party]))
    ranked = tuple(outcome for outcome in outcomes if outcome.rank is not None)
    return Result(
        answered=answers.answered,
        few=answers.answered < catalogue.quiz.matching.min_compared,
        ranked=ranked,
        unranked=tuple(outcome for outcome in outcomes if outcome.rank is None),
        leading=tuple(outcome for outcome in ranked if outcome.leading),
    )


def relate(vector: Codes, matrix: Codes) -> npt.NDArray[np.uint8]:
    """Return the ``Kind`` of each cell, uint8, shape (parties, statements).

    ``vector`` is int8 of shape (statements,), ``matrix`` int8 of shape (parties, statements), both
    coded as in ``quiz.content.catalogue``.
    """
    apart = np.abs(matrix - vector)
    silent = matrix == NONE
    skipped = vector == NONE
    kinds = np.where(silent, Kind.SILENT, apart)
    return np.where(skipped, np.where(silent, Kind.NEITHER, Kind.SKIPPED), kinds).astype(np.uint8)


def _columns(kinds: npt.NDArray[np.uint8]) -> list[dict[Kind, list[int]]]:
    """Return for each party its columns by kind, in the catalogue's order."""
    order = kinds.argsort(axis=1, kind="stable").tolist()
    ends = (kinds[:, None, :] <= np.arange(len(Kind))[:, None]).sum(axis=2).tolist()
    return [
        {kind: row[start:end] for kind, start, end in zip(Kind, [0, *stops], stops, strict=False)}
        for row, stops in zip(order, ends, strict=True)
    ]
