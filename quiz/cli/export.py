"""``quiz export``: the content as spreadsheets."""

from __future__ import annotations

from pathlib import Path

import click

from quiz.cli.options import content_option, fail, load_or_exit
from quiz.sheets.write import write
from quiz.translations.commands import tr


@click.command("export")
@click.argument("out", type=click.Path(path_type=Path))
@content_option
def command(out: Path, content: Path) -> None:
    """Write the content, drafts included, to OUT: a folder of CSV files, or a file NAME.xlsx."""
    catalogue = load_or_exit(content, drafts=True)
    try:
        files = write(catalogue, out)
    except OSError as error:
        fail(tr("%(path)s cannot be written: %(reason)s.", path=out, reason=error.strerror))
    for file in files:
        click.echo(tr("Wrote %(path)s.", path=file))
