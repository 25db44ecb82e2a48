"""The matching rule in whole numbers: what an answer adds to the sums, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE
from quiz.matching.methods import TWELFTHS, UNIT, Method

Codes = npt.NDArray[np.int8]
Weights = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LARGEST: Final = 2**26
LOW, HIGH, KNOWN, AGREED = range(4)
ROWS: Final = [3, 0, 1]  # where −1, 0 and +1 stand: the two lowest bits of the int8 code
BAD_CODE: Final = "an answer is coded −1, 0, 1, or 2 where it was skipped"
BAD_WEIGHT: Final = (
    "weights must be whole numbers from 1, and not so large that ties would not be exact"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A method with its prior (imaginary statements, ≥ 0) and the fewest compared for a rank."""

    method: Method
    prior: int
    min_compared: int

    def match(
        self, agreed: Floats, known: Floats, total: float | Floats, number: float | Floats
    ) -> Floats:
        """Return (A + κμ) / (K + κ); see ``match_ratio``."""
        chance = self.method.chance
        return match_ratio(agreed, known, total, number, chance=chance, prior=self.prior)

    def ranked(self, match: Floats, compared: npt.NDArray[Any], number: float | Floats) -> Bools:
        """Return who is ranked: enough compared, and a match that is defined."""
        return np.asarray((compared >= np.minimum(self.min_compared, number)) & (match >= 0))

    def check_total(self, total: float, number: float) -> None:
        """Raise ``ValueError`` where a denominator could be too large for exact ties."""
        if TWELFTHS * total * (number + self.prior) >= LARGEST:
            raise ValueError(BAD_WEIGHT)


def match_ratio(
    agreed: Floats,
    known: Floats,
    total: float | Floats,
    number: float | Floats,
    *,
    chance: int | npt.NDArray[np.int64],
    prior: int,
) -> Floats:
    """(A + κμ) / (K + κ) with κ = prior · W / N, both sides times 12 · N to stay whole.

    ``chance`` is μ in twelfths, ``agreed`` and ``known`` are A and K in quarters, ``total`` is W,
    ``number`` is N.
    """
    imaginary = prior * total
    threes = TWELFTHS // UNIT * number
    upper, lower = threes * agreed, threes * known
    upper += chance * imaginary
    lower += TWELFTHS * imaginary
    return upper / lower


def planes(positions: Codes, method: Method) -> npt.NDArray[np.int64]:
    """Return what an answer adds, int64 of shape (S, 4, 4·P + 1).

    ``positions``: int8, shape (P, S). The second axis is the answer's code & 3: 0 neutral, 1 agree,
    2 skipped, 3 disagree. The third holds four quantities of P columns each, and one for all:

    - ``LOW`` and ``HIGH``: least and most agreement, whatever a silent party thinks, in quarters;
    - ``KNOWN``: 4 where compared; ``AGREED``: agreement where compared, in quarters;
    - answered: 1 unless skipped.
    """
    parties, statements = positions.shape
    silent = positions == NONE
    agreement = method.table[:, np.where(silent, 0, positions) + 1]
    each = np.zeros((4, 4, parties, statements), np.int64)
    each[ROWS, LOW] = np.where(silent, method.table.min(axis=1)[:, None, None], agreement)
    each[ROWS, HIGH] = np.where(silent, method.table.max(axis=1)[:, None, None], agreement)
    each[ROWS, KNOWN] = np.where(silent, 0, UNIT)
    each[ROWS, AGREED] = np.where(silent, 0, agreement)
    flat = each.transpose(3, 0, 1, 2).reshape(statements, 4, 4 * parties)
    answered = np.broadcast_to([[1], [1], [0], [1]], (statements, 4, 1))
    return np.concatenate([flat, answered], axis=2)
