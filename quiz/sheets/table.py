"""Sheets of rows, tables with a header, and notes of faults and remarks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from quiz.content.limits import TABLE_CELLS, TABLE_FAULTS
from quiz.content.problems import Problem
from quiz.translations.commands import tr

FAILED: Final = frozenset(
    {
        "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!",
        "#NAAM?", "#WAARDE!", "#VERW!", "#DEEL/0!", "#N/B", "#LEEG!", "#GETAL!", "#WERT!", "#NV",
        "#BEZUG!", "#NOM?", "#VALEUR!", "#FELD!", "#ZAHL!",
    }
)  # fmt: skip
"""What a spreadsheet writes for a failed formula: often the text began with = or -."""

HEADER_WITHIN: Final = 20
"""The header is searched in this many rows: a title and remarks may precede it."""


class SheetError(Exception):
    """What is wrong with a spreadsheet: one line per fault, with file, sheet, row and column."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}" if place else message)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its place, and a cell for every column of the table, by column name."""

    sheet: str
    row: int
    cells: dict[str, str]

    def place(self, column: str) -> str:
        """Describe the place of one of its cells."""
        return tr(
            "%(sheet)s, row %(row)s, column %(column)s",
            sheet=self.sheet,
            row=self.row,
            column=column,
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as read: its name, its name in messages, and its rows, numbered from 1."""

    name: str
    place: str
    lines: list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose header was found."""

    name: str
    place: str
    header: tuple[str, ...]
    rows: tuple[SheetRow, ...]


class Cell(NamedTuple):
    """The place of a wrong cell; without a column, of a wrong row."""

    sheet: str
    row: int
    column: str = ""


class Origin(NamedTuple):
    """The cell that a value of the content was taken from.

    ``whole``: the value is a whole entry, taken from the row, and the cell names it.
    """

    row: SheetRow
    column: str
    whole: bool = False


@dataclass
class Notes:
    """Faults, which are reported together at the end, and remarks.

    ``origins``: by the path with which the check names a value, like ``parties[volt].color``.
    """

    faults: dict[Cell, list[str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    origins: dict[str, Origin] = field(default_factory=dict)

    def fault(self, row: SheetRow, column: str, message: str) -> None:
        """Note a wrong cell; what follows from the first fault of a cell is left out."""
        cell = Cell(row.sheet, row.row, column)
        self.faults.setdefault(cell, [f"{row.place(column)}: {message}"])

    def fault_of_row(self, sheet: str, row: int, line: str) -> None:
        """Note a row that is wrong as a whole; the line names its place."""
        self.faults[Cell(sheet, row)] = [line]

    def took(self, path: str, row: SheetRow, column: str, *, whole: bool = False) -> None:
        """Remember the cell of a value; the first one counts."""
        self.origins.setdefault(path, Origin(row, column, whole))

    def found(self, problems: Iterable[Problem]) -> list[Problem]:
        """Note the check's errors as faults of the cells that they come from; return the others.

        A wrong cell is not taken over. So what the check says of that cell, of its row as a whole,
        and of what no cell holds, may follow from a fault that is noted already, and is left out.
        """
        rows = {(cell.sheet, cell.row) for cell in self.faults}
        found: dict[Cell, list[str]] = {}
        others = []
        for problem in problems:
            origin = self._origin(problem.path)
            if origin is None:
                others.append(problem)
            elif not (origin.whole and (origin.row.sheet, origin.row.row) in rows):
                row, column, _ = origin
                line = f"{row.place(column)}: {problem.message} {problem.hint}".strip()
                found.setdefault(Cell(row.sheet, row.row, column), []).append(line)
        readable = not self.faults
        self.faults = found | self.faults
        return others if readable else []

    def _origin(self, path: str) -> Origin | None:
        """Return the cell of a value, or of the closest one around it.

        Of an entry's keys only its own count; one without a cell has a column that is missing.
        """
        at = path
        while at and at not in self.origins:
            at = at[: max(at.rfind("."), at.rfind("["), 0)]
        origin, below = self.origins.get(at), path[len(at) :]
        if origin is None or not origin.whole or not below:
            return origin
        key = re.fullmatch(r"\.(\w+)", below)
        return origin._replace(column=key[1]) if key else None

    def remark(self, message: str) -> None:
        """Note something that people should know; the same remark only once."""
        if message not in self.remarks:
            self.remarks.append(message)

    def stop(self) -> None:
        """Raise ``SheetError`` with every fault, where there are any."""
        if self.faults:
            sheets = list(dict.fromkeys(cell.sheet for cell in self.faults))
            in_order = sorted(self.faults, key=lambda cell: (sheets.index(cell.sheet), cell.row))
            faults = list(dict.fromkeys(line for cell in in_order for line in self.faults[cell]))
            shown = faults[:TABLE_FAULTS]
            if len(faults) > len(shown):
                shown.append(tr("… and %(count)s more.", count=len(faults) - len(shown)))
            raise SheetError("", "\n".join(shown))


def sheet_of(name: str, place: str, lines: Iterator[list[str]]) -> Sheet:
    """Keep the rows that are not empty. Raises ``SheetError`` where there are too many cells."""
    kept, cells = [], 0
    for number, line in enumerate(lines, 1):
        cells += max(1, len(line))
        if cells > TABLE_CELLS:
            raise too_many(place)
        texts = [text.strip().replace("\r\n", "\n") for text in line]
        if any(texts):
            kept.append((number, texts))
    return Sheet(name, place, kept)


def too_many(place: str) -> SheetError:
    """Return the error for a file with too many cells."""
    return SheetError(place, tr("There are more than %(count)s cells.", count=TABLE_CELLS))


def column_name(text: str) -> str:
    """Normalise a column's name.

    >>> column_name(" Long  name"), column_name("Text: NL")
    ('long_name', 'text:nl')

    """
    return "_".join(text.casefold().split()).replace(":_", ":")


def header_of(sheet: Sheet, columns: Collection[str]) -> int | None:
    """Return the index of the header: the row with most of these columns; None if there is none."""
    best, most = None, 0
    for at, (_number, texts) in enumerate(sheet.lines[:HEADER_WITHIN]):
        known = len({column_name(text) for text in texts} & set(columns))
        if known > most:
            best, most = at, known
    return best


def table_below(sheet: Sheet, header: int, columns: Sequence[str | None], notes: Notes) -> Table:
    """Make a table of the rows below a header.

    ``columns`` names the column of each cell; None leaves a cell out.
    """
    names = [name for name in columns if name is not None]
    rows = []
    for number, texts in sheet.lines[header + 1 :]:
        if any(texts[len(columns) :]):
            line = tr(
                "%(sheet)s, row %(row)s: There are more cells than columns.",
                sheet=sheet.place,
                row=number,
            )
            notes.fault_of_row(sheet.place, number, line)
            continue
        filled = texts + [""] * (len(columns) - len(texts))
        cells = {
            name: text for name, text in zip(columns, filled, strict=False) if name is not None
        }
        row = SheetRow(sheet.place, number, cells)
        for column, text in cells.items():
            _refuse(row, column, text, notes)
        if any(cells.values()):
            rows.append(row)
    return Table(sheet.name, sheet.place, tuple(names), tuple(rows))


def _refuse(row: SheetRow, column: str, text: str, notes: Notes) -> None:
    if text[:1] == "=":
        notes.fault(row, column, tr("This is a formula. Replace it by its value."))
    elif text.upper() in FAILED:
        notes.fault(
            row,
            column,
            tr("The spreadsheet could not compute this: %(text)s. Write the text.", text=text),
        )
