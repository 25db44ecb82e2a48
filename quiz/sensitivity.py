"""One voter's whole result: the order, and how firm it is without an answer or by another method.

Each such variant is a row of one matrix of matches, so that one division, one comparison of all
pairs of parties and one product serve them all. What the kernel finds, this finds as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE
from quiz.methods import METHODS, TWELFTHS, UNIT
from quiz.one import Rows, number_of
from quiz.rule import AGREED, KNOWN, Bools, Codes, Floats, Weights, planes

if TYPE_CHECKING:
    from quiz.scoring import Kernel

UNDEFINED: Final = -1.0
UNRANKED: Final = -2.0
"""A match that is not defined stands below all others, and a party that is not ranked below that."""


class Firmness(NamedTuple):
    """One voter's order, and what leaving out each answer, or another method, does to it.

    Who is ranked stays as it is with all answers. M methods, the quiz's own first; n answered
    statements, the most telling first; P parties.

    ``low``, ``high``: float64, shape (P,): the bounds of agreement, as in ``quiz.scoring.Scores``.
    ``methods``: the names of the methods.
    ``match``: float64, shape (M, P): the match under each, NaN where not defined.
    ``rank``: int16, shape (M, P): the rank under each, 0 where a party is not ranked.
    ``leading``: bool, shape (P,): the leading group: who comes first, or ties for it, with all
    answers or with any one left out.
    ``columns``: int64, shape (n,): the answered statements.
    ``swaps``: float64, shape (n,): pairs of ranked parties that change places without it; a pair
    that comes to tie, or no longer ties, counts half.
    ``first``: bool, shape (n,): whether other parties then come first.
    ``best``: bool, shape (n, P): which parties then come first, or tie for it.
    """

    low: Floats
    high: Floats
    methods: tuple[str, ...]
    match: Floats
    rank: npt.NDArray[np.int16]
    leading: Bools
    columns: npt.NDArray[np.int64]
    swaps: Floats
    first: Bools
    best: Bools


class Sensitivity:
    """The tables for one kernel's positions, method and prior."""

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
        # a row for each variant: the methods, then as many as there are statements to leave out
        chances = [own.chance, *(method.chance for method in others)]
        chances += [own.chance] * kernel.statements
        sides = np.array([[TWELFTHS, chance] for chance in chances], np.float64)
        self._imaginary = prior * np.repeat(sides, parties, axis=1)
        self._threes: dict[int, Floats] = {}
        self._every = np.arange(kernel.statements)
        self._known = np.count_nonzero(kernel.positions != NONE, axis=1)
        self._ones = np.ones(parties, np.float32)

    def of(self, answers: Codes, weights: Weights) -> Firmness:
        """Score one voter, arrays of shape (S,), and compare the order with that of each variant.

        Raises ``ValueError`` where a weight is so large that ties would not be exact.
        """
        number = number_of(answers)
        if self.rule.prior and number > 1:  # without a prior, or an answer, there may be no match
            return self._of(answers, weights, number, defined=True)
        with np.errstate(invalid="ignore"):
            return self._of(answers, weights, number, defined=False)

    def _of(self, answers: Codes, weights: Weights, number: int, *, defined: bool) -> Firmness:
        parties, methods = self.parties, len(self.methods)
        added, weighed = self._rows.of(answers), weights.astype(np.float64)
        columns, compared = self._every, self._known
        if number < len(answers):
            columns = np.flatnonzero(answers != NONE)
            added, weighed = added.take(columns, axis=0), weighed.take(columns)
            compared = np.count_nonzero(added[:, -1 - 2 * parties : -1 - parties], axis=0)
        sums = weighed.dot(added)
        total = sums.item(-1)
        self.rule.check_total(total, number)
        low_high = sums[: 2 * parties] / np.float64(UNIT * total)
        own = added[:, -1 - 2 * parties :] * weighed[:, None]
        match = self._match(own, sums[2 * parties :], number)
        ranked = compared >= min(self.rule.min_compared, number)
        if not defined:
            ranked &= match[0] >= 0
        everyone = defined and np.count_nonzero(ranked) == parties
        order = match.T.copy()  # a column for each variant
        if not everyone:
            order = np.where(ranked[:, None], np.fmax(order, UNDEFINED), UNRANKED)
        best = order == np.maximum.reduce(order, axis=0, initial=0.0)
        above = (order[:, None] > order).astype(np.float32)
        number_above = self._ones.dot(above.reshape(parties, -1)).reshape(order.shape)
        rank = (number_above[:, :methods].T + 1).astype(np.int16)
        if not everyone:
            rank *= ranked
        # of two bits, a + b − 2ab is whether they differ: a product counts it for all pairs at once
        pairs = above.reshape(parties * parties, -1)
        signed = (1 - 2 * pairs[:, 0]).dot(pairs)  # the first of which is −Σa
        swaps, without = (signed[methods:] - signed[0]) / 2.0, best[:, methods:]
        first = np.logical_or.reduce(without != best[:, :1], axis=0)
        telling = np.lexsort((-swaps, ~first))
        return Firmness(
            low_high[:parties], low_high[parties:], self.methods, match[:methods],
            rank, best[:, 0] | np.logical_or.reduce(without, axis=1),
            columns.take(telling), swaps.take(telling), first.take(telling),
            without.T.take(telling, axis=0),
        )  # fmt: skip

    def _match(self, added: Floats, sums: Floats, number: int) -> Floats:
        """Return (A + κμ) / (K + κ) of each variant; see ``quiz.rule.match_ratio``.

        ``sums`` are A of the other methods, and K and A of the own one and W; ``added`` holds what
        each answered statement adds, weighted, to the last three.
        """
        methods, parties = len(self.methods), self.parties
        own = (methods - 1) * parties
        sides = np.empty((methods + number, 2 * parties + 1))  # K, A and W of each variant
        sides[:methods] = sums[own:]
        sides[1:methods, parties:-1] = sums[:own].reshape(methods - 1, parties)
        np.subtract(sums[own:], added, out=sides[methods:])
        scaled = self._imaginary[: len(sides)] * sides[:, -1:]
        scaled += sides[:, :-1] * self._thrice(number)
        found: Floats = scaled[:, parties:] / scaled[:, :parties]
        return found

    def _thrice(self, number: int) -> Floats:
        """Return 3 N for each variant, of which those that leave out an answer have one less."""
        found = self._threes.get(number)
        if found is None:
            left = [number] * len(self.methods) + [number - 1] * number
            found = self._threes[number] = TWELFTHS // UNIT * np.array(left, np.float64)[:, None]
        return found
