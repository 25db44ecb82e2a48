"""How firm one voter's result is: without each answer, and under each other method.

The kernel computes it all: leaving out an answer makes one more voter to score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE
from quiz.matching.kernel import Bools, Codes, Counts, Floats, Kernel, Scores, Weights

UNDEFINED = -1.0
UNRANKED = -2.0
"""An undefined match sorts below all others, and an unranked party below that."""


@dataclass(frozen=True, eq=False)
class Firmness:
    """One voter's scores, and how they change without an answer or under another method.

    P parties, n answered statements.

    Who is ranked stays as it is with all answers.

    ``scores``: with all answers, arrays of shape (P,). ``leading``: bool, shape (P,): the parties
    that come first, or tie for it, with all answers or with any one left out. ``answered``: int64,
    shape (n,): the columns of the answered statements. ``first_without``: bool, shape (n, P): who
    comes first, or ties for it, without each of these. ``swaps``: float64, shape (n,): pairs of
    parties that change places without it; a pair that comes to tie, or no longer ties, counts half.
    ``ranks``: int16 of shape (P,) for each method, the quiz's own first: the ranks under it.
    """

    scores: Scores
    leading: Bools
    answered: npt.NDArray[np.int64]
    first_without: Bools
    swaps: Floats
    ranks: Mapping[str, Counts]


def firmness(kernel: Kernel, answers: Codes, weights: Weights) -> Firmness:
    """Score one voter, answers and weights of shape (S,), and the variants of that voter.

    Raises what ``Kernel.score`` raises.
    """
    answered = np.flatnonzero(answers != NONE)
    variants = np.tile(answers, (1 + len(answered), 1))
    variants[np.arange(len(answered)) + 1, answered] = NONE
    scores = kernel.score(variants, np.broadcast_to(weights, variants.shape))
    whole = scores.voters(0)
    order = _order(scores.match, whole.ranked)
    first = _first(scores.match, whole.ranked)
    above = order[:, :, None] > order[:, None, :]
    others = {
        other.method.name: other.score(answers, weights).rank for other in kernel.other_methods
    }
    return Firmness(
        scores=whole,
        leading=np.asarray(first.any(axis=0)),
        answered=answered,
        first_without=first[1:],
        swaps=(above[1:] != above[0]).sum(axis=(1, 2)) / 2,
        ranks={kernel.method.name: whole.rank} | others,
    )


def _order(match: Floats, ranked: Bools) -> Floats:
    return np.where(ranked, np.fmax(match, UNDEFINED), UNRANKED)


def _first(match: Floats, ranked: Bools) -> Bools:
    order = _order(match, ranked)
    return np.asarray((order == order.max(axis=1, keepdims=True, initial=UNRANKED)) & (order >= 0))


def leading_groups(kernel: Kernel, answers: Codes, weights: Weights | None = None) -> Bools:
    """Return the leading group of many voters, bool of shape (V, P), as ``Firmness.leading``.

    ``answers`` and ``weights`` are of shape (V, S). It costs one more score for each statement.
    """
    scores = kernel.score(answers, weights)
    group = _first(scores.match, scores.ranked)
    for column in range(answers.shape[1]):
        answered = answers[:, column] != NONE
        without = answers[answered]
        without[:, column] = NONE
        match = (
            kernel.match(without)
            if weights is None
            else kernel.score(without, weights[answered]).match
        )
        group[answered] |= _first(match, scores.ranked[answered])
    return group
