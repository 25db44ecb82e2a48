"""``quiz schema``: JSON Schemas, so that an editor completes and checks while one types."""

from __future__ import annotations

from pathlib import Path

import click

from quiz.cli.options import fail
from quiz.content.jsonschema import FILES, write_schemas
from quiz.translations.commands import tr


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("schemas"),
    show_default=True,
    metavar="DIR",
    help="Folder for the two files.",
)
def command(out: Path) -> None:
    """Write the JSON Schemas of the two YAML files."""
    try:
        for name, file in zip(FILES, write_schemas(out), strict=True):
            click.echo(
                tr(
                    "%(path)s: name it in the first line of %(file)s:",
                    path=file,
                    file=f"{name}.yaml",
                )
            )
            click.echo(f"  # yaml-language-server: $schema={file.as_posix()}")
    except OSError as error:
        fail(tr("%(path)s cannot be written: %(reason)s.", path=out, reason=error.strerror))
