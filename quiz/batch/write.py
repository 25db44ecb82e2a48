"""Writing scores, a chunk at a time; a file gets its name only once it is complete."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from quiz.batch.answer_file import AnswerFile, Chunk
from quiz.batch.header import COLUMNS, Plan
from quiz.batch.problems import BatchError, RowProblem
from quiz.batch.read_parquet import need_arrow
from quiz.content.catalogue import Catalogue
from quiz.matching.kernel import Scores
from quiz.translations.commands import tr

RATIOS: Final = ("match", "low", "high", "agreement", "coverage")
QUOTED: Final = re.compile('[,"\r\n]')


@dataclass(frozen=True, slots=True)
class Scored:
    """What is written of a chunk: the rows that were read, and the scores of each.

    ``leading``: bool, shape (n, P), where it is wanted. ``answered``: int64, shape (n,).
    """

    chunk: Chunk
    scores: Scores
    leading: npt.NDArray[np.bool_] | None
    answered: npt.NDArray[np.int64]


class Sink(Protocol):
    """Where scores go."""

    def write(self, scored: Scored) -> None:
        """Write the rows of a chunk with their scores."""

    def add(self, about: Mapping[str, str]) -> None:
        """Add metadata that is known only at the end, where the format has room for it."""


@contextmanager
def open_sink(
    path: Path,
    catalogue: Catalogue,
    source: AnswerFile,
    plan: Plan,
    columns: Collection[str],
    *,
    about: Mapping[str, str],
) -> Iterator[Sink]:
    """Open a file by its extension, under a temporary name; rename it once everything was written.

    ``columns``: which of ``COLUMNS`` are written. ``about``: how the scores were computed, for
    formats with metadata. Raises ``BatchError`` where the file cannot be written.
    """
    if path.suffix not in {".csv", ".parquet"}:
        raise BatchError(tr("%(file)s: the name must end in .csv or .parquet.", file=path))
    kind = CsvSink if path.suffix == ".csv" else ParquetSink
    layout = Layout(
        catalogue, source, plan, tuple(name for name in COLUMNS if name in columns), about
    )
    with whole(path) as beside, kind(beside, layout) as sink:
        yield sink


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Yield a temporary name beside a file, and rename it to that file when all went well.

    Raises ``BatchError`` where that fails; the file then stays as it was.
    """
    beside = path.with_name(path.name + ".part")
    try:
        yield beside
        beside.replace(path)
    except OSError as error:
        raise BatchError(
            tr("%(path)s cannot be written: %(reason)s.", path=path, reason=error.strerror or error)
        ) from None
    finally:
        with suppress(OSError):
            beside.unlink()


class Layout:
    """The columns of a file of scores, in order."""

    def __init__(
        self,
        catalogue: Catalogue,
        source: AnswerFile,
        plan: Plan,
        columns: tuple[str, ...],
        about: Mapping[str, str],
    ) -> None:
        self.columns, self.statements, self.about = columns, plan.statements, about
        self.parties = [party.id for party in catalogue.parties]
        self.keep = plan.keep
        self.kept = [source.header[column] for column in plan.keep]
        self.kept_types = [source.types.get(name) for name in self.kept]

    @property
    def names(self) -> list[str]:
        """The names of the columns that are not kept."""
        parts = [f"{name}:{party}" for name in self.columns for party in self.parties]
        return ["answered", *parts, "first"]


class _First:
    """The ids that rank first, separated by spaces: each set of parties is joined once."""

    def __init__(self, ids: list[str]) -> None:
        self.ids = ids
        self.known: dict[bytes, str] = {}

    def __call__(self, rank: npt.NDArray[np.int16]) -> tuple[list[str], npt.NDArray[np.int64]]:
        """Return the distinct texts, and the index of each row's text among them."""
        packed = np.packbits(rank == 1, axis=1)
        keys = np.ascontiguousarray(packed).view(f"V{packed.shape[1]}")[:, 0]
        distinct, which = np.unique(keys, return_inverse=True)
        return [self._spell(key.tobytes()) for key in distinct], which

    def _spell(self, key: bytes) -> str:
        if key not in self.known:
            bits = np.unpackbits(np.frombuffer(key, np.uint8))
            self.known[key] = " ".join(self.ids[row] for row in np.flatnonzero(bits).tolist())
        return self.known[key]


class CsvSink(AbstractContextManager["CsvSink"]):
    """Scores as CSV: the shortest decimals from which the float32 can be read back; empty where
    undefined.
    """

    def __init__(self, path: Path, layout: Layout) -> None:
        self._layout, self._first = layout, _First(layout.parties)
        self._texts = _Texts()
        most = max(layout.statements, len(layout.parties))
        self._counts = [str(count) for count in range(most + 1)]
        self._ranks = ["", *self._counts[1:]]
        self._file = path.open("w", encoding="utf-8", errors="surrogateescape", newline="")
        self._file.write(",".join(map(_quoted, [*layout.kept, *layout.names])) + "\n")

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, scored: Scored) -> None:
        """Write the rows of a chunk with their scores."""
        columns: list[Iterable[str]] = [
            map(_quoted, scored.chunk.columns[column].texts()) for column in self._layout.keep
        ]
        columns.append(map(self._counts.__getitem__, scored.answered.tolist()))
        for name in self._layout.columns:
            columns += [self._spell(name, values) for values in _values(scored, name).T]
        texts, which = self._first(scored.scores.rank)
        columns.append([texts[at] for at in which.tolist()])
        lines = map(",".join, zip(*columns, strict=True))
        self._file.writelines(f"{line}\n" for line in lines)

    def _spell(self, name: str, values: npt.NDArray[Any]) -> Iterable[str]:
        if name in RATIOS:
            bits = np.ascontiguousarray(values).view(np.uint32)
            return map(self._texts.__getitem__, bits.tolist())
        if name == "leading":
            return map(("false", "true").__getitem__, values.tolist())
        return map((self._ranks if name == "rank" else self._counts).__getitem__, values.tolist())

    def add(self, about: Mapping[str, str]) -> None:
        """Do nothing: CSV has no metadata."""


def _values(scored: Scored, name: str) -> npt.NDArray[Any]:
    """Return one column's value for each party, shape (n, P)."""
    if name == "leading":
        assert scored.leading is not None  # noqa: S101  # requested, so it was computed
        return scored.leading
    values: npt.NDArray[Any] = getattr(scored.scores, name)
    return values


def _quoted(text: str) -> str:
    """Quote kept cells where needed; the values that we compute never need it."""
    if QUOTED.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text


class _Texts(dict[int, str]):
    """From a float32's bits to its text, formatted once: there are few distinct ratios."""

    def __missing__(self, bits: int) -> str:
        value = np.uint32(bits).view(np.float32)
        text = "" if np.isnan(value) else str(value)
        if len(self) < 1 << 20:
            self[bits] = text
        return text


class ParquetSink(AbstractContextManager["ParquetSink"]):
    """Scores as Parquet: float32, int16, bool and text; null where undefined or not ranked."""

    def __init__(self, path: Path, layout: Layout) -> None:
        parquet = need_arrow()
        import pyarrow as pa  # noqa: PLC0415  # an extra

        self._pa, self._layout, self._first = pa, layout, _First(layout.parties)
        kinds = {name: pa.float32() for name in RATIOS} | {"leading": pa.bool_()}
        each = [kinds.get(name, pa.int16()) for name in layout.columns for _ in layout.parties]
        kept = [kind or pa.string() for kind in layout.kept_types]
        names = [*layout.kept, *layout.names]
        self._schema = pa.schema(
            zip(names, [*kept, pa.int16(), *each, pa.string()], strict=True), dict(layout.about)
        )
        self._writer = parquet.ParquetWriter(path, self._schema, use_dictionary=["first"])

    def __exit__(self, *_: object) -> None:
        self._writer.close()

    def write(self, scored: Scored) -> None:
        """Write the rows of a chunk with their scores."""
        pa = self._pa
        arrays = [scored.chunk.columns[column].arrow() for column in self._layout.keep]
        arrays.append(pa.array(scored.answered.astype(np.int16)))
        for name in self._layout.columns:
            for values in _values(scored, name).T:
                column = np.ascontiguousarray(values)
                mask = column == 0 if name == "rank" else None
                arrays.append(pa.array(column, from_pandas=True, mask=mask))
        texts, which = self._first(scored.scores.rank)
        arrays.append(pa.array(texts, pa.string()).take(pa.array(which)))
        self._writer.write_batch(pa.record_batch(arrays, schema=self._schema))

    def add(self, about: Mapping[str, str]) -> None:
        """Write it into the file's metadata."""
        self._writer.add_key_value_metadata(dict(about))


class Aside(AbstractContextManager["Aside"]):
    """Rows that could not be scored, as CSV: row, column, what is wrong, and the row as it was.

    The file exists afterwards only if there were such rows.
    """

    def __init__(self, path: Path, header: Sequence[str]) -> None:
        self._path, self._header = path, header
        self._open = ExitStack()
        self._writer: Any = None
        self.rows = self.broken = 0

    def __exit__(self, *error: Any) -> None:
        self._open.__exit__(*error)
        if error[0] is None and not self.rows:
            try:
                self._path.unlink(missing_ok=True)
            except OSError as fault:
                raise BatchError(
                    tr(
                        "%(path)s cannot be removed: %(reason)s.",
                        path=self._path,
                        reason=fault.strerror,
                    )
                ) from None

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
        self.broken += sum(problem.place is None for problem in problems)
