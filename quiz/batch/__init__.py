"""Files of answers in, files of scores out: ``quiz score``, in chunks, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from quiz.batch.header import plan
from quiz.batch.problems import BatchError, RowProblem
from quiz.batch.read import open_source
from quiz.batch.rows import decode
from quiz.batch.write import Aside, open_sink
from quiz.content.catalogue import Catalogue
from quiz.matching.kernel import Scores, kernel_of

__all__ = ["BatchError", "RowProblem", "Summary", "read_answers", "score_file"]

SHOWN: Final = 5
CHUNK: Final = 32_768
STOPPED: Final = "Nothing was written. Mend the rows, or use --on-error skip to set them aside."


@dataclass(frozen=True, slots=True)
class Summary:
    """What was done: rows scored and skipped, and statements that had no column."""

    scored: int
    skipped: int
    absent: tuple[str, ...]


def score_file(
    catalogue: Catalogue,
    source: Path,
    out: Path,
    *,
    method: str | None = None,
    keep: Sequence[str] = (),
    aside: Path | None = None,
    progress: Callable[[float], None] = lambda _share: None,
) -> Summary:
    """Match every row of a file of answers with the parties and write the scores.

    ``source`` and ``out`` end in .csv or .parquet. ``keep`` names columns to carry over unchanged.
    A row that cannot be read stops the work, or where ``aside`` is given is written there, as CSV;
    where every row could be read, an ``aside`` of an earlier time is removed. ``progress`` is told
    the share that is done, from 0 to 1. Raises ``BatchError`` in words for a person; both files then
    stay as they were.
    """
    kernel = kernel_of(catalogue, method=method)
    for written in (out, aside):
        if written and _is_same(written, source):
            raise BatchError(
                f"{written} would overwrite the answers. Name another file after --out."
            )
    scored = 0
    with ExitStack() as stack:
        file = stack.enter_context(open_source(source, CHUNK))
        known = plan(catalogue, file.header, keep, source)
        sink = stack.enter_context(open_sink(out, catalogue, file, known))
        beside = stack.enter_context(Aside(aside, file.header)) if aside else None
        scores = Scores.empty(CHUNK, kernel.parties, single=True)
        for read in file.chunks(known.coded):
            chunk, answers, weights, problems = decode(read, known)
            if problems and beside is None:
                raise BatchError(f"{_stopped(source, problems)}\n{STOPPED}")
            if problems and beside:
                beside.write(read, problems)
            part = scores.voters(slice(len(answers)))
            kernel.score(answers, weights, out=part)
            sink.write(chunk, part)
            scored += len(answers)
            progress(chunk.done)
        skipped = beside.rows if beside else 0
    return Summary(scored, skipped, known.absent)


def read_answers(
    catalogue: Catalogue, source: Path, *, keep: Sequence[str] = ()
) -> npt.NDArray[np.int8]:
    """Return all answers of a file, int8 of shape (rows, S); weights and ``keep`` are passed over.

    Raises ``BatchError`` as ``score_file`` does, at the first row that cannot be read.
    """
    parts = []
    with open_source(source, CHUNK) as file:
        known = plan(catalogue, file.header, keep, source)
        for read in file.chunks(known.coded):
            _, answers, _, problems = decode(read, known)
            if problems:
                raise BatchError(_stopped(source, problems))
            parts.append(answers)
    if not parts:
        raise BatchError(f"{source}: there are no answers below the header.")
    return np.concatenate(parts)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # not both are there
        return False


def _stopped(source: Path, problems: Sequence[RowProblem]) -> str:
    lines = [f"{source}, {problem}" for problem in problems[:SHOWN]]
    if len(problems) > SHOWN:
        lines.append(f"… and {len(problems) - SHOWN} more in the rows read so far.")
    return "\n".join(lines)
