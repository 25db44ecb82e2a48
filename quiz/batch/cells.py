"""A column's cells, as a list of texts or as an Arrow array, read alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import AGREE, CODES, DISAGREE, NEUTRAL, NONE

BAD: Final = -9
HEAVIEST: Final = 100
Whole = npt.NDArray[np.int64]


class Table(dict[Any, int]):
    """From a cell to its code; ``BAD`` for a cell that means nothing."""

    def __missing__(self, key: object) -> int:
        return BAD


def _numbers(numbers: Mapping[int, int]) -> dict[Any, int]:
    """Return each number as itself, as text, and as the text that a column of floats makes of it."""
    texts = {f"{number}{tail}": code for number, code in numbers.items() for tail in ("", ".0")}
    return {**numbers, **texts}


ANSWERS: Final = Table(
    {**CODES, **_numbers({1: AGREE, 0: NEUTRAL, -1: DISAGREE}), "skip": NONE, "": NONE, None: NONE}
)
WEIGHTS: Final = Table({**_numbers({n: n for n in range(1, HEAVIEST + 1)}), "": 1, None: 1})


class Cells(Protocol):
    """One column of a chunk."""

    def codes(self, table: Table) -> Whole:
        """Return the code of every cell, int64 of shape (n,)."""

    def texts(self) -> list[str]:
        """Return every cell as text; nothing is an empty text."""

    def take(self, places: Whole) -> Cells:
        """Return the cells at these places."""

    def arrow(self) -> Any:
        """Return the cells as an Arrow array."""


class TextCells:
    """Cells as the csv module reads them."""

    def __init__(self, cells: list[str]) -> None:
        self.cells = cells

    def codes(self, table: Table) -> Whole:
        """See ``Cells``."""
        return np.fromiter(map(table.__getitem__, self.cells), np.int64, len(self.cells))

    def texts(self) -> list[str]:
        """See ``Cells``."""
        return self.cells

    def take(self, places: Whole) -> TextCells:
        """See ``Cells``."""
        return TextCells([self.cells[place] for place in places.tolist()])

    def arrow(self) -> Any:
        """See ``Cells``."""
        import pyarrow as pa  # noqa: PLC0415  # an extra: only Parquet needs it

        return pa.array(self.cells, pa.string())


class ArrowCells:
    """Cells as Arrow reads them: texts, whole numbers, floats, or a dictionary of these."""

    def __init__(self, array: Any) -> None:
        self.array = array

    def codes(self, table: Table) -> Whole:
        """See ``Cells``. Each value that occurs is looked up once."""
        import pyarrow as pa  # noqa: PLC0415  # an extra

        array = self.array
        if pa.types.is_nested(array.type):
            return TextCells(self.texts()).codes(table)
        if not pa.types.is_dictionary(array.type):
            array = array.dictionary_encode()
        values = map(_plain, array.dictionary.to_pylist())
        known: Whole = np.array([*(table[value] for value in values), table[None]], np.int64)
        indices: Whole = array.indices.fill_null(len(known) - 1).to_numpy(zero_copy_only=False)
        return known[indices]

    def texts(self) -> list[str]:
        """See ``Cells``."""
        return ["" if one is None else str(one) for one in self.array.to_pylist()]

    def take(self, places: Whole) -> ArrowCells:
        """See ``Cells``."""
        return ArrowCells(self.array.take(places))

    def arrow(self) -> Any:
        """See ``Cells``."""
        return self.array


def _plain(value: Any) -> Any:
    """NaN is nothing, and true is no number."""
    if isinstance(value, bool):
        return str(value)
    return None if value != value else value  # noqa: PLR0124
