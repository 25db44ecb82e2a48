"""Explanations of a result: what decided it, other methods, chosen parties side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from quiz.content.catalogue import NONE, Catalogue, Party, Statement, Theme
from quiz.content.methods import METHODS, Method
from quiz.matching.answers import Answers
from quiz.matching.result import Kind, Result, relate

MOST_DECIDING: Final = 5
FEWEST, MOST = 2, 4


@dataclass(frozen=True, slots=True)
class Deciding:
    """An answer that matters for the order, and who comes first without it; None if that does
    not change.
    """

    statement: Statement
    first_without: tuple[Party, ...] | None


@dataclass(frozen=True, slots=True)
class Order:
    """The order under one method: who comes first, and each party's rank in the catalogue's order.

    A rank is 0 where too little is known. ``same_first``: whether exactly the same parties come
    first as under the quiz's own method.
    """

    method: Method
    first: tuple[Party, ...]
    ranks: tuple[int, ...]
    same_first: bool


@dataclass(frozen=True, slots=True)
class ComparedStatement:
    """One statement of a comparison: each chosen party's position beside the voter's answer.

    ``answer``: the voter's, by code, None where skipped. ``positions``: each party's, None where
    none was found.
    """

    statement: Statement
    answer: int | None
    positions: tuple[int | None, ...]
    kinds: tuple[Kind, ...]

    @property
    def differs(self) -> bool:
        """Whether the parties take different positions."""
        return len(set(self.positions) - {None}) > 1


@dataclass(frozen=True, slots=True)
class ThemeCounts:
    """How often each chosen party agrees, half agrees and disagrees with the voter within a
    theme.
    """

    theme: Theme
    counts: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Chosen parties beside the voter: a row for each statement on which any of them has a
    position.
    """

    parties: tuple[Party, ...]
    rows: tuple[ComparedStatement, ...]
    themes: tuple[ThemeCounts, ...]

    @property
    def differing(self) -> int:
        """The number of statements on which the parties differ."""
        return sum(row.differs for row in self.rows)


def deciding(catalogue: Catalogue, result: Result) -> tuple[Deciding, ...]:
    """Return the answers that matter most for the order: those that change the first place, then
    those without which most pairs of parties change places.

    Answers that change nothing are left out.
    """
    firm, parties = result.firmness, catalogue.parties
    first = firm.scores.rank == 1
    changes = (firm.first_without != first).any(axis=1)
    order = np.lexsort((-firm.swaps, ~changes))  # the last key is the first to sort by
    return tuple(
        Deciding(
            catalogue.statements[firm.answered[at]],
            _parties(parties, firm.first_without[at]) if changes[at] else None,
        )
        for at in order[:MOST_DECIDING]
        if firm.swaps[at]
    )


def orders(catalogue: Catalogue, result: Result) -> tuple[Order, ...]:
    """Return the order under every method, the quiz's own first."""
    ranks = result.firmness.ranks
    own = next(iter(ranks.values())) == 1
    return tuple(
        Order(
            method=METHODS[name],
            first=_parties(catalogue.parties, rank == 1),
            ranks=tuple(rank.tolist()),
            same_first=bool(np.array_equal(rank == 1, own)),
        )
        for name, rank in ranks.items()
    )


def compare(catalogue: Catalogue, answers: Answers, parties: Sequence[str]) -> Comparison | None:
    """Put parties, by id, side by side; statements on which they differ most come first.

    Unknown ids are ignored. Returns None unless two to four parties remain.
    """
    index = catalogue.party_index
    chosen = [index[name] for name in dict.fromkeys(parties) if name in index]
    if not FEWEST <= len(chosen) <= MOST:
        return None
    positions = catalogue.matrix[chosen]
    kinds = relate(answers.codes, positions)
    rows = [
        ComparedStatement(
            statement,
            _code(answer),
            tuple(map(_code, column)),
            tuple(map(Kind, kind)),
        )
        for statement, answer, column, kind in zip(
            catalogue.statements, answers.codes.tolist(), positions.T.tolist(), kinds.T.tolist(),
            strict=True,
        )
    ]  # fmt: skip
    known = [row for row in rows if any(position is not None for position in row.positions)]
    return Comparison(
        parties=tuple(catalogue.parties[row] for row in chosen),
        rows=tuple(sorted(known, key=_differences_first)),
        themes=tuple(
            ThemeCounts(theme, _counts([row for row in rows if row.statement.theme == theme.id]))
            for theme in catalogue.themes
        ),
    )


def _code(code: int) -> int | None:
    return None if code == NONE else code


def _differences_first(row: ComparedStatement) -> tuple[int, int]:
    positions = [position for position in row.positions if position is not None]
    return -len(set(positions)), -len(positions)


def _counts(rows: Sequence[ComparedStatement]) -> tuple[tuple[int, int, int], ...]:
    by_party = zip(*[row.kinds for row in rows], strict=True)
    return tuple(
        (kinds.count(Kind.SAME), kinds.count(Kind.HALF), kinds.count(Kind.OPPOSITE))
        for kinds in by_party
    )


def _parties(parties: Sequence[Party], which: np.ndarray) -> tuple[Party, ...]:
    return tuple(party for party, yes in zip(parties, which, strict=True) if yes)
