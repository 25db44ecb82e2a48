"""Files of answers, read a chunk of rows at a time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from stat import S_ISREG
from typing import Any, Self

import numpy as np

from quiz.batch.cells import ArrowCells, Cells, Whole
from quiz.batch.problems import BatchError, RowProblem


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows: their numbers, int64 (n,), and their cells by column; and rows not so formed.

    ``done`` is the share of the file read by now, 0 to 1.
    """

    rows: Whole
    columns: Sequence[Cells]
    done: float
    broken: tuple[RowProblem, ...] = field(default=())

    @property
    def size(self) -> int:
        """How many rows."""
        return len(self.rows)

    def take(self, places: Whole) -> Chunk:
        """Return the chunk with these rows only."""
        return replace(
            self, rows=self.rows[places], columns=[cells.take(places) for cells in self.columns]
        )


class Source(ABC):
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


def open_source(path: Path, rows: int) -> Source:
    """Open a file by the end of its name. Raises ``BatchError`` where that cannot be."""
    try:
        if not S_ISREG(path.stat().st_mode):
            raise BatchError(f"{path}: cannot be read: it is not a regular file.")
        path.open("rb").close()
    except FileNotFoundError:
        raise BatchError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise BatchError(f"{path}: cannot be read: {error.strerror}.") from None
    if path.suffix == ".csv":
        from quiz.batch.read_csv import CsvSource  # noqa: PLC0415  # what the file needs

        return CsvSource(path, rows)
    if path.suffix == ".parquet":
        return ParquetSource(path, rows)
    raise BatchError(f"{path}: the name must end in .csv or .parquet.")


def need_arrow() -> Any:
    """Import pyarrow's Parquet module, or say how to get it."""
    try:
        return import_module("pyarrow.parquet")
    except ImportError:
        raise BatchError(
            "Parquet needs pyarrow: pip install 'standpunt[parquet]'. CSV works without."
        ) from None


class ParquetSource(Source):
    """A Parquet file; rows are counted from 1."""

    def __init__(self, path: Path, rows: int) -> None:
        self._open = partial(need_arrow().ParquetFile, path)
        import pyarrow as pa  # noqa: PLC0415  # an extra

        self._path, self._rows, self._error = path, rows, pa.ArrowException
        try:
            self._file = self._open()
        except (pa.ArrowException, OSError) as error:
            raise BatchError(f"{path}: this is not a Parquet file: {error}") from None
        schema = self._file.schema_arrow
        self.header = tuple(schema.names)
        self.types = dict(zip(schema.names, schema.types, strict=True))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def chunks(self, coded: Collection[str]) -> Iterator[Chunk]:
        """Read on, a chunk at a time; texts of few different values come as a dictionary."""
        total, at = max(1, self._file.metadata.num_rows), 1
        self._file.close()
        texts = [name for name in coded if str(self.types[name]) in {"string", "large_string"}]
        self._file = self._open(read_dictionary=texts)
        try:
            for batch in self._file.iter_batches(self._rows, use_threads=False):
                rows = np.arange(at, at + batch.num_rows)
                at += batch.num_rows
                yield Chunk(rows, [ArrowCells(column) for column in batch.columns], at / total)
        except (self._error, OSError) as error:
            raise BatchError(f"{self._path}, after row {at - 1}: {error}") from None
