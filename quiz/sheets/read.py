"""Reading a CSV or XLSX file as tables of text, refused by size before it is read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MAX_FILE: Final = 20_000_000
MAX_CELLS: Final = 500_000
FAILED: Final = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"}
)
"""What a spreadsheet writes where it could not compute: often a text that began with = or -."""

SAVE_AS: Final = "Save it as ‘CSV UTF-8’, or as XLSX."


class SheetError(Exception):
    """What is wrong with a spreadsheet; ``place`` names file, sheet, row and column."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}")


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: its place and its cells by column name; every column of the table has one."""

    sheet: str
    row: int
    cells: dict[str, str]

    def error(self, column: str, message: str) -> SheetError:
        """Return an error at one of the row's cells."""
        return SheetError(f"{self.sheet}, row {self.row}, column {column}", message)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its header and rows. ``place`` is its name for people."""

    name: str
    place: str
    header: tuple[str, ...]
    rows: tuple[Cells, ...]


def read(path: Path) -> list[Table]:
    """Read all tables of a file: one for a CSV, one a sheet for an XLSX; empty sheets are left out.

    Raises ``SheetError`` for a file that cannot be read, is too large, or holds formulas.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise SheetError(str(path), f"The file cannot be read: {error.strerror}.") from None
    if size > MAX_FILE:
        raise SheetError(str(path), f"The file is larger than {MAX_FILE // 1_000_000} MB.")
    if path.suffix.lower() == ".csv":
        tables = [table_of(path.stem, path.name, _csv_rows(path))]
    elif path.suffix.lower() == ".xlsx":
        from quiz.sheets.workbook import read_workbook  # noqa: PLC0415  # slow to import

        tables = read_workbook(path)
    else:
        raise SheetError(str(path), f"Only .csv and .xlsx files can be read. {SAVE_AS}")
    tables = [table for table in tables if table.header]
    if not any(table.rows for table in tables):
        raise SheetError(str(path), "There are no rows in this file.")
    return tables


def _csv_rows(path: Path) -> Iterator[list[str]]:
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetError(str(path), f"The file is not UTF-8 text. {SAVE_AS}") from None
    except OSError as error:
        raise SheetError(str(path), f"The file cannot be read: {error.strerror}.") from None
    first, _, rest = text.partition("\n")
    delimiter = max(",;\t", key=first.count)
    if first.strip()[:4].lower() == "sep=":  # Excel's own word for it, and no row
        delimiter, text = first.strip()[4:5] or "\t", rest
        yield []
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise SheetError(str(path), f"This is not valid CSV: {error}.") from None


def table_of(name: str, place: str, lines: Iterator[list[str]]) -> Table:
    """Make a table of rows of cells. The first row that is not empty is the header."""
    header: tuple[str, ...] = ()
    rows, cells = [], 0
    for number, line in enumerate(lines, 1):
        cells += max(1, len(line))
        if cells > MAX_CELLS:
            raise too_many(place)
        texts = [text.strip().replace("\r\n", "\n") for text in line]
        if not header:
            header = _header(place, number, texts)
        elif any(texts):
            if any(texts[len(header) :]):
                raise SheetError(f"{place}, row {number}", "There are more cells than columns.")
            texts += [""] * (len(header) - len(texts))
            row = Cells(place, number, dict(zip(header, texts, strict=False)))
            for column, text in row.cells.items():
                _refuse(row, column, text)
            rows.append(row)
    return Table(name, place, header, tuple(rows))


def too_many(place: str) -> SheetError:
    """Return the error for a file with too many cells."""
    return SheetError(place, f"There are more than {MAX_CELLS} cells.")


def _refuse(row: Cells, column: str, text: str) -> None:
    if text[:1] == "=":
        raise row.error(column, "This is a formula. Replace it by its value.")
    if text in FAILED:
        raise row.error(column, f"The spreadsheet could not compute this: {text}. Write the text.")


def _header(place: str, number: int, texts: list[str]) -> tuple[str, ...]:
    while texts and not texts[-1]:
        texts.pop()
    for column, text in enumerate(texts, 1):
        if not text:
            raise SheetError(f"{place}, row {number}, column {column}", "This column has no name.")
        if text in texts[: column - 1]:
            raise SheetError(f"{place}, row {number}, column {text}", "This column stands twice.")
    return tuple(texts)
