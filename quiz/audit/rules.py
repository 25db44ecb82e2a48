"""First places under other rules for silence: why the match has a prior."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from quiz.audit.voters import Draw, blocks
from quiz.content.catalogue import NONE, Catalogue
from quiz.matching.kernel import Bools, Codes, Kernel, kernel_of
from quiz.matching.methods import UNIT

PRIORS: Final = (3, 6, 10)


@dataclass(frozen=True, slots=True)
class RuleShare:
    """The parties most and least favoured by a rule, in equal shares of first places.

    ``rule``: ``mean`` for A / K, ``half`` where silence counts half, or ``prior N``. ``own``: the
    quiz's own rule. ``most_positions`` and ``least_positions``: how many those parties have.
    """

    rule: str
    own: bool
    most: float
    most_party: str
    most_positions: int
    least: float
    least_party: str
    least_positions: int


def compare_rules(
    catalogue: Catalogue, draw: Draw, *, voters: int, seed: int
) -> tuple[RuleShare, ...]:
    """Count first places under each rule, among the parties that are ranked."""
    answers = np.concatenate(list(blocks(draw, voters=voters, seed=seed)))
    own = kernel_of(catalogue)
    ranked = own.score(answers[:1]).ranked[0]
    if not ranked.any():
        return ()
    priors = sorted({*PRIORS, own.prior} - {0})
    found = {
        "mean": kernel_of(catalogue, prior=0).first(answers),
        "half": _half(own, answers, ranked),
    }
    found |= {
        f"prior {prior}": kernel_of(catalogue, prior=prior).first(answers) for prior in priors
    }
    name = f"prior {own.prior}" if own.prior else "mean"
    return tuple(
        _share(catalogue, rule, first, ranked, own=rule == name) for rule, first in found.items()
    )


def _half(kernel: Kernel, answers: Codes, ranked: Bools) -> Bools:
    """Return who comes first by (A + (W − K) / 2) / W; W is the same for all, so it is left out."""
    scores = kernel.score(answers)
    agreed = np.rint(np.nan_to_num(scores.agreement) * scores.compared * UNIT)
    silent = (answers != NONE).sum(axis=1, keepdims=True) - scores.compared
    points = np.where(ranked, agreed + silent * (UNIT // 2), -1)
    return np.asarray(points == points.max(axis=1, keepdims=True))


def _share(catalogue: Catalogue, rule: str, first: Bools, ranked: Bools, *, own: bool) -> RuleShare:
    shares = first.T @ (1 / np.maximum(first.sum(axis=1), 1)) / len(first) * ranked.sum()
    rows = np.flatnonzero(ranked)
    most, least = rows[shares[rows].argmax()], rows[shares[rows].argmin()]
    party = catalogue.parties
    return RuleShare(
        rule, own,
        float(shares[most]), party[most].id, len(party[most].positions),
        float(shares[least]), party[least].id, len(party[least].positions),
    )  # fmt: skip
