"""What can be wrong with a file of answers, in words."""

from __future__ import annotations

from dataclasses import dataclass

from quiz.translations.commands import tr


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
        values = {"row": self.row, "column": self.column, "fault": self.message}
        if self.column:
            return tr("row %(row)s, column %(column)s: %(fault)s", **values)
        return tr("row %(row)s: %(fault)s", **values)
