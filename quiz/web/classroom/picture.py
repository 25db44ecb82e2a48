"""A class's answers as rows of dots: one per pupil, or a bar where there are many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from quiz.classroom.tally import Distribution

SIZE: Final = 16  # of the marks in components/marks.html
MOST_DOTS: Final = 100
IN_LINE: Final = ((10, 10), (30, 15), (40, 20))
"""Up to how many dots in the longest row, how many a line holds."""
WIDEST: Final = 25
STRIP: Final = (28, 40)
"""The fewest and the most dots that a line of the one row is made for."""
MARKS: Final = (("agree", "same"), ("neutral", "half"), ("disagree", "opposite"))


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer: its name, how many gave it, and the dots."""

    name: str
    number: int
    dots: Markup


def rows(distribution: Distribution) -> list[AnswerRow]:
    """Draw a distribution; every dot has the same size in all three rows."""
    counts = _counts(distribution)
    most = max(counts.values())
    in_line = next((width for longest, width in IN_LINE if most <= longest), WIDEST)

    def draw(number: int, mark: str) -> Markup:
        if distribution.total > MOST_DOTS:
            return _bar(number, mark, most)
        return _dots([mark] * number, in_line, "row-dots")

    return [AnswerRow(name, counts[name], draw(counts[name], mark)) for name, mark in MARKS]


def strip(distribution: Distribution) -> Markup:
    """Draw a distribution as one row of dots: agree, neither, disagree.

    It is empty for more than ``MOST_DOTS``.
    """
    if distribution.total > MOST_DOTS:
        return Markup("")
    counts = _counts(distribution)
    marks = [mark for name, mark in MARKS for _ in range(counts[name])]
    fewest, most = STRIP
    return _dots(marks, min(most, max(fewest, len(marks))), "strip")


def _counts(distribution: Distribution) -> dict[str, int]:
    return {
        "agree": distribution.agree or 0,
        "neutral": distribution.neutral or 0,
        "disagree": distribution.disagree or 0,
    }


def _dots(marks: Sequence[str], in_line: int, kind: str) -> Markup:
    uses = Markup("").join(
        Markup('<use href="#{}" x="{}" y="{}"/>').format(
            mark, SIZE * (at % in_line), SIZE * (at // in_line)
        )
        for at, mark in enumerate(marks)
    )
    return _svg(SIZE * in_line, SIZE * max(1, -(-len(marks) // in_line)), uses, kind)


def _bar(number: int, mark: str, most: int) -> Markup:
    width = round(SIZE * WIDEST * number / most, 1)
    inside = Markup('<rect class="bar {}" width="{}" height="16"/>').format(mark, width)
    return _svg(SIZE * WIDEST, SIZE, inside, "row-dots")


def _svg(width: int, height: int, inside: Markup, kind: str) -> Markup:
    return Markup(
        '<svg class="{}" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>'
    ).format(kind, width, height, inside)
