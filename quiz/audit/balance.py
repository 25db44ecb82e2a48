"""What the catalogue holds: coverage, both sides, similar statements, and one-sided voters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from quiz.content.catalogue import AGREE, CODES, DISAGREE, NAMES, NEUTRAL, NONE, Catalogue
from quiz.matching.kernel import Codes, Kernel

SHARED: Final = 4
ALIKE: Final = 0.9
COMPARABLE: Final = 5


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of positions of each kind that a statement or party has, and the share known."""

    id: str
    agree: int
    neutral: int
    disagree: int
    coverage: float

    @property
    def known(self) -> int:
        """How many positions there are."""
        return self.agree + self.neutral + self.disagree


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements on which parties take the same position, or opposite ones.

    ``shared``: parties with a position on both. ``same``: those that take the same one. ``equal``:
    the columns are equal, silences included.
    """

    first: str
    second: str
    shared: int
    same: int
    equal: bool


@dataclass(frozen=True, slots=True)
class Constant:
    """The result of a voter who gives the same answer throughout: first parties, and match by
    party.
    """

    answer: str
    first: tuple[str, ...]
    match: dict[str, float]


@dataclass(frozen=True, slots=True)
class Balance:
    """What the catalogue holds.

    ``both_sides``: statements with agree and disagree. ``alone``: statements of one party.
    ``silent``: statements of none. ``agree_share``: agree among all positions. ``pairs``:
    statements alike or opposite in nine of ten parties or more, of four or more. ``comparable``:
    pairs of parties with five or more statements in common.
    """

    statements: tuple[Counts, ...]
    parties: tuple[Counts, ...]
    positions: int
    agree_share: float
    both_sides: tuple[str, ...]
    alone: tuple[str, ...]
    silent: tuple[str, ...]
    pairs: tuple[Pair, ...]
    comparable: int
    constant: tuple[Constant, ...]


def balance(catalogue: Catalogue, kernel: Kernel) -> Balance:
    """Count what the catalogue holds."""
    matrix = catalogue.matrix
    statements = _counts([statement.id for statement in catalogue.statements], matrix.T)
    parties = _counts([party.id for party in catalogue.parties], matrix)
    known = (matrix != NONE).astype(np.int64)
    common = known @ known.T
    positions = int(known.sum())
    return Balance(
        statements=statements,
        parties=parties,
        positions=positions,
        agree_share=sum(statement.agree for statement in statements) / max(1, positions),
        both_sides=tuple(
            statement.id for statement in statements if statement.agree and statement.disagree
        ),
        alone=tuple(statement.id for statement in statements if statement.known == 1),
        silent=tuple(statement.id for statement in statements if not statement.known),
        pairs=_pairs([statement.id for statement in statements], matrix),
        comparable=int((np.triu(common, 1) >= COMPARABLE).sum()),
        constant=tuple(_constant(catalogue, kernel, code) for code in CODES.values()),
    )


def _counts(ids: list[str], rows: Codes) -> tuple[Counts, ...]:
    numbers = np.stack([(rows == code).sum(axis=1) for code in (AGREE, NEUTRAL, DISAGREE)], axis=1)
    return tuple(
        Counts(name, agree, neutral, disagree, (agree + neutral + disagree) / rows.shape[1])
        for name, (agree, neutral, disagree) in zip(ids, numbers.tolist(), strict=True)
    )


def _pairs(ids: list[str], matrix: Codes) -> tuple[Pair, ...]:
    known = (matrix != NONE).astype(np.int64)
    signs = {code: (matrix == code).astype(np.int64) for code in (AGREE, NEUTRAL, DISAGREE)}
    shared = known.T @ known
    same = sum(sign.T @ sign for sign in signs.values())
    across = signs[AGREE].T @ signs[DISAGREE]
    opposite = across + across.T + signs[NEUTRAL].T @ signs[NEUTRAL]
    equal = (matrix[:, :, None] == matrix[:, None, :]).all(axis=0) & (shared > 0)
    close = (shared >= SHARED) & (np.maximum(same, opposite) >= ALIKE * shared)
    return tuple(
        Pair(
            ids[first],
            ids[second],
            int(shared[first, second]),
            int(same[first, second]),
            bool(equal[first, second]),
        )
        for first, second in np.argwhere(np.triu(equal | close, 1)).tolist()
    )


def _constant(catalogue: Catalogue, kernel: Kernel, code: int) -> Constant:
    scores = kernel.score(np.full(kernel.statements, code, np.int8))
    ids = [party.id for party in catalogue.parties]
    return Constant(
        answer=NAMES[code],
        first=tuple(ids[row] for row in np.flatnonzero(scores.rank == 1)),
        match={ids[row]: float(scores.match[row]) for row in np.flatnonzero(scores.ranked)},
    )
