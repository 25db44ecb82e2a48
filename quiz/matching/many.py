"""The matching kernel for very many voters: the arithmetic of ``quiz.matching.scoring``, by lookup.

Weights are taken apart into bits: the sums of the answers whose weight has a bit, times that bit,
put together, are the weighted sums. So weights of 1 and 2 cost three lookups, not a product.
Within a block of voters, everything after the lookup has one row a party: rows are long, so numpy
works at full width.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from quiz.content.catalogue import NONE
from quiz.matching.lookup import Lookup
from quiz.matching.methods import TWELFTHS, UNIT
from quiz.matching.rule import (
    AGREED,
    BAD_WEIGHT,
    KNOWN,
    Bools,
    Codes,
    Floats,
    Rule,
    Weights,
    planes,
)

if TYPE_CHECKING:
    from quiz.matching.scoring import Scores

PAIRS: Final = 1 << 20


class Many:
    """The tables for positions, int8 of shape (P, S), and a rule."""

    def __init__(self, positions: Codes, rule: Rule) -> None:
        self.positions, self.rule = positions, rule
        self.parties: int = positions.shape[0]
        self.statements: int = positions.shape[1]
        # where 12 · (S + prior) is below 2**12, float32 tells unequal matches apart as well
        exact = TWELFTHS * (self.statements + rule.prior) < 2**12
        self._key: type[np.floating[Any]] = np.float32 if exact else np.float64
        # unequal matches differ by 1 / (12 · (S + prior)²) or more: then by 2 of 65,535 steps
        self._steps = TWELFTHS * (self.statements + rule.prior) ** 2 <= 2**15

    @cached_property
    def _all(self) -> Lookup:
        return Lookup(planes(self.positions, self.rule.method))

    @cached_property
    def _ratio(self) -> tuple[Lookup, int]:
        """Sums that are the match's own numerator and denominator where every weight is 1.

        They are divided by what all have in common, which is returned too: small sums go faster.
        """
        each = planes(self.positions, self.rule.method)
        sides = each[:, :, KNOWN * self.parties : -1] * (TWELFTHS // UNIT)
        sides[:1, :, : self.parties] += self.rule.prior * TWELFTHS
        sides[:1, :, self.parties :] += self.rule.prior * self.rule.method.chance
        common = max(1, int(np.gcd.reduce(sides, axis=None)))
        return Lookup(np.concatenate([sides // common, each[:, :, -1:]], axis=2)), common

    @property
    def block(self) -> int:
        """How many voters at a time ``score`` works on best."""
        return max(1, min(self._all.block, PAIRS // max(1, self.parties * self.parties)))

    @property
    def match_block(self) -> int:
        """How many voters at a time ``match`` and ``first`` work on best."""
        return self._ratio[0].block

    def match(self, answers: Codes, out: Floats) -> None:
        """Fill ``out`` (n, P) with the match of answers (n, S) that all weigh 1."""
        sums = self._ratio[0].sums(answers)
        np.divide(sums[:, self.parties : -1], sums[:, : self.parties], out=out)
        if not sums[:, -1].all():
            out[sums[:, -1] == 0] = np.nan

    def first(self, answers: Codes) -> Bools:
        """Return which parties rank first, bool of shape (P, n), for answers that all weigh 1."""
        lookup, common = self._ratio
        sums = lookup.sums(answers).T.astype(self._key, order="C")
        lower, upper, number = sums[: self.parties], sums[self.parties : -1], sums[-1]
        enough = TWELFTHS * (np.minimum(self.rule.min_compared, number) + self.rule.prior)
        ranked = (lower * common >= enough) & (lower > 0) & (number > 0)
        order = np.where(ranked, upper / lower, self._key(-1))
        best = order.max(axis=0, initial=-1)
        return np.asarray((order == best) & (best >= 0))

    def score(self, answers: Codes, weights: Weights | None, out: Scores, part: slice) -> None:
        """Fill a part of ``out`` for answers and weights of shape (n, S)."""
        key = self._key if weights is None else np.float64
        kind = np.result_type(out.match, key) if weights is None else np.float64
        counted = self._all.sums(answers).T.astype(kind, order="C")
        weighted = counted if weights is None else self._weighted(answers, weights)
        number = counted[-1]
        low, high, known, agreed = weighted[:-1].reshape(4, self.parties, len(answers))
        if weights is None:  # W = N cancels out
            match = self.rule.match(agreed, known, 1, 1)
            match[:, number == 0] = np.nan
        else:
            match = self.rule.match(agreed, known, weighted[-1], number)
        whole = UNIT * weighted[-1]
        out.match.T[:, part] = match
        np.divide(low, whole, out=out.low.T[:, part])
        np.divide(high, whole, out=out.high.T[:, part])
        np.divide(known, whole, out=out.coverage.T[:, part])
        np.divide(agreed, known, out=out.agreement.T[:, part])
        compared = out.compared.T[:, part]
        shared = counted[KNOWN * self.parties : AGREED * self.parties]
        np.multiply(shared, 1 / UNIT, out=compared, casting="unsafe")
        ranked = self.rule.ranked(match, compared, number)
        order = np.where(ranked, match, 0).astype(key, copy=False)
        if self._steps and weights is None:
            order = (order * key(2**16 - 1)).astype(np.uint16)
        above = (order[None] > order[:, None]).view(np.uint8)
        small = np.uint8 if self.parties < 256 else np.uint16
        rank = above.sum(axis=1, dtype=small).astype(np.int16)
        np.multiply(rank + np.int16(1), ranked, out=out.rank.T[:, part])

    def _weighted(self, answers: Codes, weights: Weights) -> Floats:
        used = np.where(answers == NONE, 1, weights)
        largest = int(used.max(initial=1))
        if used.min(initial=1) < 1:
            raise ValueError(BAD_WEIGHT)
        self.rule.check_total(largest * self.statements, self.statements)
        sums = np.zeros((self._all.columns, len(answers)))
        for bit in range(largest.bit_length()):
            marked = np.where(used >> bit & 1 == 1, answers, np.int8(NONE))
            sums += self._all.sums(marked).T * float(1 << bit)
        return sums
