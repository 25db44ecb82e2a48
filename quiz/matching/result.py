"""One voter's result: the order, who is named, and the counts behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE, Catalogue, Party
from quiz.content.sorting import sort_key
from quiz.matching.answers import Answers
from quiz.matching.firmness import Firmness, firmness
from quiz.matching.kernel import Codes, Kernel

TO_NAME: Final = 3
"""Where fewer parties than this (or than there are) are ranked, none is named."""


class Kind(IntEnum):
    """How an answer compares with a position, in the order of the page."""

    SAME = 0
    HALF = 1
    SILENT = 2  # answered, no position found
    OPPOSITE = 3
    SKIPPED = 4  # not answered


class Unnamed(Enum):
    """Why the headline names no party."""

    TOO_FEW_RANKED = "too few ranked"
    NONE_ABOVE_CHANCE = "none above chance"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One party beside the voter.

    ``rank``: 0 where too little is known. ``match``, ``agreement``, ``low``, ``high`` and
    ``coverage`` are from 0 to 1; ``match`` and ``agreement`` are None where not defined. ``same``,
    ``half``, ``opposite``, ``silent``: answered statements, each counted once. ``marks``: one for
    each answered statement, sorted by kind, doubled ones first within it: ``same``, ``half``,
    ``silent`` or ``opposite``, with ``-2`` where it counts double.
    """

    party: Party
    rank: int
    leading: bool
    match: float | None
    agreement: float | None
    low: float
    high: float
    coverage: float
    same: int
    half: int
    silent: int
    opposite: int
    marks: tuple[str, ...]

    @property
    def compared(self) -> int:
        """On how many answered statements the party has a position."""
        return self.same + self.half + self.opposite


@dataclass(frozen=True, slots=True)
class Result:
    """All parties beside one voter.

    ``ranked``: in order, equal ones by name; ``unranked``: those of which too little is known, by
    name. ``named``: the parties of the leading group with which the voter agrees more than chance
    would, in order; where there are none, ``unnamed`` says why. ``missing``: the least number of
    further answers before enough parties can be ranked to name one. ``tied``: whether parties share
    a rank. ``complete``: whether every ranked party was compared on every answer, so that
    ``agreement`` orders them as ``match`` does.
    """

    answered: int
    ranked: tuple[Outcome, ...]
    unranked: tuple[Outcome, ...]
    named: tuple[Outcome, ...]
    unnamed: Unnamed | None
    missing: int
    tied: bool
    complete: bool
    firmness: Firmness

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every party: those that are ranked, then the others."""
        return self.ranked + self.unranked

    @property
    def leading(self) -> tuple[Outcome, ...]:
        """The leading group in order, with those that are not ``named``."""
        return tuple(each for each in self.ranked if each.leading)

    @property
    def always_first(self) -> bool:
        """Whether some party comes first whichever answer is left out: not where it is the only one."""
        return bool(self.firmness.first_without.any(axis=1).all())


def result(
    catalogue: Catalogue, kernel: Kernel, answers: Answers, language: str | None = None
) -> Result:
    """Compare one voter, with at least one answer, with every party of the catalogue.

    Parties with the same rank are in alphabetical order of the language, the quiz's first if none.
    """
    alphabet = language or catalogue.quiz.languages[0]
    firm = firmness(kernel, answers.codes, answers.weights)
    outcomes = _outcomes(catalogue, answers, firm)
    by_name = sorted(outcomes, key=lambda each: sort_key(each.party.name, alphabet))
    ranked = tuple(sorted([each for each in by_name if each.rank], key=lambda each: each.rank))
    named = tuple(
        each for each in ranked if each.leading and each.match and each.match > kernel.chance
    )
    unnamed = None
    if len(ranked) < min(TO_NAME, kernel.parties):
        unnamed, named = Unnamed.TOO_FEW_RANKED, ()
    elif not named:
        unnamed = Unnamed.NONE_ABOVE_CHANCE
    return Result(
        answered=answers.number,
        ranked=ranked,
        unranked=tuple(each for each in by_name if not each.rank),
        named=named,
        unnamed=unnamed,
        missing=_missing(kernel, by_name),
        tied=len({each.rank for each in ranked}) < len(ranked),
        complete=not any(each.silent for each in ranked),
        firmness=firm,
    )


def relate(codes: Codes, positions: Codes) -> npt.NDArray[np.int8]:
    """Return the ``Kind`` of each cell, int8 of shape (P, S), for answers (S,), positions (P,
    S).
    """
    apart = np.abs(positions - codes)
    kinds = np.where(apart == 1, Kind.HALF, np.where(apart == 0, Kind.SAME, Kind.OPPOSITE))
    kinds[positions == NONE] = Kind.SILENT
    kinds[:, codes == NONE] = Kind.SKIPPED
    return kinds.astype(np.int8)


def _outcomes(catalogue: Catalogue, answers: Answers, firm: Firmness) -> list[Outcome]:
    scores = firm.scores
    kinds = relate(answers.codes, catalogue.matrix)[:, firm.answered]
    # of equal kind, the doubled ones first
    places = np.sort(2 * kinds + ~answers.doubled[firm.answered], axis=1).tolist()
    counts = [(kinds == kind).sum(axis=1).tolist() for kind in list(Kind)[: Kind.SKIPPED]]
    columns = zip(
        catalogue.parties, scores.rank.tolist(), firm.leading.tolist(), scores.match.tolist(),
        scores.agreement.tolist(), scores.low.tolist(), scores.high.tolist(),
        scores.coverage.tolist(), *counts, places, strict=True,
    )  # fmt: skip
    return [
        Outcome(
            party, rank, leading, _defined(match), _defined(agreement), low, high, coverage,
            same, half, silent, opposite, tuple([MARKS[place] for place in row]),
        )
        for party, rank, leading, match, agreement, low, high, coverage,
            same, half, silent, opposite, row in columns
    ]  # fmt: skip


MARKS: Final = tuple(f"{kind.name.lower()}{suffix}" for kind in Kind for suffix in ("-2", ""))


def _missing(kernel: Kernel, outcomes: list[Outcome]) -> int:
    """Return the least number of further answers with which enough parties can be ranked."""
    least = max(kernel.min_compared, 0 if kernel.prior else 1)
    needed = sorted(max(0, least - each.compared) for each in outcomes)
    return needed[min(TO_NAME, len(needed)) - 1]


def _defined(value: float) -> float | None:
    return None if value != value else value  # noqa: PLR0124  # only NaN differs from itself
