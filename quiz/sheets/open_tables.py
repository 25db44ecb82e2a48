"""The catalogue as open data: tables with typed and described columns, and a package around them.

Each column is described once, here; the CSV and Parquet files, ``datapackage.json`` (Frictionless
Data Package) and docs/data.md follow from it. The ids that join the tables are those of the YAML
files.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from quiz.content.catalogue import CODES, Catalogue, Text
from quiz.sheets.cells import neutral
from quiz.sheets.tables import SILENT

Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class OpenColumn:
    """``kind`` is string, integer, boolean or date. ``values``: all possible values, if few."""

    name: str
    kind: str
    description: str
    required: bool = True
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenTable:
    """``key``: the columns that name a row.

    ``joins``: a column, and the table whose ids it holds.
    """

    name: str
    title: str
    key: tuple[str, ...]
    columns: tuple[OpenColumn, ...]
    rows: Callable[[], Iterator[Sequence[Value]]]
    joins: tuple[tuple[str, str], ...] = ()

    def csv(self) -> str:
        """Return the table as CSV (RFC 4180, UTF-8), with formulas neutralised and None as an
        empty cell.
        """
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow([column.name for column in self.columns])
        writer.writerows([_cell(value) for value in row] for row in self.rows())
        return out.getvalue()

    def parquet(self, metadata: dict[str, str]) -> bytes:
        """Return the table as Parquet. Raises ``ImportError`` without pyarrow."""
        pa, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
        kinds = {"string": pa.string(), "integer": pa.int64(), "boolean": pa.bool_()}
        schema = pa.schema(
            [(column.name, kinds[column.kind]) for column in self.columns], metadata=metadata
        )
        columns = list(zip(*self.rows(), strict=True)) or [()] * len(self.columns)
        arrays = [
            pa.array(list(values), field.type)
            for values, field in zip(columns, schema, strict=True)
        ]
        out = io.BytesIO()
        parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), out)
        return out.getvalue()


def tables(catalogue: Catalogue) -> dict[str, OpenTable]:
    """Return the tables by name: quiz (one row per party and statement), quotes, statements,
    parties, sources.
    """
    return {
        table.name: table
        for make in (_quiz, _quotes, _statements, _parties, _sources)
        for table in [make(catalogue)]
    }


def metadata(catalogue: Catalogue) -> dict[str, str]:
    """Return what identifies this edition of the content."""
    licence = catalogue.quiz.licence
    return {
        "quiz": catalogue.quiz.id,
        "quiz_version": str(catalogue.quiz.version),
        "content_hash": catalogue.content_hash,
        **({"licence": licence} if licence else {}),
    }


def _edition(catalogue: Catalogue) -> tuple[int, str]:
    return catalogue.quiz.version, catalogue.content_hash


EDITION: Final = (
    OpenColumn("quiz_version", "integer", "The content's version, as its changelog counts."),
    OpenColumn("content_hash", "string", "SHA-256 of the content, 64 hexadecimal digits."),
)
PARTY: Final = OpenColumn("party", "string", "The party's id.")
STATEMENT: Final = OpenColumn("statement", "string", "The statement's id.")


def _quiz(catalogue: Catalogue) -> OpenTable:
    languages = catalogue.quiz.languages

    def rows() -> Iterator[Sequence[Value]]:
        for party in catalogue.parties:
            for statement in catalogue.statements:
                position = party.positions.get(statement.id)
                words = position.explanation if position else None
                yield (
                    party.id,
                    statement.id,
                    position.name if position else SILENT,
                    position.code if position else None,
                    position.explicit if position else None,
                    position.from_summary if position else None,
                    len(position.quotes) if position else 0,
                    *_said(words, languages),
                    *_edition(catalogue),
                )

    return OpenTable(
        "quiz",
        "Every party on every statement: one row per cell",
        ("party", "statement"),
        (
            PARTY,
            STATEMENT,
            OpenColumn(
                "position",
                "string",
                "The party's position; none where no position was found, never the same as neutral.",
                values=(*CODES, SILENT),
            ),
            OpenColumn(
                "code", "integer", "1 agree, 0 neutral, -1 disagree; empty for none.", False
            ),
            OpenColumn(
                "explicit",
                "boolean",
                "true where a quote says it outright, false where it follows from the quote.",
                False,
            ),
            OpenColumn(
                "from_summary",
                "boolean",
                "true where the evidence is somebody's summary, not the party's words.",
                False,
            ),
            OpenColumn("quotes", "integer", "How many rows of quotes.csv support it."),
            *_texts("explanation", languages, "Why the quotes mean this position", required=False),
            *EDITION,
        ),
        rows,
        (("party", "parties"), ("statement", "statements")),
    )


def _quotes(catalogue: Catalogue) -> OpenTable:
    def rows() -> Iterator[Sequence[Value]]:
        for party in catalogue.parties:
            for statement in catalogue.statements:
                position = party.positions.get(statement.id)
                for number, quote in enumerate(position.quotes if position else (), 1):
                    yield (
                        party.id, statement.id, number, quote.text, quote.source, quote.page,
                        *_edition(catalogue),
                    )  # fmt: skip

    return OpenTable(
        "quotes",
        "The evidence: one row per quote, verbatim",
        ("party", "statement", "number"),
        (
            PARTY,
            STATEMENT,
            OpenColumn("number", "integer", "The quote's place in the cell, from 1."),
            OpenColumn("quote", "string", "The party's own words, or the summary's."),
            OpenColumn("source", "string", "The source's id."),
            OpenColumn("page", "integer", "The page of the source, where it has pages.", False),
            *EDITION,
        ),
        rows,
        (("party", "parties"), ("statement", "statements"), ("source", "sources")),
    )


def _statements(catalogue: Catalogue) -> OpenTable:
    languages = catalogue.quiz.languages

    def rows() -> Iterator[Sequence[Value]]:
        for statement in catalogue.statements:
            yield (
                statement.id, statement.revision, statement.theme, *_said(statement.text, languages),
                *_said(statement.explanation, languages), *_edition(catalogue),
            )  # fmt: skip

    return OpenTable(
        "statements",
        "The statements, in the order of the quiz",
        ("id",),
        (
            OpenColumn(
                "id", "string", "The statement's id; it stays when the wording is corrected."
            ),
            OpenColumn(
                "revision", "string", "Identifies its wording: a new wording has a new revision."
            ),
            OpenColumn("theme", "string", "The id of its theme."),
            *_texts("text", languages, "The statement", required=False),
            *_texts("explanation", languages, "What it would change", required=False),
            *EDITION,
        ),
        rows,
    )


def _parties(catalogue: Catalogue) -> OpenTable:
    def rows() -> Iterator[Sequence[Value]]:
        for party in catalogue.parties:
            yield (
                party.id, party.name, party.long_name, party.url, " ".join(party.searched),
                len(party.positions), *_edition(catalogue),
            )  # fmt: skip

    return OpenTable(
        "parties",
        "The parties, in the order of the file",
        ("id",),
        (
            OpenColumn("id", "string", "The party's id."),
            OpenColumn("name", "string", "Its short name."),
            OpenColumn("long_name", "string", "Its full name.", False),
            OpenColumn("url", "string", "Its site.", False),
            OpenColumn(
                "searched", "string", "Ids of the sources read for it, separated by spaces.", False
            ),
            OpenColumn("positions", "integer", "On how many statements a position was found."),
            *EDITION,
        ),
        rows,
    )


def _sources(catalogue: Catalogue) -> OpenTable:
    def rows() -> Iterator[Sequence[Value]]:
        for source in catalogue.sources.values():
            yield source.id, source.title, source.edition, source.url, *_edition(catalogue)

    return OpenTable(
        "sources",
        "The documents that quotes come from",
        ("id",),
        (
            OpenColumn("id", "string", "The source's id."),
            OpenColumn("title", "string", "Its title."),
            OpenColumn(
                "edition",
                "string",
                "Which version of the document was read.",
                values=("final", "draft", "summary"),
            ),
            OpenColumn("url", "string", "Where it can be found.", False),
            *EDITION,
        ),
        rows,
    )


def _texts(
    name: str, languages: Sequence[str], description: str, *, required: bool
) -> tuple[OpenColumn, ...]:
    return tuple(
        OpenColumn(
            f"{name}_{tag.replace('-', '_').lower()}", "string", f"{description} ({tag}).", required
        )
        for tag in languages
    )


def _said(text: Text | None, languages: Sequence[str]) -> list[Value]:
    return [(text or {}).get(tag) for tag in languages]


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return neutral(value) if isinstance(value, str) else "" if value is None else str(value)
