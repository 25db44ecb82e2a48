"""Simulated voters, a block at a time, and which parties come first for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from quiz.content.catalogue import AGREE, DISAGREE, NEUTRAL, NONE
from quiz.matching.kernel import Codes, Kernel

BLOCK: Final = 16_384
MOST: Final = 1.5
LEAST: Final = 0.5
Draw = Callable[[np.random.Generator, int], Codes]


@dataclass(frozen=True, slots=True)
class Share:
    """One party among simulated voters.

    ``first``: its share of first places, a tie for it split evenly. ``multiple``: that share in
    equal shares of the parties that were ever ranked. ``unranked``: how often too little was known.
    """

    id: str
    first: float
    multiple: float
    unranked: float


@dataclass(frozen=True, slots=True)
class FirstPlaces:
    """Who comes first, how often there is a tie for it, and who breaks the rule of fairness.

    The rule: no ranked party above one and a half times its equal share, none below half of it.
    """

    name: str
    voters: int
    ties: float
    shares: tuple[Share, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]

    @property
    def fair(self) -> bool:
        """Whether the rule holds."""
        return not self.above and not self.below


@dataclass(frozen=True, slots=True)
class Extremes:
    """The parties that come first most and least often, of those that are ever ranked.

    ``most`` and ``least`` are in equal shares of first places; None where no party is ever ranked.
    """

    most: float
    most_party: str | None
    least: float
    least_party: str | None


def uniform(statements: int, *, skipped: float = 0.0) -> Draw:
    """Answer agree, neutral or disagree with equal chance, and skip a share of the statements."""

    def draw(rng: np.random.Generator, voters: int) -> Codes:
        answers = rng.integers(-1, 2, (voters, statements), np.int8)
        if skipped:
            answers[rng.random((voters, statements), np.float32) < skipped] = NONE
        return answers

    return draw


def often_neutral(statements: int, neutral: float) -> Draw:
    """Answer neutral on a share of the statements, and agree or disagree with equal chance on
    the rest.
    """

    def draw(rng: np.random.Generator, voters: int) -> Codes:
        chance = rng.random((voters, statements), np.float32)
        sides = np.where(chance < (1 + neutral) / 2, AGREE, DISAGREE).astype(np.int8)
        return np.where(chance < neutral, np.int8(NEUTRAL), sides)

    return draw


def from_answers(answers: Codes) -> Draw:
    """Draw real voters, with replacement."""
    return lambda rng, voters: answers[rng.integers(0, len(answers), voters)]


def blocks(draw: Draw, *, voters: int, seed: int) -> Iterator[Codes]:
    """Yield voters a block at a time, the same for the same seed."""
    rng = np.random.default_rng(seed)
    for at in range(0, voters, BLOCK):
        yield draw(rng, min(BLOCK, voters - at))


def first_places(
    kernel: Kernel, parties: tuple[str, ...], name: str, draw: Draw, *, voters: int, seed: int
) -> FirstPlaces:
    """Count first places, ties for them, and how often a party is not ranked."""
    shares, unranked, ties = np.zeros(len(parties)), np.zeros(len(parties)), 0
    known = (kernel.positions != NONE).T
    for answers in blocks(draw, voters=voters, seed=seed):
        first = kernel.first(answers).T
        winners = first.sum(axis=0, dtype=np.int16)
        shares += first @ (1 / np.maximum(winners, 1))
        ties += int((winners > 1).sum())
        unranked += _unranked(kernel, answers, known)
    ranked = unranked < voters
    equal = ranked.sum() / max(1, voters)
    multiples = shares * equal
    listed = tuple(
        Share(
            party, float(share / max(1, voters)), float(multiple), float(missing / max(1, voters))
        )
        for party, share, multiple, missing in zip(
            parties, shares, multiples, unranked, strict=True
        )
    )
    return FirstPlaces(
        name=name,
        voters=voters,
        ties=ties / max(1, voters),
        shares=listed,
        above=tuple(
            share.id
            for share, yes in zip(listed, ranked, strict=True)
            if yes and share.multiple > MOST
        ),
        below=tuple(
            share.id
            for share, yes in zip(listed, ranked, strict=True)
            if yes and share.multiple < LEAST
        ),
    )


def _unranked(kernel: Kernel, answers: Codes, known: np.ndarray) -> np.ndarray:
    """Return for how many voters each party is not ranked."""
    answered = answers != NONE
    if answered.all():
        compared = known.sum(axis=0)
        enough = (compared >= kernel.min_compared) & (compared + kernel.prior > 0)
        return np.where(enough, 0, len(answers))
    scores = kernel.score(answers)
    return np.asarray((~scores.ranked).sum(axis=0))


def extremes(places: FirstPlaces) -> Extremes:
    """Return the parties that come first most and least often."""
    ranked = [share for share in places.shares if share.unranked < 1]
    if not ranked:
        return Extremes(0.0, None, 0.0, None)
    most = max(ranked, key=lambda share: share.multiple)
    least = min(ranked, key=lambda share: share.multiple)
    return Extremes(most.multiple, most.id, least.multiple, least.id)
