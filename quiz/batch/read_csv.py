"""CSV, read by Arrow where it is installed and the text is plain, else by the csv module.

Arrow is given only what both read alike: UTF-8, no quotes, no blank lines, every row as long as the
header. Anything else goes the csv module's way, so that results and errors are the same with and
without Arrow.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np

from quiz.batch.cells import ArrowCells, TextCells
from quiz.batch.problems import BatchError, RowProblem
from quiz.batch.read import Chunk, Source

BLOCK: Final = 1 << 22
LONGEST: Final = 1 << 20
BOM: Final = b"\xef\xbb\xbf"
DELIMITERS: Final = ",;\t"
QUOTING: Final = (
    "a quoted cell is not closed, goes on after its closing quote, or is longer than "
    f"{csv.field_size_limit()} signs."
)
ODD: Final = (b'"', b"\n\n", b"\n\r", b"\r\r", b"\0")


class CsvSource(Source):
    """A CSV file; rows are counted as a spreadsheet does, the header being row 1."""

    def __init__(self, path: Path, rows: int) -> None:
        self._path, self._rows = path, rows
        self._size = max(1, path.stat().st_size)
        self._file = path.open("rb")
        self._row = 2
        try:
            line = self._file.readline(LONGEST).removeprefix(BOM).decode()
            self.delimiter = max(DELIMITERS, key=line.count)
            header = next(csv.reader([line], delimiter=self.delimiter), [])
        except UnicodeDecodeError:
            header = []
        if not header:
            self._file.close()
            raise BatchError(f"{path}, row 1: there must be a header of statement ids, in UTF-8.")
        self.header, self.types = tuple(header), {}

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def chunks(self, coded: Collection[str]) -> Iterator[Chunk]:
        """Read on, a chunk at a time."""
        arrow = _arrow()
        while arrow:
            start = self._file.tell()
            block = self._file.read(BLOCK)
            if block and not block.endswith(b"\n"):
                block += self._file.readline()
            if not block:
                return
            if b'"' in block:
                self._file.seek(start)
                break
            table = None if _odd(block) else self._plain(arrow, block)
            if table is None:
                yield from self._slow(io.BytesIO(block))
                continue
            for batch in table.to_batches(self._rows):
                rows = np.arange(self._row, self._row + batch.num_rows)
                self._row += batch.num_rows
                yield Chunk(rows, [ArrowCells(column) for column in batch.columns], self._done)
        yield from self._slow(self._file)

    @property
    def _done(self) -> float:
        return min(1.0, self._file.tell() / self._size)

    def _plain(self, arrow: Any, block: bytes) -> Any:
        import pyarrow as pa  # noqa: PLC0415  # an extra

        try:
            return arrow.read_csv(
                pa.BufferReader(block),
                arrow.ReadOptions(
                    use_threads=False, block_size=len(block) + 1, column_names=list(self.header)
                ),
                arrow.ParseOptions(delimiter=self.delimiter, quote_char=False),
                arrow.ConvertOptions(column_types=dict.fromkeys(self.header, pa.string())),
            )
        except pa.ArrowException:
            return None

    def _slow(self, file: Any) -> Iterator[Chunk]:
        text = io.TextIOWrapper(file, "utf-8", errors="surrogateescape", newline="")
        # strict: else the rows after a quote that is not closed would vanish into one cell
        reader = csv.reader(text, delimiter=self.delimiter, strict=True)
        lines: list[list[str]] = []
        try:
            while True:
                lines.extend(islice(reader, self._rows))
                if not lines:
                    return
                rows = np.arange(self._row, self._row + len(lines))
                self._row += len(lines)
                yield self._chunk(rows, lines)
                lines = []
        except csv.Error:
            raise BatchError(f"{self._path}, row {self._row + len(lines)}: {QUOTING}") from None
        finally:
            text.detach()

    def _chunk(self, rows: Any, lines: list[list[str]]) -> Chunk:
        width = len(self.header)
        if width == 1:
            lines = [line or [""] for line in lines]
        good = [len(line) == width for line in lines]
        if not _clean(lines):
            good = [fits and _clean([line]) for fits, line in zip(good, lines, strict=True)]
        broken = [
            RowProblem(int(row), None, _fault(line, width), None, tuple(line))
            for row, line, fits in zip(rows, lines, good, strict=True)
            if line and not fits
        ]
        fitting = [line for line, fits in zip(lines, good, strict=True) if fits]
        columns: Iterable[tuple[str, ...]] = zip(*fitting, strict=True) if fitting else [()] * width
        cells = [TextCells(list(column)) for column in columns]
        return Chunk(rows[np.array(good, bool)], cells, self._done, tuple(broken))


def _arrow() -> Any:
    try:
        return import_module("pyarrow.csv")
    except ImportError:
        return None


def _odd(block: bytes) -> bool:
    """Whether the csv module and Arrow could read this differently."""
    if block.startswith((b"\n", b"\r")) or any(sign in block for sign in ODD):
        return True
    return block.count(b"\r") != block.count(b"\r\n")


def _clean(lines: list[list[str]]) -> bool:
    try:
        "".join(map("".join, lines)).encode()
    except UnicodeEncodeError:
        return False
    return True


def _fault(line: list[str], width: int) -> str:
    if not _clean([line]):
        return "this is not UTF-8. Save the file as CSV UTF-8."
    return f"there are {len(line)} cells where the header has {width}."
