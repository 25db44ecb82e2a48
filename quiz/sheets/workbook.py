"""Reading XLSX: sized and counted in small pieces first, then read cell by cell."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook

from quiz.sheets.read import MAX_CELLS, SheetError, Table, table_of, too_many

MAX_UNPACKED: Final = 60_000_000
MAX_PARTS: Final = 300
PIECE: Final = 1 << 20
CELL: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?c[\s/>]")
OLE: Final = b"\xd0\xcf\x11\xe0"


def read_workbook(path: Path) -> list[Table]:
    """Read every sheet of a workbook.

    Raises ``SheetError`` for what is no workbook, is too large, or holds formulas.
    """
    try:
        _measure(path)
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")  # on styles, which nobody looks at here
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            try:
                return [table_of(one.title, one.title, _rows(one)) for one in book.worksheets]
            finally:
                book.close()
    except SheetError:
        raise
    except Exception as error:  # noqa: BLE001  # a damaged file fails in openpyxl in many ways
        raise SheetError(
            str(path), f"This is not an XLSX file that can be read ({type(error).__name__})."
        ) from None


def _measure(path: Path) -> None:
    """Refuse a workbook that unpacks to too much, before anything is made of its cells."""
    with path.open("rb") as file:
        if file.read(4) == OLE:
            raise SheetError(
                str(path), "This is an old or a locked workbook. Save it as XLSX without password."
            )
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError):
        raise SheetError(str(path), "This is not an XLSX file.") from None
    with archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise SheetError(
                str(path), f"Unpacked, the file is larger than {MAX_UNPACKED // 1_000_000} MB."
            )
        cells = 0
        for part in parts:
            if "worksheets/" in part.filename:
                for found in _cells(archive, part):
                    cells += found
                    if cells > MAX_CELLS:
                        raise too_many(path.name)


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
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = []
        for cell in row:
            if cell.data_type == "f":
                raise SheetError(
                    f"{sheet.title}, row {number}, column {cell.column_letter}",
                    "This is a formula. Replace it by its value.",
                )
            cells.append("" if cell.value is None else _text(cell.value))
        yield cells


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
