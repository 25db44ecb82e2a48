"""Reading ODS, the format of LibreOffice: an XML file in a zip."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from quiz.content.limits import TABLE_CELLS
from quiz.sheets.archive import measured
from quiz.sheets.table import Sheet, SheetError, sheet_of, too_many
from quiz.translations.commands import tr

TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
CELLS: Final = frozenset({f"{TABLE}table-cell", f"{TABLE}covered-table-cell"})
MOST_REPEATED: Final = 1000
"""Empty cells and rows up to a sheet's end are written as one with a repeat count."""
MOST_TAGS: Final = 6 * TABLE_CELLS
"""More than the cells that may be read need: four each, and their styles."""


Run = tuple[str, int]
"""A cell's text, and how often it stands there."""


def read_opendocument(path: Path) -> list[Sheet]:
    """Read every sheet. Raises ``SheetError`` for what is no ODS file, or too large."""
    with measured(path, "ODS") as archive:
        try:
            content = archive.read("content.xml")
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise SheetError(str(path), tr("This is not an %(kind)s file.", kind="ODS"))
            if content.count(b"<") > MOST_TAGS:
                raise too_many(path.name)
            root = ET.fromstring(content)  # noqa: S314  # it contains no entities
        except (KeyError, zipfile.BadZipFile, ET.ParseError, RuntimeError, OSError):
            raise SheetError(str(path), tr("This is not an %(kind)s file.", kind="ODS")) from None
    tables = [
        (table.get(f"{TABLE}name", ""), [_row(row) for row in table.iter(f"{TABLE}table-row")])
        for table in root.iter(f"{TABLE}table")
    ]
    if sum(_cells_of(row) for _, rows in tables for row in rows) > TABLE_CELLS:
        raise too_many(path.name)
    return [sheet_of(name, name, _written_out(rows)) for name, rows in tables]


def _row(row: ET.Element) -> tuple[list[Run], int]:
    """Return a row's cells up to the last one with a text, and how often it stands there."""
    cells = [(_text(cell), _repeated(cell, "columns")) for cell in row if cell.tag in CELLS]
    while cells and not cells[-1][0]:
        cells.pop()
    return cells, _repeated(row, "rows")


def _cells_of(row: tuple[list[Run], int]) -> int:
    cells, times = row
    return times * max(1, sum(repeated for _, repeated in cells))


def _written_out(rows: list[tuple[list[Run], int]]) -> Iterator[list[str]]:
    for cells, times in rows:
        texts = [text for text, repeated in cells for _ in range(repeated)]
        for _again in range(times):
            yield list(texts)


def _text(cell: ET.Element) -> str:
    if cell.get(f"{TABLE}formula"):
        return str(cell.get(f"{TABLE}formula")).split(":", 1)[-1]
    for kind in ("date-value", "boolean-value"):
        if value := cell.get(f"{OFFICE}{kind}"):
            return value
    if value := cell.get(f"{OFFICE}value"):
        return value.removesuffix(".0")
    return "\n".join("".join(part.itertext()) for part in cell.findall(f"{TEXT}p"))


def _repeated(element: ET.Element, what: str) -> int:
    stated = element.get(f"{TABLE}number-{what}-repeated", "1")
    repeated = int(stated) if stated.isdecimal() and len(stated) < 9 else 1
    return min(repeated, MOST_REPEATED)
