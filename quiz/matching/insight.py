"""What a voter may ask of a result: how sure it is, what decided it, how chosen parties differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE, Catalogue
from quiz.matching.results import Kind, relate
from quiz.matching.sensitivity import Firmness

if TYPE_CHECKING:
    from quiz.matching.answers import Answers

SIDE_BY_SIDE: Final = ("city-block", "exact", "directional")
MOST_DECIDING: Final = 5


class Deciding(NamedTuple):
    """An answer that matters for the order, and who comes first without it where that changes."""

    column: int
    new_first: list[int]


deciding_of: Final = partial(tuple.__new__, Deciding)
"""Makes a deciding answer of its fields, as ``Deciding._make`` does, without a call of Python."""


class Methods(NamedTuple):
    """The order under several methods, who comes first under each, and how many keep that.

    ``ranks``: for each of the methods the rank of every party, 0 where it is not ranked.
    """

    names: tuple[str, ...]
    ranks: list[list[int]]
    firsts: list[list[int]]
    same_first: int
    all_methods: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Chosen parties beside the voter: one row a statement, those where they differ first."""

    parties: tuple[int, ...]
    rows: tuple[tuple[int, tuple[Kind, ...]], ...]
    themes: tuple[tuple[str, tuple[tuple[int, int, int], ...]], ...]
    differing: int


def deciding(firmness: Firmness) -> list[list[Deciding]]:
    """Name, for each voter, the answers that matter most for the order, those that move the first
    place before others; what moves nothing is left out.
    """
    most_swaps = firmness.best.shape[2] ** 2
    weight = firmness.swaps + most_swaps * firmness.first
    telling = (-weight).argsort(axis=1, kind="stable")[:, :MOST_DECIDING]
    moved = weight[np.arange(len(telling))[:, None], telling]
    voters, places = np.nonzero(moved >= most_swaps)
    then_first: list[list[int]] = [[] for _ in voters]
    change, parties = np.nonzero(firmness.best[voters, telling[voters, places]])
    for at, party in zip(change.tolist(), parties.tolist(), strict=True):
        then_first[at].append(party)
    changes = iter(then_first)
    return [
        [
            deciding_of((column, next(changes) if swaps >= most_swaps else []))
            for column, swaps in zip(*columns, strict=True)
            if swaps
        ]
        for columns in zip(telling.tolist(), moved.tolist(), strict=True)
    ]


def methods(firmness: Firmness) -> list[Methods]:
    """Lay, for each voter, the order under three methods side by side, the quiz's own first."""
    names, shown = _side_by_side(firmness.methods)
    found = []
    for ranks in firmness.rank.tolist():
        firsts = list(map(_ones, ranks))
        found.append(
            Methods(
                names=names,
                ranks=[ranks[row] for row in shown],
                firsts=[firsts[row] for row in shown],
                same_first=firsts.count(firsts[0]),
                all_methods=len(ranks),
            )
        )
    return found


def compare(catalogue: Catalogue, answers: Answers, parties: Sequence[int]) -> Comparison:
    """Put chosen parties beside the voter, statement by statement and by theme."""
    kinds = relate(answers.vector, catalogue.matrix)[list(parties)]
    codes = catalogue.matrix[list(parties)]
    spread = [len(set(column.tolist()) - {NONE}) for column in codes.T]
    known = [(column != NONE).sum() for column in codes.T]
    order = sorted(range(len(spread)), key=lambda column: (-spread[column], -known[column], column))
    return Comparison(
        parties=tuple(parties),
        rows=tuple(
            (column, tuple(Kind(kind) for kind in kinds[:, column].tolist()))
            for column in order
            if known[column]
        ),
        themes=tuple(
            (
                theme.id,
                tuple(_counts(kinds[row], catalogue, theme.id) for row in range(len(parties))),
            )
            for theme in catalogue.themes
        ),
        differing=sum(number > 1 for number in spread),
    )


def _counts(kinds: npt.NDArray[np.uint8], catalogue: Catalogue, theme: str) -> tuple[int, int, int]:
    own = [
        kind
        for kind, statement in zip(kinds.tolist(), catalogue.statements, strict=True)
        if statement.theme == theme
    ]
    return own.count(Kind.SAME), own.count(Kind.HALF), own.count(Kind.OPPOSITE)


@cache
def _side_by_side(methods: tuple[str, ...]) -> tuple[tuple[str, ...], list[int]]:
    """Return the methods that are shown, the quiz's own first, and their places among all."""
    names = (methods[0], *[name for name in SIDE_BY_SIDE if name != methods[0]])
    return names, [methods.index(name) for name in names]


def _ones(numbers: Sequence[int]) -> list[int]:
    """Return the places where there is a 1."""
    if numbers.count(1) == 1:
        return [numbers.index(1)]
    return [place for place, number in enumerate(numbers) if number == 1]
