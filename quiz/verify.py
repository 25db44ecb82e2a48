"""A result as a file that anyone can check: written here, recomputed here."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from quiz.answers import Answers
from quiz.content.catalogue import Catalogue
from quiz.scoring import Kernel, Scores

FORMAT: Final = "standpunt-result"
FORMAT_VERSION: Final = 1


def party_numbers(catalogue: Catalogue, scores: Scores) -> list[dict[str, Any]]:
    """Return every party's numbers, unrounded, ranked ones first, equal ones by name.

    ``rank`` is None where too little is known, ``agreement`` None where nothing was compared.
    """

    def order(row: int) -> tuple[bool, int, str]:
        rank = int(scores.rank[row])
        return rank == 0, rank, catalogue.parties[row].name.casefold()

    return [
        {
            "id": catalogue.parties[row].id,
            "rank": int(scores.rank[row]) or None,
            "match": _number(scores.match[row]),
            "low": _number(scores.low[row]),
            "high": _number(scores.high[row]),
            "agreement": _number(scores.agreement[row]),
            "coverage": _number(scores.coverage[row]),
            "compared": int(scores.compared[row]),
        }
        for row in sorted(range(len(catalogue.parties)), key=order)
    ]


def saved_result(catalogue: Catalogue, answers: Answers, kernel: Kernel) -> dict[str, Any]:
    """Return a voter's result as data for a file: answers, content hash and numbers."""
    given, double = answers.named(catalogue)
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "quiz": catalogue.quiz.id,
        "quiz_version": catalogue.quiz.version,
        "content_hash": catalogue.content_hash,
        "method": kernel.method.name,
        "answers": given,
        "double": double,
        "parties": party_numbers(catalogue, kernel.score(answers.vector, answers.weights)),
    }


def _number(value: np.floating[Any]) -> float | None:
    return None if np.isnan(value) else float(value)
