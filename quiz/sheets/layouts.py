"""Layouts of others: a plain matrix, and the official data set of the Wahl-O-Mat.

The data set (published by the bpb for every election) has a row for each party and statement, with
the columns below; its positions are given by the parties, with reasons in their own words.
"""

from __future__ import annotations

import io
import re
import unicodedata
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from quiz.content import ANSWERS, STATEMENTS
from quiz.content.catalogue import CODES
from quiz.content.problems import did_you_mean
from quiz.sheets.read import Cells, SheetError, Table
from quiz.sheets.update import Files
from quiz.tables import SILENT, plain

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
        raise SheetError("–", "A matrix is one table.")
    (table,) = tables
    parties = {party["id"]: party for party in files.data[ANSWERS]["parties"]}
    statements = {entry["id"] for entry in files.data[STATEMENTS]["statements"]}
    for column in table.header:
        if column != "party" and column not in statements:
            raise Cells(table.name, 1, {}).error(
                column, f"There is no such statement. {did_you_mean(column, statements)}".strip()
            )
    for row in table.rows:
        name = row.cells.get("party", "")
        if name not in parties:
            raise row.error(
                "party", f"There is no party {name!r}. {did_you_mean(name, parties)}".strip()
            )
        answers = parties[name].setdefault("answers", CommentedMap())
        for column in table.header:
            if column != "party":
                _put(files, answers, column, row)


def _put(files: Files, answers: CommentedMap, column: str, row: Cells) -> None:
    word = row.cells.get(column, "").lower() or SILENT
    if word == SILENT:
        files.put(answers, column, None)
    elif word not in CODES:
        raise row.error(column, f"{word!r} is not one of: {', '.join([*CODES, SILENT])}.")
    elif column in answers:
        files.put(answers[column], "position", word)
    else:
        text = f"{word} ({row.sheet}, row {row.row}, column {column})"
        summary = CommentedMap(text=text, source=MATRIX)
        answers[column] = CommentedMap(position=word, explicit=True, summary=summary)
        files.changes += 1
        _add_source(files, row.sheet)


def _add_source(files: Files, title: str) -> None:
    sources = files.data[ANSWERS]["sources"]
    if all(source["id"] != MATRIX for source in sources):
        sources.append(CommentedMap(id=MATRIX, title=f"Imported table {title}", edition="summary"))


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


def slug(text: str) -> str:
    """Make an id of a name.

    >>> slug("3-Tempolimit auf Autobahnen"), slug("BÜNDNIS 90/DIE GRÜNEN"), slug("ÖDP")
    ('3-tempolimit-auf-autobahnen', 'bundnis-90-die-grunen', 'odp')
    """
    plain_letters = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", "-", plain_letters.decode().lower()).strip("-")[:80].strip("-")


def _dump(data: dict[str, Any]) -> str:
    yaml = YAML()
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()
