"""What each answer to each statement adds to each party's sums."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE
from quiz.methods import UNIT, Method

LOW, HIGH, KNOWN, AGREED, SAME, HALF = range(6)
QUANTITIES: Final = 6
ROWS: Final = [3, 0, 1]  # where −1, 0 and +1 stand: the two lowest bits of the int8 code


def planes(positions: npt.NDArray[np.int8], method: Method) -> npt.NDArray[np.int64]:
    """Return what an answer adds, int64 of shape (S, 4, 6·P + 1).

    ``positions``: int8, shape (P, S). The second axis is the answer's code & 3: 0 neutral, 1 agree,
    2 skipped, 3 disagree. The third holds six quantities of P columns each, and one column for all:

    - ``LOW`` and ``HIGH``: least and most agreement, whatever a silent party thinks, in quarters;
    - ``KNOWN``: 4 where compared; ``AGREED``: agreement where compared, in quarters;
    - ``SAME`` and ``HALF``: 1 where both are the same, or one apart (one of them neutral);
    - answered: 1 unless skipped.
    """
    parties, statements = positions.shape
    silent = positions == NONE
    agreement = method.table[:, np.where(silent, 0, positions) + 1]
    apart = np.abs(np.arange(-1, 2)[:, None, None] - positions)
    each = np.zeros((4, QUANTITIES, parties, statements), np.int64)
    each[ROWS, LOW] = np.where(silent, method.table.min(axis=1)[:, None, None], agreement)
    each[ROWS, HIGH] = np.where(silent, method.table.max(axis=1)[:, None, None], agreement)
    each[ROWS, KNOWN] = np.where(silent, 0, UNIT)
    each[ROWS, AGREED] = np.where(silent, 0, agreement)
    each[ROWS, SAME] = ~silent & (apart == 0)
    each[ROWS, HALF] = ~silent & (apart == 1)
    flat = each.transpose(3, 0, 1, 2).reshape(statements, 4, QUANTITIES * parties)
    answered = np.broadcast_to([[1], [1], [0], [1]], (statements, 4, 1))
    return np.concatenate([flat, answered], axis=2)
