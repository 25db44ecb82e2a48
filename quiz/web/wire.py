"""Lengths that do not depend on answers.

An answer is sent as ``a.1c9f04``: a letter, so that all answers are equally long, and the revision
of the wording that was answered. A response that depends on answers is padded with a random number
of bytes, in a header, after compression, so its length tells an eavesdropper nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Final

from flask import Flask, Response

from quiz.content.catalogue import CODES, NONE, Statement

LETTERS: Final[Mapping[str, str]] = {"agree": "a", "neutral": "n", "disagree": "d"}
SKIPPED: Final = "s"
IN_CODES: Final[Mapping[str, int]] = {
    **CODES, **{letter: CODES[word] for word, letter in LETTERS.items()},
    SKIPPED: NONE, "skip": NONE, "": NONE,
}  # fmt: skip
"""The spellings of an answer: handwritten forms may use agree for a."""

FILLING: Final = "Filling"
MOST_FILLING: Final = 1024


def value_of(statement: Statement, word: str) -> str:
    """Return what a form sends for an answer.

    >>> value_of(Statement("a", "b", {"en": "Ban it."}, {}), "agree")
    'a.877cdc'
    """
    return f"{LETTERS[word]}.{statement.revision}"


def fill(response: Response) -> None:
    """Hide a response's length with a header of random length, from 0 to 1,024 bytes."""
    response.headers[FILLING] = "x" * secrets.randbelow(MOST_FILLING + 1)


def init_app(app: Flask) -> None:
    """Pad every response that no cache may keep."""

    @app.after_request
    def fill_private(response: Response) -> Response:
        if response.headers.get("Cache-Control") == "no-store":
            fill(response)
        return response
