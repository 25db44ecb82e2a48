"""Which statement, party or source a cell names."""

from __future__ import annotations

from typing import Any

from quiz.content.problems import did_you_mean
from quiz.sheets.cells import plain
from quiz.sheets.table import Notes, SheetRow
from quiz.translations.commands import tr

Known = dict[str, Any]


def known(row: SheetRow, column: str, names: Known, notes: Notes) -> str | None:
    """Return the id that a cell names, or note that there is none.

    Case makes no difference, and a party may be given by its name.
    """
    text = plain(row.cells.get(column, ""))
    meant = id_of(text, names)
    if meant is not None:
        return meant
    if not text:
        notes.fault(row, column, tr("This cell is empty."))
        return None
    near = did_you_mean(text, names)
    what = tr("%(given)s is not known here.", given=repr(text))
    notes.fault(row, column, f"{what} {near}".strip())
    return None


def id_of(text: str, names: Known) -> str | None:
    """Return the id that a text means, or None."""
    if text in names:
        return text
    small = text.casefold()
    by_name = [key for key, entry in names.items() if _called(key, entry) >= {small}]
    return by_name[0] if len(by_name) == 1 else None


def stand_in(row: SheetRow) -> str:
    """Return what stands for an id that is missing, unknown or another row's.

    Nothing will be written, and the check still reads the row's other cells. It is no valid id, so
    no entry has it.
    """
    return f"row {row.row}"


def _called(key: str, entry: Any) -> set[str]:
    stated = entry.get("name") if isinstance(entry, dict) else None
    return {key.casefold(), *([stated.casefold()] if isinstance(stated, str) else ())}
