"""What a class finds at the end: computed from the shown distributions alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quiz.classroom.tally import Distribution
from quiz.content.catalogue import NONE, Catalogue
from quiz.sheets.tables import as_csv


@dataclass(frozen=True, slots=True)
class PartyNear:
    """How near a party is to the class: mean agreement over what both have, 0 to 1."""

    party: str
    agreement: float
    compared: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The statements most agreed on and most divided, and the parties nearest to the class."""

    united: tuple[Distribution, ...]
    divided: tuple[Distribution, ...]
    parties: tuple[PartyNear, ...]


def spread(one: Distribution) -> float:
    """Return the variance of a class's answers, coded −1, 0, 1: 0 all alike, 1 split in two."""
    mean = _mean(one)
    squares = ((one.agree or 0) + (one.disagree or 0)) / one.total
    return squares - mean * mean


def summarise(catalogue: Catalogue, shown: Sequence[Distribution], *, most: int = 3) -> Summary:
    """Sort the statements by how divided the class is, and compare the class with each party.

    A pupil's agreement with a position is 1 − |answer − position| / 2 (city-block); the class's is
    the mean over its pupils, and a party's the mean over the statements that both have.
    """
    known = [one for one in shown if one.known]
    ordered = sorted(known, key=spread)
    parties = []
    for row, party in enumerate(catalogue.parties):
        found = []
        for one in known:
            position = int(catalogue.matrix[row, catalogue.statement_index[one.statement]])
            if position != NONE:
                found.append(_agreement(one, position))
        if found:
            parties.append(PartyNear(party.id, sum(found) / len(found), len(found)))
    parties.sort(key=lambda near: (-near.agreement, near.party))
    half = len(ordered) // 2
    count = min(most, half)  # one statement alone is neither
    return Summary(
        united=tuple(ordered[:count]),
        divided=tuple(reversed(ordered[len(ordered) - count :])),
        parties=tuple(parties),
    )


def export(catalogue: Catalogue, shown: Sequence[Distribution], language: str) -> str:
    """Write the shown distributions as CSV, formulas neutralised; the hidden ones stay empty."""
    rows = []
    for one in shown:
        text = catalogue.statements[catalogue.statement_index[one.statement]].text
        counts = (one.agree, one.neutral, one.disagree)
        cells = ["" if count is None else str(count) for count in counts]
        rows.append([one.statement, catalogue.quiz.say(text, language)[0], *cells])
    return as_csv(["statement", "text", "agree", "neutral", "disagree"], rows)


def _mean(one: Distribution) -> float:
    return ((one.agree or 0) - (one.disagree or 0)) / one.total


def _agreement(one: Distribution, position: int) -> float:
    counts = ((1, one.agree), (0, one.neutral), (-1, one.disagree))
    agreed = sum((number or 0) * (1 - abs(code - position) / 2) for code, number in counts)
    return agreed / one.total
