"""Importing quizzes made with other programs: recognising the format and filling a new quiz.

Every reader fills a ``MadeQuiz``. Answers in steps are mapped to our three positions and every
mapping is listed; what cannot be taken over is counted and reported, never dropped silently.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from quiz.sheets.made import MadeQuiz
from quiz.sheets.others import five_steps, kalkulacka, mat_o_wahl, open_election_compass, openvaa
from quiz.sheets.read import refuse_size
from quiz.sheets.table import SheetError
from quiz.translations.commands import tr

Files = Mapping[str, Any]
"""A file's name → its data: parsed JSON, or the text of any other file."""

FORMATS: Final[dict[str, tuple[Callable[[Files], bool], Callable[[Files, MadeQuiz], None]]]] = {
    "open-election-compass": (open_election_compass.fits, open_election_compass.fill),
    "kalkulacka": (kalkulacka.fits, kalkulacka.fill),
    "openvaa": (openvaa.fits, openvaa.fill),
    "five-steps": (five_steps.fits, five_steps.fill),
    "mat-o-wahl": (mat_o_wahl.fits, mat_o_wahl.fill),
}
"""A format's name → whether files are in it, and how to fill a quiz from them."""


def format_of(paths: list[Path]) -> tuple[str | None, Files]:
    """Return the files' format, or None where it is unknown, and their data.

    Raises ``SheetError`` for JSON that cannot be read.
    """
    listed = [file for path in paths for file in (_listed(path) if path.is_dir() else [path])]
    files = {file.name: _data(file) for file in listed if file.suffix.lower() in {".json", ".csv"}}
    for name, (fits, _fill) in FORMATS.items():
        if fits(files):
            return name, files
    return None, files


def fill(name: str, files: Files, made: MadeQuiz) -> None:
    """Fill a quiz from files in a format. Raises ``SheetError`` where they are not in it."""
    fits, filler = FORMATS[name]
    if not fits(files):
        raise SheetError(
            ", ".join(files) or "–", tr("This is not in the format %(name)s.", name=name)
        )
    try:
        filler(files, made)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise SheetError(
            ", ".join(files),
            tr(
                "This looks like the format %(name)s, and something in it is not as it should "
                "be: %(error)s.",
                name=name,
                error=f"{type(error).__name__} {error}".strip(),
            ),
        ) from None


def _listed(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix.lower() in {".json", ".csv"})


def _data(file: Path) -> Any:
    refuse_size(file)
    try:
        text = file.read_bytes().decode("utf-8-sig")
        return json.loads(text) if file.suffix.lower() == ".json" else text
    except UnicodeDecodeError:
        return ""  # reported when it is read as a table
    except (json.JSONDecodeError, RecursionError) as error:
        reason = getattr(error, "msg", "RecursionError")
        line = getattr(error, "lineno", 1)
        raise SheetError(
            f"{file.name}:{line}", tr("This is not valid JSON: %(reason)s.", reason=reason)
        ) from None
