"""A voter's answers as vectors: the only place where names become indexes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import CODES, NAMES, NONE, Catalogue


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
    ``doubled``: bool, shape (statements,): marked to count double.
    """

    vector: npt.NDArray[np.int8]
    weights: npt.NDArray[np.int64]
    doubled: npt.NDArray[np.bool_]

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
        doubled, weights = [False] * len(columns), [1] * len(columns)
        for statement_id in double:
            if statement_id not in columns:
                raise AnswersError("double", f"There is no statement {statement_id!r}.")
            column = columns[statement_id]
            if codes[column] != NONE:
                doubled[column], weights[column] = True, catalogue.quiz.matching.double_weight
        return cls(
            np.array(codes, np.int8), np.array(weights, np.int64), np.array(doubled, np.bool_)
        )

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
