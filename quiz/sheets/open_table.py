"""The form of a table of open data: described columns, and rows as CSV or Parquet."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from quiz.sheets.cells import neutral

Value = str | int | bool | dt.date | None


@dataclass(frozen=True, slots=True)
class OpenColumn:
    """``kind`` is string, integer, boolean or date. ``values``: all possible values, if few."""

    name: str
    kind: str
    description: str
    required: bool = True
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenTable:
    """``key``: the columns that name a row.

    ``joins``: a column, and the table whose ids it holds.
    """

    name: str
    title: str
    key: tuple[str, ...]
    columns: tuple[OpenColumn, ...]
    rows: Callable[[], Iterator[Sequence[Value]]]
    joins: tuple[tuple[str, str], ...] = ()

    def csv(self) -> str:
        """Return the table as CSV (RFC 4180, UTF-8), with formulas neutralised and None as an
        empty cell.
        """
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow([column.name for column in self.columns])
        writer.writerows([_cell(value) for value in row] for row in self.rows())
        return out.getvalue()

    def parquet(self, metadata: dict[str, str]) -> bytes:
        """Return the table as Parquet. Raises ``ImportError`` without pyarrow."""
        pa, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
        kinds = {
            "string": pa.string(), "integer": pa.int64(), "boolean": pa.bool_(), "date": pa.date32(),
        }  # fmt: skip
        schema = pa.schema(
            [(column.name, kinds[column.kind]) for column in self.columns], metadata=metadata
        )
        columns = list(zip(*self.rows(), strict=True)) or [()] * len(self.columns)
        arrays = [
            pa.array(list(values), field.type)
            for values, field in zip(columns, schema, strict=True)
        ]
        out = io.BytesIO()
        parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), out)
        return out.getvalue()


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return neutral(value) if isinstance(value, str) else "" if value is None else str(value)
