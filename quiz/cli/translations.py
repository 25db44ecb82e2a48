"""``quiz translations``: the pages in a further language, in a file beside the content."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import click
from babel import Locale, UnknownLocaleError
from babel.messages.pofile import write_po

from quiz.cli.options import content_option, fail
from quiz.content.paths import shipped
from quiz.content.values import LANGUAGE
from quiz.translations import BESIDE, languages
from quiz.translations.check import completed, faults, untranslated
from quiz.translations.commands import tr


@click.command("translations")
@click.argument("language")
@content_option
def command(language: str, content: Path) -> None:
    """Make the file in which to translate the pages into LANGUAGE, or check and complete it.

    LANGUAGE is a tag such as pl. Exit 0 where nothing is left to do, 1 where something is.
    """
    _known(language)
    if content == shipped():
        fail(tr("Name the folder of your quiz: --content DIR."))
    path = content / BESIDE / f"{language}.po"
    new = not path.exists()
    if not new and (wrong := faults(path)):
        for line, message in wrong:
            click.echo(f"{path}:{line}: {message}" if line else f"{path}: {message}", err=True)
        raise SystemExit(1)
    own_words_only = not new and language in languages()
    if not own_words_only:
        _write(path, language)
    left = [] if own_words_only else untranslated(path)
    if new:
        click.echo(tr("Wrote %(path)s: %(count)s texts to translate.", path=path, count=len(left)))
    elif left:
        click.echo(
            tr(
                "%(path)s: %(count)s texts are still to translate, the first:",
                path=path,
                count=len(left),
            )
        )
        for entry in left[:5]:
            click.echo(f"  {entry.id if isinstance(entry.id, str) else entry.id[0]}")
    else:
        click.echo(tr("%(path)s: nothing is left to translate.", path=path))
    raise SystemExit(1 if left and not new else 0)


def _known(language: str) -> None:
    try:
        if not re.fullmatch(LANGUAGE, language):
            raise ValueError
        Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        fail(
            tr(
                "%(tag)s is no language tag that is known. Write pl, uk or pt-BR, for instance.",
                tag=repr(language),
            )
        )


def _write(path: Path, language: str) -> None:
    """Write the file whole, or leave the old one."""
    text = BytesIO()
    write_po(text, completed(path, language), width=100, omit_header=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".new")
        aside.write_bytes(text.getvalue())
        aside.replace(path)
    except OSError as error:
        fail(tr("%(path)s cannot be written: %(reason)s.", path=path, reason=error.strerror))
