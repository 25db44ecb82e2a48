"""The files of a new quiz: small, commented, and passing the check."""

from __future__ import annotations

import json
from collections.abc import Sequence

from quiz.content import ANSWERS, STATEMENTS
from quiz.content.names import slug

SCHEMAS = "schemas"


def starter(title: str, languages: Sequence[str], parties: Sequence[str]) -> dict[str, str]:
    """Return the two files' texts: one statement to replace, and the parties without positions."""
    return {STATEMENTS: _statements(title, languages), ANSWERS: _answers(parties, languages)}


def _text(words: str, languages: Sequence[str]) -> str:
    quoted = json.dumps(words, ensure_ascii=False)
    return "{" + ", ".join(f"{tag}: {quoted}" for tag in languages) + "}"


def _statements(title: str, languages: Sequence[str]) -> str:
    return f"""\
# yaml-language-server: $schema={SCHEMAS}/statements.schema.json
# The quiz and its statements. After every change: quiz check --content .
quiz:
  id: {slug(title) or "quiz"}
  title: {_text(title, languages)}
  description: {_text("Say in one or two sentences what this quiz is about.", languages)}
  languages: [{", ".join(languages)}]   # the first is the default
  # How answers are matched; see the method page. prior 0 only where every party answered everything.
  matching: {{method: city-block, prior: 10, double_weight: 2, min_compared: 5}}
  version: 1
  # Readers want to know these four; fill them in and take the # away:
  # as_of: 2026-01-31
  # election: {_text("Name of the election", languages)}
  # publisher: {{name: "Who answers for this quiz", url: "https://example.org/"}}
  # contact: redactie@example.org

themes:
  - id: first-theme
    name: {_text("First theme", languages)}

statements:
  # One concrete proposal each, at most 20 words, without “not” and without a second idea.
  # The id is a short name in small letters; never change it once voters have seen it.
  - id: first-statement
    status: published          # draft: shown by ‘quiz preview’ only
    theme: first-theme
    text: {_text("Write a proposal here that parties disagree on.", languages)}
    explanation: {_text("Say what is the case now, and what would change.", languages)}
    argument_for: {_text("One argument for.", languages)}
    argument_against: {_text("One argument against.", languages)}
"""


def _answers(parties: Sequence[str], languages: Sequence[str]) -> str:
    entries = "".join(
        f"""\
  - id: {slug(name)}
    name: {json.dumps(name, ensure_ascii=False)}
    searched: []
    answers: {{}}
"""
        for name in parties
    )
    return f"""\
# yaml-language-server: $schema={SCHEMAS}/party_answers.schema.json
# The sources, and each party's positions with the quotes that prove them.
sources:
  - id: first-source
    title: Title of a programme
    edition: final             # final, draft or summary
    # url: https://example.org/programme.pdf
    # file: programmes/first-source.txt   # for: quiz check --sources DIR

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
