"""``quiz import``: spreadsheets and quizzes made elsewhere, into the two YAML files or a new
quiz.
"""

from __future__ import annotations

import re
import shlex
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from quiz.cli.options import called, content_option, fail, load_or_exit, show_errors
from quiz.cli.report import relative
from quiz.content import ANSWERS, STATEMENTS, Catalogue, check
from quiz.content.diff import differences
from quiz.content.values import SLUG
from quiz.sheets import others
from quiz.sheets.empty import empty_quiz
from quiz.sheets.files import Files
from quiz.sheets.long import from_long
from quiz.sheets.made import MadeQuiz, Wishes
from quiz.sheets.matrix import from_matrix
from quiz.sheets.read import read
from quiz.sheets.recognise import is_whole_quiz
from quiz.sheets.table import Notes, Sheet, SheetError
from quiz.sheets.update import take_over
from quiz.translations.commands import ntr, tr

MOST_TOLD: Final = 40
LAYOUTS: Final = ("auto", "tables", "matrix", "long", *others.FORMATS)


@click.command("import")
@click.argument(
    "paths", type=click.Path(exists=True, path_type=Path), nargs=-1, required=True, metavar="PATH…"
)
@content_option
@click.option(
    "--layout", type=click.Choice(LAYOUTS), default="auto", show_default=True,
    help="tables: as ‘quiz export’ writes them; matrix: a row a party, a column a statement; long: a "
    "row a party and statement, into an empty folder; the others are quizzes of other programs.",
)  # fmt: skip
@click.option("--delete", is_flag=True, help="Take out what has no row in the tables.")
@click.option("--sheet", metavar="NAME", help="Read this sheet of a workbook alone.")
@click.option("--title", default="", help="Title of a new quiz.")
@click.option("--language", default="", metavar="TAG", help="First language of a new quiz.")
@click.option("--source", default="", metavar="TITLE", help="Where a new quiz's answers are from.")
@click.option("--id", "quiz_id", default="", metavar="ID", help="Id of a new quiz.")
@click.option("--parties", default="", metavar="NAMES", help="Parties, where the file has none.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
def command(  # noqa: PLR0917  # click names them
    paths: tuple[Path, ...],
    content: Path,
    layout: str,
    sheet: str | None,
    title: str,
    language: str,
    source: str,
    quiz_id: str,
    parties: str,
    *,
    delete: bool,
    dry_run: bool,
) -> None:
    """Take over PATH into the content.

    PATH is a .csv, .tsv, .xlsx or .ods file, a folder of them, or the JSON or CSV files of a quiz
    that was made with another program. A new quiz goes into an empty folder, or one that is not
    there yet.
    """
    notes = Notes()
    wishes = Wishes(title, language, source, _id_or_exit(quiz_id), _names(parties))
    empty = not any((content / name).exists() for name in (STATEMENTS, ANSWERS))
    before = None if empty else load_or_exit(content, drafts=True)
    try:
        kind, data = _kind(paths, layout, sheet, empty=empty)
        if kind in {"tables", "matrix"}:
            sheets = _sheets(paths, sheet)
            files = empty_quiz(sheets, wishes, notes) if empty else Files.read(content)
            if kind == "matrix":
                from_matrix(files, sheets, notes)
            else:
                take_over(files, sheets, notes, delete=delete)
            texts = files.texts()
        elif before is not None:
            fail(tr("%(folder)s holds a quiz already. Name an empty folder.", folder=content))
        else:
            made = MadeQuiz(wishes, notes)
            if kind == "long":
                from_long(_sheets(paths, sheet), made)
            else:
                others.fill(kind, data, made)
            texts = made.texts()
        after = _checked(texts, content, notes)
    except SheetError as error:
        fail(f"{error}\n{tr('Nothing was written.')}", 1)
    for remark in notes.remarks:
        click.echo(remark)
    _take(before, after, texts, content, dry_run=dry_run)


def _take(
    before: Catalogue | None,
    after: Catalogue,
    texts: Mapping[str, bytes],
    content: Path,
    *,
    dry_run: bool,
) -> None:
    """Say what the new texts change, and write them."""
    if all(_same(content / name, text) for name, text in texts.items()):
        click.echo(tr("Nothing differs; nothing was written."))
        return
    _tell(before, after)
    if dry_run:
        click.echo(tr("Nothing was written."))
        return
    _write(texts, content)
    done = tr("Wrote %(folder)s. Now:", folder=content)
    click.echo(done)
    click.echo(f"  {called()} check --content {shlex.quote(relative(content))}")
    if before is None:
        terms = tr("What others wrote is theirs: read its terms before you publish it.")
        click.echo(terms)


def _same(file: Path, text: bytes) -> bool:
    return file.exists() and file.read_bytes() == text


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name for part in listed.split(",") if (name := part.strip()))


def _id_or_exit(name: str) -> str:
    if name and not re.fullmatch(SLUG, name):
        fail(tr("%(id)s is not an id: small letters, digits and single hyphens.", id=repr(name)))
    return name


def _kind(
    paths: Sequence[Path], layout: str, sheet: str | None, *, empty: bool
) -> tuple[str, others.Files]:
    """Return the layout, and the parsed files where another program made them."""
    if layout in {"tables", "matrix", "long"}:
        return layout, {}
    name, data = others.format_of(list(paths))
    if layout != "auto":
        return layout, data
    if name is not None:
        return name, data
    if any(path.suffix.lower() == ".json" for path in paths):
        formats = ", ".join(others.FORMATS)
        raise SheetError(str(paths[0]), tr("This JSON is none of: %(formats)s.", formats=formats))
    long = empty and not is_whole_quiz(_sheets(paths, sheet))
    return "long" if long else "tables", {}


def _sheets(paths: Sequence[Path], only: str | None) -> list[Sheet]:
    sheets = [sheet for path in paths for sheet in read(path)]
    if only is None:
        return sheets
    named = [sheet for sheet in sheets if sheet.name.casefold() == only.casefold()]
    if not named:
        names = ", ".join(sheet.name for sheet in sheets)
        message = tr("There is no sheet %(name)s, but: %(names)s.", name=repr(only), names=names)
        raise SheetError("–", message)
    return named


def _checked(texts: Mapping[str, bytes], content: Path, notes: Notes) -> Catalogue:
    """Return the content that the texts would make.

    Raises ``SheetError`` with every wrong cell; what is wrong in no cell is written before it.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            (Path(folder) / name).write_bytes(text)
        checked = check(Path(folder), drafts=True, beside=content)
    show_errors(
        [
            replace(
                error,
                file=str(content / Path(error.file).name),
                line=0,
                message=f"{error.path}: {error.message}",
            )
            for error in notes.found(checked.errors)
        ]
    )
    notes.stop()
    if checked.catalogue is None:
        message = tr("With this, the content would not pass the check. Nothing was written.")
        fail(message, 1)
    return checked.catalogue


def _tell(before: Catalogue | None, after: Catalogue) -> None:
    if before is None:
        statements = ntr("%(count)s statement", "%(count)s statements", len(after.statements))
        parties = ntr("%(count)s party", "%(count)s parties", len(after.parties))
        click.echo(
            tr("A new quiz: %(statements)s, %(parties)s.", statements=statements, parties=parties)
        )
        return
    changes = differences(before, after)
    for change in changes[:MOST_TOLD]:
        click.echo(f"{change.about}: {change.what}")
    if len(changes) > MOST_TOLD:
        more = len(changes) - MOST_TOLD
        click.echo(ntr("… and %(count)s more change.", "… and %(count)s more changes.", more))


def _write(texts: Mapping[str, bytes], content: Path) -> None:
    """Replace each changed file atomically, following links and keeping its permissions."""
    try:
        content.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            file = (content / name).resolve()
            if _same(file, text):
                continue
            fresh = file.with_name(f".{name}.new")
            fresh.write_bytes(text)
            if file.exists():
                shutil.copymode(file, fresh)
            fresh.replace(file)
    except OSError as error:
        fail(
            tr("%(folder)s cannot be written: %(reason)s.", folder=content, reason=error.strerror),
            1,
        )
