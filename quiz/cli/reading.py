"""The options that say how a file of answers is to be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

import click

from quiz.batch import Reading, answers_table
from quiz.cli.options import F
from quiz.translations.commands import tr

OPTIONS: Final[tuple[Callable[[Any], Any], ...]] = (
    click.option(
        "--keep",
        multiple=True,
        metavar="COLUMN",
        help="A column that is no statement, which ‘quiz score’ carries over unchanged; may be "
        "repeated.",
    ),
    click.option(
        "--drop-others",
        is_flag=True,
        help="Leave out columns that are neither statements nor kept.",
    ),
    click.option(
        "--missing", default="", metavar="CELLS", help="Further cells for no answer: NA,99,-"
    ),
    click.option(
        "--values",
        metavar="CODES",
        help="What the file's codes mean, in place of 1, 0, -1: 1=disagree,2=neutral,3=agree",
    ),
    click.option(
        "--header-rows",
        default=1,
        show_default=True,
        type=click.IntRange(1, 100),
        help="Rows above the answers in CSV, of which the first names the columns; Qualtrics has 3.",
    ),
)


def reading_options(function: F) -> F:
    """Add the options, and pass them on as one ``reading``."""

    @wraps(function)
    def with_reading(
        *,
        keep: tuple[str, ...],
        drop_others: bool,
        missing: str,
        values: str | None,
        header_rows: int,
        **others: Any,
    ) -> Any:
        cells = [cell for cell in missing.split(",") if cell]
        meanings = _values(values)
        try:
            table = answers_table(meanings, cells)
        except ValueError as error:
            raise click.UsageError(f"--values, --missing: {error}") from None
        return function(reading=Reading(table, header_rows, keep, drop_others), **others)

    decorated: Any = with_reading
    for option in reversed(OPTIONS):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


def _values(codes: str | None) -> dict[str, str] | None:
    if codes is None:
        return None
    pairs = [code.rpartition("=") for code in codes.split(",") if code]
    wrong = [code for code, sign, _ in pairs if not sign]
    if wrong or not pairs:
        raise click.UsageError(tr("--values: write each as CELL=ANSWER, like 1=disagree,3=agree."))
    return {cell: word for cell, _, word in pairs}
