"""What a voter may ask of a result: how sure it is, what decided it, how chosen parties differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import NONE, Catalogue
from quiz.results import Kind, relate

if TYPE_CHECKING:
    from quiz.answers import Answers
    from quiz.scoring import Kernel

SIDE_BY_SIDE: Final = ("city-block", "exact", "directional")
MOST_DECIDING: Final = 5


@dataclass(frozen=True, slots=True)
class Deciding:
    """An answer that matters for the order: what happens without it."""

    column: int
    moved: int
    new_first: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MethodRow:
    """One party's rank under each of the methods side by side; None where it is not ranked."""

    party: int
    ranks: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Methods:
    """The order under several methods. ``firsts`` holds the parties that come first under each."""

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


def deciding(answers: Answers, kernel: Kernel) -> tuple[Deciding, ...]:
    """Find the answers that matter most for the order, by leaving each out.

    An answer counts by whether another party comes first without it, then by how many places the
    ranked parties move together. Answers without which nothing moves are left out.
    """
    ranks = kernel.score(answers.vector, answers.weights).rank
    ranked = ranks > 0
    if not ranked.any():
        return ()
    columns = np.flatnonzero(answers.vector != NONE)
    match = kernel.without_one(answers.vector, answers.weights)[:, ranked]
    after = 1 + (match[:, None, :] > match[:, :, None]).sum(axis=2)
    before = ranks[ranked].astype(np.int64)
    moved = np.abs(after - before).sum(axis=1)
    changes_first = ((after == 1) != (before == 1)).any(axis=1)
    parties = np.flatnonzero(ranked)
    order = sorted(
        range(len(columns)), key=lambda row: (not changes_first[row], -int(moved[row]), row)
    )
    return tuple(
        Deciding(
            column=int(columns[row]),
            moved=int(moved[row]),
            new_first=_where(parties, after[row] == 1) if changes_first[row] else (),
        )
        for row in order[:MOST_DECIDING]
        if moved[row] or changes_first[row]
    )


def methods(answers: Answers, kernels: Mapping[str, Kernel], own: str) -> Methods:
    """Lay the order under three methods side by side, in the order of the quiz's own.

    ``kernels`` holds the kernel of every method. ``same_first`` counts the methods under which the
    same parties come first as under the quiz's own.
    """
    ranks = {name: kernels[name].score(answers.vector, answers.weights).rank for name in kernels}
    names = (own, *(name for name in SIDE_BY_SIDE if name != own))
    firsts = {name: _where(np.arange(len(ranks[name])), ranks[name] == 1) for name in ranks}
    parties = sorted(
        range(len(ranks[own])), key=lambda party: (ranks[own][party] == 0, ranks[own][party], party)
    )
    return Methods(
        names=names,
        rows=tuple(
            MethodRow(party, tuple(int(ranks[name][party]) or None for name in names))
            for party in parties
        ),
        firsts=tuple(firsts[name] for name in names),
        same_first=sum(firsts[name] == firsts[own] for name in ranks),
        all_methods=len(ranks),
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


def _where(parties: npt.NDArray[np.int64], chosen: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(party) for party in parties[chosen])
