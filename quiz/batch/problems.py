"""What can be wrong with a file of answers, in words."""

from __future__ import annotations

from dataclasses import dataclass


class BatchError(Exception):
    """A file that cannot be scored; the message is for a person."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One row that cannot be scored.

    ``row`` counts as a spreadsheet does: the header is row 1 in CSV; Parquet's first row is 1.
    ``place`` is its index in the chunk, None where the row has no columns to stand in.
    ``cells`` are its raw cells in that case.
    """

    row: int
    column: str | None
    message: str
    place: int | None
    cells: tuple[str, ...] = ()

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        return f"row {self.row}{column}: {self.message}"
