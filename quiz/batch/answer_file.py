"""The interface of a file of answers: a header, and rows a chunk at a time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from quiz.batch.cells import ColumnCells, Whole
from quiz.batch.problems import RowProblem


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows: their numbers, int64 (n,), their cells by column, and rows with too many or too
    few cells.

    ``done`` is the share of the file read by now, 0 to 1.
    """

    rows: Whole
    columns: Sequence[ColumnCells]
    done: float
    broken: tuple[RowProblem, ...] = field(default=())

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def take(self, places: Whole) -> Chunk:
        """Return the chunk with these rows only."""
        return replace(
            self, rows=self.rows[places], columns=[cells.take(places) for cells in self.columns]
        )


class AnswerFile(ABC):
    """A file of answers: its header, its Arrow types where it has them, and its chunks."""

    header: Sequence[str]
    types: Mapping[str, Any]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Close the file."""

    @abstractmethod
    def chunks(self, coded: Collection[str]) -> Iterator[Chunk]:
        """Read on, a chunk at a time; ``coded`` are columns of few different values."""
