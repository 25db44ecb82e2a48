"""The five matching methods. A method is a table and nothing else.

Conventions: rows are a voter's answer, columns a party's position, both in the order disagree,
neutral, agree. Values are in quarters (0 to 4), so that every table is exact in integers;
``agreement = table / UNIT``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

UNIT: Final = 4
TWELFTHS: Final = 12


@dataclass(frozen=True, eq=False)
class Method:
    """One matching method: a symmetric 3 × 3 table of agreement in quarters.

    ``table`` is int64 of shape (3, 3) with values 0 to 4, indexed ``[answer + 1, position + 1]``.
    ``source`` names where the table comes from.
    """

    name: str
    table: npt.NDArray[np.int64]
    source: str

    @cached_property
    def chance(self) -> int:
        """μ, the agreement that chance would give, in twelfths.

        The mean of the table's agree and disagree columns over the three answers: 6 for
        city-block, directional and hybrid, 4 for exact, 7 for quadratic.

        >>> [METHODS[name].chance for name in METHODS]
        [6, 4, 7, 6, 6]
        """
        return int(self.table[:, [0, 2]].sum()) * TWELFTHS // (6 * UNIT)


def _method(name: str, agree: int, both_neutral: int, beside_neutral: int, source: str) -> Method:
    table = np.array(
        [
            [agree, beside_neutral, 0],
            [beside_neutral, both_neutral, beside_neutral],
            [0, beside_neutral, agree],
        ],
        dtype=np.int64,
    )
    table.setflags(write=False)
    return Method(name, table, source)


METHODS: Final[Mapping[str, Method]] = {
    method.name: method
    for method in (
        _method(
            "city-block", 4, 4, 2, "Manhattan distance; Wahl-O-Mat, EU&I, smartvote since 2025"
        ),
        _method("exact", 4, 4, 0, "simple matching (Hamming)"),
        _method("quadratic", 4, 4, 3, "squared Euclidean distance"),
        _method("directional", 4, 2, 2, "scalar product (1 + u·p)/2, Rabinowitz & Macdonald 1989"),
        _method("hybrid", 4, 3, 2, "mean of city-block and directional, Mendez 2012"),
    )
}
