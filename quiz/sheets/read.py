"""Reading a CSV or XLSX file as tables of text, refused by size before it is read."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MAX_FILE: Final = 20_000_000
MAX_UNPACKED: Final = 60_000_000
MAX_PARTS: Final = 300
MAX_CELLS: Final = 500_000


class SheetError(Exception):
    """What is wrong with a spreadsheet; ``place`` names file, sheet, row and column."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}")


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: its place and its cells by column name; a missing cell is empty."""

    sheet: str
    row: int
    cells: dict[str, str]

    def error(self, column: str, message: str) -> SheetError:
        """Return an error at one of the row's cells."""
        return SheetError(f"{self.sheet}, row {self.row}, column {column}", message)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its header and rows. Row 1 is the header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Cells, ...]


def read(path: Path) -> list[Table]:
    """Read all tables of a file: one for a CSV, one a sheet for an XLSX.

    Raises ``SheetError`` for a file that cannot be read, is too large, or holds formulas.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise SheetError(str(path), f"The file cannot be read: {error.strerror}.") from None
    if size > MAX_FILE:
        raise SheetError(str(path), f"The file is larger than {MAX_FILE // 1_000_000} MB.")
    if path.suffix.lower() == ".csv":
        return [_table(path.stem, path.name, _csv_rows(path))]
    if path.suffix.lower() == ".xlsx":
        return _workbook(path)
    raise SheetError(str(path), "Only .csv and .xlsx files can be read.")


def _csv_rows(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SheetError(str(path), "The file is not UTF-8 text. Save it as CSV UTF-8.") from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise SheetError(str(path), f"This is not valid CSV: {error}.") from None


def _workbook(path: Path) -> list[Table]:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError):
        raise SheetError(str(path), "This is not an XLSX file.") from None
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise SheetError(
            str(path), f"Unpacked, the file is larger than {MAX_UNPACKED // 1_000_000} MB."
        )
    from openpyxl import load_workbook  # noqa: PLC0415  # slow to import
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile):
        raise SheetError(str(path), "This is not an XLSX file that can be read.") from None
    try:
        return [_table(sheet.title, sheet.title, _sheet_rows(sheet)) for sheet in book.worksheets]
    finally:
        book.close()


def _sheet_rows(sheet: object) -> Iterator[list[str]]:
    for number, row in enumerate(sheet.iter_rows(), 1):  # type: ignore[attr-defined]
        cells = []
        for cell in row:
            if cell.data_type == "f":
                raise SheetError(
                    f"{sheet.title}, row {number}, column {cell.column_letter}",  # type: ignore[attr-defined]
                    "This is a formula. Replace it by its value.",
                )
            cells.append("" if cell.value is None else _text(cell.value))
        yield cells


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _table(name: str, place: str, lines: Iterator[list[str]]) -> Table:
    header: tuple[str, ...] = ()
    rows, cells = [], 0
    for number, line in enumerate(lines, 1):
        cells += max(1, len(line))
        if cells > MAX_CELLS:
            raise SheetError(place, f"There are more than {MAX_CELLS} cells.")
        texts = [text.strip() for text in line]
        if not header:
            header = _header(place, number, texts)
        elif any(texts):
            if any(texts[len(header) :]):
                raise SheetError(f"{place}, row {number}", "There are more cells than columns.")
            rows.append(Cells(place, number, dict(zip(header, texts, strict=False))))
    return Table(name, header, tuple(rows))


def _header(place: str, number: int, texts: list[str]) -> tuple[str, ...]:
    while texts and not texts[-1]:
        texts.pop()
    for column, text in enumerate(texts, 1):
        if not text:
            raise SheetError(f"{place}, row {number}, column {column}", "This column has no name.")
        if text in texts[: column - 1]:
            raise SheetError(f"{place}, row {number}, column {text}", "This column stands twice.")
    return tuple(texts)
