"""Charts stay inside their picture."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from quiz.web.charts import Bar, Dots, Mark, bars, dots


def test_bars_stay_inside_the_picture() -> None:
    svg = bars("t", "d", [Bar("x", [(5, "a"), (5, "b")], "10")], most=4, marks=[Mark(9, "far")])
    for rect in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect"):
        assert float(rect.get("x", 0)) + float(rect.get("width", 0)) <= 640
    assert "far" not in svg
    assert "<rect" not in bars("t", "d", [], most=0)


@pytest.mark.parametrize("number", [0, 1, 10, 28, 31, 100])
def test_a_row_has_a_dot_for_each_and_stays_inside_the_picture(number: int) -> None:
    root = ET.fromstring(dots("t", "d", [Dots("x", number, "same"), Dots("y", 3, "half")]))
    space, tall = "{http://www.w3.org/2000/svg}", int(root.get("viewBox", "").split()[3])
    groups = list(root.iter(f"{space}g"))
    assert [len(group) for group in groups] == [number, 3]
    for group in groups:
        match = re.fullmatch(r"translate\((.+) (.+)\) scale\((.+)\)", group.get("transform", ""))
        assert match
        left, top, scale = map(float, match.groups())
        for use in group:
            assert left + scale * (float(use.get("x", 0)) + 16) <= 440 - 55
            assert top + scale * (float(use.get("y", 0)) + 16) <= tall
