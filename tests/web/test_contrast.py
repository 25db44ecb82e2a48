"""The colours of the style sheet: text 7:1, marks and borders 3:1, by day and by night."""

from __future__ import annotations

import re
from itertools import product

import pytest

from quiz.content.checks.brand import TOKENS, contrast, declarations
from quiz.web.static_files import FOLDER

CSS = (FOLDER / "standpunt.css").read_text(encoding="utf-8")
COLORS = (FOLDER / "colors.css").read_text(encoding="utf-8")
DAY, NIGHT = re.findall(r":root \{(.*?)\}", COLORS, re.DOTALL)


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--standpunt-color-(\w+): (#[0-9a-f]{6});", block))


@pytest.mark.parametrize(("block", "text"), list(product((DAY, NIGHT), ("ink", "quiet", "signal"))))
def test_text_stands_out(block: str, text: str) -> None:
    """On paper, and in a notice or a mark."""
    tokens = colours(block)
    assert contrast(tokens[text], tokens["paper"]) >= 7
    assert contrast(tokens[text], tokens["faint"]) >= 7


@pytest.mark.parametrize("block", [DAY, NIGHT], ids=["day", "night"])
def test_marks_borders_and_chart_parts_stand_out(block: str) -> None:
    tokens = colours(block)
    assert contrast(tokens["line"], tokens["paper"]) >= 3
    assert contrast(tokens["ink"], tokens["line"]) >= 3
    assert contrast(tokens["ink"], tokens["faint"]) >= 3


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


def test_an_operator_replaces_all_of_these_and_nothing_else() -> None:
    own = [name for name, _ in declarations(DAY) if name.startswith("--")]
    assert sorted(own) == sorted(TOKENS)
    assert {name for name, _ in declarations(NIGHT)} <= set(TOKENS)
