"""Taking tables over into the YAML files: only what differs is written, comments and order stay.

A column that a table does not have says nothing: what the files hold there stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from ruamel.yaml.comments import CommentedMap

from quiz.content import STATEMENTS
from quiz.sheets.files import Files
from quiz.sheets.positions import take_positions
from quiz.sheets.read import Cells, SheetError, Table
from quiz.sheets.rows import STATUS, check_header, known, languages_of, texts_of

TEXTS: Final = ("text", "explanation", "argument_for", "argument_against")


def take_over(files: Files, tables: Iterable[Table]) -> None:
    """Take over the tables ``statements`` and ``positions``; others are an error.

    Raises ``SheetError`` where a cell cannot be taken over.
    """
    takers: dict[str, Callable[[Files, Table], None]] = {
        "statements": take_statements, "positions": take_positions,
    }  # fmt: skip
    for table in tables:
        if table.name not in takers:
            raise SheetError(
                table.name,
                f"This table is not known. Its sheet or file is named {' or '.join(takers)}; "
                "for others there is --layout.",
            )
        takers[table.name](files, table)


def take_statements(files: Files, table: Table) -> None:
    """Change texts, themes and states of statements that are there; add new ones at the end."""
    data = files.data[STATEMENTS]
    languages = languages_of(files)
    check_header(
        table,
        {"statement", "status", "theme"} | {f"{key}:{tag}" for key in TEXTS for tag in languages},
        needed={"statement"},
    )
    entries = {entry["id"]: entry for entry in data["statements"]}
    seen: dict[str, int] = {}
    for row in table.rows:
        name = row.cells["statement"]
        if not name:
            raise row.error("statement", "The id of the statement is missing.")
        if seen.setdefault(name, row.row) != row.row:
            raise row.error("statement", f"{name!r} stands in row {seen[name]} already.")
        if name not in entries:
            entries[name] = CommentedMap(id=name)
            data["statements"].append(entries[name])
        _put_statement(files, entries[name], row, languages)


def _put_statement(files: Files, entry: CommentedMap, row: Cells, languages: list[str]) -> None:
    if row.cells.get("theme"):
        files.put(entry, "theme", row.cells["theme"])
    if row.cells.get("status"):
        known(row, "status", STATUS)
        if row.cells["status"] == "draft" or "status" in entry:
            files.put(entry, "status", row.cells["status"])
    for key in TEXTS:
        files.put_text(entry, key, texts_of(row, key, languages), languages[0])
