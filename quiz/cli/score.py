"""``quiz score``: match a file of answers with the parties."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from quiz.batch import COLUMNS, BatchError, Output, Reading, ScoreSummary, score_file
from quiz.cli.options import content_option, fail, load_or_exit
from quiz.cli.reading import reading_options
from quiz.content.methods import METHODS
from quiz.matching.kernel import kernel_of
from quiz.translations.commands import tr

DEFAULT = ",".join(name for name in COLUMNS if name in Output().columns)


@click.command("score")
@click.argument("answers", type=click.Path(path_type=Path))
@content_option
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="File to write: .csv or .parquet."
)
@reading_options
@click.option(
    "--columns",
    default=DEFAULT,
    show_default=True,
    metavar="NAMES",
    help="What to write for each party, of match, rank, leading, low, high, agreement, coverage, "
    "compared. “leading” takes as long as one score for each statement.",
)
@click.option(
    "--all-matches", is_flag=True, help="Write the match of parties that are not ranked as well."
)
@click.option(
    "--method", type=click.Choice(tuple(METHODS)), help="Another method than the quiz's own."
)
@click.option("--prior", type=click.IntRange(0, 1000), help="Another prior.")
@click.option("--min-compared", type=click.IntRange(0, 1000), help="Another min_compared.")
@click.option(
    "--on-error",
    type=click.Choice(["stop", "skip", "cell"]),
    default="stop",
    show_default=True,
    help="At a cell that cannot be read: stop; skip the row; or skip the cell and score the row. "
    "What is skipped is listed in OUT.skipped.csv.",
)
def command(
    *,
    answers: Path,
    content: Path,
    out: Path,
    reading: Reading,
    columns: str,
    all_matches: bool,
    method: str | None,
    prior: int | None,
    min_compared: int | None,
    on_error: str,
) -> None:
    """Match a file of answers with the parties.

    ANSWERS is CSV or Parquet: a header of statement ids, and if need be ID:weight; cells agree,
    neutral, disagree or skip, or 1, 0, -1 or empty; NA and NaN are no answer. docs/data.md shows
    how to read exports of survey programs. Ends with 1 where nothing could be scored.
    """
    catalogue = load_or_exit(content)
    aside = out.with_name(out.name + ".skipped.csv")
    output = Output(_columns(columns), all_matches)
    console = Console(stderr=True)
    try:
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task(tr("Scoring"), total=1.0)
            summary = score_file(
                catalogue,
                answers,
                out,
                kernel=kernel_of(catalogue, method=method, prior=prior, min_compared=min_compared),
                reading=reading,
                output=output,
                aside=None if on_error == "stop" else aside,
                keep_rows=on_error == "cell",
                progress=lambda share: bar.update(task, completed=share),
            )
    except BatchError as error:
        fail(str(error), 1)
    _tell(summary, out, aside)


def _tell(summary: ScoreSummary, out: Path, aside: Path) -> None:
    lines = []
    if summary.absent:
        missing = ", ".join(summary.absent)
        lines.append(tr("No column, so skipped by everyone: %(statements)s.", statements=missing))
    if summary.bad_cells and not summary.skipped:
        lines.append(
            tr(
                "Cells that could not be read: %(count)s; see %(path)s.",
                count=summary.bad_cells,
                path=aside,
            )
        )
    if summary.skipped:
        lines.append(
            tr(
                "Rows that could not be read: %(count)s; they are in %(path)s.",
                count=summary.skipped,
                path=aside,
            )
        )
    if summary.unanswered:
        lines.append(tr("Rows without any answer: %(count)s.", count=summary.unanswered))
    lines.append(
        tr(
            "Rows scored: %(count)s, in %(path)s; how, in %(about)s.",
            count=summary.scored,
            path=out,
            about=f"{out}.json",
        )
    )
    for line in lines:
        click.echo(line, err=True)


def _columns(names: str) -> tuple[str, ...]:
    chosen = tuple(name.strip() for name in names.split(",") if name.strip())
    unknown = [name for name in chosen if name not in COLUMNS]
    if unknown:
        raise click.UsageError(
            "--columns: "
            + tr(
                "%(value)s is not one of: %(value_2)s.",
                value=repr(unknown[0]),
                value_2=", ".join(COLUMNS),
            )
        )
    return chosen
