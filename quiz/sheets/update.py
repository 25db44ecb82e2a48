"""Importing tables into the YAML files: only differences are written; comments and order stay.

Where a table lacks a column, the files keep their values. An entry without a row stays too, unless
deleting was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from quiz.content import ANSWERS
from quiz.sheets.cells import plain
from quiz.sheets.columns import ENTRIES, Column, Entries, columns_of, value_of
from quiz.sheets.files import Files, spelled
from quiz.sheets.known import stand_in
from quiz.sheets.positions import take_positions
from quiz.sheets.recognise import recognise
from quiz.sheets.table import Notes, Sheet, SheetRow, Table
from quiz.translations.commands import tr


def take_over(files: Files, sheets: Iterable[Sheet], notes: Notes, *, delete: bool = False) -> None:
    """Import every table among the sheets, those that others refer to first.

    Every cell that cannot be imported is noted, and the others are still put in: so the check finds
    what is wrong with these.
    """
    tables = {table.name: table for table in recognise(sheets, files.languages, notes)}
    for entries in ENTRIES:
        if entries.name in tables:
            take_entries(files, entries, tables[entries.name], notes, delete=delete)
    if "positions" in tables:
        take_positions(files, tables["positions"], notes, delete=delete)


def take_entries(
    files: Files, entries: Entries, table: Table, notes: Notes, *, delete: bool
) -> None:
    """Change existing entries and add new ones at the end; remove those without a row where
    asked to.
    """
    if entries.key not in table.header:
        return  # which is noted
    listed = files.data[entries.file][entries.name]
    by_id = {entry["id"]: entry for entry in listed}
    columns = [c for c in columns_of(entries.model, files.languages) if c.name in table.header]
    small = {name.casefold(): name for name in by_id}
    seen: dict[str, int] = {}
    for row in table.rows:
        written = plain(row.cells[entries.key])
        name = small.get(written.casefold(), written)
        if not name:
            notes.fault(row, entries.key, tr("The id is missing."))
        elif seen.setdefault(name, row.row) != row.row:
            message = tr("%(name)s stands in row %(row)s already.", name=repr(name), row=seen[name])
            notes.fault(row, entries.key, message)
        if seen.get(name) != row.row:
            name = stand_in(row)
            seen[name] = row.row
        if name not in by_id:
            by_id[name] = CommentedMap(id=spelled(name))
            listed.append(by_id[name])
        path = f"{entries.name}[{name}]"
        notes.took(path, row, entries.key, whole=True)
        notes.took(f"{path}.id", row, entries.key)
        put_entry(files, by_id[name], row, columns, notes, path=path)
    for name in [name for name in by_id if name not in seen]:
        if delete:
            listed.remove(by_id[name])
            _forget(files, entries.name, name)
        else:
            notes.remark(
                tr(
                    "%(sheet)s: no row for %(name)s; it stays. --delete takes it out.",
                    sheet=table.place,
                    name=repr(name),
                )
            )


def _forget(files: Files, what: str, name: str) -> None:
    """Remove what belongs to a removed statement or party."""
    data = files.data[ANSWERS]
    if what == "statements":
        for party in data["parties"]:
            (party.get("answers") or {}).pop(name, None)
    if what == "parties":
        for source in data["sources"]:
            (source.get("lines") or {}).pop(name, None)


def put_entry(
    files: Files,
    entry: CommentedMap,
    row: SheetRow,
    columns: list[Column],
    notes: Notes,
    *,
    path: str,
) -> None:
    """Set an entry's keys from a row, where they differ."""
    texts: dict[str, dict[str, str]] = {}
    for column in columns:
        cell = row.cells[column.name]
        notes.took(f"{path}.{column.key}", row, column.name)
        if column.kind == "text":
            texts.setdefault(column.key, {})[column.tag] = plain(cell)
            notes.took(f"{path}.{column.key}.{column.tag}", row, column.name)
            continue
        try:
            value = value_of(column, cell)
        except ValueError as error:
            notes.fault(row, column.name, str(error))
            continue
        if value is None and column.required:
            notes.fault(row, column.name, tr("This cell is empty."))
        elif column.key == "status" and value is None:
            continue
        elif value != column.default or column.key in entry:
            put_value(files, entry, column, value)
    for key, by_language in texts.items():
        files.put_text(entry, key, by_language, files.languages[0])
    for column in columns:
        first = column.kind == "text" and column.tag == files.languages[0]
        if first and column.required and column.key not in entry:
            notes.fault(row, column.name, tr("This cell is empty."))


def put_value(files: Files, entry: CommentedMap, column: Column, value: Any) -> None:
    """Set a key where it differs: a list or a map on one line, a day unquoted."""
    now = entry.get(column.key)
    if column.kind in {"list", "ranges"}:
        if (now or type(value or [])()) == (value or type(now or [])()):
            return
        value = _flow(value or [])
    elif column.kind == "day" and str(now) == str(value):
        return
    files.put(entry, column.key, value)


def _flow(value: Any) -> Any:
    if isinstance(value, dict):
        flow: Any = CommentedMap({name: _flow(pair) for name, pair in value.items()})
    else:
        flow = CommentedSeq([spelled(item) for item in value])
    flow.fa.set_flow_style()
    return flow
