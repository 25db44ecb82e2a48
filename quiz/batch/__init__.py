"""``quiz score``: files of answers in, files of scores out, in chunks, so that memory stays
flat.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from quiz import __version__
from quiz.batch.answer_file import AnswerFile
from quiz.batch.cells import ANSWERS, CodeTable, answers_table
from quiz.batch.header import COLUMNS, Plan, plan
from quiz.batch.problems import BatchError, RowProblem
from quiz.batch.read import open_answers
from quiz.batch.rows import Decoded, decode
from quiz.batch.write import Aside, Scored, Sink, open_sink, whole
from quiz.content.catalogue import NONE, Catalogue
from quiz.matching.firmness import leading_groups
from quiz.matching.kernel import Kernel, Scores, kernel_of
from quiz.translations.commands import later, tr

__all__ = [
    "COLUMNS", "BatchError", "Output", "Reading", "RowProblem", "ScoreSummary", "answers_table",
    "read_answers", "score_file",
]  # fmt: skip

SHOWN: Final = 5
CHUNK: Final = 32_768
STOPPED: Final = later(
    "Nothing was written. Mend the rows, or set them aside with --on-error skip; --on-error cell "
    "passes over such cells and keeps their rows."
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file of answers is to be read.

    ``table``: what each cell means. ``header_rows``: rows above the answers, in CSV. ``keep``:
    columns to carry over; ``drop_others``: ignore all other columns that are not a statement.
    """

    table: CodeTable = field(default_factory=lambda: ANSWERS)
    header_rows: int = 1
    keep: Sequence[str] = ()
    drop_others: bool = False


@dataclass(frozen=True, slots=True)
class Output:
    """Which of ``COLUMNS`` are written for each party.

    ``all_matches``: also write the match of parties that are not ranked.
    """

    columns: Collection[str] = ("match", "rank", "compared")
    all_matches: bool = False


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """The outcome: rows read, scored, and skipped because they could not be read; rows without
    any answer, which are scored but have no rank; cells that mean nothing; statements that
    had no column.
    """

    read: int
    scored: int
    skipped: int
    unanswered: int
    bad_cells: int
    absent: tuple[str, ...]


def score_file(
    catalogue: Catalogue,
    source: Path,
    out: Path,
    *,
    kernel: Kernel | None = None,
    reading: Reading = Reading(),
    output: Output = Output(),
    aside: Path | None = None,
    keep_rows: bool = False,
    progress: Callable[[float], None] = lambda _share: None,
) -> ScoreSummary:
    """Match every row of a file of answers with the parties; write the scores, and how they were
    computed.

    ``source`` and ``out`` end in .csv or .parquet; the settings behind the scores are written to
    ``out`` + .json. A row that cannot be read stops the work, or where ``aside`` is given is
    written there, as CSV; where every row could be read, an ``aside`` left by an earlier run is
    removed. With ``keep_rows`` a cell that cannot be read counts as not answered, and its row is
    scored. ``progress`` is told the share that is done, from 0 to 1. Raises ``BatchError`` in words
    for a person, also where nothing could be scored; all files then stay as they were.
    """
    kernel = kernel or kernel_of(catalogue)
    sidecar = out.with_name(out.name + ".json")
    for written in (out, aside, sidecar):
        if written and _is_same(written, source):
            raise BatchError(
                tr(
                    "%(path)s would overwrite the answers. Name another file after --out.",
                    path=written,
                )
            )
    with ExitStack() as stack:
        made = stack.enter_context(whole(sidecar))
        file = stack.enter_context(open_answers(source, CHUNK, header_rows=reading.header_rows))
        known = _plan(catalogue, file, source, reading)
        about = _about(catalogue, kernel, source, output)
        texts = {name: json.dumps(value) for name, value in about.items()}
        sink = stack.enter_context(
            open_sink(out, catalogue, file, known, output.columns, about=texts)
        )
        beside = stack.enter_context(Aside(aside, file.header)) if aside else None
        chunks = _decoded(file, known, reading, source, beside, keep_rows=keep_rows)
        scored, unanswered, bad_cells = _score(kernel, chunks, sink, output, progress)
        skipped = 0 if beside is None else beside.broken if keep_rows else beside.rows
        if scored == unanswered:
            raise BatchError(_nothing(source, scored, skipped))
        summary = ScoreSummary(
            scored + skipped, scored, skipped, unanswered, bad_cells, known.absent
        )
        rows = asdict(summary)
        sink.add({"rows": json.dumps(rows)})
        made.write_text(json.dumps(about | {"rows": rows}, indent=2) + "\n", encoding="utf-8")
    return summary


def read_answers(
    catalogue: Catalogue, source: Path, reading: Reading = Reading()
) -> npt.NDArray[np.int8]:
    """Return all answers of a file, int8 of shape (rows, S), without weights and kept columns.

    Raises ``BatchError`` as ``score_file`` does, at the first row that cannot be read.
    """
    with open_answers(source, CHUNK, header_rows=reading.header_rows) as file:
        known = _plan(catalogue, file, source, reading)
        chunks = _decoded(file, known, reading, source, None, keep_rows=False, remedy="")
        parts = [decoded.answers for decoded, _ in chunks]
    if not parts:
        raise BatchError(tr("%(file)s: there are no answers below the header.", file=source))
    return np.concatenate(parts)


def _plan(catalogue: Catalogue, file: AnswerFile, source: Path, reading: Reading) -> Plan:
    return plan(
        catalogue, file.header, reading.keep, source, drop_others=reading.drop_others
    )  # fmt: skip


def _decoded(
    file: AnswerFile,
    known: Plan,
    reading: Reading,
    source: Path,
    aside: Aside | None,
    *,
    keep_rows: bool,
    remedy: str = STOPPED,
) -> Iterator[tuple[Decoded, float]]:
    """Yield each chunk decoded, and the share of the file that has been read."""
    for chunk in file.chunks(known.coded):
        decoded = decode(chunk, known, reading.table, keep_rows=keep_rows)
        stopping = chunk.broken if keep_rows else decoded.problems
        if stopping and aside is None:
            words = [_stopped(source, stopping), *([tr(remedy)] if remedy else [])]
            raise BatchError("\n".join(words))
        if decoded.problems and aside:
            aside.write(chunk, decoded.problems)
        yield decoded, chunk.done


def _score(
    kernel: Kernel,
    chunks: Iterator[tuple[Decoded, float]],
    sink: Sink,
    output: Output,
    progress: Callable[[float], None],
) -> tuple[int, int, int]:
    """Score and write each chunk; return rows scored, rows without an answer, and bad cells."""
    scores = Scores.empty(CHUNK, kernel.parties, single=True)
    rows = unanswered = bad_cells = 0
    for decoded, done in chunks:
        part = scores.voters(slice(len(decoded.answers)))
        kernel.score(decoded.answers, decoded.weights, out=part)
        if not output.all_matches:
            part.match[~part.ranked] = np.nan
        leading = None
        if "leading" in output.columns:
            leading = leading_groups(kernel, decoded.answers, decoded.weights)
        answered = (decoded.answers != NONE).sum(axis=1)
        sink.write(Scored(decoded.chunk, part, leading, answered))
        rows += len(answered)
        unanswered += int((answered == 0).sum())
        bad_cells += decoded.bad_cells
        progress(done)
    return rows, unanswered, bad_cells


def _about(catalogue: Catalogue, kernel: Kernel, source: Path, output: Output) -> dict[str, Any]:
    """Return what identifies this file of scores."""
    return {
        "quiz": catalogue.quiz.id,
        "quiz_version": catalogue.quiz.version,
        "content_hash": catalogue.content_hash,
        "standpunt": __version__,
        "method": kernel.method.name,
        "prior": kernel.prior,
        "min_compared": kernel.min_compared,
        "source": source.name,
        "columns": [name for name in COLUMNS if name in output.columns],
        "all_matches": output.all_matches,
    }


def _nothing(source: Path, scored: int, skipped: int) -> str:
    if scored:
        return tr(
            "%(file)s: no row has an answer, so nothing was written. If the cells are coded otherwise, "
            "name the codes by --values.",
            file=source,
        )
    if skipped:
        return tr(
            "%(file)s: none of the %(count)s rows could be read, so nothing was written.",
            file=source,
            count=skipped,
        )
    return tr(
        "%(file)s: there are no answers below the header, so nothing was written.", file=source
    )


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:  # not both are there
        return False


def _stopped(source: Path, problems: Sequence[RowProblem]) -> str:
    lines = [f"{source}, {problem}" for problem in problems[:SHOWN]]
    if len(problems) > SHOWN:
        more = len(problems) - SHOWN
        lines.append(tr("… and %(count)s more in the rows read so far.", count=more))
    return "\n".join(lines)
