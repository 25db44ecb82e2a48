"""Importing a table of positions: a row for each quote of a party on a statement."""

from __future__ import annotations

from collections.abc import Callable, Collection
from copy import deepcopy
from typing import Any, Final

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from quiz.content import ANSWERS, STATEMENTS
from quiz.content.catalogue import CODES
from quiz.sheets.cells import is_placeholder, plain
from quiz.sheets.columns import flag, number, word
from quiz.sheets.drafts import make_draft, stays_draft, supported_as_before
from quiz.sheets.files import Files
from quiz.sheets.known import Known, id_of, known, stand_in
from quiz.sheets.table import Notes, SheetRow, Table
from quiz.sheets.tables import SILENT
from quiz.translations.commands import tr

STATUS: Final = ("published", "draft")
SHARED: Final = ("position", "explicit", "status", "evidence")
"""Columns in which the rows of one position must agree."""

QUOTE: Final = {"text": "quote", "source": "source", "page": "page"}
"""The keys of a quote, and their columns."""

SHOWN: Final = ("title", "edition", "url")
"""Columns shown for reading only; the table of sources changes them."""


def take_positions(files: Files, table: Table, notes: Notes, *, delete: bool = False) -> None:
    """Change, add and remove positions with their quotes; every wrong cell goes into the notes."""
    data = files.data[ANSWERS]
    parties = {party["id"]: party for party in data["parties"]}
    sources = {source["id"]: source for source in data["sources"]}
    statements = {entry["id"]: entry for entry in files.data[STATEMENTS]["statements"]}
    groups: dict[tuple[str, str], list[SheetRow]] = {}
    for row in table.rows:
        party = known(row, "party", parties, notes) or stand_in(row)
        statement = known(row, "statement", statements, notes) or stand_in(row)
        _words(row, notes)
        groups.setdefault((party, statement), []).append(row)
    for (party, statement), rows in groups.items():
        taken = _Position(files, notes, rows, sources)
        taken.compare_rows()
        if party not in parties:
            data["parties"].append(CommentedMap(id=party))
        taken.put(parties.get(party, data["parties"][-1]), party, statement)
    _gone(table, groups.keys(), parties, notes, delete=delete)


def _gone(
    table: Table, cells: Collection[tuple[str, str]], parties: Known, notes: Notes, *, delete: bool
) -> None:
    """Report the positions without a row, or remove them."""
    listed = {party for party, _statement in cells}
    for party, entry in parties.items():
        gone = [name for name in entry.get("answers") or {} if (party, name) not in cells]
        if gone and party not in listed and not delete:
            message = tr(
                "%(sheet)s: no row for any position of %(party)s; they stay. --delete takes them "
                "out.",
                sheet=table.place,
                party=party,
            )
            notes.remark(message)
            continue
        for statement in gone:
            if delete:
                del entry["answers"][statement]
            else:
                message = tr(
                    "%(sheet)s: no row for %(party)s on %(statement)s; its position stays. "
                    "--delete takes it out.",
                    sheet=table.place,
                    party=party,
                    statement=statement,
                )
                notes.remark(message)


def position_of(text: str) -> str:
    """Return the position in a cell; an empty one is silence. Raises ``ValueError``."""
    return word(plain(text), [*CODES, SILENT]) if plain(text) else SILENT


def _words(row: SheetRow, notes: Notes) -> None:
    """Normalise a row's words; a cell with an unknown one is taken out."""
    readers: dict[str, Callable[[str], str]] = {
        "position": position_of,
        "explicit": lambda text: "yes" if flag(text) else "no",
        "status": lambda text: word(text, STATUS),
        "evidence": lambda text: word(text, ("quote", "summary")),
        "page": lambda text: str(number(text)),
    }
    for column, read in readers.items():
        if column == "position" or row.cells.get(column):
            try:
                row.cells[column] = read(row.cells.get(column, ""))
            except ValueError as error:
                notes.fault(row, column, str(error))
                del row.cells[column]


class _Position:
    """Writes one position from its rows into the files."""

    def __init__(self, files: Files, notes: Notes, rows: list[SheetRow], sources: Known) -> None:
        self.files, self.notes, self.rows, self.sources = files, notes, rows, sources
        self.first = rows[0]

    def compare_rows(self) -> None:
        """Note where rows of one position contradict each other."""
        for row in self.rows[1:]:
            for column in SHARED:
                here, there = row.cells.get(column), self.first.cells.get(column)
                if None not in {here, there} and here != there:
                    message = tr(
                        "%(here)s stands here, and %(there)s in row %(row)s for the same position.",
                        here=repr(here), there=repr(there), row=self.first.row,
                    )  # fmt: skip
                    self.notes.fault(row, column, message)
            for tag, text in self._explanation(row).items():
                if text and text != plain(self.first.cells[f"explanation:{tag}"]):
                    message = tr("This belongs into row %(row)s.", row=self.first.row)
                    self.notes.fault(row, f"explanation:{tag}", message)

    def put(self, party: CommentedMap, name: str, statement: str) -> None:
        """Write the position into the party's answers, or remove it where it is silence."""
        answers = party.get("answers")
        self._remember(f"parties[{name}].answers.{statement}")
        if self.first.cells.get("position") == SILENT:
            if statement in (answers or {}):
                self.files.put(answers, statement, None)
            elif self.first.cells.get("quote"):
                message = tr("There is a quote, and no position with it.")
                self.notes.fault(self.first, "position", message)
            return
        if answers is None:
            answers = party["answers"] = CommentedMap()
        for row in self.rows:
            self._source_unchanged(row)
        if statement not in answers:
            answers[statement] = CommentedMap()
            self._fields(answers[statement], fresh=True)
            return
        entry = answers[statement]
        was, before = entry.get("position"), deepcopy(entry)
        if entry.get("status") == "draft" and self.first.cells.get("status") == "published":
            self.first.cells["status"] = "draft"
            stays_draft(name, statement, self.notes)
        self._fields(entry, fresh=False)
        stated = bool(self.first.cells.get("explicit"))
        if entry.get("position") != was and supported_as_before(before, entry, explicit=stated):
            make_draft(self.files, entry, name, statement, self.notes)

    def _remember(self, path: str) -> None:
        """Remember the cells of the position's values."""
        first = self.first
        self.notes.took(path, first, "statement", whole=True)
        cells = [(key, first, key) for key in ("status", "position", "explicit")]
        cells.append(("quotes", first, "quote"))
        for tag in self._explanation(first):
            column = f"explanation:{tag}"
            cells += [("explanation", first, column), (f"explanation.{tag}", first, column)]
        for index, row in enumerate(self.rows):
            for quote in (f"quotes[{index}]", "summary"):
                cells += [(f"{quote}.{key}", row, QUOTE[key]) for key in QUOTE]
        for below, row, column in cells:
            if column in row.cells:
                self.notes.took(f"{path}.{below}", row, column)

    def _fields(self, entry: CommentedMap, *, fresh: bool) -> None:
        files, first = self.files, self.first
        status = first.cells.get("status")
        if status == "draft" or (status and "status" in entry):
            files.put(entry, "status", status)
        if "position" in first.cells:
            files.put(entry, "position", first.cells["position"])
        if fresh or "explicit" in first.cells:
            self._explicit(entry)
        if fresh or "quote" in first.cells:
            self._evidence(entry)
        files.put_text(entry, "explanation", self._explanation(first), files.languages[0])

    def _explicit(self, entry: CommentedMap) -> None:
        """Set ``explicit``, unless the source sets it for all of its positions."""
        cell = self.first.cells.get("explicit", "")
        source = self.sources.get(id_of(self.first.cells.get("source", ""), self.sources) or "", {})
        stated = source.get("explicit")
        if "explicit" not in entry and stated is not None and (not cell or flag(cell) == stated):
            return
        if not cell:
            self.notes.fault(self.first, "explicit", tr("This cell is empty. Write yes or no."))
            return
        self.files.put(entry, "explicit", flag(cell))

    def _evidence(self, entry: CommentedMap) -> None:
        files, stated = self.files, self.first.cells.get("evidence")
        summary = stated == "summary" if stated else "summary" in entry
        quotes = [self._quote(row) for row in self.rows]
        if summary and len(self.rows) > 1:
            message = tr("There is one summary for a position, not two.")
            self.notes.fault(self.rows[1], "evidence", message)
        if summary:
            files.put(entry, "quotes", None)
            self._put_quote(entry.setdefault("summary", CommentedMap()), quotes[0])
        else:
            files.put(entry, "summary", None)
            self._put_quotes(entry.setdefault("quotes", CommentedSeq()), quotes)

    def _put_quotes(self, quotes: CommentedSeq, wanted: list[dict[str, Any]]) -> None:
        """Change a list of quotes in place: those with the same words first, then by place."""
        texts = [quote.get("text") for quote in wanted]
        for index in range(len(quotes) - 1, -1, -1):
            if len(quotes) > len(wanted) and quotes[index]["text"].strip() not in texts:
                del quotes[index]
        del quotes[len(wanted) :]
        for index, quote in enumerate(wanted):
            if index == len(quotes):
                quotes.append(CommentedMap())
                if index and quotes[0].fa.flow_style():
                    quotes[index].fa.set_flow_style()
            self._put_quote(quotes[index], quote)

    def _put_quote(self, quote: CommentedMap, wanted: dict[str, Any]) -> None:
        if "page" not in wanted and wanted.get("source") == quote.get("source"):
            wanted = {**wanted, "page": quote.get("page")}
        for key in ("text", "source", "page"):
            self.files.put(quote, key, wanted.get(key))

    def _quote(self, row: SheetRow) -> dict[str, Any]:
        """Return what can be read of a row's quote."""
        text = plain(row.cells.get("quote", ""))
        if not text:
            self.notes.fault(row, "quote", tr("A position needs a quote."))
        elif is_placeholder(text):
            message = tr("%(text)s is no quote. Leave the position out, or quote.", text=repr(text))
            self.notes.fault(row, "quote", message)
        quote: dict[str, Any] = {
            "text": text or None,
            "source": known(row, "source", self.sources, self.notes),
        }
        if page := row.cells.get("page"):
            quote["page"] = int(page)
        elif page is not None:
            quote["page"] = None
        return quote

    def _source_unchanged(self, row: SheetRow) -> None:
        for column in SHOWN:
            text = plain(row.cells.get(column, ""))
            stated = [str(source.get(column)).strip() for source in self.sources.values()]
            if text and text not in stated:
                message = tr(
                    "Change a source's %(column)s in the table of sources, or in "
                    "party_answers.yaml.", column=column,
                )  # fmt: skip
                self.notes.fault(row, column, message)

    def _explanation(self, row: SheetRow) -> dict[str, str]:
        return {
            tag: plain(row.cells[f"explanation:{tag}"])
            for tag in self.files.languages
            if f"explanation:{tag}" in row.cells
        }
