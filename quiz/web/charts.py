"""Accessible SVG charts, each with a title and a description, styled by classes only.

Texts come in as arguments, in the page's language. Shapes have classes and SVG attributes only,
which the content security policy allows; without a stylesheet they take the colour of the text. Put
a table beside each chart: a screen reader reads only its title and description.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final
from zlib import crc32

WIDTH: Final = 440
ROW: Final = 26
LABEL: Final = 150
END: Final = 60
TOP: Final = 26
INNER: Final = WIDTH - LABEL - END
MARK_SIZE: Final = 16  # of the marks in components/marks.html


class Svg(str):
    """SVG that a template may print unescaped: every text in it was escaped here."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its label, its parts from left to right, and the text at its end.

    ``parts``: lengths ≥ 0 in the chart's own units, each with the class that colours it.
    """

    label: str
    parts: Sequence[tuple[float, str]]
    text: str


@dataclass(frozen=True, slots=True)
class Dots:
    """One row of dots: its label, how many, and the mark of ``components/marks.html`` to draw."""

    label: str
    number: int
    mark: str


@dataclass(frozen=True, slots=True)
class Mark:
    """An upright line at a value, with a text above it."""

    value: float
    text: str


def bars(
    title: str, description: str, rows: Sequence[Bar], *, most: float, marks: Sequence[Mark] = ()
) -> Svg:
    """Draw horizontal bars; ``most`` is the value at full width, and longer bars are cut there.

    >>> svg = bars("Share", "One bar.", [Bar("A & B", [(0.5, "agree")], "50%")], most=1)
    >>> "A &amp; B" in svg, 'class="chart-agree"' in svg, "style" in svg
    (True, True, False)
    """
    height = TOP + ROW * len(rows) + 6
    scale = INNER / most if most > 0 else 0.0
    inside = [_mark(mark, scale, height) for mark in marks if 0 <= mark.value <= most]
    inside += [_row(bar, at, scale) for at, bar in enumerate(rows)]
    return _picture(title, description, inside, height)


def dots(title: str, description: str, rows: Sequence[Dots]) -> Svg:
    """Draw one mark per count, in lines of ten, or of twenty where there are many.

    >>> svg = dots("Class", "Two rows.", [Dots("Agree", 12, "same"), Dots("Disagree", 1, "opposite")])
    >>> svg.count('href="#same"'), svg.count("<text")
    (12, 4)

    """
    most = max((row.number for row in rows), default=0)
    in_line = 10 if most <= 30 else 20
    step = INNER / in_line
    inside, top = [], 6.0
    for row in rows:
        lines = max(1, -(-row.number // in_line))
        middle = top + max(step * lines, ROW - 8) / 2 + 5
        inside.append(
            _texts(row.label, str(row.number), middle)
            + f'<g transform="translate({LABEL} {top:.1f}) scale({step / MARK_SIZE:.3f})">'
            + "".join(
                f'<use href="#{escape(row.mark)}" x="{MARK_SIZE * column}" y="{MARK_SIZE * line}"/>'
                for line, column in (divmod(at, in_line) for at in range(row.number))
            )
            + "</g>"
        )
        top += max(step * lines, ROW - 8) + 10
    return _picture(title, description, inside, round(top))


def _picture(title: str, description: str, inside: Sequence[str], height: int) -> Svg:
    body = "".join(inside)
    name = f"chart-{crc32((title + body).encode()):08x}"
    return Svg(
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-t {name}-d" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{name}-t">{escape(title)}</title>'
        f'<desc id="{name}-d">{escape(description)}</desc>{body}</svg>'
    )


def _row(bar: Bar, at: int, scale: float) -> str:
    top = TOP + ROW * at
    drawn, left = [], 0.0
    for length, kind in bar.parts:
        right = min(left + length * scale, INNER)
        drawn.append(
            f'<rect class="chart-{escape(kind)}" fill="currentColor" x="{LABEL + left:.1f}" y="{top + 4}" '
            f'width="{max(0.0, right - left):.1f}" height="{ROW - 8}"/>'
        )
        left = right
    return _texts(bar.label, bar.text, top + 17) + "".join(drawn)


def _texts(label: str, value: str, y: float) -> str:
    return (
        f'<text class="chart-label" fill="currentColor" x="{LABEL - 8}" y="{y:g}" text-anchor="end">'
        f"{escape(_short(label))}</text>"
        f'<text class="chart-value" fill="currentColor" x="{WIDTH - 4}" y="{y:g}" text-anchor="end">'
        f"{escape(value)}</text>"
    )


def _mark(mark: Mark, scale: float, height: int) -> str:
    x = LABEL + mark.value * scale
    return (
        f'<line class="chart-mark" stroke="currentColor" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 4}" y2="{height - 4}"/>'
        f'<text class="chart-value" fill="currentColor" x="{x:.1f}" y="{TOP - 10}" text-anchor="middle">'
        f"{escape(mark.text)}</text>"
    )


def _short(label: str, most: int = 19) -> str:
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def dot_row(marks: Sequence[str]) -> Svg:
    """Draw a row of marks, named as in ``components/marks.html``.

    The counts beside it say the same in words.

    >>> dot_row(["same", "silent-2"]).count("<use")
    2
    """
    width = MARK_SIZE * len(marks)
    uses = [f'<use href="#{mark}" x="{MARK_SIZE * place}"/>' for place, mark in enumerate(marks)]
    return Svg(
        f'<svg class="dots" viewBox="0 0 {width} {MARK_SIZE}" width="{width}" '
        f'height="{MARK_SIZE}" aria-hidden="true">{"".join(uses)}</svg>'
    )
