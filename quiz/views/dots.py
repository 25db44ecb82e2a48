"""The picture beside a party: one dot for each answered statement, above a bar of three parts.

The symbols are those of ``components/marks.html``; those of five and ten dots stand for a row of these.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from quiz.results import Outcome

MAX_DOTS: Final = 80
SINGLE: Final = 16
DOUBLED: Final = 2 * SINGLE
ROWS: Final = (10, 5)
HEIGHT: Final = 20
WITHOUT_DOTS: Final = 640
PIXELS: Final = [b"%d" % number for number in range(DOUBLED * MAX_DOTS + 1)]
WIDE: Final = b'" width="'


class Pictures:
    """The pictures on one result page; all are equally wide.

    ``answered``: of how many statements; ``doubled``: how many of them count double.
    """

    def __init__(self, answered: int, doubled: int) -> None:
        self.with_dots = answered <= MAX_DOTS
        self.width = width = SINGLE * (answered + doubled) if self.with_dots else WITHOUT_DOTS
        top = HEIGHT if self.with_dots else 1
        self._head = (
            b'<svg class="dots" viewBox="0 0 %d %d" width="%d" aria-hidden="true">'
            % (width, top + 9, width * 5 // 4)
        )
        self._low = b'<rect class="low" y="%d" height="8" width="' % top
        self._unknown = b'"/><rect class="unknown" y="%d" height="8" x="' % top
        self._frame = (
            b'"/><rect class="frame" x=".5" y="%d" width="%d" height="8"/></svg>' % (top, width - 1)
        )

    def draw(self, outcome: Outcome) -> tuple[bytes, ...]:
        """Draw a party's dots and its bar, in pieces; beyond ``MAX_DOTS`` dots the bar alone.

        The dots stand as the bar reads: the same, half, not known, opposite.
        """
        low, high = int(self.width * outcome.low), int(self.width * outcome.high)
        bar = (
            self._low, PIXELS[low], self._unknown, PIXELS[low], WIDE, PIXELS[high - low], self._frame
        )  # fmt: skip
        if not self.with_dots:
            return (self._head, *bar)
        same2, same, half2, half, opposite2, opposite, _, _ = outcome.counts
        silent2, silent = outcome.silent
        at_half = DOUBLED * same2 + SINGLE * same
        at_silent = at_half + DOUBLED * half2 + SINGLE * half
        at_opposite = at_silent + DOUBLED * silent2 + SINGLE * silent
        return (
            self._head,
            _dots("same", 0, same2, same),
            _dots("half", at_half, half2, half),
            _dots("silent", at_silent, silent2, silent),
            _dots("opposite", at_opposite, opposite2, opposite),
            *bar,
        )


@lru_cache(maxsize=8192)
def _dots(name: str, start: int, twice: int, once: int) -> bytes:
    """Draw the dots of one kind from here on, those that count double first."""
    places = [(f"{name}-2", start + DOUBLED * at) for at in range(twice)]
    start += DOUBLED * twice
    for row in (*ROWS, 1):
        while once >= row:
            places.append((f"{name}-{row}" if row > 1 else name, start))
            start += row * SINGLE
            once -= row
    return "".join([f'<use href="#{symbol}" x="{x}"/>' for symbol, x in places]).encode()
