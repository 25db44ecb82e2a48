"""Whether a party can come first at all: a search for a voter who would rank it first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from quiz.content.catalogue import NONE
from quiz.matching.kernel import Codes, Kernel

STARTS: Final = 4


@dataclass(frozen=True, slots=True)
class Reach:
    """The best that was found for a party among voters who answer everything.

    ``margin``: its match less the best other ranked party's; below 0 it never came first, and None
    where it is never ranked. The search climbs from the party's own positions, so a margin below 0
    says that no voter was found, not that there is none.
    """

    id: str
    margin: float | None

    @property
    def first(self) -> bool:
        """Whether a voter was found with whom it comes first."""
        return self.margin is not None and self.margin >= 0


def reach(kernel: Kernel, parties: tuple[str, ...], *, seed: int) -> tuple[Reach, ...]:
    """For every party, search for the voter with whom it leads by the widest margin."""
    rng = np.random.default_rng(seed)
    return tuple(Reach(party, _climb(kernel, row, rng)) for row, party in enumerate(parties))


def _climb(kernel: Kernel, row: int, rng: np.random.Generator) -> float | None:
    own = kernel.positions[row]
    best = None
    for _ in range(STARTS):
        others = rng.integers(-1, 2, len(own), np.int8)
        margin = _climb_from(kernel, row, np.where(own == NONE, others, own).astype(np.int8))
        if margin is None:
            return None
        best = margin if best is None else max(best, margin)
    return best


def _climb_from(kernel: Kernel, row: int, answers: Codes) -> float | None:
    """Change one answer at a time, as long as that improves the margin."""
    best = _margins(kernel, row, answers[None])[0]
    if np.isnan(best):
        return None
    while True:
        tries = np.repeat(answers[None], 3 * len(answers), axis=0)
        tries[np.arange(len(tries)), np.arange(len(tries)) // 3] = np.tile([-1, 0, 1], len(answers))
        margins = _margins(kernel, row, tries)
        at = int(margins.argmax())
        if margins[at] <= best:
            return float(best)
        answers, best = tries[at], margins[at]


def _margins(kernel: Kernel, row: int, answers: Codes) -> np.ndarray:
    scores = kernel.score(answers)
    order = np.where(scores.ranked, scores.match, np.nan)
    others = np.where(np.isnan(order), -1.0, order)
    others[:, row] = -1.0
    return np.asarray(order[:, row] - np.maximum(others.max(axis=1), 0.0))
