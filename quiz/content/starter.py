"""The files of a new quiz: small, commented, and passing the check."""

from __future__ import annotations

import json
from collections.abc import Sequence

from quiz.content import ANSWERS, STATEMENTS
from quiz.content.placeholders import WORDS
from quiz.content.slugs import slug
from quiz.content.yaml.plain_words import needs_quotes

SCHEMAS = "schemas"
TEXTS = "texts"
SOURCE = "first-source.txt"


def starter(title: str, languages: Sequence[str], parties: Sequence[str]) -> dict[str, str]:
    """Return the files' texts: one statement to replace, parties without positions, a source."""
    return {
        STATEMENTS: _statements(title, languages),
        ANSWERS: _answers(parties, languages),
        f"{TEXTS}/{SOURCE}": "Put the text of the source here, in place of this line.\n",
    }


def party_ids(names: Sequence[str]) -> list[str]:
    """Return an id for each party: its letters, or a number where none of them is Latin.

    >>> party_ids(["GRÜNE", "حزب"])
    ['grune', 'party-2']
    """
    return [slug(name) or f"party-{number}" for number, name in enumerate(names, 1)]


def _text(words: str, languages: Sequence[str]) -> str:
    """Write a text in every language: a placeholder's words, or the text itself."""
    texts = WORDS.get(words, {"en": words})
    return (
        "{" + ", ".join(f"{tag}: {_quoted(texts.get(tag, texts['en']))}" for tag in languages) + "}"
    )


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _name(name: str) -> str:
    """Write an id or a language tag, quoted where YAML would read it as something else."""
    return _quoted(name) if needs_quotes(name) else name


def _statements(title: str, languages: Sequence[str]) -> str:
    return f"""\
# yaml-language-server: $schema={SCHEMAS}/statements.schema.json
# The quiz and its statements. After every change: quiz check --content .
quiz:
  id: {_name(slug(title) or "quiz")}
  title: {_text(title, languages)}
  description: {_text("description", languages)}
  languages: [{", ".join(map(_name, languages))}]   # the first is the default
  # How answers are matched; see the method page. prior 0 only where every party answered everything.
  matching: {{method: city-block, prior: 6, double_weight: 2, min_compared: 2}}
  version: 1
  # Readers want to know these four; fill them in and take the # away:
  # as_of: 2026-01-31
  # election: {_text("Name of the election", languages)}
  # publisher: {{name: "Who answers for this quiz", url: "https://example.org/"}}
  # contact: redactie@example.org

themes:
  - id: first-theme
    name: {_text("theme", languages)}

statements:
  # One concrete proposal each, at most 20 words, without “not” and without a second idea.
  # The id is a short name in small letters; never change it once voters have seen it.
  - id: first-statement
    status: published          # draft: shown by ‘quiz preview’ only
    theme: first-theme
    text: {_text("text", languages)}
    explanation: {_text("explanation", languages)}
    argument_for: {_text("argument_for", languages)}
    argument_against: {_text("argument_against", languages)}
"""


def _answers(parties: Sequence[str], languages: Sequence[str]) -> str:
    entries = "".join(
        f"""\
  - id: {_name(party)}
    name: {_quoted(name)}
    searched: []
    answers: {{}}
"""
        for name, party in zip(parties, party_ids(parties), strict=True)
    )
    return f"""\
# yaml-language-server: $schema={SCHEMAS}/party_answers.schema.json
# The sources, and each party's positions with the quotes that prove them.
sources:
  - id: first-source
    title: Title of a programme
    edition: final             # final, draft or summary
    # url: https://example.org/programme.pdf
    file: {SOURCE}     # its text, for: quiz check --sources {TEXTS}

parties:
  # A party without an entry for a statement has no position found there. An entry looks like this:
  #   answers:
  #     first-statement:
  #       position: agree      # agree, neutral or disagree
  #       explicit: true       # true: the quote says it outright; false: it follows from the quote
  #       quotes:
  #         - {{text: "The party's own words, copied exactly.", source: first-source, page: 12}}
  #       explanation: {_text("Why this quote means this position.", languages)}
{entries}"""
