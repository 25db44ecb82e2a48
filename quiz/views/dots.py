"""The picture beside a party: one dot for each answered statement, above a bar of three parts.

The symbols are those of ``components/marks.html``; those of five and ten dots stand for a row of these.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from quiz.results import Kind, Outcome

MAX_DOTS: Final = 80
ORDER: Final = ((Kind.SAME, "same"), (Kind.HALF, "half"), (Kind.SILENT, "silent"), (Kind.OPPOSITE, "opposite"))  # fmt: skip
"""In this order the dots read as the bar does: agree, not known, disagree."""
SINGLE: Final = 16
DOUBLED: Final = 2 * SINGLE
ROWS: Final = (10, 5)
HEIGHT: Final = 20
WITHOUT_DOTS: Final = 640


def picture(outcome: Outcome) -> bytes:
    """Draw a party's dots and its bar; beyond ``MAX_DOTS`` dots the bar alone."""
    width, number, runs = 0, 0, ""
    for kind, name in ORDER:
        twice = outcome.doubled[kind]
        once = outcome.counts[kind] - twice
        if twice:
            runs += _doubled(name, width, twice)
            width += twice * DOUBLED
        if once:
            runs += _single(name, width, once)
            width += once * SINGLE
        number += twice + once
    top = HEIGHT
    if number > MAX_DOTS:
        width, runs, top = WITHOUT_DOTS, "", 1
    first, last = int(width * outcome.low), int(width * outcome.high)
    return (
        f'<svg class="dots" viewBox="0 0 {width} {top + 9}" width="{width * 5 // 4}" '
        f'aria-hidden="true">{runs}'
        f'<rect class="low" y="{top}" width="{first}" height="8"/>'
        f'<rect class="unknown" x="{first}" y="{top}" width="{last - first}" height="8"/>'
        f'<rect class="frame" x=".5" y="{top}" width="{width - 1}" height="8"/></svg>'
    ).encode()


@lru_cache(maxsize=4096)
def _single(name: str, start: int, number: int) -> str:
    places = []
    for row in (*ROWS, 1):
        while number >= row:
            places.append((f"{name}-{row}" if row > 1 else name, start))
            start += row * SINGLE
            number -= row
    return _uses(places)


@lru_cache(maxsize=4096)
def _doubled(name: str, start: int, number: int) -> str:
    return _uses([(f"{name}-2", start + DOUBLED * at) for at in range(number)])


def _uses(places: list[tuple[str, int]]) -> str:
    return "".join([f'<use href="#{symbol}" x="{x}"/>' for symbol, x in places])
