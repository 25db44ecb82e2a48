"""From scores to what a result page shows: who comes first, with what, and on what evidence."""

from __future__ import annotations

from enum import IntEnum
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE
from quiz.matching.answers import SAID, SKIPPED, TWICE

if TYPE_CHECKING:
    from quiz.content.catalogue import Catalogue
    from quiz.matching.rule import Codes
    from quiz.matching.sensitivity import Firmness


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
    """

    answered: int
    few: bool
    tied: bool
    ranked: list[Outcome]
    unranked: list[Outcome]
    leading: list[Outcome]


class Evidence(NamedTuple):
    """How V voters stand to each of the catalogue's positions, taken by party and statement.

    ``said``: int64, shape (V, positions): ``SAID`` times the position's number plus what the voter
    said. ``groups``: int64, the same shape: the position's place in ``counts``.
    ``counts``: int64, shape (V, 8 · parties): for each party and ``Kind`` 0 to 3, how many of its
    positions count double, and how many once.
    """

    said: npt.NDArray[np.int64]
    groups: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]


class Results:
    """Arranges the parties of one catalogue for voters."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.min_compared = catalogue.quiz.matching.min_compared
        names = [party.name.casefold() for party in catalogue.parties]
        self._by_name = sorted(range(len(names)), key=names.__getitem__)
        parties, self._columns = np.nonzero(catalogue.matrix != NONE)
        kinds = KINDS[catalogue.matrix[parties, self._columns] & 3]  # (positions, 4)
        double = 2 * (FOUND * parties[:, None] + kinds)
        self._groups = np.stack([double + 1, double], axis=1).ravel()  # in the order of said
        self._starts = SAID * np.arange(len(parties))

    def evidence(self, said: Codes) -> Evidence:
        """Hold what voters said, int8 of shape (V, S) as in ``Answers.said``, beside positions."""
        voters, size = len(said), 2 * FOUND * len(self._by_name)
        rows = self._starts + said.take(self._columns, axis=1)
        groups = self._groups.take(rows)
        places = groups + size * np.arange(voters)[:, None]
        counts = np.bincount(places.ravel(), minlength=size * voters)
        return Evidence(rows, groups, counts.reshape(voters, size))

    def of(self, said: Codes, evidence: Evidence, firmness: Firmness) -> list[Result]:
        """Arrange the parties for each voter: by match, equal ones by name."""
        number = len(self._by_name)
        doubled = np.add.reduce(said >= TWICE, axis=1, dtype=np.int64)
        answered = np.add.reduce(said != SKIPPED, axis=1, dtype=np.int64)
        by_kind = evidence.counts.reshape(-1, 2 * FOUND).T[: 2 * Kind.SKIPPED].tolist()
        columns = zip(
            list(range(number)) * len(said), firmness.rank[:, 0].ravel().tolist(),
            firmness.leading.ravel().tolist(), firmness.match[:, 0].ravel().tolist(),
            firmness.low.ravel().tolist(), firmness.high.ravel().tolist(),
            zip(
                doubled.repeat(number).tolist(), (answered - doubled).repeat(number).tolist(),
                *by_kind, strict=True,
            ),
            strict=True,
        )  # fmt: skip
        outcomes = list(map(outcome_of, columns))
        return [
            self._arrange(outcomes[number * voter : number * (voter + 1)], answers)
            for voter, answers in enumerate(answered.tolist())
        ]

    def _arrange(self, outcomes: list[Outcome], answered: int) -> Result:
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
