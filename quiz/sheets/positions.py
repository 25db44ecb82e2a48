"""Taking a table of positions over: a row for each quote of a party on a statement."""

from __future__ import annotations

from typing import Any, Final

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from quiz.content import ANSWERS, STATEMENTS
from quiz.content.catalogue import CODES
from quiz.sheets.files import Files
from quiz.sheets.read import Cells, Table
from quiz.sheets.rows import STATUS, check_header, known, languages_of, texts_of
from quiz.sheets.tables import SILENT, plain

YES: Final = {"yes": True, "no": False}
WORDS: Final = {"explicit": tuple(YES), "status": STATUS, "evidence": ("quote", "summary")}
SHARED: Final = ("position", "explicit", "status", "evidence")
"""What the rows of one position must agree on."""

SHOWN: Final = ("title", "edition", "url")
"""What the table shows of a source; it is changed in the YAML file."""


def take_positions(files: Files, table: Table) -> None:
    """Change, add and take out positions with their quotes."""
    data = files.data[ANSWERS]
    languages = languages_of(files)
    fixed = {"party", "statement", "quote", "source", "page", *SHARED, *SHOWN}
    check_header(
        table,
        fixed | {f"explanation:{tag}" for tag in languages},
        needed={"party", "statement", "position"},
    )
    parties = {party["id"]: party for party in data["parties"]}
    sources = {source["id"]: source for source in data["sources"]}
    statements = [entry["id"] for entry in files.data[STATEMENTS]["statements"]]
    groups: dict[tuple[str, str], list[Cells]] = {}
    for row in table.rows:
        known(row, "party", parties)
        known(row, "statement", statements)
        known(row, "position", [*CODES, SILENT])
        for column, words in WORDS.items():
            if row.cells.get(column):
                known(row, column, words)
        groups.setdefault((row.cells["party"], row.cells["statement"]), []).append(row)
    for (party, statement), rows in groups.items():
        _agree(rows, languages)
        answers = parties[party].get("answers")
        if rows[0].cells["position"] == SILENT:
            if statement in (answers or {}):
                files.put(answers, statement, None)
            elif rows[0].cells.get("quote"):
                raise rows[0].error("position", "There is a quote, and no position with it.")
            continue
        if answers is None:
            answers = parties[party]["answers"] = CommentedMap()
        for row in rows:
            _unchanged(row, sources)
        _put_position(files, answers, rows, sources, languages)


def _agree(rows: list[Cells], languages: list[str]) -> None:
    """Raise ``SheetError`` where rows of one position say different things."""
    first = rows[0]
    for row in rows[1:]:
        for column in SHARED:
            here, there = row.cells.get(column, ""), first.cells.get(column, "")
            if here != there:
                raise row.error(
                    column,
                    f"{here!r} stands here, and {there!r} in row {first.row} for the same position.",
                )
        for tag, text in texts_of(row, "explanation", languages).items():
            if text and text != plain(first.cells[f"explanation:{tag}"]):
                raise row.error(f"explanation:{tag}", f"This belongs into row {first.row}.")


def _unchanged(row: Cells, sources: dict[str, Any]) -> None:
    for column in SHOWN:
        given = plain(row.cells.get(column, ""))
        if given and all(given != str(source.get(column)).strip() for source in sources.values()):
            raise row.error(column, f"Change a source's {column} in party_answers.yaml.")


def _put_position(
    files: Files, answers: CommentedMap, rows: list[Cells], sources: dict[str, Any], languages: list[str]
) -> None:  # fmt: skip
    first = rows[0]
    entry = answers.get(first.cells["statement"])
    fresh = entry is None
    if entry is None:
        entry = answers[first.cells["statement"]] = CommentedMap()
    status = first.cells.get("status")
    if status == "draft" or (status and "status" in entry):
        files.put(entry, "status", status)
    files.put(entry, "position", first.cells["position"])
    if fresh or "explicit" in first.cells:
        known(first, "explicit", YES)
        files.put(entry, "explicit", YES[first.cells["explicit"]])
    if fresh or "quote" in first.cells:
        _put_evidence(files, entry, rows, sources)
    files.put_text(entry, "explanation", texts_of(first, "explanation", languages), languages[0])


def _put_evidence(
    files: Files, entry: CommentedMap, rows: list[Cells], sources: dict[str, Any]
) -> None:
    first = rows[0]
    if first.cells.get("evidence"):
        summary = first.cells["evidence"] == "summary"
    else:
        summary = "summary" in entry
    given = [_quote(row, sources) for row in rows]
    if summary and len(given) > 1:
        raise rows[1].error("evidence", "There is one summary for a position, not two.")
    if summary:
        files.put(entry, "quotes", None)
        _put_quote(files, entry.setdefault("summary", CommentedMap()), given[0])
    else:
        files.put(entry, "summary", None)
        _put_quotes(files, entry.setdefault("quotes", CommentedSeq()), given)


def _put_quotes(files: Files, quotes: CommentedSeq, given: list[dict[str, Any]]) -> None:
    """Change a list of quotes in place: those with the same words first, then by their place."""
    texts = [one["text"] for one in given]
    for index in range(len(quotes) - 1, -1, -1):
        if len(quotes) > len(given) and quotes[index]["text"].strip() not in texts:
            del quotes[index]
    del quotes[len(given) :]
    for index, one in enumerate(given):
        if index == len(quotes):
            quotes.append(CommentedMap())
            if index and quotes[0].fa.flow_style():
                quotes[index].fa.set_flow_style()
        _put_quote(files, quotes[index], one)


def _put_quote(files: Files, quote: CommentedMap, given: dict[str, Any]) -> None:
    if "page" not in given and given["source"] == quote.get("source"):
        given = {**given, "page": quote.get("page")}
    for key in ("text", "source", "page"):
        files.put(quote, key, given.get(key))


def _quote(row: Cells, sources: dict[str, Any]) -> dict[str, Any]:
    quote: dict[str, Any] = {"text": plain(row.cells.get("quote", "")), "source": ""}
    if not quote["text"]:
        raise row.error("quote", "A position needs a quote.")
    known(row, "source", sources)
    quote["source"] = row.cells["source"]
    page = row.cells.get("page")
    if page:
        if not (page.isascii() and page.isdigit() and int(page) > 0):
            raise row.error("page", f"{page!r} is not a page number.")
        quote["page"] = int(page)
    elif page is not None:
        quote["page"] = None
    return quote
