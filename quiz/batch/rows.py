"""From a chunk's cells to the kernel's arrays, and every cell that means nothing."""

from __future__ import annotations

from difflib import get_close_matches

import numpy as np
import numpy.typing as npt

from quiz.batch.cells import ANSWERS, BAD, HEAVIEST, WEIGHTS
from quiz.batch.header import Plan
from quiz.batch.problems import RowProblem
from quiz.batch.read import Chunk
from quiz.content.catalogue import CODES, NONE

WORDS = (*CODES, "skip")


def decode(
    chunk: Chunk, plan: Plan
) -> tuple[Chunk, npt.NDArray[np.int8], npt.NDArray[np.int64] | None, list[RowProblem]]:
    """Return the rows that can be read, with their answers and weights, and all problems.

    Answers are int8 (n, S); weights int64 (n, S), or None where all are 1. Problems come in the
    order of the rows, at most one a row, the leftmost.
    """
    answers = np.full((plan.statements, chunk.size), NONE, np.int8)
    weights = np.ones((plan.statements, chunk.size), np.int64) if plan.weights else None
    worst = np.full(chunk.size, len(plan.header))
    for statement, column in plan.answers:
        codes = chunk.columns[column].codes(ANSWERS)
        worst[(codes == BAD) & (worst > column)] = column
        answers[statement] = codes
    for statement, column in plan.weights:
        assert weights is not None  # noqa: S101  # there are weights to read
        codes = chunk.columns[column].codes(WEIGHTS)
        worst[(codes == BAD) & (worst > column)] = column
        weights[statement] = codes
    bad = np.flatnonzero(worst < len(plan.header))
    weighing = {column for _, column in plan.weights}
    problems = [
        RowProblem(
            int(chunk.rows[place]),
            plan.header[worst[place]],
            _message(chunk, int(worst[place]), int(place), weight=worst[place] in weighing),
            int(place),
        )
        for place in bad
    ]
    if problems:
        good = np.flatnonzero(worst == len(plan.header))
        chunk, answers = chunk.take(good), answers[:, good]
        weights = None if weights is None else weights[:, good]
    if weights is not None:
        weights = None if (weights == 1).all() else np.ascontiguousarray(weights.T)
    problems = sorted([*problems, *chunk.broken], key=lambda problem: problem.row)
    return chunk, np.ascontiguousarray(answers.T), weights, problems


def _message(chunk: Chunk, column: int, place: int, *, weight: bool) -> str:
    cell = chunk.columns[column].take(np.array([place])).texts()[0]
    shown = ascii(cell[:40]) if not cell.isprintable() else f"'{cell[:40]}'"
    if weight:
        return f"{shown} is not a weight: a whole number from 1 to {HEAVIEST}, or empty for 1."
    near = get_close_matches(cell.strip().lower(), WORDS, 1)
    if near:
        return f"{shown} is not an answer. Did you mean {near[0]}?"
    return f"{shown} is not an answer: agree, neutral, disagree or skip, or 1, 0, -1 or empty."
