"""A voter's answers as vectors: the only place where names become indexes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import CODES, NAMES, NONE, Catalogue

Codes = npt.NDArray[np.int8]

SKIPPED: Final = NONE & 3
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

    ``said``: for each statement a number from 0 to 7: its two lowest bits are those of the answer's
    code, and ``TWICE`` is added where it counts double. ``double_weight``: what it then weighs.
    """

    said: bytes
    double_weight: int

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
        said = bytearray([code & 3 for code in codes])
        for statement_id in double:
            column = catalogue.statement_index[statement_id]
            if codes[column] != NONE:
                said[column] |= TWICE
        return cls(bytes(said), catalogue.quiz.matching.double_weight)

    @property
    def vector(self) -> Codes:
        """The answers' codes, int8, shape (statements,): −1, 0, +1, or ``NONE`` where skipped."""
        return in_codes(side_by_side([self])[0])

    @property
    def weights(self) -> npt.NDArray[np.int64]:
        """1, or the quiz's double weight, int64, shape (statements,); read where answered."""
        return in_weights(side_by_side([self])[0], self.double_weight)

    @property
    def answered(self) -> int:
        """How many statements were answered."""
        return len(self.said) - self.said.count(SKIPPED)

    def named(self, catalogue: Catalogue) -> tuple[dict[str, str], list[str]]:
        """Turn back into words: the answers by statement id, and the ids that count double."""
        ids = [statement.id for statement in catalogue.statements]
        answers = {
            name: NAMES[code]
            for name, code in zip(ids, self.vector.tolist(), strict=True)
            if code != NONE
        }
        twice = [name for name, said in zip(ids, self.said, strict=True) if said >= TWICE]
        return answers, twice


def side_by_side(several: Sequence[Answers]) -> Codes:
    """Return what voters said, int8, shape (voters, statements); there must be one voter."""
    said = b"".join([answers.said for answers in several])
    return np.frombuffer(said, np.int8).reshape(len(several), -1)


def in_codes(said: Codes) -> Codes:
    """Return the code of each answer: int8 of any shape, as in ``Answers.said``, in and out."""
    return ((said + 1) & 3) - 1


def in_weights(said: Codes, double_weight: int) -> npt.NDArray[np.int64]:
    """Return the weight of each answer: int8 of any shape, as in ``Answers.said``; int64 out."""
    return np.where(said >= TWICE, double_weight, 1)
