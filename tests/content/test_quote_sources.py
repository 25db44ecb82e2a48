"""Sources of quotes that are missing, cannot be read, or have no pages or lines."""

from __future__ import annotations

from pathlib import Path

from quiz.content.checks.quotes import Verified
from tests.content.quoted import QUOTE_LINE, WHOLE, refused, verify


def test_a_party_without_lines_in_the_source_is_named(folder: Path) -> None:
    problem = refused(folder, WHOLE, party="gamma")
    assert problem.line == QUOTE_LINE + 1
    assert "no lines for 'gamma'" in problem.message


def test_a_source_without_file_is_counted_in_a_warning(folder: Path) -> None:
    verified, problems = verify(folder, WHOLE, source="gone")
    assert verified == Verified(unverifiable=1)
    assert [(problem.warning, problem.message) for problem in problems] == [
        (True, "1 quote cannot be verified: this source has no ‘file’.")
    ]


def test_a_page_in_a_file_without_pages_is_a_warning(folder: Path) -> None:
    verified, problems = verify(folder, WHOLE, page=7)
    assert verified == Verified(quotes=1)
    assert [problem.message for problem in problems] == [
        "The page of 1 quote cannot be checked: the file has no page breaks."
    ]


def test_a_source_that_cannot_be_read_is_one_error(folder: Path) -> None:
    (folder / "sources" / "document.txt").unlink()
    problem = refused(folder, WHOLE)
    assert problem.source == "    file: document.txt"
    (folder / "sources" / "document.txt").write_bytes(b"\xff\xfe")
    assert refused(folder, WHOLE).message == "This source is not UTF-8 text."
    (folder / "sources" / "document.txt").unlink()
    (folder / "sources" / "document.txt").symlink_to("/etc/hostname")
    assert "outside the sources folder" in refused(folder, WHOLE).message


def test_lines_beyond_the_end_are_an_error(folder: Path) -> None:
    (folder / "sources" / "document.txt").write_text(f"“{WHOLE}”\n", encoding="utf-8")
    _, problems = verify(folder, WHOLE)
    assert {problem.message for problem in problems} == {
        "The file has 2 lines, not 4.",
        "The file has 2 lines, not 7.",
    }


def test_lines_without_any_quotation_marks_are_all_text(folder: Path) -> None:
    (folder / "sources" / "document.txt").write_text(
        "De overheid is in 2030\nvolledig overgestapt op\neigen systemen.\nKlaar.\na\nb\nc\n",
        encoding="utf-8",
    )
    assert verify(folder, WHOLE)[0] == Verified(quotes=1)
    assert refused(folder, WHOLE, party="beta").hint.startswith("Copy it")
