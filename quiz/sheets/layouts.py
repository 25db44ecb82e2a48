"""Layouts of others: a plain matrix, and the official data set of the Wahl-O-Mat.

The data set (published by the bpb for every election) has a row for each party and statement, with
the columns below; its positions are given by the parties, with reasons in their own words.
"""

from __future__ import annotations

import io
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from quiz.content import ANSWERS, STATEMENTS
from quiz.content.catalogue import CODES
from quiz.content.slugs import slug
from quiz.sheets.files import Files, spelled
from quiz.sheets.read import Cells, SheetError, Table
from quiz.sheets.rows import check_header, known
from quiz.sheets.tables import SILENT, plain

PARTY, LONG = "Partei: Kurzbezeichnung", "Partei: Name"
NUMBER, TITLE, TEXT = "These: Nr.", "These: Titel", "These: These"
POSITION, REASON = "Position: Position", "Position: Begründung"
POSITIONS: Final = {"stimme zu": "agree", "neutral": "neutral", "stimme nicht zu": "disagree"}
MATRIX: Final = "imported-matrix"


def from_matrix(files: Files, tables: list[Table]) -> None:
    """Take over a matrix: a column ``party``, and one for each statement.

    A position that has no quote yet is backed by its cell, labelled as a summary: pages say that
    it is not the party's own words.
    """
    if len(tables) != 1:
        raise SheetError("–", "A matrix is one table, and here are several sheets.")
    (table,) = tables
    parties = {party["id"]: party for party in files.data[ANSWERS]["parties"]}
    statements = [entry["id"] for entry in files.data[STATEMENTS]["statements"]]
    check_header(table, {"party", *statements}, needed={"party"})
    seen: dict[str, int] = {}
    for row in table.rows:
        known(row, "party", parties)
        name = row.cells["party"]
        if seen.setdefault(name, row.row) != row.row:
            raise row.error("party", f"{name!r} stands in row {seen[name]} already.")
        for column in table.header:
            if column != "party":
                _put(files, parties[name], column, row)


def _put(files: Files, party: CommentedMap, column: str, row: Cells) -> None:
    word, answers = row.cells[column].lower() or SILENT, party.get("answers")
    if word not in {*CODES, SILENT}:
        known(row, column, [*CODES, SILENT])
    if word == SILENT:
        if column in (answers or {}):
            files.put(answers, column, None)
    elif column in (answers or {}):
        files.put(answers[column], "position", word)
    else:
        text = f"{word} ({row.sheet}, row {row.row}, column {column})"
        summary = CommentedMap(text=Quoted(text), source=MATRIX)
        if answers is None:
            answers = party["answers"] = CommentedMap()
        answers[column] = CommentedMap(position=word, explicit=True, summary=summary)
        _add_source(files, row.sheet)


def _add_source(files: Files, title: str) -> None:
    sources = files.data[ANSWERS]["sources"]
    if all(source["id"] != MATRIX for source in sources):
        words = Quoted(f"Imported table {title}")
        sources.append(CommentedMap(id=MATRIX, title=words, edition="summary"))


def from_wahl_o_mat(tables: list[Table]) -> dict[str, str]:
    """Make a new quiz of the data set; return the two files' texts."""
    needed = {PARTY, NUMBER, TITLE, TEXT, POSITION, REASON}
    table = next((one for one in tables if needed <= set(one.header)), None)
    if table is None:
        raise SheetError("–", f"No sheet has the columns {', '.join(sorted(needed))}.")
    statements: dict[str, dict[str, Any]] = {}
    parties: dict[str, dict[str, Any]] = {}
    for row in table.rows:
        number, short = row.cells.get(NUMBER, ""), row.cells.get(PARTY, "")
        if not number or not short:
            raise row.error(NUMBER if short else PARTY, "This cell is empty.")
        title = plain(row.cells.get(TITLE, "")) or number
        entry = statements.setdefault(
            number,
            {"id": slug(f"{number}-{title}"), "theme": "all", "text": plain(row.cells.get(TEXT, "")),
             "explanation": title},
        )  # fmt: skip
        party = parties.setdefault(
            short, {"id": slug(short), "name": short, "searched": ["wahl-o-mat"], "answers": {}}
        )
        if row.cells.get(LONG):
            party["long_name"] = plain(row.cells[LONG])
        word = POSITIONS.get(row.cells.get(POSITION, "").lower())
        if word is None:
            raise row.error(POSITION, f"A position is one of: {', '.join(POSITIONS)}.")
        party["answers"][entry["id"]] = _answer(word, plain(row.cells.get(REASON, "")), short)
    quiz = {
        "id": "wahl-o-mat", "title": "Wahl-O-Mat", "description": "Aus dem Datensatz übernommen.",
        "languages": ["de"],
        "matching": {"method": "city-block", "prior": 0, "double_weight": 2, "min_compared": 1},
    }  # fmt: skip
    source = {"id": "wahl-o-mat", "title": f"Wahl-O-Mat, {table.name}", "edition": "final"}
    return {
        STATEMENTS: _dump({"quiz": quiz, "themes": [{"id": "all", "name": "Alle Thesen"}],
                           "statements": list(statements.values())}),
        ANSWERS: _dump({"sources": [source], "parties": list(parties.values())}),
    }  # fmt: skip


def _answer(word: str, reason: str, party: str) -> dict[str, Any]:
    answer: dict[str, Any] = {"position": word, "explicit": True}
    if reason:
        return answer | {"quotes": [{"text": reason, "source": "wahl-o-mat"}]}
    text = f"{party}: {word}, ohne Begründung"
    return answer | {"summary": {"text": text, "source": "wahl-o-mat"}}


def _dump(data: dict[str, Any]) -> str:
    yaml = YAML()
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(_spelled(data), out)
    return out.getvalue()


def _spelled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _spelled(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_spelled(inner) for inner in value]
    return spelled(value)
