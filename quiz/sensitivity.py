"""How firm one voter's order is: without an answer, and under the other methods.

Each such variant is a row of one matrix of matches, so that one division, one comparison of all
pairs of parties and one product serve them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE
from quiz.methods import METHODS, TWELFTHS, UNIT
from quiz.one import Rows
from quiz.rule import AGREED, KNOWN, Bools, Codes, Floats, Weights, planes

if TYPE_CHECKING:
    from quiz.scoring import Kernel, Scores


class Firmness(NamedTuple):
    """What leaving out each answered statement, and each method, does to the order.

    Who is ranked stays as it is with all answers.

    ``columns``: int64, shape (n,): the answered statements, the most telling first.
    ``swaps``: float64, shape (n,): pairs of ranked parties that change places; a pair that comes
    to tie, or no longer ties, counts half.
    ``first``: bool, shape (n,): whether other parties then come first.
    ``best``: bool, shape (n, P): which parties then come first, or tie for it.
    ``leading``: bool, shape (P,): the leading group: who comes first, or ties for it, with all
    answers or with any one left out.
    ``methods``: the names of the M methods, the quiz's own first.
    ``match``: float64, shape (M, P): the match under each, NaN where not defined.
    ``rank``: int16, shape (M, P): the rank under each, 0 where a party is not ranked.
    """

    columns: npt.NDArray[np.int64]
    swaps: Floats
    first: Bools
    best: Bools
    leading: Bools
    methods: tuple[str, ...]
    match: Floats
    rank: npt.NDArray[np.int16]


class Sensitivity:
    """The tables for one kernel's positions, method and prior."""

    def __init__(self, kernel: Kernel) -> None:
        own, prior = kernel.method, kernel.rule.prior
        others = [method for method in METHODS.values() if method.name != own.name]
        self.methods = (own.name, *(method.name for method in others))
        self.parties = parties = kernel.parties
        known, agreed = KNOWN * parties, AGREED * parties
        each = [planes(kernel.positions, method)[:, :, agreed:-1] for method in others]
        self._rows = Rows(np.concatenate([*each, planes(kernel.positions, own)[:, :, known:]], axis=2))
        # a row for each variant: the methods, then as many as there are statements to leave out
        chances = [own.chance, *(method.chance for method in others)]
        chances += [own.chance] * kernel.statements
        self._imaginary = prior * np.repeat([[TWELFTHS, chance] for chance in chances], parties, axis=1)
        self._ones = np.ones(parties, np.float32)

    def of(self, answers: Codes, weights: Weights, scores: Scores) -> Firmness:
        """Compare one voter's order with that of each variant.

        Arrays of shape (S,) in; ``scores`` are what the kernel found for them.
        """
        parties, methods = self.parties, len(self.methods)
        columns = np.flatnonzero(answers != NONE)
        number = len(columns)
        added = self._rows.of(answers)
        if number < len(answers):
            added = added.take(columns, axis=0)
        added *= weights.take(columns)[:, None]
        sums = np.add.reduce(added, axis=0)
        own = (methods - 1) * parties
        sides = np.empty((methods + number, 2 * parties + 1))  # K, A and W of each variant
        sides[:methods] = sums[own:]
        sides[1:methods, parties:-1] = sums[:own].reshape(methods - 1, parties)
        np.subtract(sums[own:], added[:, own:], out=sides[methods:])
        match = self._match(sides, methods, number)
        ranked = scores.rank > 0
        order = np.where(ranked, np.fmax(match, -1.0), -2.0)
        best = order == np.maximum.reduce(order, axis=1, initial=0.0)[:, None]
        first = (best[methods:] != best[0]).any(axis=1)
        # of two bits, a + b − 2ab is whether they differ: a product counts it for all pairs at once
        above = (order[:, None] > order[:, :, None]).astype(np.float32)
        rank = (above[:methods].dot(self._ones) + 1) * ranked
        pairs = above.reshape(methods + number, -1)
        swaps = (pairs[methods:].dot(1 - 2 * pairs[0]) + pairs[0].sum()) / 2.0
        telling = np.lexsort((-swaps, ~first))
        without = best[methods:]
        return Firmness(
            columns.take(telling), swaps.take(telling), first.take(telling),
            without.take(telling, axis=0), best[0] | without.any(axis=0),
            self.methods, match[:methods], rank.astype(np.int16),
        )  # fmt: skip

    def _match(self, sides: Floats, methods: int, number: int) -> Floats:
        """Return (A + κμ) / (K + κ) of each variant; see ``quiz.rule.match_ratio``."""
        total = sides[:, -1:]
        threes = np.full((len(sides), 1), float(TWELFTHS // UNIT * (number - 1)))
        threes[:methods] += TWELFTHS // UNIT
        scaled = sides[:, :-1] * threes
        scaled += self._imaginary[: len(sides)] * total
        with np.errstate(invalid="ignore"):
            return scaled[:, self.parties :] / scaled[:, : self.parties]
