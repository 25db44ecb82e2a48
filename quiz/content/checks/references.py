"""Checks across entries: references, languages, evidence.

They work on the data as it was read, so they find their faults even where the form has others; the
content of a file that could not be read counts as unknown, not as missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from quiz.content.problems import did_you_mean
from quiz.content.problems import meant as did_mean
from quiz.content.schema import (
    AnswerModel,
    QuizModel,
    StatementModel,
    TextsModel,
    text_keys,
)
from quiz.content.slugs import slug
from quiz.content.values import SLUG
from quiz.content.yaml.hints import LANGUAGES
from quiz.content.yaml.marked import Document, Path
from quiz.translations.commands import later, tr

MOST_HINTS: Final = 1000
KINDS: Final = (later("theme"), later("party"), later("source"), later("statement"))
UNTRANSLATED: Final = later("missing translation")
NOT_EXPLICIT: Final = later("It is missing whether the quote says this outright.")
EXPLICIT_HINT: Final = later(
    "Add ‘explicit: true’ where the quote says it outright, ‘explicit: false’ where it follows "
    "from the quote; or once for all of a source, beside its title."
)


def cross_check(statements: Document, answers: Document) -> None:
    """Check both files against each other; faults go into the documents."""
    languages = _languages(statements)
    themes = _unique(statements, "themes")
    known = _unique(statements, "statements")
    sources = _unique(answers, "sources")
    parties = _unique(answers, "parties")
    for path, statement in entries(statements, "statements"):
        _known(statements, (*path, "theme"), statement.get("theme"), "theme", themes)
    for document, path, text in texts(statements, answers):
        _check_text(document, path, text, languages)
    for path, source in entries(answers, "sources"):
        lines = source.get("lines")
        for party, pair in lines.items() if isinstance(lines, dict) else ():
            place = (*path, "lines", party)
            _known(answers, place, party, "party", parties, at_key=True)
            _check_range(answers, place, pair)
    for path, party in entries(answers, "parties"):
        searched = party.get("searched")
        for index, source in enumerate(searched if isinstance(searched, list) else ()):
            _known(answers, (*path, "searched", index), source, "source", sources)
    for path, statement_id, answer in positions(answers):
        if answer or statement_id not in AnswerModel.model_fields:
            _known(answers, path, statement_id, "statement", known, at_key=True)
        _check_evidence(answers, path, answer, sources)
        _check_explicit(answers, path, answer)


def entries(document: Document, name: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield each entry of a list with its path."""
    for index, entry in enumerate(document.section(name, list)):
        if isinstance(entry, dict):
            yield (name, index), entry


def positions(answers: Document) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    """Yield each answer of each party: its path, its statement, itself."""
    for path, party in entries(answers, "parties"):
        stated = party.get("answers")
        for statement_id, answer in stated.items() if isinstance(stated, dict) else ():
            yield (
                (*path, "answers", statement_id),
                statement_id,
                (answer if isinstance(answer, dict) else {}),
            )


def texts(statements: Document, answers: Document) -> Iterator[tuple[Document, Path, Any]]:
    """Yield every text that has languages, with its document and path."""
    quiz = statements.section("quiz", dict)
    for key in text_keys(QuizModel):
        yield statements, ("quiz", key), quiz.get(key)
    own = quiz.get("texts")
    for key in text_keys(TextsModel) if isinstance(own, dict) else ():
        yield statements, ("quiz", "texts", key), own.get(key)
    changes = quiz.get("changelog")
    for index, change in enumerate(changes if isinstance(changes, list) else ()):
        if isinstance(change, dict):
            yield statements, ("quiz", "changelog", index, "text"), change.get("text")
    for path, theme in entries(statements, "themes"):
        yield statements, (*path, "name"), theme.get("name")
    for path, statement in entries(statements, "statements"):
        for key in text_keys(StatementModel):
            yield statements, (*path, key), statement.get(key)
    for path, _, answer in positions(answers):
        yield answers, (*path, "explanation"), answer.get("explanation")


def _languages(statements: Document) -> list[str]:
    listed = statements.section("quiz", dict).get("languages")
    languages = [tag for tag in listed if isinstance(tag, str)] if isinstance(listed, list) else []
    for index, tag in enumerate(languages):
        if tag in languages[:index]:
            statements.say(
                ("quiz", "languages", index),
                tr("The language %(tag)s stands here twice.", tag=repr(tag)),
                tr("Take one out."),
            )
    return languages


def _unique(document: Document, name: str) -> dict[str, Path] | None:
    """Return id → path of a list's entries, or None where not all of it could be read."""
    if not isinstance(document.data, dict) or not isinstance(document.data.get(name), list):
        return None
    by_id: dict[str, Path] = {}
    for path, entry in entries(document, name):
        entry_id = entry.get("id")
        if not isinstance(entry_id, str):
            continue
        if entry_id in by_id:
            line = document.place((*by_id[entry_id], "id"))[0]
            document.say(
                (*path, "id"),
                tr(
                    "The id %(given)s stands here twice; the first is on line %(line)s.",
                    given=repr(entry_id),
                    line=line,
                ),
                tr("Give one of them another id."),
            )
        else:
            # A malformed id is reported once, where it is defined, not at every reference.
            by_id.setdefault(entry_id if re.fullmatch(SLUG, entry_id) else slug(entry_id), path)
    return None if document.partial else by_id


def _known(
    document: Document,
    path: Path,
    name: Any,
    what: str,
    known: dict[str, Path] | None,
    *,
    at_key: bool = False,
) -> None:
    if known is not None and isinstance(name, str) and name not in known:
        # Looking for near misses is slow, and nobody reads the thousandth.
        near = did_you_mean(name, known) if len(document.problems) < MOST_HINTS else ""
        hint = near or tr("Add the %(what)s, or take this out.", what=tr(what))
        document.say(
            path,
            tr("There is no %(what)s %(given)s.", what=tr(what), given=repr(name)),
            hint,
            at_key=at_key,
        )


def _check_text(document: Document, path: Path, text: Any, languages: list[str]) -> None:
    if not languages or not isinstance(text, str | dict):
        return
    by_language = text if isinstance(text, dict) else {languages[0]: text}
    for tag in by_language:
        if tag not in languages:
            meant = LANGUAGES.get(tag.lower())
            hint = did_mean(str(meant)) if meant in languages else ""
            document.say(
                (*path, tag),
                tr("%(tag)s is not one of the quiz’s languages.", tag=repr(tag)),
                hint or did_you_mean(tag, languages),
                at_key=True,
            )
    for tag in languages:
        if tag not in by_language and by_language:
            first = tag == languages[0]
            document.say(
                path,
                tr(
                    "This text is missing in %(tag)s, the first of the quiz’s languages.",
                    tag=repr(tag),
                )
                if first
                else tr("This text is missing in %(tag)s.", tag=repr(tag)),
                tr("Add ‘%(tag)s: …’.", tag=tag)
                if isinstance(text, dict)
                else tr("Write {%(value)s: …, %(tag)s: …}.", value=languages[0], tag=tag),
                at_key=True,
                warning=not first,
                kind=UNTRANSLATED,
            )


def _check_range(document: Document, path: Path, lines: Any) -> None:
    whole = isinstance(lines, list) and len(lines) == 2 and all(type(n) is int for n in lines)
    if whole and lines[0] > lines[1]:
        document.say(path, tr("The first line comes after the last."), tr("Write [first, last]."))


def _check_evidence(
    document: Document, path: Path, answer: dict[str, Any], sources: dict[str, Path] | None
) -> None:
    if not answer:
        return
    quotes, summary = answer.get("quotes"), answer.get("summary")
    if not quotes and not summary:
        document.say(
            path,
            tr("This position has no quote."),
            tr("Add quotes; or summary, where only a summary says it; or leave the position out."),
            at_key=True,
        )
    if quotes and summary:
        document.say(
            (*path, "summary"),
            tr("A position rests on quotes or on a summary, not on both."),
            tr("Keep the quotes."),
            at_key=True,
        )
    for index, quote in enumerate(quotes if isinstance(quotes, list) else ()):
        if isinstance(quote, dict):
            _known(
                document, (*path, "quotes", index, "source"), quote.get("source"), "source", sources
            )
    if isinstance(summary, dict):
        _known(document, (*path, "summary", "source"), summary.get("source"), "source", sources)


def _check_explicit(document: Document, path: Path, answer: dict[str, Any]) -> None:
    """Refuse a position without ``explicit`` where none of its sources has it either."""
    misspelt = answer.keys() - AnswerModel.model_fields.keys()
    if "explicit" in answer or not answer or misspelt or document.partial:
        return
    stated = [entry.get("id") for _, entry in entries(document, "sources") if "explicit" in entry]
    evidence = [answer.get("summary"), *_listed(answer.get("quotes"))]
    if all(part.get("source") not in stated for part in evidence if isinstance(part, dict)):
        document.say(path, tr(NOT_EXPLICIT), tr(EXPLICIT_HINT), at_key=True)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
