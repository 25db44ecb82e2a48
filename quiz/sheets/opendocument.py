"""Reading ODS, the format of LibreOffice: an XML file in a zip."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from quiz.sheets.archive import measured
from quiz.sheets.table import Sheet, SheetError, sheet_of
from quiz.translations.commands import tr

TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
MOST_REPEATED: Final = 1000
"""Empty cells and rows up to a sheet's end are written as one with a repeat count."""


def read_opendocument(path: Path) -> list[Sheet]:
    """Read every sheet. Raises ``SheetError`` for what is no ODS file, or too large."""
    with measured(path, "ODS") as archive:
        try:
            content = archive.read("content.xml")
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise SheetError(str(path), tr("This is not an %(kind)s file.", kind="ODS"))
            root = ET.fromstring(content)  # noqa: S314  # it contains no entities
        except (KeyError, zipfile.BadZipFile, ET.ParseError, RuntimeError, OSError):
            raise SheetError(str(path), tr("This is not an %(kind)s file.", kind="ODS")) from None
    return [
        sheet_of(table.get(f"{TABLE}name", ""), table.get(f"{TABLE}name", ""), _rows(table))
        for table in root.iter(f"{TABLE}table")
    ]


def _rows(table: ET.Element) -> Iterator[list[str]]:
    for row in table.iter(f"{TABLE}table-row"):
        cells = [cell for element in row for cell in _cells(element)]
        while cells and not cells[-1]:
            cells.pop()
        for _again in range(min(_repeated(row, "rows"), MOST_REPEATED)):
            yield list(cells)


def _cells(cell: ET.Element) -> list[str]:
    if cell.tag not in {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}:
        return []
    text = _text(cell)
    return [text] * min(_repeated(cell, "columns"), MOST_REPEATED)


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
    return int(stated) if stated.isdecimal() and len(stated) < 9 else 1
