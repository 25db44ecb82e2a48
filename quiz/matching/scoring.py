"""The matching kernel (docs/method.md): numpy arrays in, arrays out, one voter or many.

Conventions

- V voters, S statements, P parties; a single voter comes without the first axis, and then the
  answer comes without it too.
- Answers and positions are int8: −1 disagree, 0 neutral, +1 agree, ``NONE`` (2) for silence.
- Weights are whole numbers from 1; they are read only where a statement was answered.
- Higher is more alike. match, low, high, agreement and coverage lie in [0, 1]; a value that is not
  defined is NaN.
- Sums are whole numbers that float64 holds exactly, and each ratio is divided once, so equal ratios
  are equal floats. Denominators stay below 2**26, so unequal ratios, which then differ by more than
  2**-52, are unequal floats: ties are decided exactly.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import Catalogue
from quiz.matching.many import Many
from quiz.matching.methods import METHODS, Method
from quiz.matching.one import One
from quiz.matching.rule import Bools, Codes, Floats, Rule, Weights

Counts = npt.NDArray[np.int16]


class Scores(NamedTuple):
    """What the kernel finds, each array of shape (P,) for one voter or (V, P) for many.

    match: float64 in [0, 1], orders the parties; NaN where K + κ = 0.
    low, high: float64 in [0, 1], the worst-case bounds of agreement over everything answered.
    agreement: float64 in [0, 1], over what was compared; NaN where nothing was.
    coverage: float64 in [0, 1], the weight of what was compared in what was answered; NaN where
    nothing was answered.
    compared: int16, statements compared, counted and unweighted.
    rank: int16, 1 for the first, equal for equal match (1, 2, 2, 4), 0 for a party not ranked.
    """

    match: Floats
    low: Floats
    high: Floats
    agreement: Floats
    coverage: Floats
    compared: Counts
    rank: Counts

    @classmethod
    def empty(cls, voters: int, parties: int, *, single: bool = False) -> Scores:
        """Return arrays of shape (V, P) to be filled; a party's column is contiguous.

        ``single`` makes the ratios float32, as files of many voters hold them; ranks are found
        before they are rounded.
        """
        shape = (parties, voters)
        floats = (np.empty(shape, np.float32 if single else np.float64).T for _ in range(5))
        match, low, high, agreement, coverage = floats
        compared, rank = (np.empty(shape, np.int16).T for _ in range(2))
        return cls(match, low, high, agreement, coverage, compared, rank)

    def part(self, voters: int) -> Scores:
        """Return the first of many voters, as views."""
        return Scores(
            self.match[:voters], self.low[:voters], self.high[:voters], self.agreement[:voters],
            self.coverage[:voters], self.compared[:voters], self.rank[:voters],
        )  # fmt: skip

    @property
    def ranked(self) -> Bools:
        """Which parties are ranked; of the others too little is known."""
        return self.rank > 0


class Kernel:
    """The matching rule of one catalogue and one method, compiled.

    ``positions``: int8, shape (P, S). ``prior``: imaginary statements, an integer ≥ 0.
    ``min_compared``: compared statements below which a party is not ranked.

    >>> from quiz.content.catalogue import NONE
    >>> positions = np.array([[1, 1, -1], [1, 0, NONE], [-1, NONE, NONE]], np.int8)
    >>> kernel = Kernel(positions, method=METHODS["city-block"], prior=1, min_compared=2)
    >>> scores = kernel.score(np.array([1, 1, NONE], np.int8))
    >>> scores.match.round(3).tolist(), scores.rank.tolist()
    ([0.833, 0.667, 0.25], [1, 2, 0])
    """

    def __init__(self, positions: Codes, *, method: Method, prior: int, min_compared: int) -> None:
        self.positions, self.method = positions, method
        self.rule = Rule(method, prior, min_compared)
        self.parties, self.statements = positions.shape
        self._one = One(positions, self.rule)

    @cached_property
    def many(self) -> Many:
        """The same rule for many voters; its tables are built when first asked for."""
        return Many(self.positions, self.rule)

    def score(
        self, answers: Codes, weights: Weights | None = None, *, out: Scores | None = None
    ) -> Scores:
        """Score one voter (shape (S,)) or many (shape (V, S)); without weights, all are 1.

        ``out``, of ``Scores.empty(V, P)``, is filled and returned where many are scored.
        Raises ``TypeError`` where answers are not int8, ``ValueError`` where shapes differ from
        each other or from the catalogue's, or a code or a weight is out of range.
        """
        self._check(answers, weights)
        if answers.ndim == 1:
            with np.errstate(invalid="ignore"):
                return Scores(*self._one.score(answers, weights))
        scores = Scores.empty(len(answers), self.parties) if out is None else out
        step = self.many.block
        with np.errstate(invalid="ignore"):
            for at in range(0, len(answers), step):
                part = slice(at, at + step)
                some = None if weights is None else weights[part]
                self.many.score(answers[part], some, scores, part)
        return scores

    def match(
        self, answers: Codes, weights: Weights | None = None, *, out: Floats | None = None
    ) -> Floats:
        """Return the match alone, float64 of shape (P,) or (V, P), as ``score`` gives it.

        ``out``, float64 of shape (V, P), is filled and returned where many answers weigh 1.
        Raises what ``score`` raises.
        """
        self._check(answers, weights)
        if answers.ndim == 1:
            with np.errstate(invalid="ignore"):
                return self._one.match(answers, weights)
        if weights is not None:
            return self.score(answers, weights).match
        match = np.empty((len(answers), self.parties)) if out is None else out
        step = self.many.match_block
        with np.errstate(invalid="ignore"):
            for at in range(0, len(answers), step):
                self.many.match(answers[at : at + step], match[at : at + step])
        return match

    def first(self, answers: Codes) -> Bools:
        """Return which parties rank first, bool of shape (V, P): answers (V, S) that all weigh 1.

        Raises what ``score`` raises.
        """
        self._check(answers, None)
        first = np.empty((self.parties, len(answers)), np.bool_)
        step = self.many.match_block
        with np.errstate(invalid="ignore"):
            for at in range(0, len(answers), step):
                first[:, at : at + step] = self.many.first(answers[at : at + step])
        return first.T

    def _check(self, answers: Codes, weights: Weights | None) -> None:
        if answers.dtype != np.int8:
            msg = f"answers must be int8, not {answers.dtype}"
            raise TypeError(msg)
        if answers.ndim not in {1, 2} or answers.shape[-1] != self.statements:
            msg = f"answers {answers.shape} must end in {self.statements} statements"
            raise ValueError(msg)
        if weights is not None and weights.shape != answers.shape:
            msg = f"weights {weights.shape} must have the shape of answers {answers.shape}"
            raise ValueError(msg)


def kernel_of(
    catalogue: Catalogue,
    *,
    method: str | None = None,
    prior: int | None = None,
    min_compared: int | None = None,
) -> Kernel:
    """Return the quiz's own kernel, or one with something of its rule changed."""
    own = catalogue.quiz.matching
    return Kernel(
        catalogue.matrix,
        method=METHODS[own.method if method is None else method],
        prior=own.prior if prior is None else prior,
        min_compared=own.min_compared if min_compared is None else min_compared,
    )
