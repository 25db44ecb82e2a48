"""From a chunk's cells to the kernel's arrays, and every cell that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import numpy.typing as npt

from quiz.batch.answer_file import Chunk
from quiz.batch.cells import BAD, HEAVIEST, WEIGHTS, CodeTable
from quiz.batch.header import Plan
from quiz.batch.problems import RowProblem
from quiz.content.catalogue import CODES, NONE
from quiz.translations.commands import tr

WORDS = (*CODES, "skip")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A chunk's cells, decoded.

    ``answers``: int8, shape (n, S); ``weights``: int64, shape (n, S), or None where all are 1.
    ``problems``: in the order of the rows, at most one per row, the leftmost. ``bad_cells``: the
    number of cells that cannot be read.
    """

    chunk: Chunk
    answers: npt.NDArray[np.int8]
    weights: npt.NDArray[np.int64] | None
    problems: list[RowProblem]
    bad_cells: int


def decode(chunk: Chunk, plan: Plan, table: CodeTable, *, keep_rows: bool = False) -> Decoded:
    """Return the answers and weights of the rows that can be read, and all problems.

    With ``keep_rows`` a cell that cannot be read counts as not answered, or as a weight of 1, and
    its row stays.
    """
    answers = np.full((plan.statements, chunk.size), NONE, np.int8)
    weights = np.ones((plan.statements, chunk.size), np.int64) if plan.weights else None
    worst, bad_cells = np.full(chunk.size, len(plan.header)), 0
    for statement, column in plan.answers:
        codes = chunk.columns[column].codes(table)
        bad = codes == BAD
        bad_cells += int(bad.sum())
        worst[bad & (worst > column)] = column
        answers[statement] = np.where(bad, NONE, codes)
    for statement, column in plan.weights:
        assert weights is not None  # noqa: S101  # there are weights to read
        codes = chunk.columns[column].codes(WEIGHTS)
        bad = codes == BAD
        bad_cells += int(bad.sum())
        worst[bad & (worst > column)] = column
        weights[statement] = np.where(bad, 1, codes)
    problems = _problems(chunk, plan, worst)
    if problems and not keep_rows:
        good = np.flatnonzero(worst == len(plan.header))
        chunk, answers = chunk.take(good), answers[:, good]
        weights = None if weights is None else weights[:, good]
    if weights is not None:
        weights = None if (weights == 1).all() else np.ascontiguousarray(weights.T)
    problems = sorted([*problems, *chunk.broken], key=lambda problem: problem.row)
    return Decoded(chunk, np.ascontiguousarray(answers.T), weights, problems, bad_cells)


def _problems(chunk: Chunk, plan: Plan, worst: npt.NDArray[np.int64]) -> list[RowProblem]:
    weighing = {column for _, column in plan.weights}
    return [
        RowProblem(
            int(chunk.rows[place]),
            plan.header[worst[place]],
            _message(chunk, int(worst[place]), int(place), weight=worst[place] in weighing),
            int(place),
        )
        for place in np.flatnonzero(worst < len(plan.header))
    ]


def _message(chunk: Chunk, column: int, place: int, *, weight: bool) -> str:
    cell = chunk.columns[column].take(np.array([place])).texts()[0]
    shown = ascii(cell[:40]) if not cell.isprintable() else f"'{cell[:40]}'"
    if weight:
        return tr(
            "%(cell)s is not a weight: a whole number from 1 to %(most)s, or empty for 1.",
            cell=shown,
            most=HEAVIEST,
        )
    near = get_close_matches(cell.strip().lower(), WORDS, 1)
    if near:
        meant = tr("Did you mean %(word)s?", word=near[0])
        return tr("%(cell)s is not an answer.", cell=shown) + " " + meant
    return tr(
        "%(cell)s is not an answer: agree, neutral, disagree or skip, or 1, 0, -1 or empty. Other "
        "codes are named by --values and --missing.",
        cell=shown,
    )
