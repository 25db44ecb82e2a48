"""The tables of entries and their columns, derived from the schema: a new key gets its column by
itself.

A table has one row per entry. Its first column, named after what the entry is, holds the id; a text
has a column for each language, like ``text:nl``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from quiz.content import ANSWERS, STATEMENTS
from quiz.content.catalogue import Catalogue
from quiz.content.problems import did_you_mean
from quiz.content.schema import (
    PartyModel,
    SourceModel,
    StatementModel,
    ThemeModel,
    text_keys,
)
from quiz.content.yaml.hints import YES_AND_NO, synonym
from quiz.sheets.cells import plain
from quiz.translations.commands import tr

ELSEWHERE: Final = frozenset({"id", "answers"})
"""Keys handled elsewhere: the id is the first column, and answers have the table of positions."""


KINDS: Final[dict[Any, str]] = {
    bool: "flag", int: "number", dt.date: "day", list: "list", dict: "ranges",
}  # fmt: skip
"""The kind of column for each type."""


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of entries in the YAML files that has a table of its own."""

    name: str
    key: str
    file: str
    model: type[BaseModel]


ENTRIES: Final = (
    Entries("themes", "theme", STATEMENTS, ThemeModel),
    Entries("statements", "statement", STATEMENTS, StatementModel),
    Entries("parties", "party", ANSWERS, PartyModel),
    Entries("sources", "source", ANSWERS, SourceModel),
)
"""The tables of entries, in the order in which they are taken over."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an entry's table: its name, the key that it holds, and for a text its
    language.
    """

    name: str
    key: str
    kind: str
    tag: str = ""
    words: tuple[str, ...] = ()
    default: Any = None
    required: bool = False


def columns_of(model: type[BaseModel], languages: Sequence[str]) -> list[Column]:
    """Return a table's columns after its id."""
    columns = []
    texts = text_keys(model)
    for key, field in model.model_fields.items():
        if key in ELSEWHERE:
            continue
        if key in texts:
            columns += [
                Column(f"{key}:{tag}", key, "text", tag, required=field.is_required())
                for tag in languages
            ]
            continue
        kind, words = _kind(field.annotation)
        default = None if field.default is PydanticUndefined else field.default
        columns.append(
            Column(
                key, key, kind, words=words, default=default, required=field.is_required()
            )
        )  # fmt: skip
    return columns


def _kind(annotation: Any) -> tuple[str, tuple[str, ...]]:
    """Return the kind of a key's column, and the words allowed in it."""
    for inner in (annotation, *get_args(annotation)):
        if get_origin(inner) is Literal:
            return "choice", get_args(inner)
        for part in (inner, get_origin(inner), *get_args(inner)[:1]):
            if part in KINDS:
                return KINDS[part], ()
    return "name", ()


def entry_header(entries: Entries, languages: Sequence[str]) -> list[str]:
    """Name the columns of a table of entries."""
    return [entries.key, *(column.name for column in columns_of(entries.model, languages))]


def entry_rows(entries: Entries, catalogue: Catalogue) -> Iterator[list[str]]:
    """Yield one row per entry, in file order."""
    listed = getattr(catalogue, entries.name)
    columns = columns_of(entries.model, catalogue.quiz.languages)
    for entry in listed.values() if isinstance(listed, dict) else listed:
        yield [entry.id, *(written(column, entry) for column in columns)]


def written(column: Column, entry: Any) -> str:
    """Return the cell of a column for an entry of the catalogue."""
    if column.key == "status":
        return "draft" if entry.draft else "published"
    value = getattr(entry, column.key)
    if value is None:
        return ""
    write = WRITERS.get(column.kind)
    return write(column, value) if write else str(value)


WRITERS: Final[dict[str, Callable[[Column, Any], str]]] = {
    "text": lambda column, texts: str(texts.get(column.tag, "")),
    "flag": lambda _column, value: "yes" if value else "no",
    "list": lambda _column, names: ", ".join(names),
    "ranges": lambda _column, lines: ", ".join(
        f"{name} {first}-{last}" for name, (first, last) in lines.items()
    ),
}


def value_of(column: Column, cell: str) -> Any:
    """Return the value of a cell, None for an empty one. Raises ``ValueError`` with a message."""
    text = plain(cell)
    if not text:
        return None
    if column.key == "color":
        text = text.strip("\"'“”")  # which the YAML needs, and people bring along
    read = READERS.get(column.kind)
    return read(column, text) if read else text


def _choice(column: Column, text: str) -> str:
    return word(text, column.words)


def word(text: str, words: Sequence[str]) -> str:
    """Return which of some words a cell means. Raises ``ValueError`` for none of them."""
    meant = text.casefold()
    meant = meant if meant in words else synonym(meant.removesuffix(".0")) or ""
    if meant not in words:
        near = did_you_mean(text.casefold(), words)
        raise ValueError(f"{tr('%(given)s is not known here.', given=repr(text))} {near}".strip())
    return meant


def flag(text: str) -> bool:
    """Return whether a cell says yes. Raises ``ValueError`` where it is neither yes nor no."""
    meant = YES_AND_NO.get(text.casefold().removesuffix(".0"))
    if meant is None:
        raise ValueError(tr("%(given)s is not known here. Write yes or no.", given=repr(text)))
    return meant


def number(text: str) -> int:
    """Return a whole number, in a spreadsheet's spelling too. Raises ``ValueError``.

    >>> number("12"), number("12.0"), number("12,0")
    (12, 12, 12)

    """
    digits = re.sub(r"[.,]0+$", "", text)
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise ValueError(tr("%(given)s is not a whole number.", given=repr(text)))
    return int(digits)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.split(maxsplit=1)[0].split("T", maxsplit=1)[0])
    except ValueError:
        raise ValueError(
            tr("%(given)s is not a date. Write it like 2025-10-29.", given=repr(text))
        ) from None


def _names(text: str) -> list[str]:
    return [name for name in re.split(r"[\s,;]+", text) if name]


def _ranges(text: str) -> dict[str, list[int]]:
    ranges = {}
    for part in re.split(r"[,;\n]+", text):
        match = re.fullmatch(r"\s*(\S+)\s+(\d{1,8})\s*[-–]\s*(\d{1,8})\s*", part)
        if not match:
            raise ValueError(
                tr(
                    "%(given)s is not a party and its lines. Write it like volt 59-72.",
                    given=repr(part.strip()),
                )
            )
        first, last = int(match[2]), int(match[3])
        if first > last:
            raise ValueError(tr("The first line comes after the last."))
        ranges[match[1]] = [first, last]
    return ranges


READERS: Final[dict[str, Callable[[Column, str], Any]]] = {
    "choice": _choice,
    "flag": lambda _column, text: flag(text),
    "number": lambda _column, text: number(text),
    "day": lambda _column, text: _day(text),
    "list": lambda _column, text: _names(text),
    "ranges": lambda _column, text: _ranges(text),
}
