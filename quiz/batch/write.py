"""Scores, written a chunk at a time; a file takes its name only when it is whole."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from quiz.batch.header import Plan
from quiz.batch.problems import BatchError, RowProblem
from quiz.batch.read import Chunk, Source, need_arrow
from quiz.content.catalogue import Catalogue
from quiz.matching.kernel import Scores

RATIOS: Final = ("match", "low", "high")
QUOTED: Final = re.compile('[,"\r\n]')


class Sink(Protocol):
    """Where scores go."""

    def write(self, chunk: Chunk, scores: Scores) -> None:
        """Write the rows of a chunk with their scores."""


@contextmanager
def open_sink(path: Path, catalogue: Catalogue, source: Source, plan: Plan) -> Iterator[Sink]:
    """Open a file by the end of its name, beside it first, and put it in place when all went well.

    Raises ``BatchError`` where that cannot be.
    """
    if path.suffix not in {".csv", ".parquet"}:
        raise BatchError(f"{path}: the name must end in .csv or .parquet.")
    kind = CsvSink if path.suffix == ".csv" else ParquetSink
    with whole(path) as beside, kind(beside, catalogue, source, plan) as sink:
        yield sink


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a name beside a file to write to, and put that in its place when all went well.

    Raises ``BatchError`` where that cannot be; the file then stays as it was.
    """
    beside = path.with_name(path.name + ".part")
    try:
        yield beside
        beside.replace(path)
    except OSError as error:
        raise BatchError(f"{path}: cannot be written: {error.strerror or error}.") from None
    finally:
        with suppress(OSError):
            beside.unlink()


def names(catalogue: Catalogue) -> list[str]:
    """Return the names of the columns of scores, in order."""
    parties = [party.id for party in catalogue.parties]
    return [f"{measure}:{party}" for measure in (*RATIOS, "compared") for party in parties] + [
        "first"
    ]


class _First:
    """The ids that rank first, parted by spaces: each set of parties is spelled once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.ids = [party.id for party in catalogue.parties]
        self.known: dict[bytes, str] = {}

    def __call__(self, rank: npt.NDArray[np.int16]) -> tuple[list[str], npt.NDArray[np.int64]]:
        """Return the texts that occur, and which of them each row has."""
        packed = np.packbits(rank == 1, axis=1)
        keys = np.ascontiguousarray(packed).view(f"V{packed.shape[1]}")[:, 0]
        found, which = np.unique(keys, return_inverse=True)
        return [self._spell(key.tobytes()) for key in found], which

    def _spell(self, key: bytes) -> str:
        if key not in self.known:
            bits = np.unpackbits(np.frombuffer(key, np.uint8))
            self.known[key] = " ".join(self.ids[row] for row in np.flatnonzero(bits).tolist())
        return self.known[key]


class CsvSink(AbstractContextManager["CsvSink"]):
    """Scores as CSV: the shortest decimals that give the float32 back; nothing where undefined."""

    def __init__(self, path: Path, catalogue: Catalogue, source: Source, plan: Plan) -> None:
        self._keep, self._first = plan.keep, _First(catalogue)
        self._texts = _Texts()
        self._counts = [str(count) for count in range(plan.statements + 1)]
        self._file = path.open("w", encoding="utf-8", errors="surrogateescape", newline="")
        kept = [source.header[column] for column in plan.keep]
        self._file.write(",".join(map(_quoted, [*kept, *names(catalogue)])) + "\n")

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, chunk: Chunk, scores: Scores) -> None:
        """Write the rows of a chunk with their scores."""
        columns: list[Sequence[str]] = [
            list(map(_quoted, chunk.columns[column].texts())) for column in self._keep
        ]
        for name in RATIOS:
            for values in getattr(scores, name).T:
                bits = np.ascontiguousarray(values).view(np.uint32)
                columns.append(list(map(self._texts.__getitem__, bits.tolist())))
        columns += [list(map(self._counts.__getitem__, row.tolist())) for row in scores.compared.T]
        texts, which = self._first(scores.rank)
        columns.append([texts[at] for at in which.tolist()])
        lines = map(",".join, zip(*columns, strict=True))
        self._file.writelines(f"{line}\n" for line in lines)


def _quoted(text: str) -> str:
    """Quote what was kept where it must be; what we make ourselves never needs it."""
    if QUOTED.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text


class _Texts(dict[int, str]):
    """From a float32's bits to its text, spelled once: there are few different ratios."""

    def __missing__(self, bits: int) -> str:
        value = np.uint32(bits).view(np.float32)
        text = "" if np.isnan(value) else str(value)
        if len(self) < 1 << 20:
            self[bits] = text
        return text


class ParquetSink(AbstractContextManager["ParquetSink"]):
    """Scores as Parquet: float32, int16 and text; null where undefined."""

    def __init__(self, path: Path, catalogue: Catalogue, source: Source, plan: Plan) -> None:
        parquet = need_arrow()
        import pyarrow as pa  # noqa: PLC0415  # an extra

        self._pa, self._keep, self._first = pa, plan.keep, _First(catalogue)
        ratios = len(RATIOS) * len(catalogue.parties)
        kinds = [pa.float32()] * ratios + [pa.int16()] * len(catalogue.parties) + [pa.string()]
        kept = [(source.header[column], _kind(pa, source, column)) for column in plan.keep]
        self._schema = pa.schema([*kept, *zip(names(catalogue), kinds, strict=True)])
        self._writer = parquet.ParquetWriter(path, self._schema, use_dictionary=["first"])

    def __exit__(self, *_: object) -> None:
        self._writer.close()

    def write(self, chunk: Chunk, scores: Scores) -> None:
        """Write the rows of a chunk with their scores."""
        pa = self._pa
        arrays = [chunk.columns[column].arrow() for column in self._keep]
        for name in RATIOS:
            arrays += [
                pa.array(np.ascontiguousarray(values), from_pandas=True)
                for values in getattr(scores, name).T
            ]
        arrays += [pa.array(np.ascontiguousarray(values)) for values in scores.compared.T]
        texts, which = self._first(scores.rank)
        arrays.append(pa.array(texts, pa.string()).take(pa.array(which)))
        self._writer.write_batch(pa.record_batch(arrays, schema=self._schema))


def _kind(pa: Any, source: Source, column: int) -> Any:
    return source.types.get(source.header[column], pa.string())


class Aside(AbstractContextManager["Aside"]):
    """Rows that could not be scored, as CSV: row, column, what is wrong, and the row as it was.

    When all went well, the file is there if there were such rows, and not there if there were none.
    """

    def __init__(self, path: Path, header: Sequence[str]) -> None:
        self._path, self._header = path, header
        self._open = ExitStack()
        self._writer: Any = None
        self.rows = 0

    def __exit__(self, *error: Any) -> None:
        self._open.__exit__(*error)
        if error[0] is None and not self.rows:
            try:
                self._path.unlink(missing_ok=True)
            except OSError as fault:
                raise BatchError(f"{self._path}: cannot be removed: {fault.strerror}.") from None

    def write(self, chunk: Chunk, problems: Sequence[RowProblem]) -> None:
        """Write the rows that have a problem."""
        if not self._writer:
            path = self._open.enter_context(whole(self._path))
            file = path.open("w", encoding="utf-8", errors="surrogateescape", newline="")
            self._writer = csv.writer(self._open.enter_context(file), lineterminator="\n")
            self._writer.writerow(["row", "column", "problem", *self._header])
        places = np.array([problem.place for problem in problems if problem.place is not None], int)
        texts = [cells.texts() for cells in chunk.take(places).columns]
        formed = iter(zip(*texts, strict=True))
        for problem in problems:
            cells = problem.cells if problem.place is None else next(formed)
            self._writer.writerow([problem.row, problem.column or "", problem.message, *cells])
        self.rows += len(problems)
