"""Mat-O-Wahl: a CSV of theses, and one of parties, each with five lines and its answers."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Mapping
from typing import Any, Final

from quiz.sheets.made import MadeQuiz
from quiz.sheets.table import SheetError
from quiz.translations.commands import tr

PARTY: Final = "Partei_kurz:"
KEPT: Final = {"Partei_lang:": "long_name", "Partei_URL:": "url"}
POSITIONS: Final = {"1": "agree", "0": "neutral", "-1": "disagree"}
TAG: Final = re.compile(r"<[^>]*>")


def fits(files: Mapping[str, Any]) -> bool:
    """Whether one of the files describes parties in this form."""
    return _parties(files) is not None


def fill(files: Mapping[str, Any], made: MadeQuiz) -> None:
    """Fill the quiz."""
    made.languages.append(made.wishes.language or "de")
    name = str(_parties(files))
    theses = next(
        (other for other in files if other != name and isinstance(files[other], str)), None
    )
    if theses is None:
        raise SheetError(
            name, tr("The file of the theses is missing. Name both files, or their folder.")
        )
    keys = _theses(_lines(files[theses]), made)
    party, at = "", 0
    for number, line in enumerate(_lines(files[name]), 1):
        first, second = (*line, "", "")[:2]
        first = first.strip()
        if first == PARTY:
            party, at = f"{number}", 0
            made.party(party, _plain(second))
        elif first in KEPT:
            value = _plain(second)
            if first != "Partei_URL:" or value.startswith("http"):
                made.parties[party][KEPT[first]] = value
        elif first.startswith("Partei_"):
            made.leave_out(first.rstrip(":"))
        elif first and not first.startswith("#"):
            if at >= len(keys):
                wrong = tr("%(file)s, row %(row)s: There are more answers than theses.",
                           file=name, row=number)  # fmt: skip
                made.notes.fault_of_row(name, number, wrong)
                continue
            if first not in {*POSITIONS, "99"}:
                wrong = tr("%(file)s, row %(row)s: An answer is -1, 0 or 1, not %(given)s.",
                           file=name, row=number, given=repr(first))  # fmt: skip
                made.notes.fault_of_row(name, number, wrong)
            made.position(party, keys[at], POSITIONS.get(first, "none"), _plain(second), first)
            at += 1


def _theses(lines: list[list[str]], made: MadeQuiz) -> list[str]:
    keys = []
    for number, line in enumerate(lines):
        if len(line) > 1 and line[1].strip():
            title, text = _plain(line[0]), _plain(line[1])
            made.statement(str(number), title or text, text, title)
            keys.append(str(number))
    return keys


def _plain(text: str) -> str:
    """Return a text without mark-up."""
    return " ".join(html.unescape(TAG.sub("", text)).replace("\u200b", "").split())


def _lines(text: str) -> list[list[str]]:
    return [line for line in csv.reader(io.StringIO(text), delimiter=";") if any(line)]


def _parties(files: Mapping[str, Any]) -> str | None:
    return next(
        (name for name, text in files.items() if isinstance(text, str) and text.lstrip("\ufeff\" ").startswith("Partei_kurz")),
        None,
    )  # fmt: skip
