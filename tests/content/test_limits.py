"""Files are read within limits, and whatever exceeds them is reported."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quiz.content import check
from quiz.content.checks.quotes import verify_quotes
from quiz.content.checks.source_text import passage
from quiz.content.limits import (
    ACCENTS_OF_A_LETTER,
    BESIDE_BYTES,
    PLACES_OF_A_QUOTE,
    SOURCE_BYTES,
)


def faults(folder: Path, sources: Path) -> list[str]:
    path = folder / "party_answers.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "edition: final\n", "edition: final\n    file: a.txt\n"
    )
    path.write_text(text, encoding="utf-8")
    answers = check(folder).answers
    verify_quotes(answers, sources)
    return [problem.message for problem in answers.problems if not problem.warning]


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "sources").mkdir()
    return tmp_path / "sources"


def test_a_pipe_among_the_sources_is_told_and_never_waited_for(
    content_folder: Path, sources: Path
) -> None:
    os.mkfifo(sources / "a.txt")
    assert faults(content_folder, sources) == ["This is not a regular file."]


def test_a_source_that_is_too_large_is_told(content_folder: Path, sources: Path) -> None:
    with (sources / "a.txt").open("wb") as file:
        file.truncate(SOURCE_BYTES + 1)
    assert faults(content_folder, sources) == ["This source is larger than 20 MB."]


def test_a_quote_that_stands_everywhere_is_not_looked_up_everywhere(
    content_folder: Path, sources: Path
) -> None:
    quote = "Datacenters mogen waar het stroomnet het aankan."
    assert len(passage(quote * 1000).found(passage(quote))) == PLACES_OF_A_QUOTE
    (sources / "a.txt").write_text(quote * 1000, encoding="utf-8")
    reported = faults(content_folder, sources)
    assert any("stands in its source 100 times or more" in message for message in reported)


def test_a_letter_with_very_many_accents_is_not_composed() -> None:
    """Composing takes time quadratic in their number: minutes for 40,000 of them."""
    few, many = ("e" + "\u0323\u0301" * (number // 2) for number in (4, ACCENTS_OF_A_LETTER + 2))
    assert passage(many).text == many
    assert passage(few).text[0] == "ẹ"  # the control


@pytest.mark.parametrize("name", ["brand/colors.css", "translations/pl.po"])
@pytest.mark.parametrize(
    ("kind", "says"), [("pipe", "not a regular file"), ("large", "larger than 2 MB")]
)
def test_a_pipe_or_a_huge_file_beside_the_content_is_told_and_not_read(
    content_folder: Path, name: str, kind: str, says: str
) -> None:
    path = content_folder / name
    path.parent.mkdir()
    if kind == "pipe":
        os.mkfifo(path)
    else:
        with path.open("wb") as file:
            file.truncate(BESIDE_BYTES + 1)
    problems = [
        problem for problem in check(content_folder).statements.problems if not problem.warning
    ]
    assert [problem.file for problem in problems] == [str(path)]
    assert says in problems[0].message
