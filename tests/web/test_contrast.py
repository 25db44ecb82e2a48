"""The colours of the style sheet: text 7:1, marks and borders 3:1, by day and by night."""

from __future__ import annotations

import re
from itertools import product

import pytest

from quiz.web.static_files import FOLDER

CSS = (FOLDER / "standpunt.css").read_text(encoding="utf-8")
DAY, NIGHT = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[:2]


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--standpunt-color-(\w+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("block", "text"), list(product((DAY, NIGHT), ("ink", "quiet", "signal"))))
def test_text_stands_out(block: str, text: str) -> None:
    found = colours(block)
    assert contrast(found[text], found["paper"]) >= 7


@pytest.mark.parametrize("block", [DAY, NIGHT], ids=["day", "night"])
def test_marks_borders_and_chart_parts_stand_out(block: str) -> None:
    found = colours(block)
    assert contrast(found["line"], found["paper"]) >= 3
    assert contrast(found["ink"], found["line"]) >= 3
    assert contrast(found["ink"], found["faint"]) >= 3


def test_only_these_colours_are_used() -> None:
    """An operator re-themes the site by the properties at the top: no colour stands elsewhere."""
    rest = re.sub(r":root \{.*?\}", "", CSS, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", rest) == []


def test_layout_needs_no_second_sheet_for_right_to_left() -> None:
    """Logical properties throughout."""
    rest = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    physical = r"(?<![\w-])(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?<![\w-])(?:left|right|top|bottom):"
    assert re.findall(physical, rest) == []
    assert re.findall(r"text-align: (?:left|right)", rest) == []
