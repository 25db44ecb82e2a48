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
    from quiz.sensitivity import Firmness


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

    ``counts``: for ``Kind`` 0 to 3, how many of its positions count double and how many once.
    ``silent``: how many answered statements no position was found on, the same two numbers.
    ``rows``: its positions in the order of ``counts``, each as 8 × the number that the position
    has among all of the catalogue, by party and statement, plus what the voter said.
    """

    party: int
    rank: int | None
    leading: bool
    match: float
    low: float
    high: float
    counts: list[list[int]]
    silent: tuple[int, int]
    rows: list[int]


@dataclass(frozen=True, slots=True)
class Result:
    """All parties, those that can be ranked in order and the others by name.

    ``doubled``: how many answers count double; ``tied``: whether parties share a rank.
    ``said``: what the voter said of each statement, as ``said`` returns it.
    """

    answered: int
    doubled: int
    few: bool
    tied: bool
    said: list[int]
    ranked: list[Outcome]
    unranked: list[Outcome]
    leading: list[Outcome]


class Results:
    """Arranges the parties of one catalogue for one voter after another."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.min_compared = catalogue.quiz.matching.min_compared
        names = [party.name.casefold() for party in catalogue.parties]
        self._by_name = sorted(range(len(names)), key=names.__getitem__)
        parties, self._columns = np.nonzero(catalogue.matrix != NONE)
        kinds = KINDS[catalogue.matrix[parties, self._columns] & 3]  # (positions, 4)
        once = len(KINDS) * parties[:, None] + kinds
        self._groups = np.stack([2 * once + 1, 2 * once], axis=1).ravel()  # double ones first
        self._starts = SAID * np.arange(len(parties))
        self._ends = np.searchsorted(parties, range(len(names)), side="right").tolist()

    def of(self, answers: Answers, firmness: Firmness) -> Result:
        """Arrange the parties for one voter: by match, equal ones by name."""
        all_said = said(answers)
        rows = self._starts + all_said.take(self._columns)
        groups = self._groups.take(rows)
        in_order = rows.take(groups.argsort(kind="stable")).tolist()
        counts = np.bincount(groups, minlength=2 * len(KINDS) * len(self._by_name))
        by_party = counts.reshape(-1, len(KINDS), 2).tolist()
        answered, doubled = answers.answered, int(np.count_nonzero(answers.doubled))
        rank, match = firmness.rank[0].tolist(), firmness.match[0].tolist()
        low, high, leading = firmness.low.tolist(), firmness.high.tolist(), firmness.leading.tolist()
        outcomes, start = [], 0
        for party, end in enumerate(self._ends):
            (same2, same), (half2, half), (opposite2, opposite), _ = by_party[party]
            twice = doubled - same2 - half2 - opposite2
            once = answered - doubled - same - half - opposite
            outcomes.append(
                Outcome(
                    party, rank[party] or None, leading[party], match[party], low[party],
                    high[party], by_party[party], (twice, once), in_order[start:end],
                )
            )  # fmt: skip
            start = end
        outcomes = [outcomes[party] for party in self._by_name]
        ranked = [outcome for outcome in outcomes if outcome.rank is not None]
        ranked.sort(key=lambda outcome: outcome.rank or 0)  # by name within a rank, as before
        return Result(
            answered=answered,
            doubled=doubled,
            few=answered < self.min_compared,
            tied=len({outcome.rank for outcome in ranked}) < len(ranked),
            said=all_said.tolist(),
            ranked=ranked,
            unranked=[outcome for outcome in outcomes if outcome.rank is None],
            leading=[outcome for outcome in ranked if outcome.leading],
        )


def said(answers: Answers) -> npt.NDArray[np.int8]:
    """Return what the voter said of each statement, int8, 0 to 7.

    The two lowest bits are the answer's, ``TWICE`` is added where it counts double.
    """
    return (answers.vector & 3) + TWICE * answers.doubled


def relate(vector: Codes, matrix: Codes) -> npt.NDArray[np.uint8]:
    """Return the ``Kind`` of each cell, uint8, shape (parties, statements).

    ``vector`` is int8 of shape (statements,), ``matrix`` int8 of shape (parties, statements), both
    coded as in ``quiz.content.catalogue``.
    """
    return np.asarray(KINDS[matrix & 3, vector & 3])


def _kind(position: int, answer: int) -> Kind:
    if position == NONE:
        return Kind.NEITHER if answer == NONE else Kind.SILENT
    return Kind.SKIPPED if answer == NONE else Kind(abs(position - answer))


TWICE: Final = 4
SAID: Final = 8
"""How many things a voter can have said of a statement: four answers, each of them once or double."""

IN_BITS: Final = (0, 1, NONE, -1)
"""What the two lowest bits of a code stand for."""

KINDS: Final = np.array(
    [[_kind(position, answer) for answer in IN_BITS] for position in IN_BITS], np.uint8
)
