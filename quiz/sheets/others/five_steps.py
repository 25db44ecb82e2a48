"""A scale of steps around 0, as in Kieskompas: a JSON file of statements, another of parties'
answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quiz.sheets.made import MadeQuiz, known_keys
from quiz.sheets.others.steps import position_of
from quiz.translations.commands import tr


def fits(files: Mapping[str, Any]) -> bool:
    """Whether statements with steps, and parties with answers to them, are among the files."""
    return bool(_listed(files, "statement", "id")) and bool(_listed(files, "answers", "name"))


def fill(files: Mapping[str, Any], made: MadeQuiz) -> None:
    """Fill the quiz: above 0 is agree, below is disagree, 0 is neutral."""
    made.languages.append(made.wishes.language or "nl")
    for entry in sorted(_listed(files, "statement", "id"), key=lambda each: each.get("order") or 0):
        theme = entry.get("theme") or {}
        name = theme.get("name", "") if isinstance(theme, dict) else str(theme)
        made.statement(
            str(entry["id"]), entry["statement"], entry["statement"], entry.get("explanation") or "",
            name,
        )  # fmt: skip
        known_keys(
            entry,
            ("id", "name", "statement", "theme", "explanation", "order", "answer_type"),
            tr("statement"),
            made,
        )
    for party in _listed(files, "answers", "name"):
        key = str(party["id"])
        made.party(key, party["name"])
        known_keys(party, ("id", "name", "short_name", "answers"), tr("party"), made)
        for answer in party["answers"]:
            statement = str(answer["statement"])
            if statement not in made.statements:
                made.leave_out(tr("an answer to a question that is not there"))
                continue
            step = answer["answer"]
            none = step.get("is_skip") or step.get("value") in {None, 99}
            word = "none" if none else position_of(step["value"])
            theirs = f"{step.get('text_content', '')} ({step.get('value')})".strip()
            made.position(key, statement, word, answer.get("explanation") or "", theirs)


def _listed(files: Mapping[str, Any], *keys: str) -> list[Any]:
    """Return the list of entries that all have these keys."""
    for data in files.values():
        entries = data if isinstance(data, list) else []
        if entries and all(
            isinstance(entry, dict) and set(keys) <= entry.keys() for entry in entries
        ):
            return entries
    return []
