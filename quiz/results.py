"""From scores to what a result page shows: who comes first, with what, and on what evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

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
    """How a voter's answer and a party's position stand to each other, in the order of the page."""

    SAME = 0
    HALF = 1
    OPPOSITE = 2
    SKIPPED = 3  # a position found, skipped by the voter
    SILENT = 4  # answered by the voter, no position found
    NEITHER = 5  # skipped by the voter, no position found


class Outcome(NamedTuple):
    """One party on the result page.

    ``columns``: the catalogue's statements by ``Kind``, within it those that count double first.
    ``counts``: how many there are of each kind; ``doubled``: how many of these count double.
    """

    party: int
    rank: int | None
    tied: bool
    leading: bool
    match: float
    low: float
    high: float
    columns: list[int]
    counts: list[int]
    doubled: list[int]


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
    columns, counts, doubled = _by_kind(relate(answers.vector, catalogue.matrix), answers.doubled)
    found = zip(
        rank, influence.leading.tolist(), scores.match.tolist(), scores.low.tolist(),
        scores.high.tolist(), columns, counts, doubled, strict=True,
    )  # fmt: skip
    outcomes = [
        Outcome(party, place or None, bool(place) and rank.count(place) > 1, *rest)
        for party, (place, *rest) in enumerate(found)
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
    return np.asarray(KINDS[matrix & 3, vector & 3])


def _by_kind(
    kinds: npt.NDArray[np.uint8], doubled: npt.NDArray[np.bool_]
) -> tuple[list[list[int]], list[list[int]], list[list[int]]]:
    """Return for each party its columns by kind, double ones first, and the numbers of each."""
    key = 2 * kinds + ~doubled
    cells = key + 2 * len(Kind) * np.arange(len(key))[:, None]
    counts = np.bincount(cells.ravel(), minlength=2 * len(Kind) * len(key))
    counts = counts.reshape(len(key), len(Kind), 2)
    return (
        key.argsort(axis=1, kind="stable").tolist(),
        counts.sum(axis=2).tolist(),
        counts[:, :, 0].tolist(),
    )


def _kind(position: int, answer: int) -> Kind:
    if position == NONE:
        return Kind.NEITHER if answer == NONE else Kind.SILENT
    return Kind.SKIPPED if answer == NONE else Kind(abs(position - answer))


IN_BITS: Final = (0, 1, NONE, -1)
"""What the two lowest bits of a code stand for."""

KINDS: Final = np.array(
    [[_kind(position, answer) for answer in IN_BITS] for position in IN_BITS], np.uint8
)
