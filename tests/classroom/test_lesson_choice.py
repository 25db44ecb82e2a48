"""Choosing statements for a lesson, and the time that it takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quiz.classroom import lesson
from quiz.classroom.tally import State
from tests.matching.small import catalogue_of

D, N, A, NONE = -1, 0, 1, 2


def test_statements_with_both_sides_come_first_from_each_theme_in_turn() -> None:
    # s1 is the first theme, the others the second
    rows = {
        "Alfa": [A, A, A, NONE, A],
        "Beta": [N, D, A, A, N],
        "Gamma": [NONE, NONE, A, D, D],
    }
    catalogue = catalogue_of(rows, prior=6, min_compared=1)
    assert lesson.pick(catalogue, 1) == ["s1"]
    # s2, s4 and s5 have both sides and two positions on a side, s3 three positions on one side alone
    assert lesson.pick(catalogue, 2) == ["s1", "s2"]
    assert lesson.pick(catalogue, 3) == ["s1", "s2", "s4"]
    assert lesson.pick(catalogue, 4) == ["s1", "s2", "s4", "s5"]
    assert lesson.pick(catalogue, 9) == ["s1", "s2", "s3", "s4", "s5"]
    assert lesson.pick(catalogue, 0) == []


@pytest.mark.parametrize("side", [A, D])
def test_of_both_sides_the_better_known_comes_first(side: int) -> None:
    rows = {"Alfa": [N, A, A], "Beta": [N, D, D], "Gamma": [N, NONE, side], "Delta": [N, N, NONE]}
    assert lesson.pick(catalogue_of(rows, prior=6, min_compared=1), 2) == ["s1", "s3"]


def test_what_may_hurt_is_left_out_and_the_rest_is_looked_at() -> None:
    catalogue = catalogue_of({"Alfa": [A, A, A], "Beta": [D, D, D]}, prior=6, min_compared=1)
    first, second, third = catalogue.statements
    delicate = replace(second, text={"en": "Ban the headscarf, a religious sign, in court."})
    assert lesson.delicate(delicate)
    assert not lesson.delicate(first)
    changed = replace(catalogue, statements=(first, delicate, third))
    assert lesson.pick(changed, 3) == ["s1", "s3"]


def test_a_length_is_one_of_those_offered() -> None:
    row = [A] * 12
    catalogue = catalogue_of({"Alfa": row}, prior=6, min_compared=1)
    for minutes in lesson.MINUTES:
        chosen = lesson.for_length(catalogue, str(minutes))
        assert len(chosen) == lesson.number_for(minutes)
    for other in ("", "17", "x", "-10"):
        assert lesson.for_length(catalogue, other) == []


@pytest.mark.parametrize(
    ("phase", "position", "minutes"),
    [
        ("lobby", 0, lesson.START + 3 * lesson.EACH + lesson.END),
        ("open", 0, 3 * lesson.EACH + lesson.END),
        ("shown", 0, lesson.TALK + 2 * lesson.EACH + lesson.END),
        ("shown", 2, lesson.TALK + lesson.END),
        ("ended", 2, lesson.END),
    ],
)
def test_what_is_left_takes_so_long(phase: str, position: int, minutes: int) -> None:
    state = State(
        id="k", code="", way="together", content_hash="", statements=("s1", "s2", "s3"),
        position=position, phase=phase, locked=False, joined=0, version="", board="",
    )  # fmt: skip
    assert lesson.minutes_left(state) == minutes


def test_invented_pupils_answer_the_same_each_time() -> None:
    counts = [lesson.invented(f"s{number}") for number in range(200)]
    assert counts == [lesson.invented(f"s{number}") for number in range(200)]
    assert {count.total for count in counts} == {lesson.INVENTED}
    sums = [
        sum(count.agree or 0 for count in counts),
        sum(count.neutral or 0 for count in counts),
        sum(count.disagree or 0 for count in counts),
    ]
    assert sums[0] > sums[2] > sums[1] > 0
    assert [sum(sums) / 11 * part for part in (5, 2, 4)] == pytest.approx(sums, rel=0.1)
