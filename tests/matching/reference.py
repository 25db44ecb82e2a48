"""The matching rule again, from its definition, in fractions: slow and exact, sharing nothing
with the kernel but the codes of answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

HALF, THREE_QUARTERS = Fraction(1, 2), Fraction(3, 4)
SKIPPED = 2

# both agree or both disagree, both neutral, one of them neutral; agree beside disagree is 0
TABLES = {
    "city-block": (Fraction(1), Fraction(1), HALF),
    "exact": (Fraction(1), Fraction(1), Fraction(0)),
    "quadratic": (Fraction(1), Fraction(1), THREE_QUARTERS),
    "directional": (Fraction(1), HALF, HALF),
    "hybrid": (Fraction(1), THREE_QUARTERS, HALF),
}
CHANCE = {
    "city-block": HALF,
    "exact": Fraction(1, 3),
    "quadratic": Fraction(7, 12),
    "directional": HALF,
    "hybrid": HALF,
}


@dataclass(frozen=True)
class Party:
    match: Fraction | None
    low: Fraction | None
    high: Fraction | None
    agreement: Fraction | None
    coverage: Fraction | None
    compared: int
    rank: int


def agreement(method: str, answer: int, position: int) -> Fraction:
    same, both_neutral, beside_neutral = TABLES[method]
    if answer == position:
        return both_neutral if answer == 0 else same
    return beside_neutral if 0 in {answer, position} else Fraction(0)


def ratio(upper: Fraction, lower: Fraction) -> Fraction | None:
    return upper / lower if lower else None


def score(
    answers: list[int],
    weights: list[int],
    positions: list[list[int]],
    *,
    method: str,
    prior: int,
    min_compared: int,
) -> list[Party]:
    answered = [s for s, answer in enumerate(answers) if answer != SKIPPED]
    total = Fraction(sum(weights[s] for s in answered))
    kappa = prior * total / len(answered) if answered else Fraction(0)
    parties = []
    for row in positions:
        compared = [s for s in answered if row[s] != SKIPPED]
        known = Fraction(sum(weights[s] for s in compared))
        agreed = sum(
            (weights[s] * agreement(method, answers[s], row[s]) for s in compared), Fraction()
        )
        worst = best = agreed
        for s in set(answered) - set(compared):
            possible = [agreement(method, answers[s], position) for position in (-1, 0, 1)]
            worst += weights[s] * min(possible)
            best += weights[s] * max(possible)
        match = ratio(agreed + kappa * CHANCE[method], known + kappa)
        enough = len(compared) >= min_compared and known + kappa > 0
        parties.append(
            (match, ratio(worst, total), ratio(best, total), ratio(agreed, known),
             ratio(known, total), len(compared), enough)
        )  # fmt: skip
    ranked = [match for match, *_, enough in parties if enough and match is not None]
    return [
        Party(
            match, low, high, share, coverage, compared,
            1 + sum(other > match for other in ranked) if enough and match is not None else 0,
        )
        for match, low, high, share, coverage, compared, enough in parties
    ]  # fmt: skip
