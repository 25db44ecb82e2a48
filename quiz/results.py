"""From scores to what a result page shows: who comes first, with what, and on what evidence."""

from __future__ import annotations

from enum import IntEnum
from functools import partial
from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from quiz.answers import SAID, Answers
from quiz.content.catalogue import NONE

if TYPE_CHECKING:
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


FOUND: Final = Kind.SKIPPED + 1
"""How many kinds there are where a position was found."""


class Outcome(NamedTuple):
    """One party on the result page.

    ``rank``: 0 where it can't be ranked. ``counts``: how many statements were answered, and on how
    many of them it says the same, half, and the opposite; each in two numbers, those that count
    double and the others.
    """

    party: int
    rank: int
    leading: bool
    match: float
    low: float
    high: float
    counts: tuple[int, ...]


outcome_of: Final = partial(tuple.__new__, Outcome)
"""Makes an outcome of its fields, as ``Outcome._make`` does, without a call of Python for each."""


class Result(NamedTuple):
    """All parties, those that can be ranked in order and the others by name.

    ``tied``: whether parties share a rank.
    ``counts``: int64, shape (4 · parties, 2): for each party of the catalogue and ``Kind`` 0 to 3,
    how many of its positions count double, and how many once. ``rows``, ``groups``: int64, one for
    each of the catalogue's positions, by party and statement: ``SAID`` times its number plus what
    the voter said; and its place among ``counts``.
    """

    answered: int
    few: bool
    tied: bool
    ranked: list[Outcome]
    unranked: list[Outcome]
    leading: list[Outcome]
    counts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    groups: npt.NDArray[np.int64]


class Results:
    """Arranges the parties of one catalogue for one voter after another."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.min_compared = catalogue.quiz.matching.min_compared
        names = [party.name.casefold() for party in catalogue.parties]
        self._by_name = sorted(range(len(names)), key=names.__getitem__)
        parties, self._columns = np.nonzero(catalogue.matrix != NONE)
        kinds = KINDS[catalogue.matrix[parties, self._columns] & 3]  # (positions, 4)
        double = 2 * (FOUND * parties[:, None] + kinds)
        self._groups = np.stack([double + 1, double], axis=1).ravel()  # in the order of said
        self._starts = SAID * np.arange(len(parties))

    def of(self, answers: Answers, firmness: Firmness) -> Result:
        """Arrange the parties for one voter: by match, equal ones by name."""
        rows = self._starts + answers.said.take(self._columns)
        groups = self._groups.take(rows)
        counts = np.bincount(groups, minlength=2 * FOUND * len(self._by_name))
        answered, double = answers.answered, int(np.count_nonzero(answers.doubled))
        by_kind = counts.reshape(-1, 2 * FOUND).T[: 2 * Kind.SKIPPED].tolist()
        columns = zip(
            range(len(self._by_name)), firmness.rank[0].tolist(), firmness.leading.tolist(),
            firmness.match[0].tolist(), firmness.low.tolist(), firmness.high.tolist(),
            zip(repeat(double), repeat(answered - double), *by_kind), strict=True,
        )  # fmt: skip
        outcomes = list(map(outcome_of, columns))
        by_name = [outcomes[party] for party in self._by_name]
        ranked = [outcome for outcome in by_name if outcome.rank]
        ranked.sort(key=attrgetter("rank"))  # by name within a rank, as before
        return Result(
            answered=answered,
            few=answered < self.min_compared,
            tied=len({outcome.rank for outcome in ranked}) < len(ranked),
            ranked=ranked,
            unranked=[outcome for outcome in by_name if not outcome.rank],
            leading=[outcome for outcome in ranked if outcome.leading],
            counts=counts.reshape(-1, 2),
            rows=rows,
            groups=groups,
        )


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


IN_BITS: Final = (0, 1, NONE, -1)
"""What the two lowest bits of a code stand for."""

KINDS: Final = np.array(
    [[_kind(position, answer) for answer in IN_BITS] for position in IN_BITS], np.uint8
)
