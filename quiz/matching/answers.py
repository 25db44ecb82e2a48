"""A voter's answers as vectors: the only place where ids become indexes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quiz.content.catalogue import CODES, NAMES, NONE, Catalogue
from quiz.translations.commands import tr


class AnswersError(ValueError):
    """An answer that the catalogue does not know. ``field`` names it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, eq=False)
class Answers:
    """One voter's answers, in the order of the catalogue's statements.

    ``codes``: int8, shape (statements,): −1, 0, +1, or ``NONE`` where skipped.
    ``doubled``: bool, shape (statements,): answered, and marked to count double.
    ``weights``: int64, shape (statements,): 1, or the quiz's double weight.
    """

    codes: npt.NDArray[np.int8]
    doubled: npt.NDArray[np.bool_]
    weights: npt.NDArray[np.int64]

    @classmethod
    def from_words(
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
                raise AnswersError(f"answers.{statement_id}", tr("There is no such statement."))
            if code is None:
                raise AnswersError(
                    f"answers.{statement_id}", tr("An answer is agree, neutral or disagree.")
                )
            codes[column] = code
        unknown = [name for name in double if name not in columns]
        if unknown:
            raise AnswersError("double", tr("There is no statement %(id)s.", id=repr(unknown[0])))
        return cls.from_codes(catalogue, codes, double)

    @classmethod
    def from_codes(
        cls, catalogue: Catalogue, codes: Sequence[int], double: Collection[str] = ()
    ) -> Answers:
        """Make a voter's answers from their codes and the ids of those that count double."""
        vector = np.array(codes, np.int8)
        doubled = np.zeros(len(vector), np.bool_)
        doubled[[catalogue.statement_index[statement_id] for statement_id in double]] = True
        doubled &= vector != NONE
        return cls(vector, doubled, np.where(doubled, catalogue.quiz.matching.double_weight, 1))

    @property
    def number(self) -> int:
        """How many statements were answered."""
        return int((self.codes != NONE).sum())

    def in_words(self, catalogue: Catalogue) -> tuple[dict[str, str], list[str]]:
        """Return the answers by statement id, as words, and the ids that count double."""
        ids = [statement.id for statement in catalogue.statements]
        answers = {
            name: NAMES[code]
            for name, code in zip(ids, self.codes.tolist(), strict=True)
            if code != NONE
        }
        return answers, [name for name, twice in zip(ids, self.doubled, strict=True) if twice]
