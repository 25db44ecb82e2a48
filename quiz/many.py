"""The matching kernel for very many voters: the arithmetic of ``quiz.scoring``, by lookup.

Weights are taken apart into bits: the sums of the answers whose weight has a bit, times that bit,
put together, are the weighted sums. So weights of 1 and 2 cost three lookups, not a product.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE
from quiz.lookup import Lookup
from quiz.methods import TWELFTHS, UNIT, Method
from quiz.planes import AGREED, HALF, HIGH, KNOWN, LOW, SAME, planes

if TYPE_CHECKING:
    from quiz.scoring import Scores

Codes = npt.NDArray[np.int8]
Sums = npt.NDArray[np.signedinteger[Any]]

LARGEST: Final = 2**26
PAIRS: Final = 1 << 20
BAD_WEIGHT: Final = (
    "weights must be whole numbers from 1, and not so large that ties would not be exact"
)


class Many:
    """The tables for one catalogue, method and prior; arguments as for ``quiz.scoring.Kernel``."""

    def __init__(self, positions: Codes, *, method: Method, prior: int, min_compared: int) -> None:
        self.positions, self.method = positions, method
        self.prior, self.min_compared = prior, min_compared
        self.parties, self.statements = positions.shape
        # where 12 · (S + prior) is below 2**12, float32 tells unequal matches apart as well
        exact = TWELFTHS * (self.statements + prior) < 2**12
        self._key = np.float32 if exact else np.float64

    @cached_property
    def _all(self) -> Lookup:
        return Lookup(planes(self.positions, self.method))

    @cached_property
    def _ratio(self) -> Lookup:
        """Sums that are the match's own numerator and denominator where every weight is 1."""
        each = planes(self.positions, self.method)
        parties = self.parties
        upper = each[:, :, parties * AGREED : parties * (AGREED + 1)] * (TWELFTHS // UNIT)
        lower = each[:, :, parties * KNOWN : parties * (KNOWN + 1)] * (TWELFTHS // UNIT)
        upper[:1] += self.prior * self.method.chance
        lower[:1] += self.prior * TWELFTHS
        return Lookup(np.concatenate([upper, lower, each[:, :, -1:]], axis=2))

    def block(self, *, pairs: bool = True) -> int:
        """Return how many voters at a time stay in a core's own cache."""
        if not pairs:
            return self._ratio.block
        return max(1, min(self._all.block, PAIRS // max(1, self.parties**2)))

    def match(self, answers: Codes, out: npt.NDArray[np.float64]) -> None:
        """Fill ``out`` (n, P) with the match of answers (n, S) that all weigh 1."""
        sums = self._ratio.sums(answers)
        np.divide(sums[:, : self.parties], sums[:, self.parties : -1], out=out)
        if not sums[:, -1].all():
            out[sums[:, -1] == 0] = np.nan

    def first(self, answers: Codes) -> npt.NDArray[np.bool_]:
        """Return which parties rank first, bool of shape (P, n), for answers that all weigh 1."""
        sums = self._ratio.sums(answers)
        lower = sums[:, self.parties : -1]
        enough = TWELFTHS * (np.minimum(self.min_compared, sums[:, -1:]) + self.prior)
        ranked = (lower >= enough) & (lower > 0) & (sums[:, -1:] > 0)
        match = np.divide(sums[:, : self.parties], lower, dtype=self._key, casting="unsafe")
        order = np.ascontiguousarray(np.where(ranked, match, self._key(-1)).T)
        best = order.max(axis=0, initial=-1)
        return np.asarray((order == best) & (best >= 0))

    def score(
        self, answers: Codes, weights: npt.NDArray[np.integer[Any]] | None, out: Scores, part: slice
    ) -> None:
        """Fill a part of ``out`` for answers and weights of shape (n, S)."""
        sums = self._all.sums(answers)
        counted = self._split(sums)
        known, number = counted[KNOWN], sums[:, -1:]
        if weights is None:
            weighted, total, ratio = counted, number, _plain(self, counted)
        else:
            both = self._weighted(answers, weights)
            weighted, total = self._split(both), both[:, -1:]
            ratio = _scaled(self, weighted, total, number)
        whole = UNIT * total
        match = np.divide(*ratio, out=out.match[part])
        if not number.all():
            match[number[:, 0] == 0] = np.nan
        np.divide(weighted[LOW], whole, out=out.low[part])
        np.divide(weighted[HIGH], whole, out=out.high[part])
        np.divide(weighted[AGREED], weighted[KNOWN], out=out.agreement[part])
        np.divide(weighted[KNOWN], whole, out=out.coverage[part])
        compared = np.floor_divide(known, UNIT, out=out.compared[part], casting="unsafe")
        out.same[part], out.half[part] = counted[SAME], counted[HALF]
        np.subtract(compared, out.same[part], out=out.opposite[part])
        out.opposite[part] -= out.half[part]
        ranked = (compared >= np.minimum(self.min_compared, number)) & (match >= 0)
        key = self._key if weights is None else np.float64
        order = np.where(ranked, match, -1).astype(key).T.copy()
        above = (order[None] > order[:, None]).view(np.uint8)
        small = np.uint8 if self.parties < 256 else np.uint16
        rank = above.sum(axis=1, dtype=small).T
        np.add(rank, 1, out=out.rank[part], casting="unsafe")
        out.rank[part] *= ranked

    def _split(self, sums: Sums) -> list[Sums]:
        return [sums[:, self.parties * at : self.parties * (at + 1)] for at in range(HALF + 1)]

    def _weighted(self, answers: Codes, weights: npt.NDArray[np.integer[Any]]) -> Sums:
        used = np.where(answers == NONE, 1, weights)
        largest = int(used.max(initial=1))
        total = TWELFTHS * largest * self.statements * (self.statements + self.prior)
        if used.min(initial=1) < 1 or total >= LARGEST:
            raise ValueError(BAD_WEIGHT)
        sums = np.zeros((len(answers), self._all.columns), np.int64)
        for bit in range(largest.bit_length()):
            marked = np.where(used >> bit & 1 == 1, answers, np.int8(NONE))
            sums += self._all.sums(marked).astype(np.int64) << bit
        return sums


def _plain(many: Many, sums: list[Sums]) -> tuple[Sums, Sums]:
    """Return numerator and denominator of the match where every weight is 1."""
    threes = sums[AGREED].dtype.type(TWELFTHS // UNIT)
    upper = sums[AGREED] * threes + many.prior * many.method.chance
    return upper, sums[KNOWN] * threes + many.prior * TWELFTHS


def _scaled(many: Many, sums: list[Sums], total: Sums, number: Sums) -> tuple[Sums, Sums]:
    """Return numerator and denominator, both times 12 · N to stay whole."""
    imaginary = many.prior * total
    threes = TWELFTHS // UNIT * number.astype(np.int64)
    upper = threes * sums[AGREED] + many.method.chance * imaginary
    return upper, threes * sums[KNOWN] + TWELFTHS * imaginary
