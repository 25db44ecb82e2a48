"""Voters who think like a party: do they find it?

Such a voter answers as the party does, at random where it is silent, and at random in a share of
the rest (noise). The same seed gives the same voters under every rule.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quiz.content.catalogue import NONE
from quiz.matching.firmness import leading_groups
from quiz.matching.kernel import Codes, Kernel

THIRDS = ("least", "middle", "most")


@dataclass(frozen=True, slots=True)
class Finding:
    """Shares of voters who find the party that they think like.

    ``first``: it comes first, or ties for it. ``top_three``: its rank is 1 to 3. ``leading``: it is
    in the leading group.
    """

    first: float
    top_three: float
    leading: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """Voters like each party, and whether they find it.

    ``everybody``: the mean over the parties. ``thirds``: the mean over each third of the parties,
    by how many of their positions are known. ``parties``: each, by id.
    """

    noise: float
    skipped: float
    everybody: Finding
    thirds: dict[str, Finding]
    parties: dict[str, Finding]


def likeness(
    kernel: Kernel,
    positions: Codes,
    parties: tuple[str, ...],
    *,
    voters: int,
    noise: float,
    skipped: float = 0.0,
    seed: int,
) -> Likeness:
    """Ask ``voters`` voters like each party of ``positions``, int8 of shape (P, S)."""
    answers, own = like_parties(positions, voters, noise=noise, skipped=skipped, seed=seed)
    scores = kernel.score(answers)
    rank = scores.rank[np.arange(len(own)), own]
    leading = rank == 1
    rest = np.flatnonzero(~leading)  # whoever comes first leads; only of the others is it asked
    leading[rest] = leading_groups(kernel, answers[rest])[np.arange(len(rest)), own[rest]]
    outcomes = np.stack([rank == 1, (rank >= 1) & (rank <= 3), leading])
    by_party = outcomes.reshape(3, len(parties), voters).mean(axis=2)
    known = (positions != NONE).sum(axis=1)
    groups = np.array_split(known.argsort(kind="stable"), len(THIRDS))
    return Likeness(
        noise=noise,
        skipped=skipped,
        everybody=_finding(by_party),
        thirds={
            name: _finding(by_party[:, rows])
            for name, rows in zip(THIRDS, groups, strict=True)
            if len(rows)
        },
        parties={party: _finding(by_party[:, [row]]) for row, party in enumerate(parties)},
    )


def like_parties(
    positions: Codes, voters: int, *, noise: float, skipped: float = 0.0, seed: int
) -> tuple[Codes, np.ndarray]:
    """Draw voters like each party: their answers, int8 (P · voters, S), and that party's row."""
    rng = np.random.default_rng(seed)
    own = np.repeat(np.arange(len(positions)), voters)
    stated = positions[own]
    answers = rng.integers(-1, 2, stated.shape, np.int8)
    keep = (stated != NONE) & (rng.random(stated.shape, np.float32) >= noise)
    answers[keep] = stated[keep]
    answers[rng.random(stated.shape, np.float32) < skipped] = NONE
    return answers, own


def _finding(shares: np.ndarray) -> Finding:
    first, top_three, leading = shares.mean(axis=1).tolist()
    return Finding(first, top_three, leading)
