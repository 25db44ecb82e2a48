"""kalkulačka: JSON files of questions, candidates, their organizations and their answers.

A candidate is taken as the organization where it has no other candidate.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from quiz.sheets.made import MadeQuiz, known_keys
from quiz.translations.commands import tr

POSITIONS: Final[dict[Any, str]] = {True: "agree", False: "disagree", None: "neutral"}


def fits(files: Mapping[str, Any]) -> bool:
    """Whether questions and answers are among the files."""
    return _file(files, "questions") is not None and _file(files, "answers") is not None


def fill(files: Mapping[str, Any], made: MadeQuiz) -> None:
    """Fill the quiz."""
    language = made.wishes.language or "cs"
    made.languages.append(language)
    for question in _file(files, "questions") or []:
        tags = question.get("tags") or [""]
        made.leave_out(tr("a further tag of a question"), len(tags) - 1)
        made.statement(
            question["id"],
            question.get("title") or question["statement"],
            question.get("statement") or question["title"],
            question.get("detail") or question.get("gist") or question.get("title", ""),
            tags[0],
        )
        known_keys(
            question, ("id", "title", "statement", "detail", "gist", "tags"), tr("question"), made
        )
    names = _names(files, made)
    for candidate, answers in (_file(files, "answers") or {}).items():
        short, long_name = names.get(candidate, (candidate, ""))
        made.party(candidate, short, long_name=long_name)
        for answer in answers:
            if "answer" not in answer:
                continue  # not answered
            if answer["questionId"] not in made.statements:
                made.leave_out(tr("an answer to a question that is not there"))
                continue
            theirs = answer["answer"]
            answer_text = {True: "true", False: "false"}.get(theirs, "null")
            made.position(
                candidate,
                answer["questionId"],
                POSITIONS[theirs],
                answer.get("comment") or "",
                answer_text,
            )
            known_keys(answer, ("questionId", "answer", "comment"), tr("answer"), made)


def _names(files: Mapping[str, Any], made: MadeQuiz) -> dict[str, tuple[str, str]]:
    """Return each candidate's short and long name: those of its party where it is the only
    candidate.
    """
    organizations = {entry["id"]: entry for entry in _file(files, "organizations") or []}
    persons = {entry["id"]: entry for entry in _file(files, "persons") or []}
    names = {}
    for candidate in _file(files, "candidates") or []:
        for reference in candidate.get("references") or []:
            kind = reference.get("type")
            entry = (persons if kind == "person" else organizations).get(reference["id"])
            if entry is not None and candidate["id"] not in names:
                name = entry["name"]
                names[candidate["id"]] = (entry.get("shortName") or name, name)
        known_keys(candidate, ("id", "references", "organizationId"), tr("candidate"), made)
    return names


def _file(files: Mapping[str, Any], word: str) -> Any:
    """Return a file's data by the last word of its name."""
    for name, data in files.items():
        stem = name.removesuffix(".json").lower()
        if name.lower().endswith(".json") and stem.split("-")[-1].split("_")[-1] == word:
            shape = dict if word == "answers" else list
            if isinstance(data, shape):
                return data
    return None
