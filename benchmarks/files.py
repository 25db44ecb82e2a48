"""``quiz score`` on ten million rows, in its own process: the time and memory that it takes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.timing import Row
from quiz.content import ANSWERS, STATEMENTS, Catalogue, load
from quiz.content.paths import content_directory

PART = 250_000
WORDS = ("disagree", "neutral", "agree", "skip")
MEASURED = """
import sys
from pathlib import Path
from quiz.cli import main
main(sys.argv[1:], standalone_mode=False)
status = Path("/proc/self/status").read_text().split()
print(status[status.index("VmHWM:") + 1])
"""


def run(*, quick: bool) -> Iterator[Row]:
    many, million = (20_000, 20_000) if quick else (10_000_000, 1_000_000)
    with TemporaryDirectory() as folder:
        place = Path(folder)
        for name in (STATEMENTS, ANSWERS):  # a copy: the content may be edited meanwhile
            copy(content_directory() / name, place / name)
        catalogue = load(place)
        write(place / "answers.parquet", catalogue, many)
        took, memory = _score(place / "answers.parquet", place / "scores.parquet")
        yield _row(f"quiz score, {many:,} rows of Parquet", took, 30)
        yield Row("… memory at its highest", f"{memory:.0f} MB", "under 500 MB", memory < 500)
        write(place / "answers.parquet", catalogue, million)
        as_csv(place / "answers.parquet", place / "answers.csv")
        took, _ = _score(place / "answers.parquet", place / "scores.parquet")
        yield _row(f"quiz score, {million:,} rows of Parquet", took, 3)
        took, _ = _score(place / "answers.csv", place / "scores.csv")
        yield _row(f"quiz score, {million:,} rows of CSV", took, 10)
        took, _ = _run("audit", content=place)
        yield _row("quiz audit, all of it", took, 10)


def _row(what: str, seconds: float, most: int) -> Row:
    return Row(what, f"{seconds:.1f} s", f"at most {most} s", seconds <= most)


def write(path: Path, catalogue: Catalogue, rows: int) -> None:
    """Write random answers in words, and a number for each row."""
    rng, ids = np.random.default_rng(1), [statement.id for statement in catalogue.statements]
    schema = pa.schema([("respondent", pa.int64()), *((name, pa.string()) for name in ids)])
    with pq.ParquetWriter(path, schema) as writer:
        for at in range(0, rows, PART):
            size = min(PART, rows - at)
            columns = [
                pa.DictionaryArray.from_arrays(rng.integers(0, 4, size, np.int8), WORDS)
                for _ in ids
            ]
            arrays = [
                pa.array(np.arange(at, at + size)),
                *(column.cast(pa.string()) for column in columns),
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def as_csv(source: Path, target: Path) -> None:
    from pyarrow import csv  # noqa: PLC0415

    csv.write_csv(pq.read_table(source), target, csv.WriteOptions(quoting_style="none"))


def _score(source: Path, target: Path) -> tuple[float, float]:
    return _run(
        "score", str(source), "--out", str(target), "--keep", "respondent", content=source.parent
    )


def _run(*arguments: str, content: Path) -> tuple[float, float]:
    """Run a command in its own process; return its seconds and its peak memory in MB."""
    command = [sys.executable, "-c", MEASURED, *arguments, "--content", str(content)]
    start = perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return perf_counter() - start, int(done.stdout.split()[-1]) / 1024
