"""Other rules for silence: who comes first among random voters, and who finds their own party."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from quiz.audit.likeness import Likeness, likeness
from quiz.audit.voters import Draw, Extremes, extremes, first_places
from quiz.content.catalogue import NEUTRAL, NONE, Catalogue
from quiz.matching.kernel import Kernel, kernel_of

PRIORS: Final = (3, 6, 10, 30)
MEAN: Final = "mean"
AS_NEUTRAL: Final = "neutral"
NOISES: Final = (0.0, 0.2, 0.5)


@dataclass(frozen=True, slots=True)
class RuleStudy:
    """One rule for silence: its harms on both questions.

    ``rule``: ``mean`` for A / K, ``neutral`` where silence counts as a neutral position, or
    ``prior N``. ``prior`` is None for ``neutral``. ``own``: the quiz's own rule. ``random``: the
    parties most and least favoured among random voters. ``like``: voters like each party, by noise.
    """

    rule: str
    prior: int | None
    own: bool
    random: Extremes
    like: tuple[Likeness, ...]

    def noise(self, share: float) -> Likeness:
        """Return the study with this share of noise."""
        return next(likeness for likeness in self.like if likeness.noise == share)


def kernels(catalogue: Catalogue) -> Mapping[str, tuple[int | None, Kernel]]:
    """Return the rules that are compared, each with its prior and its kernel."""
    own = catalogue.quiz.matching
    filled = np.where(catalogue.matrix == NONE, NEUTRAL, catalogue.matrix).astype(np.int8)
    as_neutral = Kernel(
        filled, method=kernel_of(catalogue).method, prior=0, min_compared=own.min_compared
    )
    priors = sorted({*PRIORS, own.prior} - {0})
    return {
        MEAN: (0, kernel_of(catalogue, prior=0)),
        **{f"prior {prior}": (prior, kernel_of(catalogue, prior=prior)) for prior in priors},
        AS_NEUTRAL: (None, as_neutral),
    }


def compare_rules(
    catalogue: Catalogue,
    draw: Draw,
    *,
    voters: int,
    like: int,
    seed: int,
    noises: Sequence[float] = NOISES,
) -> tuple[RuleStudy, ...]:
    """Ask the same voters under each rule: ``voters`` at random, ``like`` like each party."""
    parties = tuple(party.id for party in catalogue.parties)
    return tuple(
        RuleStudy(
            rule=rule,
            prior=prior,
            own=prior == catalogue.quiz.matching.prior,
            random=extremes(
                first_places(kernel, parties, rule, draw, voters=voters, seed=seed)
            ),
            like=tuple(
                likeness(
                    kernel, catalogue.matrix, parties, voters=like, noise=noise, seed=seed
                )
                for noise in noises
            ),
        )
        for rule, (prior, kernel) in kernels(catalogue).items()
    )  # fmt: skip
