"""What rows of a table may hold, and how a cell is told that holds something else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from quiz.content import STATEMENTS
from quiz.content.problems import did_you_mean
from quiz.content.yaml.hints import SYNONYMS
from quiz.sheets.files import Files
from quiz.sheets.read import Cells, Table
from quiz.sheets.tables import plain

STATUS: Final = ("published", "draft")


def languages_of(files: Files) -> list[str]:
    """Return the quiz's languages."""
    return list(files.data[STATEMENTS]["quiz"]["languages"])


def texts_of(row: Cells, key: str, languages: list[str]) -> dict[str, str]:
    """Return a text's languages that the table has columns for; an empty cell is an empty text."""
    return {
        tag: plain(row.cells[f"{key}:{tag}"]) for tag in languages if f"{key}:{tag}" in row.cells
    }


def known(row: Cells, column: str, words: Iterable[str]) -> None:
    """Raise ``SheetError`` where a cell does not hold one of these words."""
    given, names = row.cells.get(column, ""), list(words)
    if given not in names:
        meant = SYNONYMS.get(given.lower())
        hint = f"Did you mean {meant!r}?" if meant in names else did_you_mean(given, names)
        what = f"{given!r} is not known here." if given else "This cell is empty."
        raise row.error(column, f"{what} {hint}".strip())


def check_header(table: Table, columns: set[str], *, needed: set[str]) -> None:
    """Raise ``SheetError`` for a column that is not known, and for one that must be there."""
    head = Cells(table.place, 1, {})
    for column in table.header:
        if column not in columns:
            raise head.error(
                column, f"This column is not known. {did_you_mean(column, columns)}".strip()
            )
    for column in sorted(needed - set(table.header)):
        raise head.error(column, "This column is missing.")
