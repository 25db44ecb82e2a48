"""``quiz score``: match a file of answers with the parties."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from quiz.batch import BatchError, score_file
from quiz.cli.options import content_option, fail, load_or_exit
from quiz.matching.methods import METHODS


@click.command("score")
@click.argument("answers", type=click.Path(path_type=Path))
@content_option
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="File to write: .csv or .parquet."
)
@click.option(
    "--keep",
    multiple=True,
    metavar="COLUMN",
    help="Carry a column over unchanged; may be repeated.",
)
@click.option(
    "--method", type=click.Choice(tuple(METHODS)), help="Another method than the quiz's own."
)
@click.option(
    "--on-error",
    type=click.Choice(["stop", "skip"]),
    default="stop",
    show_default=True,
    help="Stop at a row that cannot be read, or write it aside, to OUT.skipped.csv.",
)
def command(  # noqa: PLR0917  # click names them
    answers: Path,
    content: Path,
    out: Path,
    keep: tuple[str, ...],
    method: str | None,
    on_error: str,
) -> None:
    """Match a file of answers with the parties.

    ANSWERS is CSV or Parquet: a header of statement ids, and if need be ID:weight; cells agree,
    neutral, disagree or skip, or 1, 0, -1 or empty.
    """
    catalogue = load_or_exit(content)
    aside = out.with_name(out.name + ".skipped.csv")
    console = Console(stderr=True)
    try:
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("Scoring", total=1.0)
            summary = score_file(
                catalogue,
                answers,
                out,
                method=method,
                keep=keep,
                aside=aside if on_error == "skip" else None,
                progress=lambda share: bar.update(task, completed=share),
            )
    except BatchError as error:
        fail(str(error), 1)
    if summary.absent:
        missing = ", ".join(summary.absent)
        click.echo(f"No column, so skipped by everyone: {missing}.", err=True)
    if summary.skipped:
        click.echo(f"{summary.skipped} rows could not be read; they are in {aside}.", err=True)
    click.echo(f"{summary.scored} rows scored, in {out}.", err=True)
