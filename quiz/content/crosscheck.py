"""What no single entry can tell: names that must fit together, languages, evidence.

Works on the data as it was read, so it finds its faults even where the form has others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from quiz.content.marked import Document, Path
from quiz.content.problems import did_you_mean

TEXTS: Final = ("text", "explanation", "argument_for", "argument_against")


def cross_check(statements: Document, answers: Document) -> None:
    """Check both files against each other; faults go into the documents."""
    languages = _languages(statements)
    themes = _unique(statements, "themes")
    known = _unique(statements, "statements")
    sources = _unique(answers, "sources")
    parties = _unique(answers, "parties")
    for path, statement in _entries(statements, "statements"):
        theme = statement.get("theme")
        if isinstance(theme, str) and theme not in themes:
            statements.say((*path, "theme"), f"There is no theme {theme!r}.", did_you_mean(theme, themes))
    _check_languages(statements, languages)
    _check_answer_languages(answers, languages)
    for path, source in _entries(answers, "sources"):
        lines = source.get("lines")
        for party in lines if isinstance(lines, dict) else ():
            place = (*path, "lines", party)
            if party not in parties:
                answers.say(place, f"There is no party {party!r}.", did_you_mean(party, parties), at_key=True)
            else:
                _check_range(answers, place, lines[party])
    for path, party in _entries(answers, "parties"):
        searched = party.get("searched")
        for index, source in enumerate(searched if isinstance(searched, list) else ()):
            _check_source(answers, (*path, "searched", index), source, sources)
        given = party.get("answers")
        for statement_id, answer in (given if isinstance(given, dict) else {}).items():
            place = (*path, "answers", statement_id)
            if statement_id not in known:
                answers.say(
                    place, f"There is no statement {statement_id!r}.",
                    did_you_mean(statement_id, known), at_key=True,
                )
            if isinstance(answer, dict):
                _check_evidence(answers, place, answer, sources)


def _languages(statements: Document) -> list[str]:
    quiz = statements.data.get("quiz") if isinstance(statements.data, dict) else None
    given = quiz.get("languages") if isinstance(quiz, dict) else None
    languages = [tag for tag in given if isinstance(tag, str)] if isinstance(given, list) else []
    for index, tag in enumerate(languages):
        if tag in languages[:index]:
            statements.say(("quiz", "languages", index), f"The language {tag!r} stands here twice.")
    return languages


def _entries(document: Document, name: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    entries = document.data.get(name) if isinstance(document.data, dict) else None
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield (name, index), entry


def _unique(document: Document, name: str) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path, entry in _entries(document, name):
        given = entry.get("id")
        if not isinstance(given, str):
            continue
        if given in found:
            line = document.places.get((*found[given], "id"), (0, 0))[0]
            document.say(
                (*path, "id"), f"The id {given!r} stands here twice; the first is on line {line}.",
                "Give one of them another id.",
            )
        else:
            found[given] = path
    return found


def _check_languages(document: Document, languages: list[str]) -> None:
    quiz = document.data.get("quiz") if isinstance(document.data, dict) else None
    if isinstance(quiz, dict):
        for key in ("title", "description", "election"):
            _check_text(document, ("quiz", key), quiz.get(key), languages)
        changes = quiz.get("changelog")
        for index, change in enumerate(changes if isinstance(changes, list) else ()):
            if isinstance(change, dict):
                _check_text(document, ("quiz", "changelog", index, "text"), change.get("text"), languages)
    for path, theme in _entries(document, "themes"):
        _check_text(document, (*path, "name"), theme.get("name"), languages)
    for path, statement in _entries(document, "statements"):
        for key in TEXTS:
            _check_text(document, (*path, key), statement.get(key), languages)


def _check_answer_languages(document: Document, languages: list[str]) -> None:
    for path, party in _entries(document, "parties"):
        answers = party.get("answers")
        for statement_id, answer in (answers if isinstance(answers, dict) else {}).items():
            if isinstance(answer, dict):
                place = (*path, "answers", statement_id, "explanation")
                _check_text(document, place, answer.get("explanation"), languages)


def _check_text(document: Document, path: Path, text: Any, languages: list[str]) -> None:
    if not languages:
        return
    if isinstance(text, str):
        if len(languages) > 1:
            document.say(
                path, f"This text has no {', '.join(languages[1:])}.",
                f"Write {{{languages[0]}: …, {languages[1]}: …}}.", warning=True,
            )
        return
    if not isinstance(text, dict):
        return
    for tag in text:
        if tag not in languages:
            document.say(
                (*path, tag), f"The language {tag!r} is not one of the quiz’s languages.",
                did_you_mean(tag, languages), at_key=True,
            )
    for tag in languages:
        if tag not in text:
            document.say(
                path, f"This text has no {tag}.", f"Add ‘{tag}: …’.",
                at_key=True, warning=tag != languages[0],
            )


def _check_range(document: Document, path: Path, given: Any) -> None:
    whole = isinstance(given, list) and len(given) == 2 and all(type(n) is int for n in given)
    if whole and given[0] > given[1]:
        document.say(path, "The first line comes after the last.", "Write [first, last].")


def _check_source(document: Document, path: Path, given: Any, sources: dict[str, Path]) -> None:
    if isinstance(given, str) and given not in sources:
        document.say(path, f"There is no source {given!r}.", did_you_mean(given, sources))


def _check_evidence(
    document: Document, path: Path, answer: dict[str, Any], sources: dict[str, Path]
) -> None:
    quotes, summary = answer.get("quotes"), answer.get("summary")
    if not quotes and not summary:
        document.say(
            path, "A position needs a quote.",
            "Add quotes, or summary where only a summary says it; else leave the position out.",
            at_key=True,
        )
    if quotes and summary:
        document.say(
            (*path, "summary"), "Quotes and a summary cannot both back a position.",
            "Keep the quotes.", at_key=True,
        )
    for index, quote in enumerate(quotes if isinstance(quotes, list) else ()):
        if isinstance(quote, dict):
            _check_source(document, (*path, "quotes", index, "source"), quote.get("source"), sources)
    if isinstance(summary, dict):
        _check_source(document, (*path, "summary", "source"), summary.get("source"), sources)
