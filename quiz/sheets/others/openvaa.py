"""OpenVAA: questions with choices in steps, and entities with answers, in one JSON file or several.

A list that holds only texts by language is taken for the questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from quiz.sheets.made import MadeQuiz, known_keys
from quiz.sheets.others.steps import position_at
from quiz.translations.commands import tr

PARTIES: Final = ("organizations", "parties")
OTHERS: Final = (
    "candidates",
    "factions",
    "alliances",
    "constituencies",
    "elections",
    "nominations",
)


def fits(files: Mapping[str, Any]) -> bool:
    """Whether there are questions of this kind among the files."""
    return bool(_questions(files))


def fill(files: Mapping[str, Any], made: MadeQuiz) -> None:
    """Fill the quiz."""
    questions = {}
    categories = {entry.get("id"): entry for entry in _listed(files, "questionCategories")}
    for number, question in enumerate(_questions(files), 1):
        if "id" not in question:
            made.statement(str(number), next(iter(question.values())), question)
            continue
        if not _steps(question):
            made.leave_out(tr("a question that is not in steps"))
            continue
        key = str(question["id"])
        questions[key] = question
        text = question.get("text") or question["name"]
        theme = (categories.get(question.get("categoryId")) or {}).get("name") or ""
        name = next(iter(made.text(question.get("name") or text).values()))
        made.statement(key, name, text, question.get("info") or "", theme)
        known_keys(
            question,
            ("id", "type", "name", "text", "info", "choices", "categoryId", "order"),
            tr("question"),
            made,
        )
    for name in OTHERS:
        made.leave_out(name, len(list(_listed(files, name))))
    for name in PARTIES:
        for party in _listed(files, name):
            _party(party, questions, made)


def _party(party: Mapping[str, Any], questions: Mapping[str, Any], made: MadeQuiz) -> None:
    long_name = next(iter(made.text(party["name"]).values()))
    short = next(iter(made.text(party.get("shortName") or party["name"]).values()))
    key = str(party["id"])
    color = party.get("color")
    made.party(key, short, long_name=long_name, color=color if isinstance(color, str) else "")
    known_keys(party, ("id", "type", "name", "shortName", "answers", "color"), tr("party"), made)
    answers = party.get("answers") or {}
    listed = (
        answers.items() if isinstance(answers, dict) else ((a["questionId"], a) for a in answers)
    )
    for question, answer in listed:
        if str(question) not in questions:
            made.leave_out(tr("an answer to a question that is not there"))
            continue
        value = answer.get("value") if isinstance(answer, dict) else answer
        reason = (
            (answer.get("info") or answer.get("openAnswer") or "")
            if isinstance(answer, dict)
            else ""
        )
        steps = _steps(questions[str(question)])
        at = next((at for at, (ident, _l) in enumerate(steps) if ident == str(value)), None)
        word = "none" if at is None else position_at(at, len(steps))
        label = (
            str(value or "")
            if at is None
            else next(iter(made.text(steps[at][1]).values()), str(value))
        )
        made.position(key, str(question), word, reason, label)


def _steps(question: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return a question's choices as id and label, from disagreement to agreement."""
    choices = [choice for choice in question.get("choices") or [] if isinstance(choice, dict)]
    ordered = "Ordinal" in str(question.get("type", "singleChoiceOrdinal"))
    if not ordered or not 2 <= len(choices) <= 7:
        return []
    choices.sort(
        key=lambda choice: float(choice.get("normalizableValue") or choice.get("key") or 0)
    )
    return [
        (str(choice.get("id", choice.get("key"))), choice.get("label") or "") for choice in choices
    ]


def _questions(files: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    for data in files.values():
        if isinstance(data, dict) and isinstance(data.get("questions"), list):
            lists: list[Mapping[str, Any]] = [
                entry for entry in data["questions"] if isinstance(entry, dict)
            ]
            if any("choices" in entry for entry in lists):
                return lists
        if isinstance(data, list) and data and all(map(_is_text, data)):
            return data
    return []


def _is_text(entry: Any) -> bool:
    """Whether this is a text by language."""
    return (
        isinstance(entry, dict)
        and bool(entry)
        and all(isinstance(words, str) for words in entry.values())
        and all(
            tag.replace("-", "").isalpha() and 2 <= len(tag.split("-")[0]) <= 3 for tag in entry
        )
        and "id" not in entry
    )


def _listed(files: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    for data in files.values():
        if isinstance(data, dict) and isinstance(data.get(name), list):
            yield from (entry for entry in data[name] if isinstance(entry, dict))
