"""Comparison with what voters last saw: a new position on old evidence is worth a second look."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from quiz.content.checks.references import positions
from quiz.content.yaml.marked import Document
from quiz.content.yaml.reading import read
from quiz.translations.commands import tr

FILE = "party_answers.yaml"
SECONDS = 10


def last_published(content: Path, named: Path | None) -> Document | None:
    """Return the answers as voters last saw them: in the folder given, or else in git's last
    commit.

    None where neither exists or can be read.
    """
    if named is not None:
        file = named / FILE
        return read(str(file), file.read_bytes()) if file.is_file() else None
    git = shutil.which("git")
    if git is None or not content.is_dir():
        return None
    try:
        shown = subprocess.run(  # noqa: S603  # git, with fixed arguments
            [git, "-C", str(content), "show", f"HEAD:./{FILE}"],
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return read(FILE, shown.stdout) if shown.returncode == 0 else None


def warn_of_stale_evidence(now: Document, before: Document) -> None:
    """Warn at each position that changed while its evidence did not."""
    old = {_cell(before, path): answer for path, _, answer in positions(before)}
    for path, _, answer in positions(now):
        was = old.get(_cell(now, path))
        if (
            was
            and answer.get("status") != "draft"
            and answer.get("position") != was.get("position")
            and _evidence(answer) == _evidence(was)
        ):
            now.say(
                (*path, "position"),
                tr(
                    "This was %(value)s, and the evidence is still the same.",
                    value=was.get("position"),
                ),
                tr("Look at the quote: does it say this? Until then, status: draft keeps it back."),
                warning=True,
                kind=tr("position that changed without its evidence"),
            )


def _cell(document: Document, path: tuple[str | int, ...]) -> tuple[Any, Any]:
    party = document.data["parties"][path[1]]
    return party.get("id"), path[-1]


def _evidence(answer: dict[str, Any]) -> list[str]:
    quotes = answer.get("quotes")
    listed = [*(quotes if isinstance(quotes, list) else ()), answer.get("summary")]
    return [str(quote.get("text", "")).strip() for quote in listed if isinstance(quote, dict)]
