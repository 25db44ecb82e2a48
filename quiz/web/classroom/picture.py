"""A class's answers as rows of dots: one per pupil, or a bar where there are many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from quiz.classroom.tally import Distribution

SIZE: Final = 16  # of the marks in components/marks.html
MOST_DOTS: Final = 100
FEW, MANY = 10, 20
MARKS: Final = (("agree", "same"), ("neutral", "half"), ("disagree", "opposite"))


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer: its name, how many gave it, and the dots."""

    name: str
    number: int
    dots: Markup


def rows(distribution: Distribution) -> list[AnswerRow]:
    """Draw a distribution; every dot has the same size in all three rows."""
    counts = {
        "agree": distribution.agree or 0,
        "neutral": distribution.neutral or 0,
        "disagree": distribution.disagree or 0,
    }
    most = max(counts.values())
    draw = _dots if distribution.total <= MOST_DOTS else _bar
    return [AnswerRow(name, counts[name], draw(counts[name], mark, most)) for name, mark in MARKS]


def _dots(number: int, mark: str, most: int) -> Markup:
    in_line = FEW if most <= 3 * FEW else MANY
    lines = max(1, -(-number // in_line))
    uses = Markup("").join(
        Markup('<use href="#{}" x="{}" y="{}"/>').format(mark, SIZE * column, SIZE * line)
        for line, column in (divmod(at, in_line) for at in range(number))
    )
    return _svg(SIZE * in_line, SIZE * lines, uses)


def _bar(number: int, mark: str, most: int) -> Markup:
    width = round(SIZE * MANY * number / most, 1)
    return _svg(
        SIZE * MANY, SIZE, Markup('<rect class="bar {}" width="{}" height="16"/>').format(mark, width)
    )  # fmt: skip


def _svg(width: int, height: int, inside: Markup) -> Markup:
    return Markup(
        '<svg class="row-dots" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>'
    ).format(width, height, inside)
