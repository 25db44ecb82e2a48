"""Options that all commands share, and ways to end a command with an error."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from quiz.content import Catalogue, ContentError, Problem, load
from quiz.content.paths import content_directory
from quiz.translations.commands import tr

F = TypeVar("F", bound=Callable[..., Any])


def content_option(function: F) -> F:
    """Add ``--content DIR``."""
    return click.option(
        "--content",
        "content",
        metavar="DIR",
        callback=lambda _ctx, _param, value: content_directory(value),
        help="Folder with statements.yaml and party_answers.yaml (else QUIZ_CONTENT, else the "
        "shipped content).",
    )(function)


def load_or_exit(directory: Path, *, drafts: bool = False, status: int = 1) -> Catalogue:
    """Load the content, or say what is wrong with it and end the command."""
    try:
        return load(directory, drafts=drafts)
    except ContentError as error:
        refuse(error.problems, status)


def called() -> str:
    """Return how this command was called, so that a printed command works in the same place:
    ``quiz`` where it is on the path, else the one beside the interpreter, else ``-m quiz``.
    """
    if shutil.which("quiz"):
        return "quiz"
    interpreter = Path(sys.executable)
    beside = interpreter.with_name("quiz")
    command = beside if beside.exists() else interpreter
    if command.is_relative_to(Path.cwd()):
        command = command.relative_to(Path.cwd())
    return shlex.quote(str(command)) + ("" if beside.exists() else " -m quiz")


def refuse(problems: Sequence[Problem], status: int = 1) -> NoReturn:
    """End the command with every problem of the content."""
    show_errors(problems)
    count = len(problems)
    fail(tr("Errors in the content: %(count)s. ‘quiz check’ shows the lines.", count=count), status)


def show_errors(problems: Sequence[Problem]) -> None:
    """Write each problem on a line, place first."""
    for problem in problems:
        text = f"{problem.place}: {tr('error')}: {problem.message} {problem.hint}"
        click.echo(text.rstrip(), err=True)


def fail(message: str, status: int = 2) -> NoReturn:
    """End the command with a message and a status, never with a traceback."""
    click.echo(message, err=True)
    raise SystemExit(status)
