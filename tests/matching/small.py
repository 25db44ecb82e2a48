"""A catalogue of nothing but positions: statements s1, s2, … in two themes, parties by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from quiz.content.catalogue import (
    NONE,
    Catalogue,
    Matching,
    Party,
    Position,
    Quiz,
    Statement,
    Theme,
)
from quiz.matching.answers import Answers
from quiz.matching.kernel import kernel_of
from quiz.matching.result import Result, result

FOUR: Final = {
    "Beta": [1, 1, 0, -1, NONE],
    "alfa": [1, 0, 1, 1, 1],
    "Gamma": [-1, -1, -1, -1, -1],
    "Delta": [NONE, NONE, NONE, NONE, 1],
}
"""The positions of four parties on five statements."""


def catalogue_of(
    rows: Mapping[str, Sequence[int]],
    *,
    prior: int,
    min_compared: int,
    method: str = "city-block",
    double_weight: int = 2,
) -> Catalogue:
    """Return a catalogue; ``rows`` maps each party's name to its positions by code."""
    ids = [f"s{number}" for number in range(1, 1 + len(next(iter(rows.values()))))]
    return Catalogue(
        quiz=Quiz(
            id="small",
            title={"en": "Small"},
            description={"en": "Small"},
            languages=("en",),
            matching=Matching(method, prior, double_weight, min_compared),
        ),
        themes=(Theme("one", {"en": "One"}), Theme("two", {"en": "Two"})),
        statements=tuple(
            Statement(name, "two" if number else "one", {"en": name}, {"en": name})
            for number, name in enumerate(ids)
        ),
        sources={},
        parties=tuple(
            Party(
                id=name.lower(),
                name=name,
                positions={
                    statement: Position(code, explicit=True, quotes=())
                    for statement, code in zip(ids, codes, strict=True)
                    if code != NONE
                },
            )
            for name, codes in rows.items()
        ),
        content_hash="0" * 64,
    )


def ask(catalogue: Catalogue, *codes: int, double: tuple[str, ...] = ()) -> Result:
    """Return the result of a voter with these answers."""
    return result(catalogue, kernel_of(catalogue), Answers.from_codes(catalogue, codes, double))
