"""A column's cells, as a list of texts or as an Arrow array, read alike."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from quiz.batch.problems import BatchError
from quiz.content.catalogue import CODES, NONE
from quiz.translations.commands import tr

BAD: Final = -9
SPELLINGS: Final = 1 << 12
HEAVIEST: Final = 100
Whole = npt.NDArray[np.int64]


class CodeTable(dict[Any, int]):
    """Maps a cell to its code; ``BAD`` for a cell without a meaning.

    Case, surrounding white space and the spelling of a whole number (1, 1.0, +1, or SPSS's 1,00 and
    .00) make no difference.
    """

    def __missing__(self, cell: object) -> int:
        code = self.get(normal(cell), BAD)
        if isinstance(cell, str) and len(self) < SPELLINGS:
            self[cell] = code
        return code


def normal(cell: object) -> object:
    """Return a cell as a table holds it.

    >>> normal(" Agree "), normal("1.00"), normal(1.0), normal(",00"), normal("0,5")
    ('agree', '1', '1', '0', '0,5')
    """
    text = cell.strip().casefold() if isinstance(cell, str) else cell
    if isinstance(text, str):
        if not NUMBER.fullmatch(text):
            return text
        text = text.replace(",", ".")
    try:
        number = float(text)  # type: ignore[arg-type]  # what is no number is caught
        return str(int(number)) if number == int(number) else str(text)
    except (TypeError, ValueError, OverflowError):
        return text


def answers_table(
    values: Mapping[str, str] | None = None, missing: Collection[str] = ()
) -> CodeTable:
    """Return the table of what each cell means.

    ``values`` maps cells to agree, neutral, disagree or skip, in place of 1, 0 and −1. ``missing``
    are further cells that stand for no answer; empty, skip, NA and NaN always do. Raises
    ``ValueError`` for a word that is no answer, and a cell that is given two meanings.
    """
    words = {**CODES, SKIP: NONE}
    table = CodeTable(words)
    for nothing in NOTHING:
        table[nothing] = NONE
    if values is None:
        values = {"1": "agree", "0": "neutral", "-1": "disagree"}
    meanings = [*values.items(), *((cell, SKIP) for cell in missing)]
    for cell, word in meanings:
        code = words.get(word.strip().casefold(), BAD)
        key = normal(cell)
        if code == BAD:
            msg = tr(
                "%(word)s is not an answer: %(answers)s.", word=repr(word), answers=", ".join(words)
            )
            raise ValueError(msg)
        if table.get(key, code) != code:
            msg = tr("%(cell)s cannot mean two things.", cell=repr(cell))
            raise ValueError(msg)
        table[key] = code
    return table


SKIP: Final = "skip"
NOTHING: Final = ("", None, "na", "nan")
NUMBER: Final = re.compile(r"[+-]?([0-9]{1,9}(\.0*|,0+)?|[.,]0+)")
ANSWERS: Final = answers_table()
WEIGHTS: Final = CodeTable({str(number): number for number in range(1, HEAVIEST + 1)})
for _nothing in NOTHING:
    WEIGHTS[_nothing] = 1


class ColumnCells(Protocol):
    """One column of a chunk."""

    def codes(self, table: CodeTable) -> Whole:
        """Return the code of every cell, int64 of shape (n,)."""

    def texts(self) -> list[str]:
        """Return every cell as text; nothing is an empty text."""

    def take(self, places: Whole) -> ColumnCells:
        """Return the cells at these places."""

    def arrow(self) -> Any:
        """Return the cells as an Arrow array."""


class TextCells:
    """Cells as the csv module reads them."""

    def __init__(self, cells: list[str]) -> None:
        self.cells = cells

    def codes(self, table: CodeTable) -> Whole:
        """See ``ColumnCells``."""
        return np.fromiter(map(table.__getitem__, self.cells), np.int64, len(self.cells))

    def texts(self) -> list[str]:
        """See ``ColumnCells``."""
        return self.cells

    def take(self, places: Whole) -> TextCells:
        """See ``ColumnCells``."""
        return TextCells([self.cells[place] for place in places.tolist()])

    def arrow(self) -> Any:
        """See ``ColumnCells``."""
        import pyarrow as pa  # noqa: PLC0415  # an extra: only Parquet needs it

        return pa.array(self.cells, pa.string())


class ArrowCells:
    """Cells as Arrow reads them: texts, whole numbers, floats, or a dictionary of these."""

    def __init__(self, array: Any) -> None:
        self.array = array

    def codes(self, table: CodeTable) -> Whole:
        """See ``ColumnCells``. Each value that occurs is looked up once."""
        import pyarrow as pa  # noqa: PLC0415  # an extra

        array = self.array
        if pa.types.is_nested(array.type):
            return TextCells(self.texts()).codes(table)
        if not pa.types.is_dictionary(array.type):
            array = array.dictionary_encode()
        values = map(_plain, _listed(array.dictionary))
        known: Whole = np.array([*(table[value] for value in values), table[None]], np.int64)
        indices: Whole = array.indices.fill_null(len(known) - 1).to_numpy(zero_copy_only=False)
        return known[indices]

    def texts(self) -> list[str]:
        """See ``ColumnCells``."""
        return ["" if value is None else str(value) for value in _listed(self.array)]

    def take(self, places: Whole) -> ArrowCells:
        """See ``ColumnCells``."""
        return ArrowCells(self.array.take(places))

    def arrow(self) -> Any:
        """See ``ColumnCells``."""
        return self.array


def _listed(array: Any) -> list[Any]:
    """Return the values, nanoseconds as texts: Python's own times end at microseconds.

    Raises ``BatchError`` for what Python cannot hold otherwise, like nanoseconds in a list.
    """
    import pyarrow as pa  # noqa: PLC0415  # an extra

    if getattr(array.type, "unit", None) == "ns":
        array = array.cast(pa.string())
    try:
        return list(array.to_pylist())
    except (ValueError, OverflowError):
        raise BatchError(
            tr("A column of type %(type)s cannot be written as text.", type=array.type)
        ) from None


def _plain(value: Any) -> Any:
    """Turn NaN into None, and a boolean into text: ``True`` is not the number 1 here."""
    if isinstance(value, bool):
        return str(value)
    return None if value != value else value  # noqa: PLR0124
