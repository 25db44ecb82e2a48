"""The audit against counting by hand on content small enough to count."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from quiz import __version__
from quiz.audit import Audit, audit
from quiz.audit.overview import overview
from quiz.audit.voters import (
    blocks,
    first_places,
    from_answers,
    uniform,
)
from quiz.cli import main
from quiz.content import Catalogue
from quiz.content.catalogue import Matching, Party, Position, Quiz, Statement, Theme
from quiz.matching.kernel import kernel_of

A, N, D, NONE = 1, 0, -1, 2


def build(rows: Sequence[Sequence[int]], **matching: int) -> Catalogue:
    """Make a catalogue of these positions: parties p0, p1, …, statements s0, s1, …"""
    text = {"en": "text"}
    settings = {"prior": 10, "min_compared": 1} | matching
    return Catalogue(
        quiz=Quiz("made", text, text, ("en",), Matching(**settings)),  # type: ignore[arg-type]
        themes=(Theme("theme", text),),
        statements=tuple(Statement(f"s{at}", "theme", text, text) for at in range(len(rows[0]))),
        sources={},
        parties=tuple(
            Party(
                f"p{at}", f"Party {at}",
                {f"s{s}": Position(code, True, ()) for s, code in enumerate(row) if code != NONE},
            )
            for at, row in enumerate(rows)
        ),
        content_hash="0" * 64,
    )  # fmt: skip


FOUR = [[A, A, D, NONE], [D, D, A, NONE], [A, NONE, NONE, A], [NONE, N, NONE, NONE]]


def test_counts(four: Audit) -> None:
    balance = four.balance
    assert [(s.agree, s.neutral, s.disagree) for s in balance.statements] == [
        (2, 0, 1), (1, 1, 1), (1, 0, 1), (1, 0, 0),
    ]  # fmt: skip
    assert [party.coverage for party in balance.parties] == [3 / 4, 3 / 4, 2 / 4, 1 / 4]
    assert (balance.positions, balance.agree_share) == (9, 5 / 9)
    assert (balance.both_sides, balance.alone, balance.silent) == (("s0", "s1", "s2"), ("s3",), ())
    assert balance.comparable == 0


def test_equal_near_and_opposite_columns() -> None:
    same = [A, A, D, D, N]
    rows = np.array([same, same, [-code for code in same], [A, A, D, D, NONE], [A, A, A, A, A]]).T
    pairs = {(p.first, p.second): p for p in audit(build(rows.tolist()), voters=10).balance.pairs}
    assert set(pairs) == {
        ("s0", "s1"),
        ("s0", "s2"),
        ("s1", "s2"),
        ("s0", "s3"),
        ("s1", "s3"),
        ("s2", "s3"),
    }
    assert pairs["s0", "s1"].equal
    assert not pairs["s0", "s3"].equal
    assert (pairs["s0", "s3"].shared, pairs["s0", "s3"].same) == (4, 4)
    assert (pairs["s0", "s2"].shared, pairs["s0", "s2"].same) == (5, 1)


def test_constant_voters(four: Audit) -> None:
    first = {voter.answer: voter.first for voter in four.balance.constant}
    assert first["agree"] == ("p2",)  # (2 + 10/2) / 12, where p0 has (2 + 10/2) / 13
    assert first["neutral"] == ("p3",)  # (1 + 10/2) / 11, where others have a half
    disagree = four.balance.constant[2]
    # p0 (0 + 0 + 1 + 5) / 13, p1 (1 + 1 + 0 + 5) / 13, p2 (0 + 0 + 5) / 12, p3 (1/2 + 5) / 11
    assert disagree.match == {"p0": 6 / 13, "p1": 7 / 13, "p2": 5 / 12, "p3": 5.5 / 11}
    assert disagree.first == ("p1",)


def everyone(statements: int) -> np.ndarray:
    return np.array(list(product((-1, 0, 1), repeat=statements)), np.int8)


def test_first_places_are_those_of_counting_everyone() -> None:
    """All 81 voters, each once, counted here by rank; ties shared out."""
    catalogue = build(FOUR)
    kernel, voters = kernel_of(catalogue), everyone(4)
    places = first_places(
        kernel, ("p0", "p1", "p2", "p3"), "all", lambda _rng, _n: voters, voters=81, seed=0
    )
    expected, ties = np.zeros(4), 0
    for voter in voters:
        winners = np.flatnonzero(kernel.score(voter).rank == 1)
        expected[winners] += 1 / len(winners)
        ties += len(winners) > 1
    assert [share.first for share in places.shares] == pytest.approx(expected / 81)
    assert [share.multiple for share in places.shares] == pytest.approx(expected / 81 * 4)
    assert places.ties == ties / 81
    assert sum(share.first for share in places.shares) == pytest.approx(1)
    assert places.above == tuple(s.id for s in places.shares if s.multiple > 1.5)
    assert places.below == tuple(s.id for s in places.shares if s.multiple < 0.5)


def test_simulated_shares_come_near_the_counted_ones(four: Audit) -> None:
    counted = first_places(
        kernel_of(build(FOUR)),
        ("p0", "p1", "p2", "p3"),
        "all",
        lambda _r, _n: everyone(4),
        voters=81,
        seed=0,
    )
    for drawn, exact in zip(four.random.shares, counted.shares, strict=True):
        assert drawn.first == pytest.approx(exact.first, abs=0.03)
    assert four.random.ties == pytest.approx(counted.ties, abs=0.03)


def test_a_seed_is_a_result_and_blocks_do_not_matter(four: Audit) -> None:
    assert audit(build(FOUR), voters=5000, seed=3) == four
    assert audit(build(FOUR), voters=5000, seed=4) != four
    draw = uniform(4)
    whole = np.concatenate(list(blocks(draw, voters=40_000, seed=1)))
    assert whole.shape == (40_000, 4)
    assert set(np.unique(whole)) == {-1, 0, 1}
    assert np.abs(whole.mean(axis=0)).max() < 0.02


def test_who_is_never_ranked_and_who_cannot_lead() -> None:
    rows = [[A, A, A, A, A, A], [A, NONE, NONE, NONE, NONE, NONE], [D, D, D, D, D, D]]
    audited = audit(build(rows, min_compared=5), voters=2000)
    assert [(party.id, party.first, party.margin is None) for party in audited.reach] == [
        ("p0", True, False), ("p1", False, True), ("p2", True, False),
    ]  # fmt: skip
    assert [share.unranked for share in audited.random.shares] == [0, 1, 0]
    assert sum(share.multiple for share in audited.random.shares) == pytest.approx(2)
    shadow = [[A, A, A], [A, A, N], [A, A, D]]
    assert all(party.first for party in audit(build(shadow), voters=100).reach)


def test_the_margin_is_the_best_of_all_voters() -> None:
    catalogue = build(FOUR)
    match = kernel_of(catalogue).score(everyone(4)).match
    for row, reach in enumerate(audit(catalogue, voters=10).reach):
        others = np.delete(match, row, axis=1).max(axis=1)
        assert reach.margin == pytest.approx((match[:, row] - others).max())


def test_changes_are_counted_against_the_quiz_as_it_is() -> None:
    rows = [[A, A, D, D, N], [D, A, A, N, N], [N, D, D, A, N]]
    catalogue = build(rows)
    change = audit(catalogue, voters=3000, seed=5).change
    assert change.voters == 3000
    assert change.statements["s4"] == 0  # all parties are neutral there
    assert change.idle == ("s4",)
    voters = np.concatenate(list(blocks(uniform(5), voters=3000, seed=5)))
    base = kernel_of(catalogue).first(voters)
    exact = kernel_of(catalogue, method="exact").first(voters)
    assert change.methods["exact"] == np.mean(
        [(x != y).any() for x, y in zip(base, exact, strict=True)]
    )
    without = voters.copy()
    without[:, 0] = NONE
    fewer = kernel_of(catalogue).first(without)
    assert change.statements["s0"] == np.mean(
        [(x != y).any() for x, y in zip(base, fewer, strict=True)]
    )


def test_a_page_shows_the_same_figures_as_the_audit(four: Audit) -> None:
    shown = overview(build(FOUR), voters=5000, seed=3)
    for name in ("balance", "random", "electorates", "reach", "change"):
        assert getattr(shown, name) == getattr(four, name), name
    assert shown.like == four.own.noise(0.2)
    for found, whole in zip(shown.rules, four.rules, strict=True):
        assert found == replace(whole, like=(whole.noise(0.2),))


def test_content_of_every_shape_is_audited() -> None:
    for rows in ([[A]], [[NONE]], [[A] * 3] * 40, [[NONE, NONE], [A, D]]):
        for prior in (0, 10):
            json.dumps(audit(build(rows, prior=prior), voters=50).as_data())


def test_real_voters_are_drawn_from_what_is_given() -> None:
    answers = np.array([[A, A, D, D]], np.int8)
    places = audit(build(FOUR), voters=100, answers=answers).real
    assert places is not None
    assert places.shares[0].first == 1
    assert from_answers(answers)(np.random.default_rng(0), 3).shape == (3, 4)


def test_the_command(tmp_path: Path, content_folder: Path, catalogue: Catalogue) -> None:
    options = ["audit", "--content", str(content_folder), "--voters", "500"]
    shown = CliRunner().invoke(main, options)
    assert shown.exit_code == 0, shown.output
    for party in catalogue.parties:
        assert party.id in shown.output
    out = CliRunner().invoke(main, [*options, "--json", "-"])
    data = json.loads(out.output)
    assert data["content_hash"] == catalogue.content_hash
    assert data["random"]["voters"] == 500
    assert (data["seed"], data["standpunt"]) == (1, __version__)
    assert (data["quiz_version"], data["prior"], data["min_compared"]) == (3, 10, 2)
    assert " ".join(data["recommendation"]["words"][0].split()[:5]) in shown.output
    CliRunner().invoke(main, [*options, "--json", str(tmp_path / "audit.json")])
    assert json.loads((tmp_path / "audit.json").read_text()) == data
    first = catalogue.statements[0].id
    (tmp_path / "answers.csv").write_text(f"who,{first}\na,agree\nb,disagree\n")
    drawn = [*options, "--answers", str(tmp_path / "answers.csv"), "--keep", "who", "--json", "-"]
    assert json.loads(CliRunner().invoke(main, drawn).output)["real"]["name"] == "file"
    (tmp_path / "answers.csv").write_text(f"{first}\nperhaps\n")
    wrong = CliRunner().invoke(main, [*options, "--answers", str(tmp_path / "answers.csv")])
    assert wrong.exit_code == 1
    assert "row 2" in wrong.output
    assert "--on-error" not in wrong.output, "quiz audit has no such option"


def test_a_file_is_read_as_by_score(tmp_path: Path, content_folder: Path) -> None:
    source = tmp_path / "answers.csv"
    source.write_text(
        "who,age,leave-microsoft,ban-datacenters\nName,Age,Leave,Ban\n{},{},{},{}\na,30,1,99\nb,40,5,5\n"
    )
    options = [
        "--content", str(content_folder), "--keep", "who", "--drop-others", "--header-rows", "3",
        "--missing", "99", "--values", "1=disagree,5=agree",
    ]  # fmt: skip
    out = str(tmp_path / "scores.csv")
    scored = CliRunner().invoke(main, ["score", str(source), "--out", out, *options])
    assert scored.exit_code == 0, scored.output
    drawn = ["audit", "--answers", str(source), "--voters", "500", "--json", "-", *options]
    audited = CliRunner().invoke(main, drawn)
    assert audited.exit_code == 0, audited.output
    assert json.loads(audited.output)["real"]["name"] == "file"
    wrong = CliRunner().invoke(main, [*drawn, "--values", "1=maybe"])
    assert (wrong.exit_code, "'maybe' is not an answer" in wrong.output) == (2, True)
