"""What a voter may ask of a result: how sure it is, what decided it, how chosen parties differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE, Catalogue
from quiz.results import Kind, relate
from quiz.sensitivity import Influence, MethodsAgree

if TYPE_CHECKING:
    from quiz.answers import Answers

SIDE_BY_SIDE: Final = ("city-block", "exact", "directional")
MOST_DECIDING: Final = 5


class Deciding(NamedTuple):
    """An answer that matters for the order, and who comes first without it where that changes."""

    column: int
    new_first: tuple[int, ...]


class MethodRow(NamedTuple):
    """One party's rank under each of the methods side by side; 0 where it is not ranked."""

    party: int
    ranks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Methods:
    """The order under several methods, who comes first under each, and how many keep that."""

    names: tuple[str, ...]
    rows: tuple[MethodRow, ...]
    firsts: tuple[tuple[int, ...], ...]
    same_first: int
    all_methods: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Chosen parties beside the voter: one row a statement, those where they differ first."""

    parties: tuple[int, ...]
    rows: tuple[tuple[int, tuple[Kind, ...]], ...]
    themes: tuple[tuple[str, tuple[tuple[int, int, int], ...]], ...]
    differing: int


def deciding(influence: Influence) -> tuple[Deciding, ...]:
    """Name the answers that matter most for the order; those that move nothing are left out."""
    return tuple(
        Deciding(column, _where(best) if first else ())
        for column, swaps, first, best in zip(
            influence.columns[:MOST_DECIDING].tolist(), influence.swaps, influence.first,
            influence.best, strict=False,
        )
        if swaps or first
    )  # fmt: skip


def methods(answers: Answers, every: MethodsAgree, own: str) -> Methods:
    """Lay the order under three methods side by side, in the order of the quiz's own."""
    compared = every.compare(answers.vector, answers.weights)
    by_method = dict(zip(compared.names, compared.rank.tolist(), strict=True))
    names = (own, *(name for name in SIDE_BY_SIDE if name != own))
    ranks = [by_method[name] for name in names]
    rows = [MethodRow(party, places) for party, places in enumerate(zip(*ranks, strict=True))]
    rows.sort(key=lambda row: (row.ranks[0] == 0, row.ranks[0]))
    return Methods(
        names=names,
        rows=tuple(rows),
        firsts=tuple(
            tuple([party for party, rank in enumerate(places) if rank == 1]) for places in ranks
        ),
        same_first=len(compared.keep(own)),
        all_methods=len(compared.names),
    )


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


def _where(chosen: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(party) for party in np.flatnonzero(chosen))
