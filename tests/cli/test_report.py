"""How problems are printed."""

from __future__ import annotations

from rich.console import Console

from quiz.cli.report import excerpt, github, party_table, show
from quiz.content import Problem
from quiz.content.overview import PartyRow


def test_an_annotation_cannot_break_out_of_its_line() -> None:
    problem = Problem("a,b:c.yaml", 1, 2, "", "50%\n::error::x", "")
    assert github(problem) == "::error file=a%2Cb%3Ac.yaml,line=1,col=2::50%25%0A::error::x"


def test_ids_are_never_cut_on_a_narrow_terminal() -> None:
    ids = ["a" * 60, "b-" * 39 + "b", "short"]
    rows = [PartyRow(name, 1, 2, 3, 0.5) for name in ids]
    narrow = Console(width=80, force_terminal=True, color_system=None, record=True)
    narrow.print(party_table(rows))
    text = narrow.export_text()
    assert all(name in text for name in ids)
    assert "…" not in text


def test_a_long_line_is_cut_around_the_caret() -> None:
    source = "x" * 300 + ' "fault" ' + "y" * 300
    line, caret = excerpt(source, 302)
    assert len(line) <= 98
    assert line.startswith("…")
    assert line.endswith("…")
    assert line[len(caret) - len('"fault"') : len(caret)] == '"fault"'
    assert caret.strip() == "^" * len('"fault"')


def test_a_caret_stands_under_wide_letters() -> None:
    assert excerpt("a: 日本 no", 7) == ("a: 日本 no", " " * 8 + "^^")


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    to = Console(record=True, width=200)
    show(Problem("/x/f.yaml", 0, 0, "", "The file is not there.", "Look."), to)
    assert to.export_text() == "/x/f.yaml: error: The file is not there.\n   = Look.\n"
