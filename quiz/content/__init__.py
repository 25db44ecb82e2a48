"""From two YAML files to a checked catalogue, or to every fault in them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from quiz.content.build import build
from quiz.content.catalogue import Catalogue
from quiz.content.crosscheck import cross_check
from quiz.content.faults import note
from quiz.content.marked import Document, read
from quiz.content.problems import ContentError, Problem
from quiz.content.schema import AnswersFile, StatementsFile

__all__ = ["Catalogue", "Checked", "ContentError", "Problem", "check", "load"]

STATEMENTS: Final = "statements.yaml"
ANSWERS: Final = "party_answers.yaml"
ADVISED: Final = ("version", "as_of", "election", "publisher", "contact")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check finds: the catalogue where there are no errors, and all problems."""

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


def check(directory: Path, *, drafts: bool = False) -> Checked:
    """Check a content folder; never raises for what is wrong with the content."""
    statements = _read(directory / STATEMENTS)
    answers = _read(directory / ANSWERS)
    first = _validate(statements, StatementsFile)
    second = _validate(answers, AnswersFile)
    cross_check(statements, answers)
    _advise(statements)
    problems = [*_sorted(statements), *_sorted(answers)]
    errors = tuple(problem for problem in problems if not problem.warning)
    warnings = tuple(problem for problem in problems if problem.warning)
    catalogue = None
    if not errors and isinstance(first, StatementsFile) and isinstance(second, AnswersFile):
        catalogue = build(first, second, drafts=drafts)
        if not catalogue.statements:
            errors = (Problem(STATEMENTS, 0, 0, "statements", "Every statement is a draft."),)
            catalogue = None
    return Checked(catalogue, errors, warnings, statements, answers)


def _read(path: Path) -> Document:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return _unreadable(path, "The file is not there.", "Name another folder with --content.")
    except OSError as error:
        return _unreadable(path, f"The file cannot be read: {error.strerror}.", "")
    document = read(str(path), raw)
    if document.data is None and not document.problems:
        document.at((1, 1), "The file is empty.", "See docs/operators.md for its form.")
    return document


def _unreadable(path: Path, message: str, hint: str) -> Document:
    document = Document(str(path), [])
    document.problems.append(Problem(str(path), 0, 0, "", message, hint))
    return document


def _validate(document: Document, model: type[BaseModel]) -> BaseModel | None:
    if document.data is None:
        return None
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        note(document, model, error)
        return None


def _advise(statements: Document) -> None:
    quiz = statements.data.get("quiz") if isinstance(statements.data, dict) else None
    if isinstance(quiz, dict):
        for key in ADVISED:
            if key not in quiz:
                statements.say(
                    ("quiz",), f"The quiz has no {key!r}.", "Readers want to know it.",
                    at_key=True, warning=True,
                )


def _sorted(document: Document) -> Sequence[Problem]:
    once = {(p.line, p.column, p.path, p.message): p for p in document.problems}
    return sorted(once.values(), key=lambda problem: (problem.line, problem.column))
