"""A class's result at the end, computed from the shown distributions alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from quiz.classroom.tally import Distribution
from quiz.content.catalogue import AGREE, DISAGREE, NEUTRAL, NONE, Catalogue
from quiz.content.methods import METHODS, TWELFTHS, UNIT
from quiz.content.sorting import sort_key
from quiz.sheets.tables import as_csv

MOST: Final = 3
CLEAR: Final = Fraction(3, 5)
"""From this share of one answer on a class is agreed on a statement; below it, it is divided."""


@dataclass(frozen=True, slots=True)
class PartyNear:
    """How near a party is to the class, by the quiz's own rule of matching.

    ``rank``: 1 for the nearest, equal for equal match; None where too little is known.
    ``match``: 0 to 1, as the rule orders by it; None where it is not defined.
    """

    party: str
    rank: int | None
    match: float | None
    compared: int


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """The statements most agreed on and most divided, and how near each party is to the class."""

    agreed: tuple[Distribution, ...]
    divided: tuple[Distribution, ...]
    parties: tuple[PartyNear, ...]
    statements: int

    @property
    def ranked(self) -> tuple[PartyNear, ...]:
        """The parties that have a place."""
        return tuple(near for near in self.parties if near.rank is not None)

    @property
    def unranked(self) -> tuple[PartyNear, ...]:
        """The parties of which too little is known."""
        return tuple(near for near in self.parties if near.rank is None)


def spread(distribution: Distribution) -> Fraction:
    """Return the variance of a class's answers, coded −1, 0, 1: 0 all alike, 1 split in two."""
    agree, disagree = distribution.agree or 0, distribution.disagree or 0
    mean = Fraction(agree - disagree, distribution.total)
    return Fraction(agree + disagree, distribution.total) - mean * mean


def share(distribution: Distribution) -> Fraction:
    """Return the largest share of one answer, 1/3 to 1."""
    return Fraction(
        max(distribution.agree or 0, distribution.neutral or 0, distribution.disagree or 0),
        distribution.total,
    )


def summarise(
    catalogue: Catalogue, shown: Sequence[Distribution], language: str | None = None
) -> ClassSummary:
    """Find where the class is most agreed and most divided, and how near each party is to it.

    Parties with the same rank are in alphabetical order of the language, the quiz's first if none.
    """
    known = [distribution for distribution in shown if distribution.known]
    agreed = [distribution for distribution in known if share(distribution) >= CLEAR]
    divided = [distribution for distribution in known if share(distribution) < CLEAR]
    agreed.sort(key=share, reverse=True)
    divided.sort(key=spread, reverse=True)
    return ClassSummary(
        agreed=tuple(agreed[:MOST]),
        divided=tuple(divided[:MOST]),
        parties=nearness(catalogue, known, language),
        statements=len(known),
    )


def nearness(
    catalogue: Catalogue, known: Sequence[Distribution], language: str | None = None
) -> tuple[PartyNear, ...]:
    """Rank the parties by (A + κμ) / (K + κ), where a class's agreement is its pupils' mean.

    That is the mean of the pupils' own match where all of them answered every statement. Exact
    fractions, so that equal match is an equal place.
    """
    alphabet = language or catalogue.quiz.languages[0]
    least = catalogue.quiz.matching.min_compared
    matches, compared = {}, {}
    for party in catalogue.parties:
        agreed, compared[party.id] = _agreement(catalogue, party.id, known)
        matches[party.id] = _match(catalogue, agreed, compared[party.id])
    placed = {
        name: match
        for name, match in matches.items()
        if match is not None and compared[name] >= least
    }

    def near(name: str) -> PartyNear:
        match, rank = matches[name], None
        if name in placed:
            rank = 1 + sum(other > placed[name] for other in placed.values())
        return PartyNear(name, rank, None if match is None else float(match), compared[name])

    by_name = sorted(catalogue.parties, key=lambda party: sort_key(party.name, alphabet))
    return tuple(
        sorted(
            (near(party.id) for party in by_name), key=lambda party: party.rank or len(by_name) + 1
        )
    )


def _match(catalogue: Catalogue, agreed: Fraction, compared: int) -> Fraction | None:
    rule = catalogue.quiz.matching
    if compared + rule.prior == 0:
        return None
    chance = Fraction(METHODS[rule.method].chance, TWELFTHS)
    return (agreed + rule.prior * chance) / (compared + rule.prior)


def _agreement(
    catalogue: Catalogue, party: str, known: Sequence[Distribution]
) -> tuple[Fraction, int]:
    """Return A, the sum of the class's agreement with a party, and K, over how many statements."""
    table = METHODS[catalogue.quiz.matching.method].table
    row = catalogue.matrix[catalogue.party_index[party]]
    agreed, compared = Fraction(0), 0
    for distribution in known:
        position = int(row[catalogue.statement_index[distribution.statement]])
        if position == NONE:
            continue
        counts = (
            (AGREE, distribution.agree),
            (NEUTRAL, distribution.neutral),
            (DISAGREE, distribution.disagree),
        )
        quarters = sum(
            (number or 0) * int(table[code + 1, position + 1]) for code, number in counts
        )
        agreed += Fraction(quarters, UNIT * distribution.total)
        compared += 1
    return agreed, compared


def export(catalogue: Catalogue, shown: Sequence[Distribution], language: str) -> str:
    """Write the shown distributions as CSV, formulas neutralised; the hidden ones stay empty.

    Every row ends in the content's version and hash, as in the tables of open data.
    """
    rows = []
    edition = str(catalogue.quiz.version), catalogue.content_hash
    for distribution in shown:
        text = catalogue.statements[catalogue.statement_index[distribution.statement]].text
        counts = (distribution.agree, distribution.neutral, distribution.disagree)
        cells = ["" if count is None else str(count) for count in counts]
        rows.append(
            [distribution.statement, catalogue.quiz.say(text, language)[0], *cells, *edition]
        )
    header = ["statement", "text", "agree", "neutral", "disagree", "quiz_version", "content_hash"]
    return as_csv(header, rows)
