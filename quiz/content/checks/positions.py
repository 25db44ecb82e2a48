"""Positions and ids that are valid but may not do what was intended."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from quiz.content.checks.references import entries, positions
from quiz.content.schema import MatchingModel
from quiz.content.yaml.marked import Document, Path
from quiz.translations.commands import tr

MOSTLY: Final = 0.8
MANY: Final = 3
"""With so many parties, a statement on which only one has a position is odd."""

ENOUGH: Final = 5
"""With so many positions, a share is worth reporting."""

REWRITTEN: Final = re.compile(
    r"\d+|\d+e\d+|true|false|\d{1,2}-\d{1,2}(?:-\d{2,4})?|\d{4}-\d{1,2}(?:-\d{1,2})?"
    r"|(?:jan|feb|mar|apr|may|mei|jun|jul|aug|sep|oct|okt|nov|dec)[a-z]*-\d{1,4}"
    r"|\d{1,2}-(?:jan|feb|mar|apr|may|mei|jun|jul|aug|sep|oct|okt|nov|dec)[a-z]*"
)
"""Ids that a spreadsheet takes for a number, a date or a boolean, and rewrites."""


def advise_on_positions(statements: Document, answers: Document) -> None:
    """Warn of parties that cannot be ranked or are always neutral, and of lonely statements."""
    by_party: dict[Path, Counter[str]] = {}
    by_statement: Counter[str] = Counter()
    drafts = [
        e.get("id") for _, e in entries(statements, "statements") if e.get("status") == "draft"
    ]
    for path, statement, answer in positions(answers):
        if statement in drafts or answer.get("status") == "draft":
            continue
        by_party.setdefault(path[:2], Counter())[str(answer.get("position"))] += 1
        by_statement[statement] += 1
    _too_few(statements, answers, by_party)
    for path, counts in by_party.items():
        known, neutral = sum(counts.values()), counts["neutral"]
        if known >= ENOUGH and neutral / known >= MOSTLY:
            answers.say(
                path,
                tr(
                    "This party is neutral on %(neutral)s of its %(known)s positions (%(value)s).",
                    neutral=neutral,
                    known=known,
                    value=format(neutral / known, ".0%"),
                ),
                tr(
                    "It will come first for many voters, since neutral lies close to everything. Is each of them what its quote says, and not silence?"
                ),
                at_key=True,
                warning=True,
            )
    for path, entry in entries(statements, "statements"):
        if len(by_party) >= MANY and by_statement.get(str(entry.get("id")), 0) == 1:
            statements.say(
                path,
                tr("Only one party has a position on this statement."),
                tr("It moves that party alone. Look for others, or leave the statement out."),
                at_key=True,
                warning=True,
                kind=tr("statement with one position"),
            )


def _too_few(statements: Document, answers: Document, by_party: dict[Path, Counter[str]]) -> None:
    matching = statements.section("quiz", dict).get("matching")
    least = matching.get("min_compared") if isinstance(matching, dict) else None
    needed = least if type(least) is int else MatchingModel().min_compared
    known = {path: sum(counts.values()) for path, counts in by_party.items()}
    most = max(known.values(), default=0)
    if 0 < most < needed:
        statements.say(
            ("quiz", "matching", "min_compared"),
            tr(
                "No party has %(needed)s positions; %(most)s is the most.", needed=needed, most=most
            ),
            tr("No party would ever be ranked. Write %(value)s.", value=min(2, most)),
            warning=True,
        )
        return
    if any(not problem.warning for problem in answers.problems):
        return  # what could not be read may be the position that a party lacks
    for path, count in known.items():
        if count < needed:
            answers.say(
                path,
                tr(
                    "This party has fewer positions (%(count)s) than min_compared (%(needed)s).",
                    count=count,
                    needed=needed,
                ),
                tr("It is never ranked. Look for more positions, or write a smaller min_compared."),
                at_key=True,
                warning=True,
                kind=tr("party with fewer positions than min_compared"),
            )


def advise_on_ids(statements: Document, answers: Document) -> None:
    """Warn of ids that a spreadsheet would rewrite."""
    listed = (
        (statements, "themes"),
        (statements, "statements"),
        (answers, "sources"),
        (answers, "parties"),
    )
    for document, name in listed:
        for path, entry in entries(document, name):
            entry_id = entry.get("id")
            if isinstance(entry_id, str) and REWRITTEN.fullmatch(entry_id):
                document.say(
                    (*path, "id"),
                    tr(
                        "A spreadsheet takes the id %(given)s for a number or a date, and rewrites it.",
                        given=repr(entry_id),
                    ),
                    tr("Begin it with a word, before voters have seen it."),
                    warning=True,
                    kind=tr("id that a spreadsheet rewrites"),
                )
