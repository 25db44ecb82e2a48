"""A voter's answers as vectors: the only place where names become indexes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import CODES, NAMES, NONE, Catalogue

TWICE: Final = 4
SAID: Final = 8
"""How many things a voter can have said of a statement: four answers, each of them once or double."""


class AnswersError(ValueError):
    """An answer that the catalogue does not know. ``field`` names it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, eq=False)
class Answers:
    """One voter's answers, in the order of the catalogue's statements.

    ``vector``: int8, shape (statements,): −1, 0, +1, or ``NONE`` where skipped.
    ``weights``: int64, shape (statements,): 1, or the quiz's double weight; read where answered.
    ``said``: both in one number, int8, shape (statements,), 0 to 7: the two lowest bits are the
    answer's, and ``TWICE`` is added where it counts double.
    """

    vector: npt.NDArray[np.int8]
    weights: npt.NDArray[np.int64]
    said: npt.NDArray[np.int8]

    @classmethod
    def build(
        cls, catalogue: Catalogue, answers: Mapping[str, str], double: Collection[str] = ()
    ) -> Answers:
        """Turn statement ids into columns and words into codes.

        Raises ``AnswersError`` for a statement or an answer that is not known.
        """
        columns = catalogue.statement_index
        codes = [NONE] * len(columns)
        for statement_id, word in answers.items():
            column, code = columns.get(statement_id), CODES.get(word)
            if column is None:
                raise AnswersError(f"answers.{statement_id}", "There is no such statement.")
            if code is None:
                raise AnswersError(
                    f"answers.{statement_id}", "An answer is agree, neutral or disagree."
                )
            codes[column] = code
        unknown = [name for name in double if name not in columns]
        if unknown:
            raise AnswersError("double", f"There is no statement {unknown[0]!r}.")
        return cls.of(catalogue, codes, double)

    @classmethod
    def of(
        cls, catalogue: Catalogue, codes: Sequence[int], double: Collection[str] = ()
    ) -> Answers:
        """Return a voter's answers from their codes, and the ids of those that count double."""
        vector = np.array(codes, np.int8)
        said = vector & 3
        for statement_id in double:
            column = catalogue.statement_index[statement_id]
            if codes[column] != NONE:
                said[column] = TWICE + (codes[column] & 3)
        weights = _weights(catalogue.quiz.matching.double_weight)
        return cls(vector, weights.take(said), said)

    @property
    def doubled(self) -> npt.NDArray[np.bool_]:
        """Which statements count double, bool, shape (statements,)."""
        return self.said >= TWICE

    @property
    def answered(self) -> int:
        """How many statements were answered."""
        return len(self.vector) - self.vector.tobytes().count(NONE)

    def named(self, catalogue: Catalogue) -> tuple[dict[str, str], list[str]]:
        """Turn back into words: the answers by statement id, and the ids that count double."""
        ids = [statement.id for statement in catalogue.statements]
        answers = {
            ids[column]: NAMES[code]
            for column, code in enumerate(self.vector.tolist())
            if code != NONE
        }
        return answers, [ids[column] for column in np.flatnonzero(self.doubled).tolist()]


@cache
def _weights(double: int) -> npt.NDArray[np.int64]:
    """Return the weight of each thing that a voter can have said, int64, shape (8,)."""
    return np.repeat([1, double], TWICE)
