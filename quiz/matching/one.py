"""The matching kernel for one voter: the arithmetic of ``quiz.matching.scoring`` in few calls of numpy.

With arrays this small a call costs more than its arithmetic. So quantities that are treated alike
stand side by side and are divided at once, and what is a plain number stays one.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE
from quiz.matching.methods import TWELFTHS, UNIT
from quiz.matching.rule import (
    AGREED,
    BAD_CODE,
    BAD_WEIGHT,
    KNOWN,
    Codes,
    Floats,
    Rule,
    Weights,
    planes,
)

CODE_BYTES: Final = np.array([-1, 0, 1, NONE], np.int8).tobytes()


class Rows:
    """What each answer to each statement adds to C sums; one voter's sums are read off it.

    ``each``: int64, shape (S, 4, C), as ``quiz.matching.rule.planes`` gives it.
    """

    def __init__(self, each: npt.NDArray[np.int64]) -> None:
        self.statements, ways, columns = each.shape
        in_order = np.roll(each, 1, axis=1)  # disagree, neutral, agree, skipped: codes from −1 on
        self.table = in_order.reshape(self.statements * ways, columns).astype(np.float64)
        self._start = ways * np.arange(self.statements) + 1
        self._ones = np.ones((2, self.statements))

    def places(self, answers: Codes) -> npt.NDArray[np.int64]:
        """Return the row of ``table`` for each answer, int64 of the shape of ``answers`` (…, S).

        Raises ``ValueError`` for a bad code.
        """
        if answers.tobytes().translate(None, CODE_BYTES):
            raise ValueError(BAD_CODE)
        places: npt.NDArray[np.int64] = self._start + answers
        return places

    def of(self, answers: Codes) -> Floats:
        """Return float64 (S, C), a row for each answer; raise ``ValueError`` for a bad code."""
        rows: Floats = self.table.take(self.places(answers), axis=0)
        return rows

    def weighted(self, answers: Codes, weights: Weights | None) -> Floats:
        """Return the C weighted sums."""
        factors = self._ones[0] if weights is None else weights.astype(np.float64)
        sums: Floats = factors.dot(self.of(answers))
        return sums

    def weighted_and_counted(self, answers: Codes, weights: Weights | None) -> Floats:
        """Return the C weighted sums and the same with every weight 1, shape (2, C)."""
        factors = self._ones
        if weights is not None:
            factors = factors.copy()
            factors[0] = weights
        sums: Floats = factors.dot(self.of(answers))
        return sums


class One:
    """The tables for positions, int8 of shape (P, S), and a rule."""

    def __init__(self, positions: Codes, rule: Rule) -> None:
        self.rule, self.parties = rule, len(positions)
        each = planes(positions, rule.method)
        self._all = Rows(each)
        self._short = Rows(each[:, :, KNOWN * self.parties :])
        self._imaginary = rule.prior * np.repeat([TWELFTHS, rule.method.chance], self.parties)
        self._last = np.ones(self.parties)
        # without imaginary statements a match needs one that was compared
        self._least = rule.min_compared if rule.prior else max(rule.min_compared, 1)

    def match(self, answers: Codes, weights: Weights | None) -> Floats:
        """Return the match of each party, float64 of shape (P,)."""
        sums = self._short.weighted(answers, weights)
        total = self._total(sums, answers, weights)
        return self._match(sums[:-1], total, number_of(answers))

    def score(self, answers: Codes, weights: Weights | None) -> tuple[npt.NDArray[Any], ...]:
        """Return what the fields of ``quiz.matching.scoring.Scores`` hold, each of shape (P,)."""
        weighted, counted = self._all.weighted_and_counted(answers, weights)
        total, number = self._total(weighted, answers, weights), number_of(answers)
        known, agreed = KNOWN * self.parties, AGREED * self.parties
        match = self._match(weighted[known:-1], total, number)
        agreement = weighted[agreed:-1] / weighted[known:agreed]
        shares = weighted[:agreed] / np.float64(UNIT * total)
        low, high, coverage = shares.reshape(3, self.parties)
        compared = counted[known:agreed] * (1 / UNIT)
        if number:
            ranked = compared >= min(self._least, number)
        else:
            ranked = np.zeros(self.parties, np.bool_)
        falling = np.where(ranked, -match, self._last)
        in_order = falling.copy()
        in_order.sort()
        rank = (in_order.searchsorted(falling) + 1) * ranked
        return (
            match, low, high, agreement, coverage, compared.astype(np.int16), rank.astype(np.int16)
        )  # fmt: skip

    def _match(self, sides: Floats, total: float | Floats, number: int) -> Floats:
        """Return the match for the sums known and agreed, side by side in the last axis.

        The formula of ``quiz.matching.rule.match_ratio``, for both of its sides at once.
        """
        scaled = sides * float(TWELFTHS // UNIT * number)
        scaled += self._imaginary * total
        return scaled[..., self.parties :] / scaled[..., : self.parties]

    def _total(self, sums: Floats, answers: Codes, weights: Weights | None) -> float:
        """Return W; raise ``ValueError`` where a weight is below 1, or ties would not be exact."""
        total = sums.item(-1)
        if weights is not None and weights.size and weights.item(weights.argmin()) < 1:
            _check_weights(answers, weights)
        self.rule.check_total(total, number_of(answers))
        return total


def number_of(answers: Codes) -> int:
    """Return N, how many statements one voter answered.

    >>> number_of(np.array([1, NONE, 0, -1], np.int8))
    3
    """
    return len(answers) - answers.tobytes().count(NONE)


def _check_weights(answers: Codes, weights: Weights) -> None:
    """Refuse a weight below 1, unless it stands beside a skipped statement."""
    if weights[answers != NONE].min(initial=1) < 1:
        raise ValueError(BAD_WEIGHT)
