"""The matching kernel (docs/method.md): numpy arrays in, arrays out, one voter or many.

Conventions

- V voters, S statements, P parties; a single voter may come without the first axis, and then the
  answer comes without it too.
- Answers and positions are int8: −1 disagree, 0 neutral, +1 agree, ``NONE`` (2) for silence.
- Weights are positive integers; they are read only where a statement was answered.
- Higher is more alike. match, low, high, agreement and coverage lie in [0, 1]; a value that is not
  defined is NaN.
- Sums are integers below 2**53, so float64 holds them exactly, and each ratio is divided once:
  equal ratios are equal floats, and ties are decided exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE
from quiz.methods import TWELFTHS, UNIT, Method

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

CHUNK: Final = 4096


@dataclass(frozen=True, eq=False)
class Scores:
    """What the kernel finds, each array of shape (P,) for one voter or (V, P) for many.

    match: float64 in [0, 1], orders the parties; NaN where K + κ = 0.
    low, high: float64 in [0, 1], the worst-case bounds of agreement over everything answered.
    agreement: float64 in [0, 1], over what was compared; NaN where nothing was.
    coverage: float64 in [0, 1], the weight of what was compared in what was answered; NaN where
    nothing was answered.
    compared, same, half, opposite: int64, counted and unweighted; ``compared`` is their sum.
    rank: int64, 1 for the first, equal for equal match (1, 2, 2, 4), 0 for a party not ranked.
    """

    match: Floats
    low: Floats
    high: Floats
    agreement: Floats
    coverage: Floats
    compared: Ints
    same: Ints
    half: Ints
    opposite: Ints
    rank: Ints


class Kernel:
    """The matching rule of one catalogue and one method, compiled.

    ``positions``: int8, shape (P, S). ``prior``: imaginary statements, an integer ≥ 0.
    ``min_compared``: compared statements below which a party is not ranked.
    """

    def __init__(
        self,
        positions: npt.NDArray[np.int8],
        *,
        method: Method,
        prior: int,
        min_compared: int,
    ) -> None:
        parties, statements = positions.shape
        self.method, self.prior, self.min_compared = method, prior, min_compared
        self.parties, self.statements = parties, statements
        known = positions != NONE
        column = np.where(known, positions, 0).astype(np.int64) + 1
        apart = np.abs(np.arange(-1, 2)[:, None, None] - positions.astype(np.int64))
        table = method.table
        # planes[answer, quantity, party, statement]; the fourth answer is "skipped": all zero
        planes = np.zeros((4, 7, parties, statements))
        for answer in range(3):
            planes[answer, 0] = np.where(known, table[answer][column], 0)
            planes[answer, 1] = known
            planes[answer, 2] = np.where(known, 0, table[answer].min())
            planes[answer, 3] = np.where(known, 0, table[answer].max())
            for distance in range(3):
                planes[answer, 4 + distance] = known & (apart[answer] == distance)
        # one row for each (statement, answer), one column for each (quantity, party)
        self._rows = np.ascontiguousarray(
            planes.transpose(3, 0, 1, 2).reshape(statements * 4, 7 * parties)
        )
        self._first_row = 4 * np.arange(statements) + 1

    def score(self, answers: npt.NDArray[np.int8], weights: npt.NDArray[np.integer]) -> Scores:
        """Score one voter (shape (S,)) or many (shape (V, S)).

        Raises ``ValueError`` where the shapes differ from each other or from the catalogue's.
        """
        if answers.shape != weights.shape or answers.shape[-1] != self.statements:
            msg = (
                f"answers {answers.shape} and weights {weights.shape} must have one shape, "
                f"ending in {self.statements} statements"
            )
            raise ValueError(msg)
        if answers.ndim == 1:
            return self._scores(*self._sums(answers[None], weights[None]), one=True)
        parts = [
            self._scores(*self._sums(answers[at : at + CHUNK], weights[at : at + CHUNK]))
            for at in range(0, max(len(answers), 1), CHUNK)
        ]
        return Scores(
            **{
                name: np.concatenate([getattr(part, name) for part in parts])
                for name in Scores.__dataclass_fields__
            }
        )

    def leading_group(
        self, answers: npt.NDArray[np.int8], weights: npt.NDArray[np.integer]
    ) -> Bools:
        """Return which parties come first, or tie, with all answers or with any one left out.

        One voter: arrays of shape (S,) in, bool of shape (P,) out. Who is ranked stays as it is
        with all answers.
        """
        whole = self.score(answers, weights)
        match = np.concatenate([whole.match[None], self.without_one(answers, weights)])
        match = np.where(whole.rank > 0, match, -1.0)
        match = np.where(np.isnan(match), -1.0, match)
        best = match.max(axis=1, keepdims=True, initial=-1.0)
        return np.asarray(((match == best) & (best >= 0)).any(axis=0))

    def without_one(
        self, answers: npt.NDArray[np.int8], weights: npt.NDArray[np.integer]
    ) -> Floats:
        """Return the match with each answered statement left out.

        One voter: arrays of shape (S,) in; float64 of shape (answered, P) out, in the order of the
        answered statements. NaN where nothing is left.
        """
        answered = np.flatnonzero(answers != NONE)
        weight = weights[answered].astype(np.float64)
        rows = self._rows[self._first_row[answered] + answers[answered]]
        rows = rows[:, : 2 * self.parties] * weight[:, None]
        left = rows.sum(axis=0) - rows
        total, number = weight.sum() - weight, np.full(len(answered), len(answered) - 1.0)
        return self._match(left[:, : self.parties], left[:, self.parties :], total, number)

    def _sums(
        self, answers: npt.NDArray[np.int8], weights: npt.NDArray[np.integer]
    ) -> tuple[Floats, Floats, Floats, Floats]:
        answered = answers != NONE
        weight = np.where(answered, weights, 0).astype(np.float64)
        if len(answers) == 1:
            rows = self._rows[self._first_row + answers[0]]
            both = np.stack([weight[0], answered[0].astype(np.float64)]) @ rows
            sums, counts = both[:1, : 4 * self.parties], both[1:, 4 * self.parties :]
        else:
            hot = np.zeros((len(answers), self.statements * 4))
            np.put_along_axis(hot, self._first_row + answers, weight, axis=1)
            sums = hot @ self._rows[:, : 4 * self.parties]
            np.put_along_axis(hot, self._first_row + answers, answered.astype(np.float64), axis=1)
            counts = hot @ self._rows[:, 4 * self.parties :]
        shape = (len(answers), -1, self.parties)
        return sums.reshape(shape), counts.reshape(shape), weight.sum(axis=1), answered.sum(axis=1)

    def _match(self, agreed: Floats, known: Floats, total: Floats, number: Floats) -> Floats:
        """(A + κμ) / (K + κ) with κ = prior · W / N, both sides times 12 · N to stay integers."""
        imaginary = (self.prior * total)[:, None]
        upper = number[:, None] * agreed * (TWELFTHS // UNIT) + imaginary * self.method.chance
        lower = TWELFTHS * (number[:, None] * known + imaginary)
        return np.divide(upper, lower, out=np.full_like(upper, np.nan), where=lower > 0)

    def _scores(
        self, sums: Floats, counts: Floats, total: Floats, number: Floats, *, one: bool = False
    ) -> Scores:
        agreed, known, worst, best = sums[:, 0], sums[:, 1], sums[:, 2], sums[:, 3]
        same, half, opposite = counts[:, 0], counts[:, 1], counts[:, 2]
        compared = same + half + opposite
        match = self._match(agreed, known, total, number)
        whole = total[:, None]
        enough = compared >= np.minimum(self.min_compared, number)[:, None]
        ranked = enough & ~np.isnan(match)
        order = np.where(ranked, match, -1.0)
        rank = 1 + (order[:, None, :] > order[:, :, None]).sum(axis=2)
        arrays = {
            "match": match,
            "low": _ratio(agreed + worst, UNIT * whole),
            "high": _ratio(agreed + best, UNIT * whole),
            "agreement": _ratio(agreed, UNIT * known),
            "coverage": _ratio(known, whole),
            "compared": compared.astype(np.int64),
            "same": same.astype(np.int64),
            "half": half.astype(np.int64),
            "opposite": opposite.astype(np.int64),
            "rank": np.where(ranked, rank, 0),
        }
        return Scores(**({name: array[0] for name, array in arrays.items()} if one else arrays))


def _ratio(upper: Floats, lower: Floats) -> Floats:
    lower = np.broadcast_to(lower, upper.shape)
    return np.divide(upper, lower, out=np.full_like(upper, np.nan), where=lower > 0)
