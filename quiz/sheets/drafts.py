"""Which imported positions are drafts.

A position that changes is one, unless all that supports it changed with it. Importing never
publishes a draft: a table cannot say whether somebody has looked at the quote since.
"""

from __future__ import annotations

from typing import Any

from ruamel.yaml.comments import CommentedMap

from quiz.sheets.files import Files
from quiz.sheets.table import Notes
from quiz.translations.commands import tr


def supported_as_before(before: CommentedMap, entry: CommentedMap, *, explicit: bool) -> bool:
    """Whether part of what supported the old position is unchanged.

    ``explicit`` has only two values, so the same one counts as new where the row states it.
    """
    same_explanation = entry.get("explanation") == before.get("explanation")
    return (
        _evidence_of(entry) == _evidence_of(before)
        or ("explanation" in entry and same_explanation)
        or ("explicit" in entry and not explicit)
    )


def _evidence_of(entry: Any) -> list[str]:
    """Return the texts of a position's evidence."""
    quotes = [quote.get("text", "") for quote in entry.get("quotes") or []]
    summary = entry.get("summary")
    return [text.strip() for text in [*quotes, *([summary.get("text", "")] if summary else [])]]


def make_draft(files: Files, entry: CommentedMap, party: str, statement: str, notes: Notes) -> None:
    """Make a changed position a draft."""
    if "status" in entry:
        files.put(entry, "status", "draft")
    else:
        entry.insert(0, "status", "draft")
    message = tr(
        "%(party)s on %(statement)s: the position changed, and not all that supports it (quote, "
        "‘explicit’, explanation), so it is a draft now. Look at these, then set its status to "
        "published in party_answers.yaml.",
        party=party,
        statement=statement,
    )
    notes.remark(message)


def stays_draft(party: str, statement: str, notes: Notes) -> None:
    """Say that a table that calls a draft published does not publish it."""
    message = tr(
        "%(party)s on %(statement)s: stays a draft. Look at its quote, then set its status to "
        "published in party_answers.yaml.",
        party=party,
        statement=statement,
    )
    notes.remark(message)
