"""Sums over statements by table lookup, for one voter or millions.

What a voter's answer adds to a sum depends on the statement and the answer alone. So the sums over
every way of answering a few statements in a row are worked out once; a voter's whole sum is then
one row of a table for each such group, added up. The same idea as the "method of four Russians".
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE
from quiz.content.methods import UNIT, Method

TABLE_BYTES: Final = 1 << 21
BLOCK_BYTES: Final = 1 << 21
LARGEST_GROUP: Final = 5
LARGEST_BLOCK: Final = 4096
LOW, HIGH, KNOWN, AGREED = range(4)
ROWS: Final = [3, 0, 1]  # where −1, 0 and +1 stand: the two lowest bits of the int8 code
BAD_CODE: Final = "an answer is coded −1, 0, 1, or 2 where it was skipped"


def contributions(positions: npt.NDArray[np.int8], method: Method) -> npt.NDArray[np.int64]:
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


class Lookup:
    """Tables of sums over groups of statements.

    ``each``: int64 ≥ 0, shape (S, 4, C): what each of the four answers, by code & 3, adds to each
    of C sums. ``block``: how many voters at a time stay in a core's own cache.
    """

    def __init__(self, each: npt.NDArray[np.int64]) -> None:
        self.statements, _, self.columns = each.shape
        largest = int(each.max(axis=1, initial=0).sum(axis=0).max(initial=0))
        self.dtype: np.dtype[np.unsignedinteger] = np.min_scalar_type(largest)
        size, self.groups = self._fit()
        padded = np.zeros((self.groups * size, 4, self.columns), self.dtype)
        padded[: self.statements] = each
        ways = np.arange(4**size)[:, None] >> (2 * np.arange(size)) & 3
        grouped = padded.reshape(self.groups, size, 4, self.columns)
        table = sum(grouped[:, place, ways[:, place]] for place in range(size))
        self._table = np.ascontiguousarray(table).reshape(-1, self.columns)
        self._size = size
        self._starts = np.arange(self.groups)[:, None] * 4**size
        row_bytes = max(1, self.groups * self.columns * self.dtype.itemsize)
        self.block = int(np.clip(BLOCK_BYTES // row_bytes, 1, LARGEST_BLOCK))

    def _fit(self) -> tuple[int, int]:
        """Return the largest group whose tables stay in a core's own cache, and how many groups."""
        for size in range(LARGEST_GROUP, 0, -1):
            groups = -(-self.statements // size)
            if groups * 4**size * self.columns * self.dtype.itemsize <= TABLE_BYTES:
                return size, groups
        return 1, self.statements

    def sums(self, answers: npt.NDArray[np.int8]) -> npt.NDArray[np.unsignedinteger]:
        """Return the C sums of each voter: int8 of shape (n, S) in, int of shape (n, C) out.

        ``n`` should be at most ``block``: more works too, but falls out of the cache. Raises
        ``ValueError`` for a code that is not −1, 0, 1 or 2.
        """
        codes = np.zeros((self.groups * self._size, len(answers)), np.uint8)
        codes[: self.statements] = answers.T.view(np.uint8)
        if (codes + np.uint8(1)).max(initial=0) > 3:
            raise ValueError(BAD_CODE)
        grouped = (codes & 3).reshape(self.groups, self._size, len(answers))
        rows = grouped[:, -1].astype(np.uint16)
        for place in range(self._size - 2, -1, -1):
            rows <<= 2
            rows |= grouped[:, place]
        parts = self._table.take(rows + self._starts, axis=0, mode="clip")
        return np.asarray(np.add.reduce(parts, axis=0, dtype=self.dtype))
