"""Cells that are safe in a spreadsheet, and cells that hold only a placeholder."""

from __future__ import annotations

from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

NOTHING: Final = frozenset(
    {"n/a", "na", "nvt", "n.v.t.", "n.v.t", "none", "null", "nil", "tbd", "todo", "x", "xx", "xxx",
     "geen", "geen citaat", "onbekend", "unknown", "leeg", "empty", "k.a.", "keine angabe", "nan"}
)  # fmt: skip


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet reads as a formula.

    >>> neutral("=1+1"), neutral("'=1"), neutral("agree")
    ("'=1+1", "''=1", 'agree')

    """
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell


def plain(cell: str) -> str:
    """Undo ``neutral``.

    >>> plain(neutral("-2")), plain(neutral("'s nachts"))
    ('-2', "'s nachts")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*FORMULA, "'")) else cell


def is_placeholder(text: str) -> bool:
    """Return whether a text is only a placeholder.

    >>> [is_placeholder(text) for text in ("---", "n/a", "#NAAM?", "…", "Weg ermee.")]
    [True, True, True, True, False]

    """
    small = text.strip().casefold()
    return (
        small in NOTHING
        or (small.startswith("#") and small.endswith(("?", "!")))
        or not any(sign.isalnum() for sign in small)
    )
