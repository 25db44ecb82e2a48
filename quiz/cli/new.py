"""``quiz new``: the files of a new quiz."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from quiz.cli.options import called, fail
from quiz.content.jsonschema import write_schemas
from quiz.content.slugs import slug
from quiz.content.starter import SCHEMAS, TEXTS, party_ids, starter
from quiz.content.values import LANGUAGE
from quiz.content.yaml.hints import LANGUAGES
from quiz.translations.commands import tr


class _Answer(click.ParamType):  # type: ignore[type-arg]  # not generic in older versions
    """The answer to a prompt; a wrong one gets a message and another try."""

    def __init__(self, name: str, read: Callable[[str], Any]) -> None:
        self.name, self.read = name, read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Convert an answer. Click passes a prompt's converted answer through here once more."""
        if not isinstance(value, str):
            return value
        try:
            return self.read(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _title(value: str) -> str:
    if not value.strip():
        raise ValueError(tr("The quiz needs a title."))
    return value.strip()


def _languages(value: str) -> list[str]:
    """Accept the names that people write for a language: nl, NL or Nederlands."""
    codes = [LANGUAGES.get(part.lower(), part) for part in _parts(value)]
    tags = [part.lower() if len(part) <= 3 else part for part in codes]
    wrong = [tag for tag in tags if not re.fullmatch(LANGUAGE, tag)]
    if wrong or not tags:
        wrongly = ", ".join(wrong) or tr("Nothing")
        raise ValueError(
            tr("%(given)s is no language tag. Write nl, en or de, for instance.", given=wrongly)
        )
    if len(set(tags)) < len(tags):
        raise ValueError(tr("A language stands there twice."))
    return tags


def _parties(value: str) -> list[str]:
    names = _parts(value)
    if not names:
        raise ValueError(tr("Name at least one party."))
    if len(set(party_ids(names))) < len(names):
        raise ValueError(tr("Two parties have the same name, or names that differ in signs only."))
    return names


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _empty(_ctx: click.Context, _param: click.Parameter, value: Path) -> Path:
    if value.exists() and (not value.is_dir() or any(value.iterdir())):
        fail(tr("%(folder)s is not an empty folder. Name a new one.", folder=value))
    return value


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path), callback=_empty, is_eager=True)
@click.option(
    "--title", prompt="Title of the quiz", type=_Answer("text", _title), help="Title of the quiz."
)
@click.option(
    "--languages", prompt="Languages, the default first, parted by commas (like nl, en)",
    type=_Answer("tags", _languages),
    help="Language tags, parted by commas; the first is the default.",
)  # fmt: skip
@click.option(
    "--parties", prompt="Names of the parties, parted by commas", type=_Answer("names", _parties),
    help="Names of the parties, parted by commas.",
)  # fmt: skip
def command(folder: Path, title: str, languages: list[str], parties: list[str]) -> None:
    """Write commented starter files into FOLDER; they pass the check."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in starter(title, languages, parties).items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        write_schemas(folder / SCHEMAS)
    except OSError as error:
        fail(tr("%(folder)s cannot be written: %(reason)s.", folder=folder, reason=error.strerror))
    click.echo(
        tr(
            "Wrote statements.yaml, party_answers.yaml, %(schemas)s and %(texts)s in %(folder)s. Now:",
            schemas=SCHEMAS,
            texts=TEXTS,
            folder=folder,
        )
    )
    named = shlex.quote(str(folder))
    click.echo(f"  {called()} check --content {named}")
    click.echo(f"  {called()} preview --content {named}")
    for name, party in zip(parties, party_ids(parties), strict=True):
        if not slug(name):
            click.echo(tr("%(name)s has the id %(id)s.", name=name, id=party))
