"""What is allowed but worth a second look: warnings, never errors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as Folder
from typing import Any, Final

from quiz import translations
from quiz.content.checks.positions import advise_on_ids, advise_on_positions
from quiz.content.checks.readability import words as count_words
from quiz.content.checks.references import entries, positions, texts
from quiz.content.placeholders import PLACEHOLDERS
from quiz.content.yaml.marked import Document, Path
from quiz.translations.commands import later, tr

ADVISED: Final = {
    "version": later("Readers can then tell one edition from the next."),
    "as_of": later("Readers want to know of which day the content is true."),
    "election": later("Readers want to know which election it is about."),
    "publisher": later("Readers want to know who answers for the content."),
    "contact": later("Parties and readers need a way to say that something is not right."),
}
MOST_WORDS: Final = 20
CURLY: Final = {"“": "”", "„": "”“", "‘": "’", "‚": "’‘", "«": "»", "»": "«"}


def advise(statements: Document, answers: Document) -> None:
    """Warn of what an editor would question. Works on the data as it was read."""
    if statements.partial or answers.partial:
        return
    quiz = statements.section("quiz", dict)
    for key, reason in ADVISED.items():
        if quiz and quiz.get(key) is None:
            _warn(statements, ("quiz",), tr("The quiz has no %(key)s.", key=repr(key)), tr(reason))
    _languages(statements, quiz.get("languages") if quiz else None)
    _themes(statements)
    _long_statements(statements)
    _words(statements, answers)
    _same_words(statements)
    _parties(answers)
    _sources(answers)
    advise_on_positions(statements, answers)
    advise_on_ids(statements, answers)


def _languages(statements: Document, declared: Any) -> None:
    tags = [tag for tag in declared if isinstance(tag, str)] if isinstance(declared, list) else []
    spoken = (*translations.languages(), *translations.beside(Folder(statements.file).parent))
    for at, tag in enumerate(tags):
        if not translations.spoken(tag, spoken):
            pages = tr(" or ").join(map(repr, translations.offered(tags, spoken)))
            _warn(
                statements,
                ("quiz", "languages", at),
                tr("The pages themselves are not translated into %(tag)s.", tag=repr(tag)),
                tr(
                    "What you wrote in it shows on pages in %(pages)s. ‘quiz translations %(tag)s’ "
                    "makes a file to translate the pages in.",
                    pages=pages,
                    tag=tag,
                ),
            )


def _themes(statements: Document) -> None:
    # Lists, since what stands there may be anything at all.
    used = [entry.get("theme") for _, entry in entries(statements, "statements")]
    themes = [theme.get("id") for _, theme in entries(statements, "themes")]
    if not used or any(theme not in themes for theme in used):
        return  # the unknown theme is reported there
    for path, theme in entries(statements, "themes"):
        if theme.get("id") not in used:
            _warn(statements, path, tr("This theme has no statements."), tr("Take it out."))


def _warn(document: Document, path: Path, message: str, hint: str, kind: str = "") -> None:
    document.say(path, message, hint, at_key=True, warning=True, kind=kind)


def _words(statements: Document, answers: Document) -> None:
    for document, path, text in (*texts(statements, answers), *_evidence(answers)):
        for place, words in _versions(path, text):
            bare = words.strip()
            if (
                bare[:1] in CURLY
                and bare.endswith(tuple(CURLY[bare[0]]))
                and bare.count(bare[0]) == 1
            ):
                _warn(
                    document,
                    place,
                    tr(
                        "This text stands between %(value)s and %(value_2)s, which readers will see.",
                        value=bare[0],
                        value_2=bare[-1],
                    ),
                    tr('To YAML only straight quotes are quotes: write "…", or none.'),
                )
            elif bare in PLACEHOLDERS:
                _warn(
                    document,
                    place,
                    tr("These are still the words of ‘quiz new’."),
                    tr("Write your own."),
                )
                break


def _evidence(answers: Document) -> Iterator[tuple[Document, Path, Any]]:
    for path, _, answer in positions(answers):
        quotes = answer.get("quotes")
        for index, quote in enumerate(quotes if isinstance(quotes, list) else ()):
            if isinstance(quote, dict):
                yield answers, (*path, "quotes", index, "text"), quote.get("text")


def _long_statements(statements: Document) -> None:
    for path, statement in entries(statements, "statements"):
        for place, text in _versions((*path, "text"), statement.get("text")):
            words = count_words(text)
            if words > MOST_WORDS:
                _warn(
                    statements,
                    place,
                    tr("This statement has %(words)s words.", words=words),
                    tr("At most %(most_words)s read easily.", most_words=MOST_WORDS),
                    tr("long statement"),
                )


def _same_words(statements: Document) -> None:
    seen: dict[str, int] = {}
    for path, statement in entries(statements, "statements"):
        for place, text in _versions((*path, "text"), statement.get("text")):
            line = statements.place(place)[0]
            first = seen.setdefault(" ".join(text.lower().split()), line)
            if first != line:
                _warn(
                    statements,
                    place,
                    tr("The statement on line %(first)s has the same words.", first=first),
                    tr("Take one out, or say how they differ."),
                )


def _versions(path: Path, text: Any) -> list[tuple[Path, str]]:
    if isinstance(text, str):
        return [(path, text)]
    if isinstance(text, dict):
        return [((*path, tag), words) for tag, words in text.items() if isinstance(words, str)]
    return []


def _parties(answers: Document) -> None:
    names: dict[str, int] = {}
    for path, party in entries(answers, "parties"):
        name = party.get("name")
        if isinstance(name, str):
            line = answers.place((*path, "name"))[0]
            if names.setdefault(name, line) != line:
                _warn(
                    answers,
                    (*path, "name"),
                    tr("The party on line %(value)s has this name too.", value=names[name]),
                    tr("Readers cannot tell them apart."),
                )
        if not party.get("answers"):
            _warn(
                answers,
                path,
                tr("This party has no positions."),
                tr("It will always stand under ‘too little known’."),
            )
        if not party.get("searched"):
            _warn(
                answers,
                path,
                tr("This party has no ‘searched’."),
                tr("Say which sources were read: silence means something only then."),
            )


def _sources(answers: Document) -> None:
    known = [entry.get("id") for _, entry in entries(answers, "sources")]
    searched = {path: _searched(party) for path, party in entries(answers, "parties")}
    used = {source for sources in searched.values() for source in sources}
    for path, _, answer in positions(answers):
        for place, source in _cited(path, answer):
            used.add(source)
            read = searched[path[:2]]
            if read and source in known and source not in read and set(read) <= set(known):
                _warn(
                    answers,
                    place,
                    tr("The source %(source)s is not among those searched.", source=repr(source)),
                    tr("Add it to the party’s ‘searched’."),
                    tr("source that is not among those searched"),
                )
    for path, entry in entries(answers, "sources"):
        if isinstance(entry.get("id"), str) and entry["id"] not in used:
            _warn(answers, path, tr("No party uses this source."), tr("Name it in ‘searched’."))


def _searched(party: dict[str, Any]) -> list[str]:
    searched = party.get("searched")
    sources = searched if isinstance(searched, list) else []
    return [source for source in sources if isinstance(source, str)]


def _cited(path: Path, answer: dict[str, Any]) -> list[tuple[Path, str]]:
    quotes, summary = answer.get("quotes"), answer.get("summary")
    evidence: list[tuple[Path, Any]] = [
        ((*path, "quotes", index), quote)
        for index, quote in enumerate(quotes if isinstance(quotes, list) else ())
    ]
    evidence.append(((*path, "summary"), summary))
    return [
        ((*place, "source"), quote["source"])
        for place, quote in evidence
        if isinstance(quote, dict) and isinstance(quote.get("source"), str)
    ]
