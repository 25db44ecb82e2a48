"""``quiz score``: the same numbers as for one voter, by every reader, and every error named."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from quiz.batch import COLUMNS, BatchError, Output, Reading, score_file
from quiz.batch.read_parquet import need_arrow
from quiz.cli import main
from quiz.content import Catalogue
from quiz.content.methods import METHODS
from quiz.matching.answers import Answers
from quiz.matching.firmness import firmness
from quiz.matching.kernel import Kernel
from tests.batch.files import rows, write

WORDS = ("disagree", "neutral", "agree", "skip")


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


def test_without_pyarrow_parquet_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(BatchError, match="pip install pyarrow"):
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
    assert "Rows scored: 1" in done.output
    assert "Rows that could not be read: 1" in done.output
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
