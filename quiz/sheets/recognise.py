"""Recognising our tables, whatever the file is called and whatever is above the header."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from quiz.content.problems import meant, near_miss
from quiz.sheets.columns import ENTRIES, entry_header
from quiz.sheets.table import (
    Notes,
    Sheet,
    SheetError,
    SheetRow,
    Table,
    column_name,
    header_of,
    table_below,
)
from quiz.sheets.tables import position_header
from quiz.translations.commands import tr

POSITIONS: Final = "positions"
NEEDED: Final[Mapping[str, frozenset[str]]] = {
    POSITIONS: frozenset({"party", "statement", "position"}),
    **{entries.name: frozenset({entries.key}) for entries in ENTRIES},
}
"""The columns that a table needs."""

NAMES: Final = {
    "stellingen": "statements", "thesen": "statements", "statement": "statements",
    "partijen": "parties", "parteien": "parties", "party": "parties",
    "bronnen": "sources", "quellen": "sources", "source": "sources",
    "thema's": "themes", "themas": "themes", "themen": "themes", "theme": "themes",
    "standpunten": "positions", "positionen": "positions", "position": "positions",
    **{name: name for name in NEEDED},
}  # fmt: skip
"""Names that people give a sheet, and the table that it is."""


def recognise(sheets: Iterable[Sheet], languages: Sequence[str], notes: Notes) -> list[Table]:
    """Return our tables among the sheets, in the order in which they can be imported.

    Other sheets are skipped, with a remark. Raises ``SheetError`` where no sheet is one of our
    tables.
    """
    headers = {POSITIONS: position_header(languages)}
    headers |= {entries.name: entry_header(entries, languages) for entries in ENTRIES}
    tables: dict[str, Table] = {}
    passed = []
    for sheet in sheets:
        name = _name_of(sheet, headers)
        if name is None:
            passed.append(sheet)
            continue
        if name in tables:
            raise SheetError(
                sheet.place,
                tr(
                    "%(other)s is the table of %(name)s already.",
                    other=tables[name].place,
                    name=name,
                ),
            )
        tables[name] = read_table(sheet, name, headers[name], NEEDED[name], notes)
    if not tables:
        raise SheetError(
            passed[0].place if passed else "–",
            tr(
                "This table is not known. Its sheet or file is named %(names)s; for others there "
                "is --layout.",
                names=", ".join(NEEDED),
            ),
        )
    for sheet in passed:
        notes.remark(tr("%(sheet)s: left out, it is none of our tables.", sheet=sheet.place))
    return [tables[name] for name in (*(entries.name for entries in ENTRIES), POSITIONS) if name in tables]  # fmt: skip


def is_whole_quiz(sheets: Iterable[Sheet]) -> bool:
    """Return whether there are tables of statements and of parties among the sheets."""
    headers = {entries.name: entry_header(entries, ()) for entries in ENTRIES}
    headers[POSITIONS] = position_header(())
    return {"statements", "parties"} <= {_name_of(sheet, headers) for sheet in sheets}


def read_table(
    sheet: Sheet, name: str, columns: Collection[str], needed: Collection[str], notes: Notes
) -> Table:
    """Find a sheet's header and read the table below it.

    Unknown columns are left out, with a remark; a column whose name is almost right is a fault.
    """
    at = header_of(sheet, columns)
    number, texts = sheet.lines[at or 0]
    head = SheetRow(sheet.place, number, {})
    names = [column_name(text) for text in texts]
    if "id" in names and len(needed) == 1 and not set(needed) & set(names):
        names[names.index("id")] = next(iter(needed))  # a table of entries: their key
    taken: list[str | None] = []
    for place, column in enumerate(names):
        if column in columns and column in names[:place]:
            notes.fault(head, column, tr("This column stands twice."))
        if column not in columns:
            near = near_miss(column, set(columns) - set(names)) if column else ""
            if near:
                message = tr("This column is not known.")
                notes.fault(head, texts[place], f"{message} {meant(near)}")
            elif column:
                notes.remark(
                    tr(
                        "%(sheet)s: the column %(column)s is left out.",
                        sheet=sheet.place,
                        column=repr(texts[place]),
                    )
                )
            taken.append(None)
        else:
            taken.append(column)
    for column in sorted(set(needed) - set(names)):
        notes.fault(head, column, tr("This column is missing."))
    table = table_below(sheet, at or 0, taken, notes)
    return Table(name, table.place, table.header, table.rows)


def _name_of(sheet: Sheet, headers: Mapping[str, Sequence[str]]) -> str | None:
    """Recognise a sheet by its name, or else by its header."""
    words = re.findall(r"[^\W\d_]+(?:'s)?", sheet.name.casefold())
    named = {NAMES[word] for word in words if word in NAMES}
    if len(named) == 1:
        return named.pop()
    for name, header in headers.items():
        at = header_of(sheet, header)
        names = {column_name(text) for text in sheet.lines[at][1]} if at is not None else set()
        if names >= NEEDED[name] and len(names & set(header)) > 1:
            return name
    return None
