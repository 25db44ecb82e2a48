"""``quiz new``: the files of a new quiz."""

from __future__ import annotations

import re
from pathlib import Path

import click

from quiz.cli.options import fail
from quiz.content.jsonschema import write_schemas
from quiz.content.names import slug
from quiz.content.schema import LANGUAGE
from quiz.starter import SCHEMAS, starter


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", prompt="Title of the quiz", help="Title of the quiz.")
@click.option(
    "--languages", prompt="Languages, the default first (nl, en)",
    help="Language tags, parted by commas; the first is the default.",
)  # fmt: skip
@click.option(
    "--parties", prompt="Names of the parties, parted by commas",
    help="Names of the parties, parted by commas.",
)  # fmt: skip
def command(folder: Path, title: str, languages: str, parties: str) -> None:
    """Write commented starter files into FOLDER; they pass the check."""
    _write(folder, title.strip(), _parts(languages), _parts(parties))


def _write(folder: Path, title: str, languages: list[str], parties: list[str]) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        fail(f"{folder} is not an empty folder. Name a new one.")
    wrong = [tag for tag in languages if not re.fullmatch(LANGUAGE.strip("^$"), tag)]
    if wrong or not languages:
        fail(
            f"{', '.join(wrong) or 'Nothing'} is no language tag. Write nl, en or de, for instance."
        )
    if len(set(languages)) < len(languages):
        fail("A language stands there twice.")
    ids = [slug(name) for name in parties]
    if not parties or not all(ids):
        fail("Name at least one party, with letters or digits in its name.")
    if len(set(ids)) < len(ids):
        fail("Two parties have the same name, or names that differ in signs only.")
    if not title:
        fail("The quiz needs a title.")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in starter(title, languages, parties).items():
        (folder / name).write_text(text, encoding="utf-8")
    write_schemas(folder / SCHEMAS)
    click.echo(f"Wrote statements.yaml and party_answers.yaml in {folder}. Now:")
    click.echo(f"  quiz check --content {folder}")
    click.echo(f"  quiz preview --content {folder}")
