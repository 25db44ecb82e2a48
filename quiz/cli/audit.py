"""``quiz audit``: show how the content treats voters and parties."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console

from quiz.audit import VOTERS, audit
from quiz.audit.report import show
from quiz.batch import BatchError, Reading, read_answers
from quiz.cli.options import content_option, fail, load_or_exit
from quiz.cli.reading import reading_options
from quiz.translations.commands import tr

WIDTH = 120


@click.command("audit")
@content_option
@click.option("--voters", default=VOTERS, show_default=True, type=click.IntRange(1, 10**9))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0))
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    help="File of answers, as for ‘quiz score’, to draw voters from besides the random ones.",
)
@reading_options
@click.option(
    "--json", "target", metavar="FILE", help="Write the figures as JSON; - for standard output."
)
def command(
    *,
    content: Path,
    voters: int,
    seed: int,
    answers: Path | None,
    reading: Reading,
    target: str | None,
) -> None:
    """Show what the content does to voters: coverage, balance, and simulated voters."""
    catalogue = load_or_exit(content)
    try:
        real = read_answers(catalogue, answers, reading) if answers else None
    except BatchError as error:
        fail(str(error), 1)
    audited = audit(catalogue, voters=voters, seed=seed, answers=real)
    text = json.dumps(audited.as_data(), ensure_ascii=False, indent=2) + "\n"
    if target == "-":
        click.echo(text, nl=False)
        return
    if target:
        try:
            Path(target).write_text(text, encoding="utf-8")
        except OSError as error:
            fail(
                tr("%(path)s cannot be written: %(reason)s.", path=target, reason=error.strerror), 1
            )
    console = Console()
    show(audited, console if console.is_terminal else Console(width=WIDTH))
