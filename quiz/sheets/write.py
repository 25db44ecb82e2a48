"""Writing the content as CSV files in a folder, or as one XLSX workbook."""

from __future__ import annotations

from pathlib import Path

from quiz.content.catalogue import Catalogue
from quiz.sheets.tables import (
    as_csv,
    neutral,
    position_header,
    position_rows,
    statement_header,
    statement_rows,
)


def write(catalogue: Catalogue, path: Path) -> list[Path]:
    """Write the tables ``statements`` and ``positions``; return the files."""
    languages = catalogue.quiz.languages
    tables = {
        "statements": (statement_header(languages), statement_rows(catalogue)),
        "positions": (position_header(languages), position_rows(catalogue)),
    }
    if path.suffix.lower() != ".xlsx":
        path.mkdir(parents=True, exist_ok=True)
        files = [path / f"{name}.csv" for name in tables]
        for file, (header, rows) in zip(files, tables.values(), strict=True):
            file.write_text(as_csv(header, rows), encoding="utf-8-sig", newline="")
        return files
    with path.open("ab"):  # a place that cannot be written fails here, before rows are made
        pass
    from openpyxl import Workbook  # noqa: PLC0415  # slow to import

    book = Workbook(write_only=True)
    for name, (header, rows) in tables.items():
        sheet = book.create_sheet(name)
        sheet.append(header)
        for row in rows:
            sheet.append([neutral(cell) for cell in row])
    book.save(path)
    return [path]
