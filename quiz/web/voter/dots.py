"""The picture beside a party: one dot for each answered statement, above a bar of three parts.

The symbols are those of ``components/marks.html``; those like ``same-x8`` stand for a row of so many.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

MAX_DOTS: Final = 80
SINGLE: Final = 16
DOUBLED: Final = 2 * SINGLE
ROWS: Final = (16, 8, 4, 2)
HEIGHT: Final = 20
WITHOUT_DOTS: Final = 640
WIDEST: Final = DOUBLED * MAX_DOTS


class Picture(NamedTuple):
    """A party's dots above its bar, in pieces.

    Between the last four go how far the bar reaches at least, the same again, and how much further
    at most.
    """

    width: int
    low: bytes
    unknown: bytes
    further: bytes
    frame: bytes


def picture(counts: Sequence[int]) -> Picture:
    """Draw a party's dots; beyond ``MAX_DOTS`` dots the bar alone.

    ``counts`` are those of a ``quiz.matching.results.Outcome``. The dots stand as the bar reads: the same,
    half, not known, opposite.
    """
    answered2, answered, same2, same, half2, half, opposite2, opposite = counts
    if answered2 + answered > MAX_DOTS:
        head, low, *bar = _around(WITHOUT_DOTS, 1)
        return Picture(WITHOUT_DOTS, head + low, *bar)
    width, dots = 0, []
    for name, twice, once in (
        ("same", same2, same),
        ("half", half2, half),
        ("silent", answered2 - same2 - half2 - opposite2, answered - same - half - opposite),
        ("opposite", opposite2, opposite),
    ):
        dots.append(_dots(name, width, twice, once))
        width += DOUBLED * twice + SINGLE * once
    head, low, *bar = _around(width, HEIGHT)
    return Picture(width, b"".join([head, *dots, low]), *bar)


@lru_cache(maxsize=256)
def _around(width: int, top: int) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    """Draw what stands before the dots, and the bar below them with its frame, in four pieces."""
    head = (
        f'<svg class=dots viewBox="0 0 {width} {top + 9}" width={width * 5 // 4} aria-hidden=true>'
    )
    low = f"<rect class=low y={top} width="
    unknown = f" height=8 /><rect class=unknown y={top} x="
    frame = f" height=8 /><rect class=frame x=.5 y={top} width={width - 1} height=8 /></svg>"
    return head.encode(), low.encode(), unknown.encode(), b" width=", frame.encode()


@lru_cache(maxsize=4096)
def _dots(name: str, start: int, twice: int, once: int) -> bytes:
    """Draw the dots of one kind from here on, those that count double first."""
    places = [(f"{name}-2", start + DOUBLED * at) for at in range(twice)]
    start += DOUBLED * twice
    for row in (*ROWS, 1):
        while once >= row:
            places.append((f"{name}-x{row}" if row > 1 else name, start))
            start += row * SINGLE
            once -= row
    return b"".join([b"<use href=#%s x=%d />" % (symbol.encode(), x) for symbol, x in places])
