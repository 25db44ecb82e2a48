"""Sums over statements for very many voters, by looking them up.

What a voter's answer adds to a sum depends on the statement and the answer alone. So the sums over
every way of answering a few statements in a row are worked out once; a voter's whole sum is then
one row of a table for each such group, added up. The same idea as the "method of four Russians".
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from quiz.matching.rule import BAD_CODE

TABLE_BYTES: Final = 1 << 21
BLOCK_BYTES: Final = 1 << 21
LARGEST_GROUP: Final = 5
LARGEST_BLOCK: Final = 4096


class Lookup:
    """Tables of sums over groups of statements.

    ``planes``: int64 ≥ 0, shape (S, 4, C): what each of the four answers (0 neutral, 1 agree,
    2 skipped, 3 disagree: the two lowest bits of the int8 code) adds to each of C sums.
    """

    def __init__(self, planes: npt.NDArray[np.int64]) -> None:
        self.statements, _, self.columns = planes.shape
        largest = int(planes.max(axis=1, initial=0).sum(axis=0).max(initial=0))
        self.dtype: np.dtype[np.unsignedinteger] = np.min_scalar_type(largest)
        size, self.groups = self._fit()
        padded = np.zeros((self.groups * size, 4, self.columns), self.dtype)
        padded[: self.statements] = planes
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

        ``n`` is best at most ``block``: more is right too, but leaves the cache. Raises
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
        found = self._table.take(rows + self._starts, axis=0, mode="clip")
        return np.asarray(np.add.reduce(found, axis=0, dtype=self.dtype))
