"""Importing a matrix: a row for each party, a column for each statement."""

from __future__ import annotations

from typing import Final

from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from quiz.content import ANSWERS, STATEMENTS
from quiz.sheets.drafts import make_draft
from quiz.sheets.files import Files
from quiz.sheets.known import known
from quiz.sheets.positions import position_of
from quiz.sheets.recognise import read_table
from quiz.sheets.table import Notes, Sheet, SheetError, SheetRow
from quiz.sheets.tables import SILENT
from quiz.translations.commands import tr

MATRIX: Final = "imported-matrix"


def from_matrix(files: Files, sheets: list[Sheet], notes: Notes) -> None:
    """Import a matrix: a column ``party``, and one for each statement.

    The evidence of a new position is its cell, labelled as a summary: pages say that these are not
    the party's own words. A position that changes becomes a draft, since its quotes support the old
    one. An empty cell is silence.
    """
    if len(sheets) != 1:
        raise SheetError(
            "–", tr("A matrix is one table, and here are several sheets. Name one with --sheet.")
        )
    statements = [entry["id"] for entry in files.data[STATEMENTS]["statements"]]
    table = read_table(sheets[0], "matrix", {"party", *statements}, {"party"}, notes)
    parties = {party["id"]: party for party in files.data[ANSWERS]["parties"]}
    seen: dict[str, int] = {}
    for row in table.rows:
        name = known(row, "party", parties, notes)
        if name is None:
            continue
        if seen.setdefault(name, row.row) != row.row:
            message = tr("%(name)s stands in row %(row)s already.", name=repr(name), row=seen[name])
            notes.fault(row, "party", message)
            continue
        for column in table.header:
            if column != "party":
                notes.took(f"parties[{name}].answers.{column}", row, column)
                _put(files, parties[name], column, row, notes)


def _put(files: Files, party: CommentedMap, column: str, row: SheetRow, notes: Notes) -> None:
    try:
        word = position_of(row.cells[column])
    except ValueError as error:
        notes.fault(row, column, str(error))
        return
    answers = party.get("answers")
    if word == SILENT:
        if column in (answers or {}):
            files.put(answers, column, None)
    elif column in (answers or {}):
        if answers[column].get("position") != word:
            files.put(answers[column], "position", word)
            make_draft(files, answers[column], party["id"], column, notes)
    else:
        text = f"{word} ({row.place(column)})"
        summary = CommentedMap(text=Quoted(text), source=MATRIX)
        if answers is None:
            answers = party["answers"] = CommentedMap()
        answers[column] = CommentedMap(position=word, explicit=True, summary=summary)
        _add_source(files, row.sheet)


def _add_source(files: Files, title: str) -> None:
    sources = files.data[ANSWERS]["sources"]
    if all(source["id"] != MATRIX for source in sources):
        words = Quoted(tr("Imported table %(title)s", title=title))
        sources.append(CommentedMap(id=MATRIX, title=words, edition="summary", kind="collected"))
