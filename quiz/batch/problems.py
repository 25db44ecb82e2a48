"""What can be wrong with a file of answers, in words."""

from __future__ import annotations

from dataclasses import dataclass


class BatchError(Exception):
    """A file that cannot be scored; the message is for a person."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One row that cannot be scored.

    ``row`` counts as a spreadsheet does: in CSV the header is row 1; in Parquet the first row is 1.
    ``place`` is its index in the chunk, or None where its cells do not fit the columns; ``cells``
    then holds them raw.
    """

    row: int
    column: str | None
    message: str
    place: int | None
    cells: tuple[str, ...] = ()

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        return f"row {self.row}{column}: {self.message}"
