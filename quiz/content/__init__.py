"""From two YAML files to a checked catalogue, or to all of their faults at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from quiz.content.build import build
from quiz.content.catalogue import Catalogue
from quiz.content.checks.advice import advise
from quiz.content.checks.brand import check_beside
from quiz.content.checks.logos import check_logos
from quiz.content.checks.references import cross_check
from quiz.content.limits import YAML_BYTES
from quiz.content.problems import ContentError, Problem
from quiz.content.schema import AnswersFile, StatementsFile
from quiz.content.yaml.form_faults import note
from quiz.content.yaml.marked import Document
from quiz.content.yaml.reading import read
from quiz.translations.commands import later, tr

__all__ = ["Catalogue", "Checked", "ContentError", "Problem", "check", "in_order", "load"]

STATEMENTS: Final = "statements.yaml"
ANSWERS: Final = "party_answers.yaml"
NEEDED: Final = later(
    "A content folder holds statements.yaml and party_answers.yaml; --content names it, and "
    "‘quiz new’ makes one."
)
ALL_DRAFTS: Final = later("Every statement is a draft: there is nothing to show.")


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check: the catalogue where there are no errors, and all problems."""

    catalogue: Catalogue | None
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    statements: Document
    answers: Document


def load(directory: Path, *, drafts: bool = False) -> Catalogue:
    """Read, check and compile a content folder.

    Raises ``ContentError`` with every error where there is one.
    """
    checked = check(directory, drafts=drafts)
    if checked.catalogue is None:
        raise ContentError(checked.errors)
    return checked.catalogue


def check(directory: Path, *, drafts: bool = False, beside: Path | None = None) -> Checked:
    """Check a content folder; whatever is wrong with the content, this does not raise.

    ``beside`` is the folder to look for logos in, where that is a different one.
    """
    statements = _read(directory / STATEMENTS)
    answers = _read(directory / ANSWERS)
    check_logos(answers, beside or directory)
    check_beside(statements, beside or directory)
    first = _validate(statements, StatementsFile)
    second = _validate(answers, AnswersFile)
    statements.note_doubts()
    answers.note_doubts()
    cross_check(statements, answers)
    advise(statements, answers)
    problems = in_order(statements, answers)
    errors = tuple(problem for problem in problems if not problem.warning)
    warnings = tuple(problem for problem in problems if problem.warning)
    catalogue = None
    if not errors and isinstance(first, StatementsFile) and isinstance(second, AnswersFile):
        catalogue = build(first, second, drafts=drafts)
        if not catalogue.statements:
            statements.say(
                ("statements",), tr(ALL_DRAFTS), tr("Publish at least one."), at_key=True
            )
            errors = (statements.problems[-1],)
            catalogue = None
    return Checked(catalogue, errors, warnings, statements, answers)


def in_order(*documents: Document) -> tuple[Problem, ...]:
    """Return all problems of the files, in the order of files and lines."""
    return tuple(
        problem
        for document in documents
        for problem in sorted(
            dict.fromkeys(document.problems), key=lambda problem: (problem.line, problem.column)
        )
    )


def _read(path: Path) -> Document:
    document = Document(str(path))
    try:
        raw = _bytes(path)
    except FileNotFoundError:
        near = _misnamed(path)
        if near:
            message = tr("The file is not there, but ‘%(value)s’ is.", value=near[0])
            document.without_place(message, tr("Rename it to ‘%(name)s’.", name=path.name))
        else:
            document.without_place(tr("The file is not there."), tr(NEEDED))
    except IsADirectoryError:
        document.without_place(tr("This is a folder, not a file."), tr(NEEDED))
    except OSError as error:
        document.without_place(
            tr("The file cannot be read: %(value)s.", value=error.strerror or error)
        )
    else:
        document = read(str(path), raw)
        if document.data is None and not document.problems:
            document.at(
                (1, 1), tr("The file is empty."), tr("‘quiz new’ writes one to start from.")
            )
        for name in _misnamed(path):
            message = tr("‘%(name)s’ lies beside it, and is not read.", name=name)
            document.without_place(
                message, tr("Only ‘%(name)s’ counts.", name=path.name), warning=True
            )
    return document


def _misnamed(path: Path) -> list[str]:
    """Name the files beside this one that might be mistaken for it, like statements.yml."""
    try:
        names = sorted(entry.name for entry in path.parent.iterdir())
    except OSError:
        return []
    wanted = re.compile(rf"{path.stem}\.(?:ya?ml)(?:\.txt)?|{path.stem}(?:\.txt)?", re.IGNORECASE)
    alike = [name for name in names if wanted.fullmatch(name) and name != path.name]
    return [name for name in alike if not _same_file(path.parent / name, path)]


def _same_file(path: Path, other: Path) -> bool:
    """Whether two names are the same file, as on a file system that ignores case."""
    try:
        return path.samefile(other)
    except OSError:
        return False


def _bytes(path: Path) -> bytes:
    """Read at most one byte more than is allowed: enough to see that a file is too large."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(tr("it is not a regular file"))
    with path.open("rb") as file:
        return file.read(YAML_BYTES + 1)


def _validate(document: Document, model: type[BaseModel]) -> BaseModel | None:
    if document.data is None:
        return None
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        note(document, model, error)
        return None
