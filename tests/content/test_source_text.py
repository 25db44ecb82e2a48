"""Passages of a source's text."""

from __future__ import annotations

from quiz.content.checks.source_text import passage, passages


def test_accents_written_in_two_ways_are_the_same() -> None:
    assert passage("e\u0301e\u0301n").found(passage("één")) == [0]


def test_a_line_is_a_quote_only_with_both_marks() -> None:
    text = '“heel”\n“half\nhalf”\n"recht"\n“”\n'
    assert [line.kind for line in passages(text)] == ["quote"] + ["summary"] * 5
