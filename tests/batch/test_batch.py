"""``quiz score``: the same numbers as one voter gets, by every road, and every error named."""

from __future__ import annotations

import csv
import json
import os
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from quiz.batch import COLUMNS, BatchError, Output, Reading, read_answers, read_csv, score_file
from quiz.batch.read_parquet import need_arrow
from quiz.cli import main
from quiz.content import Catalogue
from quiz.content.methods import METHODS
from quiz.matching.answers import Answers
from quiz.matching.firmness import firmness
from quiz.matching.kernel import Kernel

WORDS = ("disagree", "neutral", "agree", "skip")


@pytest.fixture(params=["arrow", "plain"])
def road(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read CSV with and without pyarrow."""
    if request.param == "plain":
        monkeypatch.setitem(sys.modules, "pyarrow.csv", None)
    assert (read_csv._arrow() is None) == (request.param == "plain")
    return str(request.param)


@pytest.fixture
def ids(catalogue: Catalogue) -> list[str]:
    return [statement.id for statement in catalogue.statements]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fails(catalogue: Catalogue, source: Path, **options: object) -> str:
    out = source.with_name("scores.csv")
    with pytest.raises(BatchError) as caught:
        score_file(catalogue, source, out, **options)  # type: ignore[arg-type]
    assert not out.exists()
    assert not list(source.parent.glob("*.part"))
    return str(caught.value)


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "answers.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_every_road_gives_what_one_voter_gets(
    tmp_path: Path, catalogue: Catalogue, ids: list[str], road: str
) -> None:
    rng = np.random.default_rng(5)
    voters = [
        {name: WORDS[rng.integers(4)] for name in ids}
        | {f"{name}:weight": str(rng.integers(1, 3)) for name in ids}
        for _ in range(300)
    ]
    voters[7] |= dict.fromkeys(ids, "skip")
    source = tmp_path / "answers.csv"
    with source.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["who", *voters[0]])
        writer.writeheader()
        writer.writerows(voter | {"who": f"p{at}"} for at, voter in enumerate(voters))
    wanted = {"reading": Reading(keep=["who"]), "output": Output(COLUMNS, all_matches=True)}
    assert score_file(catalogue, source, tmp_path / "out.csv", **wanted).scored == 300
    pq.write_table(
        pa.Table.from_pylist([voter | {"who": f"p{at}"} for at, voter in enumerate(voters)]),
        tmp_path / "answers.parquet",
    )
    score_file(catalogue, tmp_path / "answers.parquet", tmp_path / "out.parquet", **wanted)
    score_file(catalogue, tmp_path / "answers.parquet", tmp_path / "two.csv", **wanted)
    assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "out.csv").read_bytes()
    table = pq.read_table(tmp_path / "out.parquet").to_pylist()
    matching = catalogue.quiz.matching
    kernel = Kernel(
        catalogue.matrix, method=METHODS[matching.method], prior=matching.prior,
        min_compared=matching.min_compared,
    )  # fmt: skip
    for voter, text, typed in zip(voters, rows(tmp_path / "out.csv"), table, strict=True):
        answers = Answers.from_words(
            catalogue, {name: voter[name] for name in ids if voter[name] != "skip"}
        )
        weights = np.array([int(voter[f"{name}:weight"]) for name in ids])
        firm = firmness(kernel, answers.codes, weights)
        scores = firm.scores
        first = " ".join(
            party.id
            for party, rank in zip(catalogue.parties, scores.rank, strict=True)
            if rank == 1
        )
        assert text["first"] == typed["first"] == first
        assert text["who"] == typed["who"]
        assert int(text["answered"]) == typed["answered"] == answers.number
        for at, party in enumerate(catalogue.parties):
            assert int(text[f"compared:{party.id}"]) == scores.compared[at]
            assert typed[f"compared:{party.id}"] == scores.compared[at]
            rank = int(scores.rank[at]) or None
            assert (int(text[f"rank:{party.id}"] or 0) or None) == typed[f"rank:{party.id}"] == rank
            leads = bool(firm.leading[at])
            assert (text[f"leading:{party.id}"] == "true") == typed[f"leading:{party.id}"] == leads
            for name in ("match", "low", "high", "agreement", "coverage"):
                value = np.float32(getattr(scores, name)[at])
                cell, number = text[f"{name}:{party.id}"], typed[f"{name}:{party.id}"]
                if np.isnan(value):
                    assert (cell, number) == ("", None)
                else:
                    assert np.float32(cell) == np.float32(number) == value
    kinds = pq.read_schema(tmp_path / "out.parquet")
    assert kinds.field(f"match:{catalogue.parties[0].id}").type == pa.float32()


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
    for values in ([1, 0, -1, None], [1.0, 0.0, -1.0, float("nan")]):
        table = pa.table({name: pa.array(values) for name in ids[:3]})
        pq.write_table(table, tmp_path / "answers.parquet")
        score_file(catalogue, tmp_path / "answers.parquet", tmp_path / "out.csv")
        made.append((tmp_path / "out.csv").read_bytes())
    assert len(set(made)) == 1


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
    assert "row 3: there are 1 cells where the header has 2" in fails(catalogue, source)
    source = write(tmp_path, f"{ids[0]},{ids[0]}:weight\nagree,0\n")
    assert f"row 2, column {ids[0]}:weight: '0' is not a weight" in fails(catalogue, source)
    source = write(tmp_path, f"{ids[0]}\nagree\n".encode() + b"\xff\n")
    assert "row 3: this is not UTF-8" in fails(catalogue, source)
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


def test_what_is_kept_stays_as_it_was(
    tmp_path: Path, catalogue: Catalogue, ids: list[str], road: str
) -> None:
    source = write(tmp_path, f'who,{ids[0]}\n"Jansen, ""J""",agree\n007,agree\n=1+1,agree\n')
    score_file(catalogue, source, tmp_path / "out.csv", reading=Reading(keep=["who", ids[0]]))
    kept = [(row["who"], row[ids[0]]) for row in rows(tmp_path / "out.csv")]
    assert kept == [('Jansen, "J"', "agree"), ("007", "agree"), ("=1+1", "agree")]
    table = pa.table({"who": pa.array([1, None], pa.int32()), ids[0]: ["agree", "skip"]})
    pq.write_table(table, tmp_path / "answers.parquet")
    score_file(
        catalogue,
        tmp_path / "answers.parquet",
        tmp_path / "out.parquet",
        reading=Reading(keep=["who", ids[0]]),
    )
    kept_table = pq.read_table(tmp_path / "out.parquet").select(["who", ids[0]])
    assert kept_table.equals(table)


def test_chunks_change_nothing(
    tmp_path: Path, catalogue: Catalogue, ids: list[str], road: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "".join(f"{at},{at % 3 - 1}\n" for at in range(1000))
    source = write(tmp_path, f"who,{ids[0]}\n{lines}")
    made = []
    for chunk, block in ((32_768, 1 << 22), (7, 100), (100, 1)):
        monkeypatch.setattr("quiz.batch.CHUNK", chunk)
        monkeypatch.setattr("quiz.batch.read_csv.BLOCK", block)
        score_file(catalogue, source, tmp_path / "out.csv", reading=Reading(keep=["who"]))
        made.append((tmp_path / "out.csv").read_bytes())
    assert len(set(made)) == 1
    assert made[0].count(b"\n") == 1001


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
    with pytest.raises(BatchError, match=r"aside\.csv: cannot be"):
        score_file(catalogue, source, tmp_path / "out.csv", aside=aside)
    assert not list(tmp_path.glob("*.part"))


def test_without_pyarrow_parquet_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(BatchError, match=r"standpunt\[parquet\]"):
        need_arrow()


def test_the_command(tmp_path: Path, content_folder: Path, ids: list[str]) -> None:
    source = write(tmp_path, f"who,{ids[0]}\na,agree\nb,perhaps\n")
    options = ["score", str(source), "--content", str(content_folder), "--keep", "who"]
    out = tmp_path / "scores.csv"
    stopped = CliRunner().invoke(main, [*options, "--out", str(out)])
    assert stopped.exit_code == 1
    assert "row 3" in stopped.output
    done = CliRunner().invoke(
        main, [*options, "--out", str(out), "--on-error", "skip", "--method", "exact"]
    )
    assert done.exit_code == 0, done.output
    assert "1 rows scored" in done.output
    assert "1 rows could not be read" in done.output
    assert len(rows(tmp_path / "scores.csv.skipped.csv")) == 1
    assert [row["who"] for row in rows(out)] == ["a"]


def test_a_party_that_is_not_ranked_has_no_match_unless_asked_for(
    tmp_path: Path, catalogue: Catalogue, ids: list[str]
) -> None:
    source = write(tmp_path, f"{ids[0]}\nagree\n")
    score_file(catalogue, source, tmp_path / "out.csv")
    (row,) = rows(tmp_path / "out.csv")
    assert (row["rank:alfa"], row["match:alfa"], row["compared:alfa"]) == ("", "", "1")
    assert row["answered"] == "1"
    score_file(catalogue, source, tmp_path / "out.csv", output=Output(all_matches=True))
    (row,) = rows(tmp_path / "out.csv")
    # one of the two that are needed was compared: (1 + 10/2) / (1 + 10)
    assert row["rank:alfa"] == ""
    assert float(row["match:alfa"]) == pytest.approx(6 / 11)


def test_the_rule_can_be_another(
    tmp_path: Path, catalogue: Catalogue, content_folder: Path, ids: list[str]
) -> None:
    source = write(tmp_path, f"{ids[0]}\nagree\n")
    out = tmp_path / "out.csv"
    options = [
        "--prior",
        "3",
        "--min-compared",
        "1",
        "--method",
        "exact",
        "--columns",
        "rank,match",
    ]
    done = CliRunner().invoke(
        main, ["score", str(source), "--content", str(content_folder), "--out", str(out), *options]
    )
    assert done.exit_code == 0, done.output
    (row,) = rows(out)
    assert list(row) == [
        "answered", *(f"{name}:{party}" for name in ("match", "rank") for party in ("alfa", "beta", "gamma")),
        "first",
    ]  # fmt: skip
    # exact: (1 + 3 · 1/3) / (1 + 3)
    assert (float(row["match:alfa"]), row["rank:alfa"], row["first"]) == (2 / 4, "1", "alfa")
    about = json.loads((tmp_path / "out.csv.json").read_text())
    assert (about["prior"], about["min_compared"], about["method"]) == (3, 1, "exact")
    assert about["columns"] == ["match", "rank"]
    wrong = CliRunner().invoke(
        main, ["score", str(source), "--out", str(out), "--columns", "match,best"]
    )
    assert (wrong.exit_code, "'best' is not one of" in wrong.output) == (2, True)


def test_what_made_the_scores_stands_beside_and_within_them(
    tmp_path: Path, catalogue: Catalogue, ids: list[str]
) -> None:
    source = write(tmp_path, f"who,{ids[0]},{ids[1]}\na,agree,agree\nb,,\nc,yes,agree\n")
    out = tmp_path / "out.parquet"
    score_file(
        catalogue, source, out, reading=Reading(keep=["who"]), aside=tmp_path / "aside.csv"
    )  # fmt: skip
    about = json.loads((tmp_path / "out.parquet.json").read_text())
    assert about["content_hash"] == catalogue.content_hash
    assert (about["quiz"], about["quiz_version"], about["source"]) == ("small", 3, "answers.csv")
    assert (about["prior"], about["min_compared"]) == (10, 2)
    assert about["rows"] == {
        "read": 3, "scored": 2, "skipped": 1, "unanswered": 1, "bad_cells": 1, "absent": ids[2:],
    }  # fmt: skip
    inside = pq.read_metadata(out).metadata
    assert {name: json.loads(inside[name.encode()]) for name in about} == about
    schema = pq.read_schema(out).metadata
    assert json.loads(schema[b"content_hash"]) == catalogue.content_hash


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
