"""A quiz from a plain long table: a row for each party and statement, with columns of many
names.
"""

from __future__ import annotations

import re
from typing import Final

from quiz.content.values import LANGUAGE
from quiz.sheets.cells import plain
from quiz.sheets.made import MadeQuiz
from quiz.sheets.positions import position_of
from quiz.sheets.table import (
    Notes,
    Sheet,
    SheetError,
    SheetRow,
    Table,
    column_name,
    table_below,
)
from quiz.sheets.tables import SILENT
from quiz.translations.commands import tr

COLUMNS: Final = {
    "party": ("party", "partij", "partei", "parti", "party_short", "partei:kurzbezeichnung",
              "kandidat", "candidate", "الحزب"),
    "long_name": ("party_name", "long_name", "partijnaam", "partei:name", "name"),
    "number": ("number", "nr", "nr.", "these:nr.", "nummer", "no", "numéro"),
    "statement": ("statement", "stelling", "these", "thesis", "title", "titel", "these:titel",
                  "affirmation", "onderwerp", "العبارة"),
    "text": ("text", "tekst", "these:these", "wording", "texte", "stellingtekst", "النص"),
    "position": ("position", "standpunt", "positie", "antwoord", "answer", "position:position",
                 "antwort", "réponse", "الموقف"),
    "reason": ("reason", "reden", "toelichting", "motivatie", "begründung",
               "position:begründung", "explanation", "quote", "citaat", "comment", "raison",
               "السبب"),
    "theme": ("theme", "thema", "topic", "thème", "الموضوع"),
    "language": ("language", "taal", "sprache", "langue", "اللغة"),
}  # fmt: skip
"""The meaning of a column, and the names that people give it."""

MEANING: Final = {name: column for column, names in COLUMNS.items() for name in names}
NEEDED: Final = ("party", "statement", "position")


def from_long(sheets: list[Sheet], made: MadeQuiz) -> None:
    """Fill a new quiz from a long table.

    Cover sheets are skipped, with a remark. Raises ``SheetError`` unless exactly one sheet is such
    a table.
    """
    tables = []
    for sheet in sheets:
        table = _table(sheet, made.notes)
        if table is not None:
            tables.append(table)
        elif len(sheets) > 1:
            made.notes.remark(tr("%(sheet)s: left out, it is no such table.", sheet=sheet.place))
    if not tables:
        raise SheetError(
            sheets[0].place if sheets else "–",
            tr("No table has the columns %(columns)s.", columns=", ".join(NEEDED)),
        )
    if len(tables) > 1:
        names = ", ".join(table.place for table in tables)
        raise SheetError("–", tr("Several sheets: %(names)s. Name one with --sheet.", names=names))
    _fill(tables[0], made)


def _table(sheet: Sheet, notes: Notes) -> Table | None:
    for at, (_number, texts) in enumerate(sheet.lines[:20]):
        columns: list[str | None] = []
        extra = []
        for text in texts:
            meant = MEANING.get(column_name(text))
            columns.append(meant if meant not in columns else None)
            if columns[-1] is None and text:
                extra.append(text)
        if "text" in columns and "statement" not in columns:
            columns[columns.index("text")] = "statement"
        if all(column in columns for column in NEEDED):
            for text in extra:
                notes.remark(
                    tr("%(sheet)s: the column %(column)s is left out.",
                      sheet=sheet.place, column=repr(text))
                )  # fmt: skip
            return table_below(sheet, at, columns, notes)
    return None


def _fill(table: Table, made: MadeQuiz) -> None:
    stated: dict[tuple[str, str], tuple[SheetRow, str]] = {}
    for row in table.rows:
        cell = {column: plain(text) for column, text in row.cells.items()}
        missing = [column for column in ("party", "statement") if not cell[column]]
        for column in missing:
            made.notes.fault(row, column, tr("This cell is empty."))
        language = cell.get("language", "").lower()
        if language and not re.fullmatch(LANGUAGE, language):
            message = tr("%(tag)s is not a language tag, like nl, en or de.", tag=repr(language))
            made.notes.fault(row, "language", message)
            missing.append("language")
        try:
            word = position_of(cell["position"])
        except ValueError as error:
            made.notes.fault(row, "position", str(error))
            word = SILENT
        if missing:
            continue
        key = _add(cell, made)
        _remember(row, cell, key, made)
        first, before = stated.setdefault((cell["party"], key), (row, word))
        if before != word:
            message = tr(
                "%(here)s stands here, and %(there)s in row %(row)s for the same position.",
                here=repr(word),
                there=repr(before),
                row=first.row,
            )
            made.notes.fault(row, "position", message)
        elif first is row:
            made.position(cell["party"], key, word, cell.get("reason", ""), cell["position"])
        elif cell.get("reason"):
            made.leave_out(tr("a reason in a further language or row"))


def _remember(row: SheetRow, cell: dict[str, str], key: str, made: MadeQuiz) -> None:
    """Remember the cells that the row's statement and party were taken from."""
    statement = f"statements[{made.statements[key]['id']}]"
    party = f"parties[{made.parties[cell['party']]['id']}]"
    made.notes.took(f"{statement}.text", row, "text" if "text" in cell else "statement")
    made.notes.took(f"{statement}.explanation", row, "statement")
    made.notes.took(f"{party}.long_name", row, "long_name")


def _add(cell: dict[str, str], made: MadeQuiz) -> str:
    """Add a row's statement and party where they are new; return the statement's key."""
    language = cell.get("language", "").lower() or made.first
    name = cell["statement"]
    key = cell.get("number") or name
    if cell.get("number"):
        name = f"{key}-{name}"
    text = cell.get("text") or cell["statement"]
    theme = cell.get("theme", "")
    made.statement(key, name, {language: text}, {language: cell["statement"]}, theme)
    made.party(cell["party"], cell["party"], long_name=cell.get("long_name", ""))
    return key
