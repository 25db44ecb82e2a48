"""How the figures change with other kinds of voters, and with other settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from quiz.audit.likeness import Finding, likeness
from quiz.audit.voters import (
    Draw,
    Extremes,
    blocks,
    extremes,
    first_places,
    from_answers,
    often_neutral,
    uniform,
)
from quiz.content.catalogue import NEUTRAL, NONE, Catalogue
from quiz.matching.kernel import Codes, Kernel, Scores, kernel_of
from quiz.matching.result import TO_NAME

NEUTRAL_SHARES: Final = (0.1, 0.2, 1 / 3, 0.5)
SKIPPED_SHARES: Final = (0.2, 1 / 3, 0.5)
LEAST: Final = (1, 2, 3, 4, 5, 6)
NOISE: Final = 0.2
DOUBLED: Final = 5
SAMPLE: Final = 20_000
LIKE: Final = 300


@dataclass(frozen=True, slots=True)
class Electorate:
    """Voters who are neutral on a share of the statements; ``file`` voters come from a file.

    ``correlation``: between the share of a party's positions that are neutral and how often it
    comes first; None where all parties have the same share, or come first as often.
    """

    name: str
    neutral: float
    ties: float
    first: Extremes
    correlation: float | None


@dataclass(frozen=True, slots=True)
class Skipping:
    """Voters who skip a share of the statements.

    ``unranked``: the mean share of parties without a rank. ``unnamed``: the share of random voters
    to whom no party can be named. ``like``: voters like a party, a fifth of their answers at
    random.
    """

    skipped: float
    first: Extremes
    unranked: float
    unnamed: float
    like: Finding


@dataclass(frozen=True, slots=True)
class MinCompared:
    """Another ``min_compared``, with a fifth of the statements skipped; see ``Skipping``."""

    number: int
    first: Extremes
    unranked: float
    unnamed: float
    like: Finding


@dataclass(frozen=True, slots=True)
class Sizes:
    """The number of voters drawn at random and like each party, and the seed."""

    random: int
    like: int
    seed: int


def sample_sizes(catalogue: Catalogue, voters: int, seed: int) -> Sizes:
    """Return how many of ``voters`` are enough where much is asked of each."""
    few = min(voters, SAMPLE)
    return Sizes(random=few, like=min(LIKE, max(1, few // len(catalogue.parties))), seed=seed)


def electorates(catalogue: Catalogue, sizes: Sizes, real: Codes | None) -> tuple[Electorate, ...]:
    """Draw voters who are neutral more and less often, and those of a file."""
    statements = len(catalogue.statements)
    draws = {
        f"{share:.0%} neutral": (share, often_neutral(statements, share))
        for share in NEUTRAL_SHARES
    }
    if real is not None:
        answered = int((real != NONE).sum())
        draws["file"] = int((real == NEUTRAL).sum()) / max(1, answered), from_answers(real)
    return tuple(
        _electorate(catalogue, name, share, draw, sizes) for name, (share, draw) in draws.items()
    )


def skipping(catalogue: Catalogue, sizes: Sizes) -> tuple[Skipping, ...]:
    """Let voters skip a fifth, a third and half of the statements."""
    kernel = kernel_of(catalogue)
    return tuple(
        Skipping(skipped, *_when_skipping(catalogue, kernel, skipped, sizes))
        for skipped in SKIPPED_SHARES
    )


def min_compared(catalogue: Catalogue, sizes: Sizes) -> tuple[MinCompared, ...]:
    """Try ``min_compared`` from 1 to 6."""
    return tuple(
        MinCompared(
            number,
            *_when_skipping(
                catalogue, kernel_of(catalogue, min_compared=number), SKIPPED_SHARES[0], sizes
            ),
        )
        for number in LEAST
    )


def doubling(catalogue: Catalogue, sizes: Sizes) -> float:
    """Return the share of random voters for whom others come first once five statements count
    double.
    """
    kernel, statements = kernel_of(catalogue), len(catalogue.statements)
    rng = np.random.default_rng([sizes.seed, DOUBLED])
    changed = 0
    for answers in blocks(uniform(statements), voters=sizes.random, seed=sizes.seed):
        weights = np.ones(answers.shape, np.int64)
        chosen = rng.random(answers.shape, np.float32).argsort(axis=1)[:, :DOUBLED]
        np.put_along_axis(weights, chosen, catalogue.quiz.matching.double_weight, axis=1)
        first = kernel.score(answers, weights).rank == 1
        changed += int((first != kernel.first(answers)).any(axis=1).sum())
    return changed / sizes.random


def named(kernel: Kernel, scores: Scores) -> np.ndarray:
    """Return for which of many voters a party can be named; the rule is in
    ``quiz.matching.result``.
    """
    best = np.where(scores.ranked, scores.match, -1.0).max(axis=1, initial=-1.0)
    enough = scores.ranked.sum(axis=1) >= min(TO_NAME, kernel.parties)
    return np.asarray(enough & (best > kernel.chance))


def _when_skipping(
    catalogue: Catalogue, kernel: Kernel, skipped: float, sizes: Sizes
) -> tuple[Extremes, float, float, Finding]:
    parties, statements = _ids(catalogue), len(catalogue.statements)
    draw = uniform(statements, skipped=skipped)
    places = first_places(kernel, parties, "skipping", draw, voters=sizes.random, seed=sizes.seed)
    unnamed = sum(
        int((~named(kernel, kernel.score(answers))).sum())
        for answers in blocks(draw, voters=sizes.random, seed=sizes.seed)
    )
    like = likeness(
        kernel, catalogue.matrix, parties, voters=sizes.like, noise=NOISE, skipped=skipped,
        seed=sizes.seed,
    )  # fmt: skip
    unranked = sum(share.unranked for share in places.shares) / len(parties)
    return extremes(places), unranked, unnamed / sizes.random, like.everybody


def _electorate(
    catalogue: Catalogue, name: str, neutral: float, draw: Draw, sizes: Sizes
) -> Electorate:
    places = first_places(
        kernel_of(catalogue), _ids(catalogue), name, draw, voters=sizes.random, seed=sizes.seed
    )
    known = np.maximum(1, (catalogue.matrix != NONE).sum(axis=1))
    shares = (catalogue.matrix == NEUTRAL).sum(axis=1) / known
    first = np.array([share.first for share in places.shares])
    alike = np.ptp(shares) == 0 or np.ptp(first) == 0
    return Electorate(
        name=name,
        neutral=neutral,
        ties=places.ties,
        first=extremes(places),
        correlation=None if alike else float(np.corrcoef(shares, first)[0, 1]),
    )


def _ids(catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(party.id for party in catalogue.parties)
