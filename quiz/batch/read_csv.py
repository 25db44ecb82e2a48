"""CSV, read by Arrow where it is installed and the text is plain, else by the csv module.

Arrow gets only what both read the same way: UTF-8, no quotes, no blank lines, every row as long as
the header. The csv module reads everything else, so results and errors are the same with and
without Arrow.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import tempfile
from collections.abc import Collection, Iterable, Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from quiz.batch.answer_file import AnswerFile, Chunk
from quiz.batch.cells import ArrowCells, TextCells
from quiz.batch.problems import BatchError, RowProblem
from quiz.translations.commands import later, tr

BLOCK: Final = 1 << 22
LONGEST: Final = 1 << 20
SEPARATORS: Final = {b"sep=,", b"sep=;", b"sep=\t"}
SNIFFED: Final = 1 << 16
DELIMITERS: Final = ",;\t"
QUOTING: Final = later(
    "%(file)s, row %(row)s: a quoted cell is not closed, goes on after its closing quote, or is longer "
    "than %(length)s signs."
)
ODD: Final = (b'"', b"\n\n", b"\n\r", b"\r\r", b"\0")


class CsvFile(AnswerFile):
    """A CSV file; rows are counted as a spreadsheet does, the header being row 1."""

    def __init__(self, path: Path, rows: int, *, header_rows: int = 1) -> None:
        self._path, self._rows, self._row = path, rows, 1 + header_rows
        self._file = _as_utf8(path)
        self._size = max(1, os.fstat(self._file.fileno()).st_size)
        try:
            header = self._read_header(header_rows)
        except (UnicodeDecodeError, csv.Error, StopIteration):
            header = []
        if not any(header) or "\0" in "".join(header):
            self._file.close()
            raise BatchError(
                tr(
                    "%(file)s, row 1: there must be a header of statement ids, in UTF-8 or UTF-16. A "
                    "spreadsheet saves that as “CSV UTF-8”.",
                    file=path,
                )
            )
        self.header, self.types = tuple(name.strip() for name in header), {}

    def _read_header(self, rows: int) -> list[str]:
        """Return the first row of the header and skip the others; a cell may hold line breaks."""
        start = self._file.tell()
        line = self._file.readline(LONGEST)
        if line.strip().lower() in SEPARATORS:  # a line such as sep=; that Excel writes
            self._row += 1
            start = self._file.tell()
            line = self._file.readline(LONGEST)
        text = line.decode()
        self.delimiter = max(DELIMITERS, key=text.count)
        self._file.seek(start)
        lines = (line.decode() for line in iter(lambda: self._file.readline(LONGEST), b""))
        reader = csv.reader(lines, delimiter=self.delimiter)
        header = next(reader)
        for _ in range(rows - 1):
            next(reader)
        return header

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def chunks(self, coded: Collection[str]) -> Iterator[Chunk]:
        """Read on, a chunk at a time."""
        arrow = arrow_reader()
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
        # strict: otherwise an unclosed quote would swallow the rows after it
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
            raise BatchError(
                tr(
                    QUOTING,
                    file=self._path,
                    row=self._row + len(lines),
                    length=csv.field_size_limit(),
                )
            ) from None
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


def _as_utf8(path: Path) -> BinaryIO:
    """Open a file as UTF-8 with ordinary line ends; others are converted into a copy."""
    file = path.open("rb")
    start = file.read(SNIFFED)
    encoding = _encoding(start)
    old_mac = b"\r" in start and b"\n" not in start
    if encoding == "utf-8-sig" and not old_mac:
        file.seek(len(codecs.BOM_UTF8) if start.startswith(codecs.BOM_UTF8) else 0)
        return file
    file.close()
    copy = tempfile.TemporaryFile()  # noqa: SIM115  # the source closes it
    try:
        with path.open(encoding=encoding, errors="surrogateescape", newline=None) as text:
            while part := text.read(BLOCK):
                copy.write(part.encode("utf-8", "surrogateescape"))
    except UnicodeError:
        copy.close()
        raise BatchError(
            tr(
                "%(file)s: this looks like %(encoding)s, but cannot be read so. Save it as CSV UTF-8.",
                file=path,
                encoding=encoding,
            )
        ) from None
    copy.seek(0)
    return copy


def _encoding(start: bytes) -> str:
    """Recognise UTF-16 by its byte order mark, or by the zeros between the letters of a header."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start[1:200:2].count(0) > 10:
        return "utf-16-le"
    if start[:200:2].count(0) > 10:
        return "utf-16-be"
    return "utf-8-sig"


def arrow_reader() -> Any:
    """Return Arrow's CSV reader, or None where it is not installed."""
    try:
        return import_module("pyarrow.csv")
    except ImportError:
        return None


def _odd(block: bytes) -> bool:
    """Whether the csv module and Arrow might read this differently."""
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
        return tr("This is not UTF-8. Save the file as CSV UTF-8.")
    return tr(
        "There are %(count)s cells where the header has %(width)s.", count=len(line), width=width
    )
