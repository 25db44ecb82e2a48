"""Taking tables over into the YAML files: only what differs is written, comments and order stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from quiz.content import ANSWERS, STATEMENTS
from quiz.content.catalogue import CODES
from quiz.content.problems import did_you_mean
from quiz.sheets.read import Cells, Table
from quiz.tables import SILENT, plain

TEXTS: Final = ("text", "explanation", "argument_for", "argument_against")
YES: Final = {"yes": True, "no": False}


class Files:
    """Both YAML files, to be changed in place and written back."""

    def __init__(self, folder: Path) -> None:
        self.yaml = YAML()
        self.yaml.preserve_quotes = True
        self.yaml.width = 1_000_000
        self.yaml.indent(mapping=2, sequence=4, offset=2)
        self.before = {
            name: (folder / name).read_text(encoding="utf-8") for name in (STATEMENTS, ANSWERS)
        }
        self.data = {name: self.yaml.load(text) for name, text in self.before.items()}
        self.changes = 0

    def texts(self) -> dict[str, str]:
        """Return the files' new texts; a file without a change stays byte for byte."""
        if not self.changes:
            return self.before
        written = {}
        for name, data in self.data.items():
            out = StringIO()
            self.yaml.dump(data, out)
            written[name] = out.getvalue()
        return written

    def put(self, mapping: CommentedMap, key: str, value: Any) -> None:
        """Set a key where its value differs; None takes it out."""
        if value is None:
            if key in mapping:
                del mapping[key]
                self.changes += 1
        elif mapping.get(key) != value:
            mapping[key] = Quoted(value) if isinstance(value, str) and " " in value else value
            self.changes += 1


def take_over(files: Files, tables: Iterable[Table]) -> None:
    """Take over the tables ``statements`` and ``positions``; others are an error.

    Raises ``SheetError`` where a cell cannot be taken over.
    """
    takers: dict[str, Callable[[Files, Table], None]] = {
        "statements": take_statements, "positions": take_positions,
    }  # fmt: skip
    for table in tables:
        if table.name not in takers:
            row = Cells(table.name, 1, {})
            raise row.error("–", f"This table is not known. {did_you_mean(table.name, takers)}")
        takers[table.name](files, table)


def take_statements(files: Files, table: Table) -> None:
    """Change texts, themes and states of statements that are there; add new ones at the end."""
    data = files.data[STATEMENTS]
    languages = list(data["quiz"]["languages"])
    known = {f"{key}:{tag}" for key in TEXTS for tag in languages}
    _check_header(table, {"statement", "status", "theme"} | known)
    entries = {entry["id"]: entry for entry in data["statements"]}
    for row in table.rows:
        name = row.cells.get("statement", "")
        if not name:
            raise row.error("statement", "The id of the statement is missing.")
        if name not in entries:
            entries[name] = CommentedMap(id=name)
            data["statements"].append(entries[name])
            files.changes += 1
        entry = entries[name]
        if "theme" in row.cells:
            files.put(entry, "theme", row.cells["theme"] or None)
        status = row.cells.get("status", "")
        if status or "status" in entry:
            files.put(entry, "status", status if status == "draft" or "status" in entry else None)
        for key in TEXTS:
            given = {tag: plain(row.cells.get(f"{key}:{tag}", "")) for tag in languages}
            _put_text(files, entry, key, given, languages)


def _put_text(
    files: Files, entry: CommentedMap, key: str, given: dict[str, str], languages: list[str]
) -> None:
    if not any(given.values()):
        files.put(entry, key, None)
    elif not isinstance(entry.get(key), dict):
        if key in entry and given[languages[0]] == entry[key] and not any(list(given.values())[1:]):
            return
        entry[key] = CommentedMap({tag: Quoted(text) for tag, text in given.items() if text})
        files.changes += 1
    else:
        for tag, text in given.items():
            files.put(entry[key], tag, text or None)


def take_positions(files: Files, table: Table) -> None:
    """Change, add and take out positions with their quotes."""
    data = files.data[ANSWERS]
    languages = list(files.data[STATEMENTS]["quiz"]["languages"])
    texts = {f"explanation:{tag}" for tag in languages}
    fixed = {
        "party",
        "statement",
        "position",
        "explicit",
        "status",
        "evidence",
        "quote",
        "source",
        "page",
    }
    _check_header(table, fixed | texts | {"title", "edition", "url"})
    parties = {party["id"]: party for party in data["parties"]}
    sources = {source["id"] for source in data["sources"]}
    statements = {entry["id"] for entry in files.data[STATEMENTS]["statements"]}
    groups: dict[tuple[str, str], list[Cells]] = {}
    for row in table.rows:
        _known(row, "party", parties)
        _known(row, "statement", statements)
        groups.setdefault((row.cells["party"], row.cells["statement"]), []).append(row)
    for (party, statement), rows in groups.items():
        answers = parties[party].setdefault("answers", CommentedMap())
        if rows[0].cells.get("position") == SILENT:
            files.put(answers, statement, None)
        else:
            _put_position(files, answers, rows, sources=sources, languages=languages)


def _put_position(
    files: Files,
    answers: CommentedMap,
    rows: list[Cells],
    *,
    sources: set[str],
    languages: list[str],
) -> None:
    first = rows[0]
    statement = first.cells["statement"]
    _known(first, "position", CODES)
    _known(first, "explicit", YES)
    entry = answers.get(statement)
    if entry is None:
        entry = answers[statement] = CommentedMap()
        files.changes += 1
    status = first.cells.get("status", "")
    if status == "draft" or "status" in entry:
        files.put(entry, "status", status or "published")
    files.put(entry, "position", first.cells["position"])
    files.put(entry, "explicit", YES[first.cells["explicit"]])
    quotes = [_quote(row, sources) for row in rows]
    summary = first.cells.get("evidence") == "summary"
    if summary:
        files.put(entry, "quotes", None)
        if dict(entry.get("summary", {})) != quotes[0]:
            files.put(entry, "summary", CommentedMap(_spelled(quotes[0])))
    else:
        files.put(entry, "summary", None)
        if [dict(quote) for quote in entry.get("quotes", [])] != quotes:
            files.put(
                entry, "quotes", CommentedSeq([CommentedMap(_spelled(one)) for one in quotes])
            )
    given = {tag: plain(first.cells.get(f"explanation:{tag}", "")) for tag in languages}
    _put_text(files, entry, "explanation", given, languages)


def _spelled(quote: dict[str, Any]) -> dict[str, Any]:
    return quote | {"text": Quoted(quote["text"])}


def _quote(row: Cells, sources: set[str]) -> dict[str, Any]:
    _known(row, "source", sources)
    quote: dict[str, Any] = {
        "text": plain(row.cells.get("quote", "")),
        "source": row.cells["source"],
    }
    if not quote["text"]:
        raise row.error("quote", "A position needs a quote.")
    page = row.cells.get("page", "")
    if page:
        if not (page.isascii() and page.isdigit() and int(page) > 0):
            raise row.error("page", f"{page!r} is not a page number.")
        quote["page"] = int(page)
    return quote


def _known(row: Cells, column: str, known: Iterable[str]) -> None:
    given, names = row.cells.get(column, ""), list(known)
    if given not in names:
        what = f"{given!r} is not known here." if given else "This cell is empty."
        raise row.error(column, f"{what} {did_you_mean(given, names)}".strip())


def _check_header(table: Table, known: set[str]) -> None:
    for column in table.header:
        if column not in known:
            row = Cells(table.name, 1, {})
            raise row.error(
                column, f"This column is not known. {did_you_mean(column, known)}".strip()
            )
