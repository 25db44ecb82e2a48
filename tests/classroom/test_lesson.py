"""A lesson's minutes add up, in the plan and on the board; a class's dots are drawn alike."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from quiz.classroom import lesson
from quiz.classroom.tally import Distribution, State
from quiz.content.catalogue import Catalogue
from quiz.web.classroom.picture import MOST_DOTS, rows, strip

ROOT = Path(__file__).parents[2]
WORDS = {
    "Seven": 7, "Zeven": 7, "Sieben": 7, "Sept": 7, "سبع": 7,
    "five": 5, "vijf": 5, "fünf": 5, "cinq": 5, "خمس": 5,
}  # fmt: skip
PLANS = (
    "docs/lesson.md", "docs/lesson.nl.md",
    *(f"quiz/translations/{tag}/lesson.md" for tag in ("de", "fr", "ar")),
)  # fmt: skip


def table(plan: str) -> list[tuple[int, int, int, str]]:
    """Return the rows of a plan's table: from and to which minute, how long, and what."""
    rows = re.findall(r"^\| (\d+)–(\d+) \| (\d+) \| (.*) \|$", plan, re.MULTILINE)
    return [(int(start), int(end), int(long), what) for start, end, long, what in rows]


def state(catalogue: Catalogue, number: int, phase: str, position: int = 0) -> State:
    names = tuple(f"{catalogue.statements[0].id}-{at}" for at in range(number))
    return State("", "", "together", "", names, position, phase, False, 0, "", "")


@pytest.mark.parametrize("name", PLANS)
def test_the_minutes_of_the_plan_add_up(name: str) -> None:
    plan = (ROOT / name).read_text(encoding="utf-8")
    parts = table(plan)
    assert len(parts) == 3
    assert all(end - start == long for start, end, long, _ in parts)
    assert parts[0][0] == 0
    assert all(before[1] == after[0] for before, after in pairwise(parts))
    assert sum(long for _, _, long, _ in parts) == parts[-1][1] == lesson.USUAL
    promise = re.search(
        r"\*\*(\w+) (?:statements|stellingen|Thesen|affirmations|عبارات)[,،] (?:je )?(\w+) "
        r"(?:minutes each|minuten|Minuten|minutes|دقائق)",
        plan,
    )
    assert promise
    assert WORDS[promise[1]] == lesson.number_for(lesson.USUAL)
    assert WORDS[promise[2]] == lesson.EACH
    assert [long for _, _, long, _ in parts] == [
        lesson.START, lesson.EACH * lesson.number_for(lesson.USUAL), lesson.END,
    ]  # fmt: skip


@pytest.mark.parametrize("minutes", lesson.MINUTES)
def test_the_board_counts_what_is_left_talk_included(catalogue: Catalogue, minutes: int) -> None:
    number = lesson.number_for(minutes)
    steps = [("lobby", 0)]
    steps += [(phase, at) for at in range(number) for phase in ("open", "shown")]
    steps.append(("ended", number - 1))
    left = [lesson.minutes_left(state(catalogue, number, phase, at)) for phase, at in steps]
    assert left[0] == minutes
    assert left[1] == minutes - lesson.START
    assert left[-1] == lesson.END
    assert left == sorted(set(left), reverse=True)


def test_six_or_seven_statements_in_45_minutes_and_never_a_delicate_one(
    catalogue: Catalogue, shipped_catalogue: Catalogue
) -> None:
    chosen = lesson.for_length(shipped_catalogue, "45")
    assert len(chosen) in {6, 7}
    index = shipped_catalogue.statement_index
    assert not any(lesson.delicate(shipped_catalogue.statements[index[name]]) for name in chosen)
    first, *others = catalogue.statements
    hurting = replace(first, text={"nl": "De overheid mag afkomst laten meewegen."})
    assert lesson.delicate(hurting)
    assert not lesson.delicate(first)
    with_it = replace(catalogue, statements=(hurting, *others))
    assert hurting.id not in lesson.pick(with_it, len(with_it.statements))


@pytest.mark.parametrize("counts", [(11, 3, 10), (1, 2, 3), (0, 28, 0), (40, 31, 29), (17, 16, 15)])
def test_every_dot_has_the_same_size_in_all_three_rows(counts: tuple[int, int, int]) -> None:
    drawn = rows(Distribution("", *counts))
    widths = {re.search(r'viewBox="0 0 (\d+)', row.dots)[1] for row in drawn}  # type: ignore[index]
    assert len(widths) == 1
    assert [row.dots.count("<use") for row in drawn] == list(counts)
    assert strip(Distribution("", *counts)).count("<use") == sum(counts)


def test_more_than_a_hundred_are_drawn_as_bars() -> None:
    many = Distribution("", MOST_DOTS, 1, 0)
    assert all("<rect" in row.dots and "<use" not in row.dots for row in rows(many))
    assert strip(many) == ""
