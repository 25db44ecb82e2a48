"""``quiz import``: spreadsheets back into the two YAML files, or into a new quiz."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from quiz.cli.options import content_option, fail, load_or_exit, show_errors
from quiz.content import check
from quiz.sheets.layouts import from_matrix, from_wahl_o_mat
from quiz.sheets.read import SheetError, Table, read
from quiz.sheets.update import Files, take_over


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
            texts, changes = from_wahl_o_mat(tables), 1
            if any((content / name).exists() for name in texts):
                fail(f"{content} holds a quiz already. Name an empty folder with --content.")
        else:
            load_or_exit(content, drafts=True)
            files = Files(content)
            if layout == "matrix":
                from_matrix(files, tables)
            else:
                take_over(files, tables)
            texts, changes = files.texts(), files.changes
    except SheetError as error:
        fail(str(error), 1)
    if not changes:
        click.echo("Nothing differs; nothing was written.")
        return
    _check(texts)
    if dry_run:
        click.echo(f"{changes} changes; nothing was written.")
        return
    content.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        fresh = content / f".{name}.new"
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(content / name)
    click.echo(f"Wrote {content}. Check it with: quiz check --content {content}")


def _tables(path: Path) -> list[Table]:
    if not path.is_dir():
        return read(path)
    files = sorted(path.glob("*.csv"))
    if not files:
        raise SheetError(str(path), "There are no .csv files in this folder.")
    return [table for file in files for table in read(file)]


def _check(texts: dict[str, str]) -> None:
    """End with every error that the changed content would have; nothing was written yet."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        checked = check(Path(folder), drafts=True)
    if checked.errors:
        show_errors(checked.errors)
        fail("With this, the content would not pass the check. Nothing was written.", 1)
