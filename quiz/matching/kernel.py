"""The matching kernel (docs/method.md): numpy arrays in, arrays out, one voter or many.

Conventions

- V voters, S statements, P parties; a single voter comes without the first axis, and then the
  result comes without it too.
- Answers and positions are int8: −1 disagree, 0 neutral, +1 agree, ``NONE`` (2) for silence.
- Weights are whole numbers from 1; they are read only where a statement was answered.
- N statements are answered, of weight W; K is the weight of those on which a party has a position,
  and A the agreement there, weighted.
- Higher is more alike. match, low, high, agreement and coverage lie in [0, 1]; a value that is not
  defined is NaN.
- Sums are whole numbers that float64 holds exactly, and each ratio is divided once, so equal ratios
  are equal floats. Denominators stay below 2**26, so unequal ratios, which then differ by more than
  2**-52, are unequal floats: ties are decided exactly.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE, Catalogue
from quiz.content.methods import METHODS, TWELFTHS, UNIT, Method
from quiz.matching.lookup import AGREED, KNOWN, Lookup, contributions

Codes = npt.NDArray[np.int8]
Weights = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int16]

LARGEST_DENOMINATOR: Final = 2**26
PAIRS: Final = 1 << 20  # comparisons of two parties, a byte each, that stay in a core's own cache
BAD_WEIGHT: Final = (
    "weights must be whole numbers from 1, and not so large that ties would not be exact"
)


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

    def voters(self, which: slice | int) -> Scores:
        """Return some of many voters, or one of them, as views."""
        return Scores._make(values[which] for values in self)

    @property
    def ranked(self) -> Bools:
        """Which parties are ranked; of the others too little is known."""
        return self.rank > 0


class Kernel:
    """The matching rule of one catalogue and one method, compiled.

    ``positions``: int8, shape (P, S). ``prior``: imaginary statements, an integer ≥ 0.
    ``min_compared``: compared statements below which a party is not ranked.

    >>> import numpy as np
    >>> from quiz.content.catalogue import NONE
    >>> from quiz.matching import METHODS, Kernel
    >>> positions = np.array([[1, 1, -1], [1, 0, NONE], [-1, NONE, NONE]], np.int8)
    >>> kernel = Kernel(positions, method=METHODS["city-block"], prior=1, min_compared=2)
    >>> scores = kernel.score(np.array([1, 1, NONE], np.int8))
    >>> scores.match.round(3).tolist(), scores.rank.tolist()
    ([0.833, 0.667, 0.25], [1, 2, 0])
    """

    def __init__(self, positions: Codes, *, method: Method, prior: int, min_compared: int) -> None:
        self.positions, self.method = positions, method
        self.prior, self.min_compared = prior, min_compared
        self.parties, self.statements = positions.shape
        # where 12 · (S + prior) is below 2**12, float32 tells unequal matches apart as well
        exact = TWELFTHS * (self.statements + prior) < 2**12
        self._key: type[np.floating[Any]] = np.float32 if exact else np.float64

    @property
    def chance(self) -> float:
        """μ, the agreement that chance would give."""
        return self.method.chance / TWELFTHS

    @cached_property
    def other_methods(self) -> tuple[Kernel, ...]:
        """The same positions, prior and ``min_compared`` under each other method."""
        return tuple(
            Kernel(self.positions, method=method, prior=self.prior, min_compared=self.min_compared)
            for method in METHODS.values()
            if method.name != self.method.name
        )

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
            return self.score(answers[None], None if weights is None else weights[None]).voters(0)
        scores = Scores.empty(len(answers), self.parties) if out is None else out
        step = max(1, min(self._sums.block, PAIRS // max(1, self.parties**2)))
        with np.errstate(invalid="ignore"):  # 0 / 0 is NaN: not defined
            for at in range(0, len(answers), step):
                part = slice(at, at + step)
                some = None if weights is None else weights[part]
                self._score(answers[part], some, scores.voters(part))
        return scores

    def match(self, answers: Codes, *, out: Floats | None = None) -> Floats:
        """Return the match alone, float64 of shape (V, P), of answers (V, S) that all weigh 1.

        ``out``, float64 of shape (V, P), is filled and returned. Raises what ``score`` raises.
        """
        self._check(answers, None)
        match = np.empty((len(answers), self.parties)) if out is None else out
        lookup, _ = self._ratio
        with np.errstate(invalid="ignore"):
            for at in range(0, len(answers), lookup.block):
                sums = lookup.sums(answers[at : at + lookup.block])
                part = match[at : at + lookup.block]
                np.divide(sums[:, self.parties : -1], sums[:, : self.parties], out=part)
                part[sums[:, -1] == 0] = np.nan
        return match

    def first(self, answers: Codes) -> Bools:
        """Return which parties rank first, bool of shape (V, P): answers (V, S) that all weigh 1.

        Raises what ``score`` raises.
        """
        self._check(answers, None)
        first = np.empty((self.parties, len(answers)), np.bool_)
        lookup, common = self._ratio
        enough = TWELFTHS * (self.min_compared + self.prior)
        with np.errstate(invalid="ignore"):
            for at in range(0, len(answers), lookup.block):
                sums = lookup.sums(answers[at : at + lookup.block]).T.astype(self._key, order="C")
                lower, upper, number = sums[: self.parties], sums[self.parties : -1], sums[-1]
                ranked = (lower * common >= enough) & (lower > 0) & (number > 0)
                order = np.where(ranked, upper / lower, self._key(-1))
                best = order.max(axis=0, initial=-1)
                first[:, at : at + lookup.block] = (order == best) & (best >= 0)
        return first.T

    @cached_property
    def _sums(self) -> Lookup:
        return Lookup(contributions(self.positions, self.method))

    @cached_property
    def _ratio(self) -> tuple[Lookup, int]:
        """Sums that are the match's own numerator and denominator where every weight is 1.

        They are divided by what all have in common, which is returned too: small sums go faster.
        """
        each = contributions(self.positions, self.method)
        sides = each[:, :, KNOWN * self.parties : -1] * (TWELFTHS // UNIT)
        sides[:1, :, : self.parties] += self.prior * TWELFTHS
        sides[:1, :, self.parties :] += self.prior * self.method.chance
        common = max(1, int(np.gcd.reduce(sides, axis=None)))
        return Lookup(np.concatenate([sides // common, each[:, :, -1:]], axis=2)), common

    def _score(self, answers: Codes, weights: Weights | None, out: Scores) -> None:
        """Fill ``out`` for answers and weights of shape (n, S).

        Within it arrays have one row per party: rows are long, so numpy works at full width.
        """
        key = self._key if weights is None else np.float64
        kind = np.result_type(out.match, key)
        counted = self._sums.sums(answers).T.astype(kind, order="C")
        sums = counted if weights is None else self._weighted(counted, answers, weights)
        low, high, known, agreed = sums[:-1].reshape(4, self.parties, len(answers))
        number, whole = counted[-1], UNIT * sums[-1]
        # (A + κμ) / (K + κ), both sides times 12 · N to stay whole; without weights N cancels out
        scale, imaginary = (1, self.prior) if weights is None else (number, self.prior * sums[-1])
        upper = TWELFTHS // UNIT * scale * agreed + self.method.chance * imaginary
        match = upper / (TWELFTHS // UNIT * scale * known + TWELFTHS * imaginary)
        match[:, number == 0] = np.nan
        out.match.T[:] = match
        np.divide(low, whole, out=out.low.T)
        np.divide(high, whole, out=out.high.T)
        np.divide(known, whole, out=out.coverage.T)
        np.divide(agreed, known, out=out.agreement.T)
        shared = counted[KNOWN * self.parties : AGREED * self.parties]
        np.multiply(shared, 1 / UNIT, out=out.compared.T, casting="unsafe")
        ranked = (self.min_compared <= out.compared.T) & (match >= 0)
        order = np.where(ranked, match, 0).astype(key, copy=False)
        above = (order[None] > order[:, None]).view(np.uint8)
        rank = above.sum(axis=1, dtype=np.min_scalar_type(self.parties)).astype(np.int16)
        np.multiply(rank + np.int16(1), ranked, out=out.rank.T)

    def _weighted(self, counted: Floats, answers: Codes, weights: Weights) -> Floats:
        """Return the weighted sums, float64 of shape (C, n), from those that count each answer once.

        What a weight is above 1 is taken apart into bits: the sums of the answers that have a bit,
        times that bit, are added.
        """
        used = np.where(answers == NONE, 1, weights)
        largest = int(used.max(initial=1))
        denominator = TWELFTHS * largest * self.statements * (self.statements + self.prior)
        if used.min(initial=1) < 1 or denominator >= LARGEST_DENOMINATOR:
            raise ValueError(BAD_WEIGHT)
        sums, more = counted, used - 1
        for bit in range((largest - 1).bit_length()):
            marked = np.where(more >> bit & 1 == 1, answers, np.int8(NONE))
            sums = sums + self._sums.sums(marked).T * float(1 << bit)
        return sums

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
