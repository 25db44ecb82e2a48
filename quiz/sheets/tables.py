"""The catalogue's positions as a table: one row per quote of a party on a statement.

The same table is offered as open data and written by ``quiz export``. Cells that a spreadsheet
would read as a formula are neutralised with an apostrophe, which ``quiz import`` removes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from quiz.content.catalogue import Catalogue, Party, Position, Statement, Text
from quiz.sheets.cells import neutral

SILENT: Final = "none"

Row = Sequence[str]


def position_header(languages: Sequence[str]) -> list[str]:
    """Name the columns of the table of positions."""
    fixed = [
        "party", "statement", "position", "explicit", "status", "evidence", "quote", "source",
        "page", "title", "edition", "url",
    ]  # fmt: skip
    return fixed + [f"explanation:{tag}" for tag in languages]


def position_rows(catalogue: Catalogue) -> Iterator[Row]:
    """Yield one row per quote, and one row with ``none`` where no position was found."""
    for party in catalogue.parties:
        for statement in catalogue.statements:
            position = party.positions.get(statement.id)
            if position is None:
                width = len(position_header(catalogue.quiz.languages)) - 3
                yield [party.id, statement.id, SILENT, *[""] * width]
            else:
                yield from _quotes(catalogue, party, statement, position)


def _quotes(
    catalogue: Catalogue, party: Party, statement: Statement, position: Position
) -> Iterator[Row]:
    for index, quote in enumerate(position.quotes):
        source = catalogue.sources[quote.source]
        texts = _texts(position.explanation, catalogue.quiz.languages) if index == 0 else None
        yield [
            party.id,
            statement.id,
            position.name,
            "yes" if position.explicit else "no",
            "draft" if position.draft else "published",
            "summary" if position.from_summary else "quote",
            quote.text,
            quote.source,
            "" if quote.page is None else str(quote.page),
            source.title,
            source.edition,
            source.url or "",
            *(texts or [""] * len(catalogue.quiz.languages)),
        ]


def _texts(text: Text | None, languages: Sequence[str]) -> list[str]:
    by_language: Mapping[str, str] = text or {}
    return [by_language.get(tag, "") for tag in languages]


def as_csv(header: Row, rows: Iterable[Row]) -> str:
    """Write a table as CSV (RFC 4180), formulas neutralised."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow([neutral(cell) for cell in row])
    return out.getvalue()
