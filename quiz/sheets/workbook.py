"""Reading XLSX: its size is checked and its cells are counted in pieces before it is read."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook

from quiz.content.limits import TABLE_CELLS
from quiz.sheets.archive import measured
from quiz.sheets.table import Sheet, SheetError, sheet_of, too_many
from quiz.translations.commands import tr

PIECE: Final = 1 << 20
CELL: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?c[\s/>]")


def read_workbook(path: Path) -> list[Sheet]:
    """Read every sheet of a workbook.

    Raises ``SheetError`` where it is not a workbook, or too large.
    """
    try:
        with measured(path, "XLSX") as archive:
            _count(archive, path.name)
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")  # about styles, which do not matter here
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            try:
                return [
                    sheet_of(worksheet.title, worksheet.title, _rows(worksheet))
                    for worksheet in book.worksheets
                ]
            finally:
                book.close()
    except SheetError:
        raise
    except Exception as error:  # noqa: BLE001  # a damaged file fails in openpyxl in many ways
        raise SheetError(
            str(path),
            tr(
                "This is not an XLSX file that can be read (%(error)s).", error=type(error).__name__
            ),
        ) from None


def _count(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a workbook with too many cells before any is read."""
    cells = 0
    for part in archive.infolist():
        if "worksheets/" in part.filename:
            for cell in _cells(archive, part):
                cells += cell
                if cells > TABLE_CELLS:
                    raise too_many(name)


def _cells(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[int]:
    """Yield how many cells begin in each piece of a sheet."""
    with archive.open(part) as stream:
        rest = b""
        while piece := stream.read(PIECE):
            whole = rest + piece
            cut = whole.rfind(b"<")
            whole, rest = (whole[:cut], whole[cut:]) if cut > 0 else (whole, b"")
            yield len(CELL.findall(whole))
        yield len(CELL.findall(rest))


def _rows(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows():
        yield ["" if cell.value is None else _text(cell.value) for cell in row]


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)
