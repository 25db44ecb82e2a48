"""Writing the content as CSV files in a folder, or as one XLSX workbook made for editing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from quiz.content.catalogue import CODES, Catalogue
from quiz.sheets.cells import neutral
from quiz.sheets.columns import ENTRIES, columns_of, entry_header, entry_rows
from quiz.sheets.recognise import POSITIONS
from quiz.sheets.tables import SILENT, Row, as_csv, position_header, position_rows

WIDE: Final = 50
NARROW: Final = 14
EXTRA_ROWS: Final = 500
"""Rows below the last that get the same drop-down lists."""

WORDS: Final[Mapping[str, Sequence[str]]] = {
    "position": (*CODES, SILENT),
    "explicit": ("yes", "no"),
    "status": ("published", "draft"),
    "evidence": ("quote", "summary"),
}
LISTED: Final = {entries.key: entries.name for entries in ENTRIES}
"""A column that holds an id → the sheet that lists it."""

Tables = Mapping[str, tuple[Row, Iterable[Row]]]


def write(catalogue: Catalogue, path: Path) -> list[Path]:
    """Write a table for each kind of entry and one of positions; return the files."""
    languages = catalogue.quiz.languages
    tables: dict[str, tuple[Row, Iterable[Row]]] = {
        entries.name: (entry_header(entries, languages), entry_rows(entries, catalogue))
        for entries in ENTRIES
    }
    tables[POSITIONS] = (position_header(languages), position_rows(catalogue))
    if path.suffix.lower() == ".xlsx":
        _workbook(tables, languages, path)
        return [path]
    path.mkdir(parents=True, exist_ok=True)
    files = [path / f"{name}.csv" for name in tables]
    for file, (header, rows) in zip(files, tables.values(), strict=True):
        file.write_text(as_csv(header, rows), encoding="utf-8-sig", newline="")
    return files


def _workbook(tables: Tables, languages: Sequence[str], path: Path) -> None:
    with path.open("ab"):  # fails early where the file cannot be written
        pass
    from openpyxl import Workbook  # noqa: PLC0415  # slow to import
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    for name, (header, rows) in tables.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "B2"
        for number, column in enumerate(header, 1):
            wide = ":" in column or column in {"quote", "title", "url"}
            sheet.column_dimensions[get_column_letter(number)].width = WIDE if wide else NARROW
        heads = [WriteOnlyCell(sheet, value=column) for column in header]
        for head in heads:
            head.font = Font(bold=True)
        sheet.append(heads)
        count = 0
        for row in rows:
            sheet.append([neutral(cell) for cell in row])
            count += 1
        _choices(sheet, name, header, languages, count + EXTRA_ROWS)
    book.save(path)


def _choices(sheet: Any, name: str, header: Row, languages: Sequence[str], last: int) -> None:
    """Add drop-down lists to columns of fixed words and of ids."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    for number, column in enumerate(header, 1):
        if number == 1 and name in LISTED.values():
            continue  # its own ids: new ones are typed here
        if column in LISTED:
            formula = f"={LISTED[column]}!$A$2:$A$1000"
        elif words := _words(name, column, languages):
            formula = f'"{",".join(words)}"'
        else:
            continue
        choice = DataValidation(type="list", formula1=formula, allow_blank=True)
        letter = get_column_letter(number)
        choice.add(f"{letter}2:{letter}{last}")
        sheet.data_validations.append(choice)


def _words(name: str, column: str, languages: Sequence[str]) -> Sequence[str]:
    if name == POSITIONS:
        return WORDS.get(column, ())
    entries = next(entries for entries in ENTRIES if entries.name == name)
    described = next(each for each in columns_of(entries.model, languages) if each.name == column)
    return ("yes", "no") if described.kind == "flag" else described.words
