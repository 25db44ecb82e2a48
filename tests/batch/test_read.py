"""What is read from a file of answers, and what is refused, with its row and column."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quiz.batch import BatchError, Reading, read_answers, score_file
from quiz.content import Catalogue
from tests.batch.files import fails, rows, write


def test_numbers_words_and_floats_mean_the_same(
    tmp_path: Path, catalogue: Catalogue, ids: list[str], road: str
) -> None:
    made = []
    for cells in (
        ("agree", "neutral", "disagree", "skip"),
        ("1", "0", "-1", ""),
        ("1.0", "0.0", "-1.0", ""),
    ):
        lines = "".join(f"{cell},{cell},{cell}\n" for cell in cells)
        source = write(tmp_path, f"{ids[0]},{ids[1]},{ids[2]}\n{lines}")
        score_file(catalogue, source, tmp_path / "out.csv")
        made.append((tmp_path / "out.csv").read_bytes())
    for values in (
        [1, 0, -1, None],
        [1.0, 0.0, -1.0, float("nan")],
        ["1.00", ".00", "-1.00", " "],
        ["1,00", ",00", "-1,00", ""],
    ):
        table = pa.table({name: pa.array(values) for name in ids[:3]})
        pq.write_table(table, tmp_path / "answers.parquet")
        score_file(catalogue, tmp_path / "answers.parquet", tmp_path / "out.csv")
        made.append((tmp_path / "out.csv").read_bytes())
    assert len(set(made)) == 1


@pytest.mark.parametrize(
    ("column", "written"),
    [
        (pa.array([1, 10**9], pa.timestamp("ns")), "1970-01-01 00:00:01.000000000"),
        (pa.array([1, 10**9], pa.time64("ns")), "00:00:01.000000000"),
        (pa.array([1, 10**9], pa.duration("ns")), "1000000000"),
    ],
)
def test_nanoseconds_are_kept(
    tmp_path: Path, catalogue: Catalogue, ids: list[str], column: pa.Array, written: str
) -> None:
    source, out = tmp_path / "answers.parquet", tmp_path / "scores.csv"
    pq.write_table(pa.table({ids[0]: ["agree", "agree"], "at": column}), source)
    score_file(catalogue, source, out, reading=Reading(keep=["at"]))
    assert rows(out)[1]["at"] == written
    kept = tmp_path / "scores.parquet"
    score_file(catalogue, source, kept, reading=Reading(keep=["at"]))
    assert pq.read_table(kept)["at"] == pq.read_table(source)["at"]


@pytest.mark.parametrize(
    "column",
    [pa.array([[1]], pa.list_(pa.timestamp("ns"))), pa.array([10**12], pa.timestamp("s"))],
)
def test_times_that_cannot_be_written_are_refused_in_words(
    tmp_path: Path, catalogue: Catalogue, ids: list[str], column: pa.Array
) -> None:
    source = tmp_path / "answers.parquet"
    pq.write_table(pa.table({ids[0]: ["agree"], "at": column}), source)
    assert "cannot be written as text" in fails(catalogue, source, reading=Reading(keep=["at"]))


def test_rows_of_header_are_refused_in_parquet(
    tmp_path: Path, catalogue: Catalogue, ids: list[str]
) -> None:
    source = tmp_path / "answers.parquet"
    pq.write_table(pa.table({ids[0]: ["agree"]}), source)
    assert "--header-rows is for CSV" in fails(catalogue, source, reading=Reading(header_rows=3))


def test_a_bool_is_not_an_answer(tmp_path: Path, catalogue: Catalogue, ids: list[str]) -> None:
    source = tmp_path / "answers.parquet"
    pq.write_table(pa.table({ids[0]: [True, False]}), source)
    assert f"row 1, column {ids[0]}: 'True' is not an answer" in fails(catalogue, source)


@pytest.mark.parametrize(
    "lines",
    ["{0};{1}\r\nagree;skip\r\n", "\ufeff{0},{1}\nagree,skip", '"{0}","{1}"\n"agree","skip"\n'],
)
def test_what_spreadsheets_save(
    tmp_path: Path, catalogue: Catalogue, ids: list[str], road: str, lines: str
) -> None:
    summary = score_file(catalogue, write(tmp_path, lines.format(*ids)), tmp_path / "out.csv")
    assert (summary.scored, summary.absent) == (1, tuple(ids[2:]))


@pytest.mark.parametrize(
    "column",
    [
        pa.array([["agree"]]),
        pa.array([{"a": 1}]),
        pa.array([b"agree"]),
        pa.array([0], pa.timestamp("s")),
        pa.array([2]),
        pa.array([0.5]),
        pa.array(["Agreed"]).dictionary_encode(),
    ],
)
def test_parquet_of_other_types_is_refused_by_row_and_column(
    tmp_path: Path, catalogue: Catalogue, ids: list[str], column: pa.Array
) -> None:
    source = tmp_path / "answers.parquet"
    pq.write_table(pa.table({ids[0]: column}), source)
    assert f"row 1, column {ids[0]}: " in fails(catalogue, source)


def test_files_without_anything_to_score(
    tmp_path: Path, catalogue: Catalogue, ids: list[str], road: str
) -> None:
    assert "no answers below the header" in fails(catalogue, write(tmp_path, f"{ids[0]}\n"))
    assert "no answers below the header" in fails(catalogue, write(tmp_path, ids[0]))
    blank = write(tmp_path, f"{ids[0]},{ids[1]}\n,\nskip,NA\n")
    assert "no row has an answer" in fails(catalogue, blank)
    every = write(tmp_path, f"{ids[0]}\nyes\nno\n")
    assert "none of the 2 rows" in fails(catalogue, every, aside=tmp_path / "aside.csv")
    source = tmp_path / "answers.parquet"
    pq.write_table(pa.table({ids[0]: pa.array([], pa.string())}), source)
    assert "no answers below the header" in fails(catalogue, source)
    pq.write_table(pa.table({ids[0]: pa.nulls(2), ids[1]: pa.array([1, None], pa.int8())}), source)
    summary = score_file(catalogue, source, tmp_path / "out.csv")
    assert (summary.read, summary.scored, summary.unanswered) == (2, 2, 1)


def test_errors_name_row_and_column_and_what_was_meant(
    tmp_path: Path, catalogue: Catalogue, ids: list[str], road: str
) -> None:
    source = write(tmp_path, f"{ids[0]},{ids[1]}\nagree,agree\nagree,agre\n")
    message = fails(catalogue, source)
    assert (
        f"answers.csv, row 3, column {ids[1]}: 'agre' is not an answer. Did you mean agree?"
        in message
    )
    assert "--on-error skip" in message
    source = write(tmp_path, f"{ids[0]},{ids[1]}\nagree,agree\nagree\n")
    assert "row 3: There are 1 cells where the header has 2" in fails(catalogue, source)
    source = write(tmp_path, f"{ids[0]},{ids[0]}:weight\nagree,0\n")
    assert f"row 2, column {ids[0]}:weight: '0' is not a weight" in fails(catalogue, source)
    source = write(tmp_path, f"{ids[0]}\nagree\n".encode() + b"\xff\n")
    assert "row 3: This is not UTF-8" in fails(catalogue, source)
    source = write(
        tmp_path, f"{ids[0]},{ids[1]}\n" + "agree,agree\n" * 3 + '"' + "agree,agree\n" * 20_000
    )
    assert "not closed" in fails(catalogue, source)


def test_headers_that_are_not_known(tmp_path: Path, catalogue: Catalogue, ids: list[str]) -> None:
    near = ids[0][:-1]
    message = fails(catalogue, write(tmp_path, f"{near},{ids[1]},age\n1,1,40\n"))
    assert f"{near!r} is not a statement. Did you mean {ids[0]!r}?" in message
    assert "--keep 'age'" in message
    assert "2 times" in fails(catalogue, write(tmp_path, f"{ids[0]},{ids[0]}\n1,1\n"))
    assert "without answers" in fails(
        catalogue, write(tmp_path, f"{ids[0]}:weight,{ids[1]}\n1,1\n")
    )
    assert "must be a header" in fails(catalogue, write(tmp_path, ""))
    assert "No column is a statement" in fails(
        catalogue, write(tmp_path, "age\n1\n"), reading=Reading(keep=["age"])
    )
    plain = write(tmp_path, f"age,{ids[0]}\n1,1\n")
    assert "Did you mean 'age'" in fails(catalogue, plain, reading=Reading(keep=["age", "aeg"]))


def test_files_that_cannot_be(tmp_path: Path, catalogue: Catalogue, ids: list[str]) -> None:
    assert "no such file" in fails(catalogue, tmp_path / "none.csv")
    (tmp_path / "answers.txt").write_text("")
    assert ".csv or .parquet" in fails(catalogue, tmp_path / "answers.txt")
    (tmp_path / "answers.parquet").write_text("not Parquet")
    assert "not a Parquet file" in fails(catalogue, tmp_path / "answers.parquet")
    source = write(tmp_path, f"{ids[0]}\nagree\n")
    with pytest.raises(BatchError, match="overwrite"):
        score_file(catalogue, source, source)
    for out in (tmp_path / "none" / "out.csv", source / "out.csv", tmp_path / ("o" * 300 + ".csv")):
        with pytest.raises(BatchError, match="cannot be written"):
            score_file(catalogue, source, out)
    os.mkfifo(tmp_path / "pipe.csv")
    assert "not a regular file" in fails(catalogue, tmp_path / "pipe.csv")
    assert "cannot be read" in fails(catalogue, tmp_path / ("o" * 300 + ".csv"))
    with pytest.raises(BatchError, match=r"cannot be read: File name too long\."):
        read_answers(catalogue, tmp_path / ("o" * 300 + ".csv"))


def test_no_row_vanishes_into_a_quote_that_is_not_closed(
    tmp_path: Path, catalogue: Catalogue, ids: list[str], road: str
) -> None:
    rows_before = "agree,a\n" * 5
    for cell in ('"b\nagree,c\n', '"b"b\nagree,c\n', '"' + "b" * 200_000):
        source = write(tmp_path, f"{ids[0]},who\n{rows_before}agree,{cell}")
        message = fails(
            catalogue, source, reading=Reading(keep=["who"]), aside=tmp_path / "aside.csv"
        )
        assert "row 7: a quoted cell is not closed" in message
    source.unlink()
    write(tmp_path, f'{ids[0]},who\nagree,"b\nagree,c"\n')
    score_file(catalogue, source, tmp_path / "out.csv", reading=Reading(keep=["who"]))
    assert [row["who"] for row in rows(tmp_path / "out.csv")] == ["b\nagree,c"]
