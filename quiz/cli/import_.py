"""``quiz import``: spreadsheets back into the two YAML files, or into a new quiz."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from quiz.cli.options import content_option, fail, load_or_exit, show_errors
from quiz.content import Catalogue, check
from quiz.content.diff import differences
from quiz.sheets.files import Files
from quiz.sheets.layouts import from_matrix, from_wahl_o_mat
from quiz.sheets.read import SheetError, Table, read
from quiz.sheets.update import take_over

MOST_TOLD: Final = 40


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@content_option
@click.option(
    "--layout", type=click.Choice(["tables", "matrix", "wahl-o-mat"]), default="tables",
    show_default=True, help="tables: as ‘quiz export’ writes them; matrix: a row a party, a column "
    "a statement; wahl-o-mat: the official data set, into an empty folder.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
def command(path: Path, content: Path, layout: str, *, dry_run: bool) -> None:
    """Take over PATH, a .csv or .xlsx file or a folder of CSV files, into the content."""
    try:
        tables = _tables(path)
        if layout == "wahl-o-mat":
            before: Catalogue | None = None
            texts = {name: text.encode() for name, text in from_wahl_o_mat(tables).items()}
            if any((content / name).exists() for name in texts):
                fail(f"{content} holds a quiz already. Name an empty folder with --content.")
        else:
            before = load_or_exit(content, drafts=True)
            files = Files(content)
            (from_matrix if layout == "matrix" else take_over)(files, tables)
            texts = files.texts()
            if texts == files.before:
                click.echo("Nothing differs; nothing was written.")
                return
    except SheetError as error:
        fail(str(error), 1)
    _tell(before, _checked(texts, content))
    if dry_run:
        click.echo("Nothing was written.")
        return
    _write(texts, content)
    click.echo(f"Wrote {content}. Check it with: quiz check --content {content}")


def _tables(path: Path) -> list[Table]:
    if not path.is_dir():
        return read(path)
    files = sorted(path.glob("*.csv"))
    if not files:
        raise SheetError(str(path), "There are no .csv files in this folder.")
    return [table for file in files for table in read(file)]


def _checked(texts: Mapping[str, bytes], content: Path) -> Catalogue:
    """End with every error that the changed content would have; nothing was written yet."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            (Path(folder) / name).write_bytes(text)
        checked = check(Path(folder), drafts=True)
    if checked.catalogue is None:
        show_errors(
            [
                replace(
                    error,
                    file=str(content / Path(error.file).name),
                    line=0,
                    message=f"{error.path}: {error.message}",
                )
                for error in checked.errors
            ]
        )
        fail("With this, the content would not pass the check. Nothing was written.", 1)
    return checked.catalogue


def _tell(before: Catalogue | None, after: Catalogue) -> None:
    if before is None:
        parties, statements = len(after.parties), len(after.statements)
        click.echo(f"A new quiz: {statements} statements, {parties} parties.")
        return
    found = differences(before, after)
    for one in found[:MOST_TOLD]:
        click.echo(f"{one.about}: {one.what}")
    if len(found) > MOST_TOLD:
        click.echo(f"… and {len(found) - MOST_TOLD} more changes.")


def _write(texts: Mapping[str, bytes], content: Path) -> None:
    """Replace each file that differs at once, through links and with its permissions."""
    try:
        content.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            file = (content / name).resolve()
            if file.exists() and file.read_bytes() == text:
                continue
            fresh = file.with_name(f".{name}.new")
            fresh.write_bytes(text)
            if file.exists():
                shutil.copymode(file, fresh)
            fresh.replace(file)
    except OSError as error:
        fail(f"{content} cannot be written: {error.strerror}.", 1)
