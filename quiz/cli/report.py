"""Printing problems and tables: as a good compiler does, and plain where the output is not a
terminal.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from quiz.content.overview import PartyRow, StatementRow
from quiz.content.problems import Problem
from quiz.translations.commands import tr

LINE_WIDTH: Final = 96
TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'|[^\s,\[\]{}:#][^\s,\]}:]*|.')


def console() -> Console:
    """Return a console that uses colour and wraps lines only on a terminal."""
    probe = Console()
    width = None if probe.is_terminal else 10_000
    return Console(width=width, highlight=False, markup=False, emoji=False, soft_wrap=True)


def short(file: str) -> str:
    """Return a file's name relative to the current folder, if it lies below it."""
    try:
        return str(Path(file).resolve().relative_to(Path.cwd().resolve()))
    except (ValueError, OSError):
        return file


def show(problem: Problem, to: Console) -> None:
    """Print a problem: place, fault, the line with a caret, remedy."""
    kind, colour = (tr("warning"), "yellow") if problem.warning else (tr("error"), "red")
    place = short(problem.file) + problem.place.removeprefix(problem.file)
    to.print(Text.assemble((place, "bold"), ": ", (kind, f"bold {colour}"), f": {problem.message}"))
    margin = " " * len(str(problem.line)) if problem.line else ""
    if problem.line and problem.source:
        line, caret = excerpt(problem.source, problem.column)
        to.print(Text.assemble((f"  {problem.line} | ", "blue"), line))
        to.print(Text.assemble((f"  {margin} | ", "blue"), (caret, f"bold {colour}")))
    if problem.hint:
        to.print(Text.assemble((f"  {margin} = ", "blue"), problem.hint))
    if problem.path:
        to.print(Text.assemble((f"  {margin} @ ", "blue"), (problem.path, "dim")))


def show_warnings(warnings: Sequence[Problem], to: Console, *, every: bool) -> None:
    """Print warnings kind by kind: the first of each with its line, and how many there are."""
    kinds: dict[str, list[Problem]] = {}
    for problem in warnings:
        kinds.setdefault(tr(problem.kind) if problem.kind else problem.message, []).append(problem)
    for kind, alike in kinds.items():
        if len(alike) > 1:
            where = short(alike[0].file) + alike[0].place.removeprefix(alike[0].file)
            count = f"{len(alike)} × {kind.rstrip('.')}"
            to.print(
                Text.assemble((count, "bold yellow"), ", ", tr("first in %(place)s", place=where))
            )
        for problem in alike if every else alike[:1]:
            show(problem, to)
            to.print()
    if not every and len(kinds) < len(warnings):
        to.print(tr("Every one of them: --all.") + "\n")


def excerpt(source: str, column: int) -> tuple[str, str]:
    """Return a line, cut to a readable width around a column, and the carets under it.

    >>> excerpt("position: netral", 11)
    ('position: netral', '          ^^^^^^')
    """
    start = max(0, column - 1)
    token = TOKEN.match(source, start)
    length = len(token[0]) if token else 1
    line = source.replace("\t", " ")
    cut = 0
    if len(line) > LINE_WIDTH:
        cut = max(0, start - LINE_WIDTH // 3) if start + length > LINE_WIDTH else 0
        end = cut + LINE_WIDTH
        line = ("…" if cut else "") + line[cut:end] + ("…" if end < len(line) else "")
    before = line[: start - cut + (1 if cut else 0)]
    under = line[len(before) : len(before) + length]
    return line, " " * cell_len(before) + "^" * max(1, cell_len(under))


def github(problem: Problem) -> str:
    """Return a problem as an annotation that GitHub shows beside the line."""
    kind = "warning" if problem.warning else "error"
    place = [("file", Path(short(problem.file)).as_posix())]
    if problem.line:
        place += [("line", str(problem.line)), ("col", str(problem.column))]
    where = ",".join(f"{name}={_escape(value, ':,')}" for name, value in place)
    return f"::{kind} {where}::{_escape(f'{problem.message} {problem.hint}'.strip())}"


def _escape(text: str, more: str = "") -> str:
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def as_data(problem: Problem) -> dict[str, Any]:
    """Return a problem as plain data."""
    return {
        "severity": "warning" if problem.warning else "error",
        "file": short(problem.file),
        "line": problem.line or None,
        "column": problem.column or None,
        "path": problem.path,
        "message": problem.message,
        "hint": problem.hint,
        "source": problem.source,
    }


def party_table(rows: Sequence[PartyRow]) -> Table:
    """Return parties × coverage."""
    table = _table(
        tr("party"),
        [tr("agree"), tr("neutral"), tr("disagree"), tr("positions"), tr("coverage")],
        rows,
    )
    for row in rows:
        table.add_row(
            row.id, str(row.agree), str(row.neutral), str(row.disagree), str(row.positions),
            f"{row.coverage:.0%}",
        )  # fmt: skip
    return table


def statement_table(rows: Sequence[StatementRow], languages: Sequence[str]) -> Table:
    """Return statements with their positions, words and reading ease."""
    heads = [tr("agree"), tr("neutral"), tr("disagree"), tr("silent")]
    heads += [f"{what} {tag}" for what in (tr("words"), tr("ease")) for tag in languages]
    table = _table(tr("statement"), heads, rows)
    for row in rows:
        ease = [row.ease.get(tag) for tag in languages]
        table.add_row(
            row.id, str(row.agree), str(row.neutral), str(row.disagree), str(row.silent),
            *(str(row.words.get(tag, "–")) for tag in languages),
            *("–" if score is None else f"{score:.0f}" for score in ease),
        )  # fmt: skip
    return table


def _table(first: str, heads: Sequence[str], rows: Sequence[PartyRow | StatementRow]) -> Table:
    """Make a table whose first column is never cut off: people search for the ids in it."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    longest = max((len(row.id) for row in rows), default=0)
    table.add_column(first, no_wrap=True, min_width=max(longest, len(first)), overflow="fold")
    for head in heads:
        table.add_column(head, justify="right", min_width=max(map(len, head.split())))
    return table


def relative(directory: Path) -> str:
    """Return a folder's name relative to the current one."""
    return os.path.relpath(directory) if directory.is_relative_to(Path.cwd()) else str(directory)
