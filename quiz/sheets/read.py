"""Reading a spreadsheet's file as sheets of text; one that is too large is refused unread."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from quiz.content.limits import TABLE_BYTES
from quiz.sheets.opendocument import read_opendocument
from quiz.sheets.table import Sheet, SheetError, sheet_of
from quiz.translations.commands import tr

TEXT_FILES: Final = frozenset({".csv", ".tsv", ".tab", ".txt"})
DELIMITERS: Final = ",;\t"
UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def read(path: Path) -> list[Sheet]:
    """Read all sheets of a file, or of every table in a folder; empty ones are left out.

    Raises ``SheetError`` for a file that cannot be read or is too large.
    """
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix.lower() in {".csv", ".tsv"})
        if not files:
            raise SheetError(str(path), tr("There are no .csv or .tsv files in this folder."))
        return [sheet for file in files for sheet in read(file)]
    refuse_size(path)
    kind = path.suffix.lower()
    if kind in TEXT_FILES:
        sheets = [sheet_of(path.stem, path.name, _csv_rows(path))]
    elif kind == ".xlsx":
        from quiz.sheets.workbook import read_workbook  # noqa: PLC0415  # slow to import

        sheets = read_workbook(path)
    elif kind == ".ods":
        sheets = read_opendocument(path)
    else:
        raise SheetError(
            str(path),
            tr("Only .csv, .tsv, .xlsx and .ods files can be read. %(remedy)s", remedy=save_as()),
        )
    sheets = [sheet for sheet in sheets if sheet.lines]
    if not any(len(sheet.lines) > 1 for sheet in sheets):
        raise SheetError(str(path), tr("There are no rows in this file."))
    return sheets


def refuse_size(path: Path) -> None:
    """Raise ``SheetError`` where this is not a file, or too large."""
    try:
        size, regular = path.stat().st_size, path.is_file()
    except OSError as error:
        raise SheetError(
            str(path), tr("The file cannot be read: %(reason)s.", reason=error.strerror)
        ) from None
    if not regular:
        raise SheetError(str(path), tr("This is not a regular file."))
    if size > TABLE_BYTES:
        raise SheetError(
            str(path), tr("The file is larger than %(size)s MB.", size=TABLE_BYTES // 1_000_000)
        )


def save_as() -> str:
    """Explain how to save a table so that it can be read."""
    return tr("Save it as ‘CSV UTF-8’, or as XLSX.")


def _csv_rows(path: Path) -> Iterator[list[str]]:
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-16" if raw.startswith(UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        raise SheetError(
            str(path), tr("The file is not UTF-8 text. %(remedy)s", remedy=save_as())
        ) from None
    except OSError as error:
        raise SheetError(
            str(path), tr("The file cannot be read: %(reason)s.", reason=error.strerror)
        ) from None
    first, _newline, rest = text.partition("\n")
    if first.strip()[:4].lower() == "sep=":  # Excel's "sep=;" line is not a row
        delimiter, text = first.strip()[4:5] or "\t", rest
        yield []
    else:
        delimiter = _delimiter(text)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise SheetError(
            str(path), tr("This is not valid CSV: %(reason)s.", reason=error)
        ) from None


def _delimiter(text: str) -> str:
    """Return the delimiter that splits most of the first rows into equally many cells, at least
    two.
    """

    def regular(delimiter: str) -> tuple[int, int]:
        widths: Counter[int] = Counter()
        try:
            lines = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=delimiter)
            widths.update(len(line) for line, _ in zip(lines, range(30), strict=False))
        except csv.Error:
            return (0, 0)
        width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(0, 0))
        return (rows, width) if width > 1 else (0, 0)

    return max(DELIMITERS, key=regular)
