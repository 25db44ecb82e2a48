"""How firm one voter's order is: without an answer, and under the other methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE
from quiz.methods import METHODS, UNIT
from quiz.one import Rows, number_of
from quiz.rule import AGREED, KNOWN, Bools, Codes, Floats, Weights, match_ratio, planes

if TYPE_CHECKING:
    from quiz.scoring import Kernel, Scores


@dataclass(frozen=True, eq=False)
class Influence:
    """What leaving out each answered statement does to the order of the ranked parties.

    ``columns``: int64, shape (n,): the answered statements, the most telling first.
    ``swaps``: float64, shape (n,): pairs of ranked parties that change places; a pair that comes
    to tie, or no longer ties, counts half.
    ``first``: bool, shape (n,): whether other parties then come first.
    ``best``: bool, shape (n, P): which parties then come first, or tie for it.
    ``leading``: bool, shape (P,): the leading group: who comes first, or ties for it, with all
    answers or with any one left out.
    """

    columns: npt.NDArray[np.int64]
    swaps: Floats
    first: Bools
    best: Bools
    leading: Bools


def leave_one_out(
    kernel: Kernel, answers: Codes, weights: Weights, *, scores: Scores | None = None
) -> Influence:
    """Return which of one voter's answers matter most for the order.

    Arrays of shape (S,) in. Who is ranked stays as it is with all answers; a match that is no
    longer defined stands below all others. ``scores`` saves the scoring where it was done before.
    """
    whole = scores or kernel.score(answers, weights)
    ranked = np.flatnonzero(whole.rank)
    columns = np.flatnonzero(answers != NONE)
    every = np.vstack([whole.match, kernel.without_one(answers, weights)])
    match = np.fmax(every.T.take(ranked, axis=0), -1.0)  # a row a party; NaN becomes −1
    best = match == np.maximum.reduce(match, axis=0, initial=0.0)
    first = (best[:, 1:] != best[:, :1]).any(axis=0)
    # of two bits, a + b − 2ab is whether they differ: a product counts it for all pairs at once
    above = (match[:, None] > match).reshape(-1, match.shape[1]).astype(np.float32)
    before = above[:, 0]
    swaps = ((1 - 2 * before).dot(above[:, 1:]) + before.sum()) / 2.0
    telling = np.lexsort((-swaps, ~first))
    placed = np.zeros((match.shape[1], kernel.parties), np.bool_)
    placed[:, ranked] = best.T
    leading: Bools = np.asarray(placed.any(axis=0))
    return Influence(columns[telling], swaps[telling], first[telling], placed[1:][telling], leading)


@dataclass(frozen=True, eq=False)
class Compared:
    """One voter under every method.

    ``names``: the M methods. ``match``: float64, shape (M, P), NaN where not defined. ``rank``:
    int16, shape (M, P), 0 where a party is not ranked.
    """

    names: tuple[str, ...]
    match: Floats
    rank: npt.NDArray[np.int16]

    def keep(self, name: str) -> tuple[str, ...]:
        """Return the methods under which exactly the same parties come first as under ``name``."""
        first = self.rank == 1
        same = (first == first[self.names.index(name)]).all(axis=1)
        return tuple(other for other, kept in zip(self.names, same.tolist(), strict=True) if kept)


class MethodsAgree:
    """All methods for one catalogue, compiled; the arguments are those of ``Kernel``."""

    def __init__(self, positions: Codes, *, prior: int, min_compared: int) -> None:
        self.prior, self.min_compared = prior, min_compared
        self.parties, self.statements = positions.shape
        self.names = tuple(METHODS)
        self._chance = np.array([[method.chance] for method in METHODS.values()])
        each = [planes(positions, method) for method in METHODS.values()]
        known, agreed = KNOWN * self.parties, AGREED * self.parties
        parts = [plane[:, :, agreed:-1] for plane in each]
        self._rows = Rows(
            np.concatenate([*parts, each[0][:, :, known:agreed], each[0][:, :, -1:]], axis=2)
        )
        self._ones = np.ones(self.parties, np.float32)

    def compare(self, answers: Codes, weights: Weights) -> Compared:
        """Score one voter, arrays of shape (S,), under every method."""
        weighted, counted = self._rows.weighted_and_counted(answers, weights)
        total, number = weighted.item(-1), number_of(answers)
        sums = weighted[:-1].reshape(-1, self.parties)
        with np.errstate(invalid="ignore"):
            match = match_ratio(
                sums[:-1], sums[-1], total, number, chance=self._chance, prior=self.prior
            )
        enough = UNIT * min(self.min_compared, number)
        ranked = (counted[-1 - self.parties : -1] >= enough) & (match >= 0)
        order = np.where(ranked, match, -1.0)
        above = (order[:, None, :] > order[:, :, None]).astype(np.float32)
        rank = (above.dot(self._ones) + 1) * ranked
        return Compared(self.names, match, rank.astype(np.int16))
