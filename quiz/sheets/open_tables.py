"""The catalogue as open data: tables with typed and described columns, and a package around them.

The columns of themes, statements, parties and sources are drawn from the schema; what else there is
is described here, once. The CSV and Parquet files, ``datapackage.json`` (Frictionless Data Package)
and docs/data.md follow from both. The ids that join the tables are those of the YAML files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from quiz.content.catalogue import CODES, Catalogue, Text
from quiz.content.open_data import shown_keys
from quiz.content.schema import AnswerModel, text_keys
from quiz.sheets.columns import ENTRIES, Column, Entries, columns_of
from quiz.sheets.open_table import OpenColumn, OpenTable, Value
from quiz.sheets.tables import SILENT

KINDS: Final = {"flag": "boolean", "number": "integer", "day": "date"}
"""A column's type by the kind that the schema gives it; all others are texts."""


def tables(catalogue: Catalogue) -> dict[str, OpenTable]:
    """Return the tables by name: quiz (one row per party and statement), quotes, themes,
    statements, parties, sources.
    """
    made = [_quiz(catalogue), _quotes(catalogue), *(_entries(catalogue, each) for each in ENTRIES)]
    return {table.name: table for table in made}


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
    texts = text_keys(AnswerModel)

    def rows() -> Iterator[Sequence[Value]]:
        for party in catalogue.parties:
            for statement in catalogue.statements:
                position = party.positions.get(statement.id)
                yield (
                    party.id,
                    statement.id,
                    position.name if position else SILENT,
                    position.code if position else None,
                    position.explicit if position else None,
                    position.from_summary if position else None,
                    len(position.quotes) if position else 0,
                    *(
                        _said(getattr(position, key, None), tag)
                        for key in texts
                        for tag in languages
                    ),
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
            *(_text_column(AnswerModel, key, tag) for key in texts for tag in languages),
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


@dataclass(frozen=True, slots=True)
class EntryTable:
    """What the schema does not say of a table of entries.

    ``words``: descriptions for readers, where the schema's are for editors. ``computed``: further
    columns, and the value of each for an entry.
    """

    title: str
    words: Mapping[str, str]
    computed: Sequence[tuple[OpenColumn, Callable[[Any], Value]]] = ()
    joins: tuple[tuple[str, str], ...] = ()


ENTRY_TABLES: Final = {
    "themes": EntryTable("The groups of statements, in the order of the pages", {"id": "Its id."}),
    "statements": EntryTable(
        "The statements, in the order of the quiz",
        {
            "id": "The statement's id; it stays when the wording is corrected.",
            "theme": "The id of its theme.",
            "text": "The statement.",
        },
        [
            (
                OpenColumn(
                    "revision",
                    "string",
                    "Identifies its wording: a new wording has a new revision.",
                ),
                lambda statement: str(statement.revision),
            )
        ],
        (("theme", "themes"),),
    ),
    "parties": EntryTable(
        "The parties, in the order of the file",
        {
            "id": "The party's id.",
            "color": "Its colour, #rgb or #rrggbb.",
            "logo": "Its logo's file, beside the content.",
            "searched": "Ids of the sources read for it, separated by spaces.",
        },
        [
            (
                OpenColumn("positions", "integer", "On how many statements a position was found."),
                lambda party: len(party.positions),
            )
        ],
    ),
    "sources": EntryTable("The documents that quotes come from", {"id": "The source's id."}),
}


def _entries(catalogue: Catalogue, entries: Entries) -> OpenTable:
    """Return a table of entries, with a column for every key of the schema that pages show."""
    table, model = ENTRY_TABLES[entries.name], entries.model
    shown = shown_keys(model)
    drawn = [
        column for column in columns_of(model, catalogue.quiz.languages) if column.key in shown
    ]

    def rows() -> Iterator[Sequence[Value]]:
        listed = getattr(catalogue, entries.name)
        for entry in listed.values() if isinstance(listed, Mapping) else listed:
            yield (
                entry.id, *(_value(column, entry) for column in drawn),
                *(value(entry) for _, value in table.computed), *_edition(catalogue),
            )  # fmt: skip

    return OpenTable(
        entries.name,
        table.title,
        ("id",),
        (
            OpenColumn("id", "string", table.words["id"]),
            *(_column(model, column, table.words) for column in drawn),
            *(column for column, _ in table.computed),
            *EDITION,
        ),
        rows,
        table.joins,
    )


def _column(model: type[BaseModel], column: Column, words: Mapping[str, str]) -> OpenColumn:
    if column.kind == "text":
        return _text_column(model, column.key, column.tag, words)
    description = words.get(column.key) or _description(model, column.key)
    kind = KINDS.get(column.kind, "string")
    return OpenColumn(column.name, kind, description, column.required, column.words)


def _text_column(
    model: type[BaseModel], key: str, tag: str, words: Mapping[str, str] = {}
) -> OpenColumn:
    description = (words.get(key) or _description(model, key)).removesuffix(".")
    name = f"{key}_{tag.replace('-', '_').lower()}"
    return OpenColumn(name, "string", f"{description} ({tag}).", required=False)


def _description(model: type[BaseModel], key: str) -> str:
    return model.model_fields[key].description or ""


def _value(column: Column, entry: Any) -> Value:
    value = getattr(entry, column.key)
    if column.kind == "text":
        return _said(value, column.tag)
    if column.kind == "list":
        return " ".join(value)
    return value  # type: ignore[no-any-return]


def _said(text: Text | None, tag: str) -> str | None:
    return (text or {}).get(tag)
