"""A voter's whole result: the order, and how firm it is without an answer or by another method.

Each such variant is a row of one matrix of matches, so that one division and one comparison of all
pairs of parties serve them all, and those of several voters. What the kernel finds, this finds too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE
from quiz.matching.methods import METHODS, TWELFTHS, UNIT
from quiz.matching.one import Rows
from quiz.matching.rule import AGREED, KNOWN, Bools, Codes, Floats, Weights, planes

if TYPE_CHECKING:
    from quiz.matching.scoring import Kernel

PAIRS: Final = 1 << 17
"""How many comparisons of two parties, a byte each, stay in a core's own cache with what is around."""

UNDEFINED: Final = -1.0
UNRANKED: Final = -2.0
"""A match that is not defined stands below all others, and a party that is not ranked below that."""


class Firmness(NamedTuple):
    """The order of V voters, and what leaving out each answer, or another method, does to it.

    Who is ranked stays as it is with all answers. M methods, the quiz's own first; S statements,
    of which those that were not answered change nothing; P parties.

    ``low``, ``high``: float64, shape (V, P): the bounds of agreement, as in ``quiz.matching.scoring.Scores``.
    ``methods``: the names of the methods.
    ``match``: float64, shape (V, M, P): the match under each, NaN where not defined.
    ``rank``: int16, shape (V, M, P): the rank under each, 0 where a party is not ranked.
    ``leading``: bool, shape (V, P): the leading group: who comes first, or ties for it, with all
    answers or with any one left out.
    ``swaps``: float64, shape (V, S): pairs of ranked parties that change places without an answer;
    a pair that comes to tie, or no longer ties, counts half.
    ``first``: bool, shape (V, S): whether other parties then come first.
    ``best``: bool, shape (V, S, P): which parties then come first, or tie for it.
    """

    low: Floats
    high: Floats
    methods: tuple[str, ...]
    match: Floats
    rank: npt.NDArray[np.int16]
    leading: Bools
    swaps: Floats
    first: Bools
    best: Bools


class Sensitivity:
    """The tables for one kernel's positions, method and prior.

    ``at_once``: how many voters it works on best.
    """

    def __init__(self, kernel: Kernel) -> None:
        self.rule, self.parties = kernel.rule, kernel.parties
        own, prior = kernel.method, self.rule.prior
        others = [method for method in METHODS.values() if method.name != own.name]
        self.methods = (own.name, *(method.name for method in others))
        parties, known, agreed = self.parties, KNOWN * self.parties, AGREED * self.parties
        whole = planes(kernel.positions, own)
        each = [planes(kernel.positions, method)[:, :, agreed:-1] for method in others]
        # low and high, A of the other methods, K, A of the own one, W
        self._rows = Rows(np.concatenate([whole[:, :, :known], *each, whole[:, :, known:]], axis=2))
        self._own = np.ascontiguousarray(self._rows.table[:, -1 - 2 * parties :])
        # a row for each variant: the methods, then the statements to leave out
        chances = [own.chance, *(method.chance for method in others)]
        chances += [own.chance] * kernel.statements
        sides = np.array([[TWELFTHS, chance] for chance in chances], np.float64)
        self._imaginary = prior * np.repeat(sides, parties, axis=1)
        self._known = (kernel.positions != NONE).T.astype(np.float32)
        self._count = np.min_scalar_type(parties)
        self.at_once = max(1, PAIRS // max(1, parties * parties * len(chances)))

    def of(self, answers: Codes, weights: Weights) -> Firmness:
        """Score V voters, arrays of shape (V, S), and compare each order with its variants'.

        Raises ``ValueError`` for a code that is none, and where a weight is so large that ties
        would not be exact.
        """
        with np.errstate(invalid="ignore"):  # without a prior, or an answer, there may be no match
            return self._of(answers, weights)

    def _of(self, answers: Codes, weights: Weights) -> Firmness:
        voters, parties, methods = len(answers), self.parties, len(self.methods)
        answered = answers != NONE
        number = np.add.reduce(answered, axis=1, dtype=np.int64)
        places, table = self._rows.places(answers), self._rows.table
        hot = np.zeros((voters, len(table)))  # each answer's weight at its row of the table
        hot[np.arange(voters)[:, None], places] = weights
        sums = hot.dot(table)
        for total, answers_of_one in zip(sums[:, -1].tolist(), number.tolist(), strict=True):
            self.rule.check_total(total, answers_of_one)
        low_high = sums[:, : 2 * parties] / (UNIT * sums[:, -1:])
        own = self._own.take(places, axis=0)
        own *= weights[:, :, None]
        left = np.repeat(number[:, None], methods + answers.shape[1], axis=1)
        left[:, methods:] -= answered
        match = self._match(own, sums[:, 2 * parties :], left)
        compared = answered.astype(np.float32).dot(self._known)
        ranked = compared >= np.minimum(self.rule.min_compared, number)[:, None]
        ranked &= match[:, 0] >= 0
        # a row for each party, in it the variants of each voter: numpy likes long rows
        order = np.ascontiguousarray(match.transpose(2, 0, 1))
        if not (ranked.all() and self.rule.prior and number.min() > 1):
            order = np.where(ranked.T[:, :, None], np.fmax(order, UNDEFINED), UNRANKED)
        best = order == np.maximum.reduce(order, axis=0, initial=0.0)
        flat = order.reshape(parties, -1)
        above = (flat[:, None] > flat).view(np.uint8)
        number_above = np.add.reduce(above, axis=0, dtype=self._count).reshape(order.shape)
        rank = number_above[:, :, :methods].transpose(1, 2, 0).astype(np.int16) + 1
        rank *= ranked[:, None]
        pairs = above.reshape(parties, parties, voters, -1)
        pairs ^= pairs[:, :, :, :1].copy()  # whether they stand as with all answers
        changed = np.add.reduce(pairs, axis=0, dtype=self._count)
        swaps = np.add.reduce(changed[:, :, methods:], axis=0, dtype=np.int32) / 2
        without = best[:, :, methods:]
        return Firmness(
            low_high[:, :parties], low_high[:, parties:], self.methods, match[:, :methods], rank,
            (best[:, :, 0] | np.logical_or.reduce(without, axis=2)).T,
            swaps,
            np.logical_or.reduce(without != best[:, :, :1], axis=0),
            without.transpose(1, 2, 0),
        )  # fmt: skip

    def _match(self, added: Floats, sums: Floats, number: npt.NDArray[np.int64]) -> Floats:
        """Return (A + κμ) / (K + κ) of each variant; see ``quiz.matching.rule.match_ratio``.

        ``sums`` are A of the other methods, and K and A of the own one and W; ``added`` holds what
        each statement adds, weighted, to the last three; ``number`` is N of each variant.
        """
        methods, parties = len(self.methods), self.parties
        own = (methods - 1) * parties
        sides = np.empty((*number.shape, 2 * parties + 1))  # K, A and W of each variant
        sides[:, :methods] = sums[:, None, own:]
        sides[:, 1:methods, parties:-1] = sums[:, :own].reshape(-1, methods - 1, parties)
        np.subtract(sums[:, None, own:], added, out=sides[:, methods:])
        scaled = self._imaginary * sides[:, :, -1:]
        sides *= TWELFTHS // UNIT * number[:, :, None]
        scaled += sides[:, :, :-1]
        found: Floats = scaled[:, :, parties:] / scaled[:, :, :parties]
        return found
