"""Parquet, read by pyarrow, an extra."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from quiz.batch.answer_file import AnswerFile, Chunk
from quiz.batch.cells import ArrowCells
from quiz.batch.problems import BatchError
from quiz.translations.commands import tr


def need_arrow() -> Any:
    """Import pyarrow's Parquet module, or say how to get it."""
    try:
        return import_module("pyarrow.parquet")
    except ImportError:
        raise BatchError(
            tr("Parquet needs pyarrow: pip install pyarrow. CSV works without.")
        ) from None


class ParquetFile(AnswerFile):
    """A Parquet file; rows are counted from 1."""

    def __init__(self, path: Path, rows: int) -> None:
        self._open = partial(need_arrow().ParquetFile, path)
        import pyarrow as pa  # noqa: PLC0415  # an extra

        self._path, self._rows, self._error = path, rows, pa.ArrowException
        try:
            self._file = self._open()
        except (pa.ArrowException, OSError) as error:
            raise BatchError(
                tr("%(file)s: this is not a Parquet file: %(reason)s", file=path, reason=error)
            ) from None
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
            raise BatchError(
                tr(
                    "%(file)s, after row %(row)s: %(reason)s",
                    file=self._path,
                    row=at - 1,
                    reason=error,
                )
            ) from None
