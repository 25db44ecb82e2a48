"""The catalogue: statements, parties and positions as the rest of the program sees them.

Conventions that hold everywhere:

- a position or an answer is coded as int8: ``DISAGREE`` −1, ``NEUTRAL`` 0, ``AGREE`` +1;
- ``NONE`` (2) marks silence: no position found, or a statement that a voter skipped;
- the position matrix has one row per party and one column per statement, in file order.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

DISAGREE: Final = -1
NEUTRAL: Final = 0
AGREE: Final = 1
NONE: Final = 2

CODES: Final[Mapping[str, int]] = {"agree": AGREE, "neutral": NEUTRAL, "disagree": DISAGREE}
NAMES: Final[Mapping[int, str]] = {code: name for name, code in CODES.items()}

Text = Mapping[str, str]
"""A text shown to people: language tag → text.

It has at least one entry; where a text lacks the page's language, the first entry in the order of
``Quiz.languages`` is shown, marked with its ``lang`` (see ``Quiz.say``).
"""


@dataclass(frozen=True, slots=True)
class Matching:
    """The matching rule's settings, as ``quiz.matching`` gives them."""

    method: str = "city-block"
    prior: int = 6
    double_weight: int = 2
    min_compared: int = 2


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the changelog that an operator keeps."""

    version: int
    date: dt.date
    text: Text


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who answers for the content."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class QuizTexts:
    """What only this quiz can say of itself. No page claims any of it otherwise."""

    scope: Text | None = None
    evidence: Text | None = None
    welcome: Text | None = None
    imprint: Text | None = None


@dataclass(frozen=True, slots=True)
class Quiz:
    """What holds for the whole quiz."""

    id: str
    title: Text
    description: Text
    languages: tuple[str, ...]
    matching: Matching
    version: int = 1
    as_of: dt.date | None = None
    election: Text | None = None
    publisher: Publisher | None = None
    contact: str | None = None
    changelog: tuple[Change, ...] = ()
    election_day: dt.date | None = None
    name: str | None = None
    texts: QuizTexts = QuizTexts()
    embed: tuple[str, ...] = ()
    licence: str | None = None

    def say(self, text: Text, language: str) -> tuple[str, str]:
        """Return a text in the language, or else in the content's first, and which language that
        is.
        """
        for candidate in (language, *self.languages):
            if candidate in text:
                return text[candidate], candidate
        tag = next(iter(text))
        return text[tag], tag


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of statements."""

    id: str
    name: Text


@dataclass(frozen=True)
class Statement:
    """One proposal to agree or disagree with."""

    id: str
    theme: str
    text: Text
    explanation: Text
    argument_for: Text | None = None
    argument_against: Text | None = None
    draft: bool = False

    @cached_property
    def revision(self) -> str:
        """Identify the statement's wording: the start of its SHA-256.

        An answer belongs to the wording that was answered.
        """
        words = json.dumps(dict(self.text), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()[:6]


@dataclass(frozen=True, slots=True)
class Source:
    """A document that quotes come from. ``lines`` maps a party to its (first, last) line.

    ``kind`` is ``programme``, ``questionnaire``, ``website`` or ``collected``, where it is given.
    ``explicit`` is the default for positions that rest on this source.
    """

    id: str
    title: str
    edition: str
    url: str | None = None
    file: str | None = None
    lines: Mapping[str, tuple[int, int]] | None = None
    kind: str | None = None
    explicit: bool | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A party's own words, or a summary of them where ``Position.from_summary`` says so."""

    text: str
    source: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A party's stand on one statement, with its evidence.

    ``explicit`` is True where a quote says it outright, False where it follows from the quote.
    ``from_summary`` is True where the evidence is somebody's summary, not the party's words.
    """

    code: int
    explicit: bool
    quotes: tuple[Quote, ...]
    from_summary: bool = False
    explanation: Text | None = None
    draft: bool = False

    @property
    def name(self) -> str:
        """``agree``, ``neutral`` or ``disagree``."""
        return NAMES[self.code]


@dataclass(frozen=True, slots=True)
class Party:
    """A party with its positions by statement id; a missing key is *no position found*.

    ``logo`` is a file's path below the content folder.
    """

    id: str
    name: str
    positions: Mapping[str, Position]
    long_name: str | None = None
    color: str | None = None
    url: str | None = None
    searched: tuple[str, ...] = ()
    logo: str | None = None


@dataclass(frozen=True)
class Catalogue:
    """The two YAML files, checked and compiled."""

    quiz: Quiz
    themes: tuple[Theme, ...]
    statements: tuple[Statement, ...]
    sources: Mapping[str, Source]
    parties: tuple[Party, ...]
    content_hash: str

    @cached_property
    def matrix(self) -> npt.NDArray[np.int8]:
        """Positions, int8, shape (parties, statements): −1, 0, +1, or ``NONE``."""
        matrix = np.full((len(self.parties), len(self.statements)), NONE, dtype=np.int8)
        for row, party in enumerate(self.parties):
            for statement_id, position in party.positions.items():
                matrix[row, self.statement_index[statement_id]] = position.code
        matrix.setflags(write=False)
        return matrix

    @cached_property
    def statement_index(self) -> Mapping[str, int]:
        """Statement id → column."""
        return {statement.id: column for column, statement in enumerate(self.statements)}

    @cached_property
    def party_index(self) -> Mapping[str, int]:
        """Party id → row."""
        return {party.id: row for row, party in enumerate(self.parties)}

    @property
    def position_count(self) -> int:
        """How many positions the catalogue holds."""
        return sum(len(party.positions) for party in self.parties)
