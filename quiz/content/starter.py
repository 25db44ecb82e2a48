"""The files of a new quiz: small, commented in the quiz's first language, and passing the check."""

from __future__ import annotations

import json
from collections.abc import Sequence

from quiz.content import ANSWERS, STATEMENTS
from quiz.content.placeholders import WORDS
from quiz.content.slugs import slug
from quiz.content.yaml.plain_words import needs_quotes
from quiz.translations.commands import later, speaking, tr

SCHEMAS = "schemas"
TEXTS = "texts"
SOURCE = "first-source.txt"

# the comments in the files, in their order
ABOUT_STATEMENTS = later("The quiz and its statements. After every change: quiz check --content .")
FIRST = later("the first is the default")
MATCHING = later("How answers are matched; see the method page.")
PRIOR = later("Write prior: 0 only where every party answered everything.")
WANTED = later("Readers want to know these four; fill them in and take the # away:")
PROPOSAL = later(
    "One concrete proposal each, at most 20 words, without “not” and without a second idea."
)
ID = later("The id is a short name in small letters; never change it once voters have seen it.")
DRAFT = later("draft: shown by ‘quiz preview’ only")
ABOUT_ANSWERS = later("The sources, and each party's positions with the quotes that prove them.")
EDITIONS = later("final, draft or summary")
FILE = later("its text, for: quiz check --sources %(folder)s")
SILENCE = later("A party without an entry for a statement has no position found there.")
ENTRY = later("An entry looks like this:")
POSITIONS = later("agree, neutral or disagree")
EXPLICIT = later("true: the quote says it outright; false: it follows from it")


def starter(title: str, languages: Sequence[str], parties: Sequence[str]) -> dict[str, str]:
    """Return the files' texts: one statement to replace, parties without positions, a source."""
    with speaking(languages[0]):
        return {
            STATEMENTS: _statements(title, languages),
            ANSWERS: _answers(parties, languages),
            f"{TEXTS}/{SOURCE}": _words("source_text", languages[0]) + "\n",
        }


def party_ids(names: Sequence[str]) -> list[str]:
    """Return an id for each party: its letters, or a number where none of them is Latin.

    >>> party_ids(["GRÜNE", "حزب"])
    ['grune', 'party-2']
    """
    return [slug(name) or f"party-{number}" for number, name in enumerate(names, 1)]


def _words(purpose: str, language: str) -> str:
    """Return a placeholder's words in a language, or that of its base, or else in English."""
    texts = WORDS[purpose]
    return texts.get(language) or texts.get(language.partition("-")[0]) or texts["en"]


def _placeholder(purpose: str, languages: Sequence[str]) -> str:
    return _mapping({tag: _words(purpose, tag) for tag in languages})


def _mapping(texts: dict[str, str]) -> str:
    return "{" + ", ".join(f"{tag}: {_quoted(text)}" for tag, text in texts.items()) + "}"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _name(name: str) -> str:
    """Write an id or a language tag, quoted where YAML would read it as something else."""
    return _quoted(name) if needs_quotes(name) else name


def _statements(title: str, languages: Sequence[str]) -> str:
    first = languages[0]
    return f"""\
# yaml-language-server: $schema={SCHEMAS}/statements.schema.json
# {tr(ABOUT_STATEMENTS)}
quiz:
  id: {_name(slug(title) or "quiz")}
  title: {_mapping(dict.fromkeys(languages, title))}
  description: {_placeholder("description", languages)}
  languages: [{", ".join(map(_name, languages))}]   # {tr(FIRST)}
  # {tr(MATCHING)}
  # {tr(PRIOR)}
  matching: {{method: city-block, prior: 6, double_weight: 2, min_compared: 2}}
  version: 1
  # {tr(WANTED)}
  # as_of: 2026-01-31
  # election: {_placeholder("election", languages)}
  # publisher: {{name: {_quoted(_words("publisher", first))}, url: "https://example.org/"}}
  # contact: redactie@example.org

themes:
  - id: first-theme
    name: {_placeholder("theme", languages)}

statements:
  # {tr(PROPOSAL)}
  # {tr(ID)}
  - id: first-statement
    status: published          # {tr(DRAFT)}
    theme: first-theme
    text: {_placeholder("text", languages)}
    explanation: {_placeholder("explanation", languages)}
    argument_for: {_placeholder("argument_for", languages)}
    argument_against: {_placeholder("argument_against", languages)}
"""


def _answers(parties: Sequence[str], languages: Sequence[str]) -> str:
    first = languages[0]
    entries = "".join(
        f"""\
  - id: {_name(party)}
    name: {_quoted(name)}
    searched: []
    answers: {{}}
"""
        for name, party in zip(parties, party_ids(parties), strict=True)
    )
    checking = tr(FILE, folder=TEXTS)
    return f"""\
# yaml-language-server: $schema={SCHEMAS}/party_answers.schema.json
# {tr(ABOUT_ANSWERS)}
sources:
  - id: first-source
    title: {_quoted(_words("source", first))}
    edition: final             # {tr(EDITIONS)}
    # url: https://example.org/programme.pdf
    file: {SOURCE}     # {checking}

parties:
  # {tr(SILENCE)}
  # {tr(ENTRY)}
  #   answers:
  #     first-statement:
  #       position: agree      # {tr(POSITIONS)}
  #       explicit: true       # {tr(EXPLICIT)}
  #       quotes:
  #         - {{text: {_quoted(_words("quote", first))}, source: first-source, page: 12}}
  #       explanation: {_placeholder("reason", languages)}
{entries}"""
