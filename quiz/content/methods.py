"""The matching methods, each described here and nowhere else: its table, its words, its source.

To add one, add it to ``METHODS``: content may then use it, and it appears in the kernel, the API,
the commands, the audit and the method page. docs/method.md lists the tables, and a test compares
them.

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

N_: Final = str  # marks a text for translation; pages show it translated
UNIT: Final = 4
TWELFTHS: Final = 12


@dataclass(frozen=True, eq=False)
class Method:
    """One matching method: a symmetric 3 × 3 table of agreement in quarters.

    ``table`` is int64 of shape (3, 3) with values 0 to 4, indexed ``[answer + 1, position + 1]``.
    ``title`` and ``rule`` are for readers: its name, and what “neither” is worth in a sentence.
    ``source`` names where the table comes from.
    """

    name: str
    title: str
    rule: str
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


def _table(*, agree: int, both_neutral: int, beside_neutral: int) -> npt.NDArray[np.int64]:
    table = np.array(
        [
            [agree, beside_neutral, 0],
            [beside_neutral, both_neutral, beside_neutral],
            [0, beside_neutral, agree],
        ],
        dtype=np.int64,
    )
    table.setflags(write=False)
    return table


_ALL: Final = (
    Method(
        "city-block",
        N_("City-block"),
        N_("“Neither” beside agree or disagree is half the same."),
        _table(agree=4, both_neutral=4, beside_neutral=2),
        "Manhattan distance; Wahl-O-Mat, EU&I, smartvote since 2025",
    ),
    Method(
        "exact",
        N_("Exact"),
        N_(
            "Only the very same answer counts. A party that often says “neither” drops "
            "for a voter who chooses sides."
        ),
        _table(agree=4, both_neutral=4, beside_neutral=0),
        "simple matching (Hamming)",
    ),
    Method(
        "quadratic",
        N_("Quadratic"),
        N_("“Neither” beside agree or disagree is three quarters the same."),
        _table(agree=4, both_neutral=4, beside_neutral=3),
        "squared Euclidean distance",
    ),
    Method(
        "directional",
        N_("Directional"),
        N_("It matters on which side you stand. Twice “neither” is no more than half the same."),
        _table(agree=4, both_neutral=2, beside_neutral=2),
        "scalar product (1 + u·p)/2, Rabinowitz & Macdonald 1989",
    ),
    Method(
        "hybrid",
        N_("Hybrid"),
        N_(
            "Halfway between city-block and directional. Twice “neither” is three "
            "quarters the same."
        ),
        _table(agree=4, both_neutral=3, beside_neutral=2),
        "mean of city-block and directional, Mendez 2012",
    ),
)
METHODS: Final[Mapping[str, Method]] = {method.name: method for method in _ALL}
