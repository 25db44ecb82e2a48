"""Rows that cannot be scored."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from quiz.batch import BatchError, Reading, score_file
from quiz.content import Catalogue
from tests.batch.files import fails, rows, write


def test_skipped_rows_are_written_aside_and_nothing_is_lost(
    tmp_path: Path, catalogue: Catalogue, ids: list[str], road: str
) -> None:
    source = write(
        tmp_path,
        f"who,{ids[0]},{ids[1]}\na,agree,agree\nb,yes,agree\nc,agree\n\nd,agree,skip\ne,1,2\n".encode()
        + b"\xe9,1,1\nf,1,1\n",
    )
    aside = tmp_path / "aside.csv"
    summary = score_file(
        catalogue, source, tmp_path / "out.csv", reading=Reading(keep=["who"]), aside=aside
    )
    assert [row["who"] for row in rows(tmp_path / "out.csv")] == ["a", "d", "f"]
    assert (summary.scored, summary.skipped) == (3, 4)
    with aside.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        header, *skipped = csv.reader(file)
    assert header == ["row", "column", "problem", "who", ids[0], ids[1]]
    assert [row[:2] for row in skipped] == [["3", ids[0]], ["4", ""], ["7", ids[1]], ["8", ""]]
    assert [row[3:] for row in skipped] == [
        ["b", "yes", "agree"], ["c", "agree"], ["e", "1", "2"], ["\udce9", "1", "1"],
    ]  # fmt: skip


def test_what_was_set_aside_is_kept_until_the_work_is_done(
    tmp_path: Path, catalogue: Catalogue, ids: list[str], road: str
) -> None:
    source, aside = write(tmp_path, f"{ids[0]}\nyes\nagree\n"), tmp_path / "aside.csv"
    aside.write_text(before := f"{ids[0]}\nagree\n")
    with pytest.raises(BatchError, match="overwrite"):
        score_file(catalogue, aside, tmp_path / "out.csv", aside=aside)
    assert "no such file" in fails(catalogue, tmp_path / "none.csv", aside=aside)
    broken = write(tmp_path, f'{ids[0]}\nyes\n"agree\n')
    assert "is not closed" in fails(catalogue, broken, aside=aside)
    assert aside.read_text() == before
    source = write(tmp_path, f"{ids[0]}\nyes\nagree\n")
    score_file(catalogue, source, tmp_path / "out.csv", aside=aside)
    assert [row["row"] for row in rows(aside)] == ["2"]
    score_file(catalogue, write(tmp_path, before), tmp_path / "out.csv", aside=aside)
    assert not aside.exists()
    aside.mkdir()
    with pytest.raises(BatchError, match=r"aside\.csv cannot be"):
        score_file(catalogue, source, tmp_path / "out.csv", aside=aside)
    assert not list(tmp_path.glob("*.part"))


def test_a_bad_cell_can_be_passed_over(
    tmp_path: Path, catalogue: Catalogue, ids: list[str], road: str
) -> None:
    head = f"who,{ids[0]},{ids[1]},{ids[1]}:weight\n"
    source = write(tmp_path, head + "a,yes,agree,2\nb,agree,agree,0\nc,agree\n")
    aside = tmp_path / "aside.csv"
    summary = score_file(
        catalogue, source, tmp_path / "out.csv", reading=Reading(keep=["who"]), aside=aside,
        keep_rows=True,
    )  # fmt: skip
    assert (summary.read, summary.scored, summary.skipped, summary.bad_cells) == (3, 2, 1, 2)
    assert [(row["who"], row["answered"]) for row in rows(tmp_path / "out.csv")] == [
        ("a", "1"), ("b", "2"),
    ]  # fmt: skip
    assert [row["column"] for row in rows(aside)] == [ids[0], f"{ids[1]}:weight", ""]
