"""How often other parties come first if something about the quiz were different."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quiz.audit.voters import Draw, blocks
from quiz.content.catalogue import NONE, Catalogue
from quiz.content.methods import METHODS
from quiz.matching.kernel import Bools, kernel_of


@dataclass(frozen=True, slots=True)
class FirstPlaceChanges:
    """Share of random voters for whom exactly the same parties no longer come first.

    ``methods``: under another method. ``statements``: without one statement. ``idle``: statements
    without which nothing changed.
    """

    voters: int
    methods: dict[str, float]
    statements: dict[str, float]
    idle: tuple[str, ...]


def change(catalogue: Catalogue, draw: Draw, *, voters: int, seed: int) -> FirstPlaceChanges:
    """Compare the first places of the quiz as it is with those of others close to it."""
    answers = np.concatenate(list(blocks(draw, voters=voters, seed=seed)))
    kernel = kernel_of(catalogue)
    base = kernel.first(answers)

    def differs(first: Bools) -> float:
        return float((first != base).any(axis=1).mean())

    methods = {
        name: differs(kernel_of(catalogue, method=name).first(answers))
        for name in METHODS
        if name != kernel.method.name
    }
    statements = {}
    for column, statement in enumerate(catalogue.statements):
        kept, answers[:, column] = answers[:, column].copy(), NONE
        statements[statement.id] = differs(kernel.first(answers))
        answers[:, column] = kept
    return FirstPlaceChanges(
        voters=voters,
        methods=methods,
        statements=statements,
        idle=tuple(name for name, share in statements.items() if share == 0),
    )
