"""The audit against counting by hand on content small enough to count."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from math import comb
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from click.testing import CliRunner

from quiz import __version__
from quiz.audit import Audit, audit
from quiz.audit.choices import MinCompared, Sizes, doubling, named
from quiz.audit.likeness import Finding, Likeness, like_parties, likeness
from quiz.audit.overview import overview
from quiz.audit.recommend import recommend
from quiz.audit.rules import RuleStudy
from quiz.audit.voters import (
    Extremes,
    blocks,
    first_places,
    from_answers,
    often_neutral,
    uniform,
)
from quiz.cli import main
from quiz.content import Catalogue
from quiz.content.catalogue import Matching, Party, Position, Quiz, Statement, Theme
from quiz.matching.answers import Answers
from quiz.matching.firmness import firmness
from quiz.matching.kernel import kernel_of
from quiz.matching.result import result
from quiz.web.charts import Bar, Dots, Mark, bars, dots
from quiz.web.voter.audit_charts import change_chart, coverage_chart, first_places_chart

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


@pytest.fixture(scope="module")
def four() -> Audit:
    return audit(build(FOUR), voters=5000, seed=3)


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
    assert places.above == tuple(s.id for s in places.shares if s.multiple > 2)
    assert places.below == tuple(s.id for s in places.shares if s.multiple < 1 / 3)


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


def test_unranked_when_a_fifth_is_skipped() -> None:
    rows = [[A] * 5 + [NONE] * 5, [A] * 10]
    skipping = audit(build(rows, min_compared=5), voters=20_000).skipping[0]
    # five of five known must be answered: 1 − 0.8⁵ of the voters answer fewer;
    # fewer than five of ten answered: Σ over k < 5 of C(10, k) 0.8ᵏ 0.2¹⁰⁻ᵏ
    few = sum(comb(10, k) * 0.8**k * 0.2 ** (10 - k) for k in range(5))
    assert skipping.unranked == pytest.approx((1 - 0.8**5 + few) / 2, abs=0.01)


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


def test_rules_for_silence() -> None:
    rows = [[A] * 12, [A] * 5 + [NONE] * 7]
    studies = {study.rule: study for study in audit(build(rows), voters=4000, seed=2).rules}
    assert list(studies) == ["mean", "prior 3", "prior 6", "prior 10", "prior 30", "neutral"]
    assert [study.own for study in studies.values()] == [False, False, False, True, False, False]
    voters = np.concatenate(list(blocks(uniform(12), voters=4000, seed=2)))
    points = (voters.astype(float) + 1) / 2  # agreement with a party that agrees
    few, many = points[:, :5].mean(axis=1), points.mean(axis=1)
    neutral = (points[:, :5].sum(axis=1) + (1 - np.abs(voters[:, 5:]) / 2).sum(axis=1)) / 12
    for rule, favoured, two in (("mean", few, many), ("neutral", neutral, many)):
        close = np.isclose(favoured, two)
        share = (np.where(close, 0.5, favoured > two)).mean() * 2
        assert studies[rule].random.most == pytest.approx(max(share, 2 - share))
        assert studies[rule].random.least == pytest.approx(min(share, 2 - share))


def test_voters_like_a_party_are_those_of_counting_by_hand() -> None:
    catalogue = build(FOUR)
    answers, own = like_parties(catalogue.matrix, 200, noise=0.2, skipped=0.2, seed=4)
    ids = ("p0", "p1", "p2", "p3")
    alike = likeness(
        kernel_of(catalogue), catalogue.matrix, ids, voters=200, noise=0.2, skipped=0.2, seed=4
    )
    ones, firsts, threes, leading = np.ones(4, np.int64), [0] * 4, [0] * 4, [0] * 4
    for voter, row in zip(answers, own.tolist(), strict=True):
        firm = firmness(kernel_of(catalogue), voter, ones)
        firsts[row] += firm.scores.rank[row] == 1
        threes[row] += 1 <= firm.scores.rank[row] <= 3
        leading[row] += firm.leading[row]
    for row, party in enumerate(ids):
        finding = alike.parties[party]
        assert (finding.first, finding.top_three, finding.leading) == (
            firsts[row] / 200, threes[row] / 200, leading[row] / 200,
        )  # fmt: skip
    # p3 has one position, p2 two, p0 and p1 three: thirds of 2, 1 and 1 parties
    assert alike.thirds["least"].first == pytest.approx((firsts[2] + firsts[3]) / 400)
    assert alike.everybody.first == pytest.approx(sum(firsts) / 800)


def test_voters_like_a_party_answer_as_it_does() -> None:
    positions = np.array([[A, D, N, NONE]], np.int8)
    answers, own = like_parties(positions, 3000, noise=0, seed=1)
    assert (answers[:, :3] == positions[0, :3]).all()
    assert set(own.tolist()) == {0}
    assert np.bincount(answers[:, 3] + 1, minlength=3) == pytest.approx(1000, abs=120)
    noisy, _ = like_parties(positions, 3000, noise=0.3, skipped=0.25, seed=1)
    assert (noisy == NONE).mean() == pytest.approx(0.25, abs=0.02)
    # noise is right by chance in a third of cases
    kept = (noisy[:, 0] == A).sum() / (noisy[:, 0] != NONE).sum()
    assert kept == pytest.approx(0.7 + 0.3 / 3, abs=0.03)


def test_a_page_shows_the_same_figures_as_the_audit(four: Audit) -> None:
    shown = overview(build(FOUR), voters=5000, seed=3)
    for name in ("balance", "random", "electorates", "reach", "change"):
        assert getattr(shown, name) == getattr(four, name), name
    assert shown.like == four.own.noise(0.2)
    for found, whole in zip(shown.rules, four.rules, strict=True):
        assert found == replace(whole, like=(whole.noise(0.2),))


def test_electorates_are_as_neutral_as_they_say(four: Audit) -> None:
    for share in (0.1, 0.5):
        drawn = often_neutral(50, share)(np.random.default_rng(0), 2000)
        assert (drawn == N).mean() == pytest.approx(share, abs=0.01)
        assert (drawn == A).mean() == pytest.approx((1 - share) / 2, abs=0.01)
    assert [electorate.name for electorate in four.electorates] == [
        "10% neutral", "20% neutral", "33% neutral", "50% neutral",
    ]  # fmt: skip
    half = audit(build([[N] * 6, [A] * 6, [D] * 6]), voters=3000).electorates
    assert half[3].first.most_party == "p0"
    assert half[3].correlation == pytest.approx(1, abs=0.05)
    assert half[0].first.least_party == "p0"


def test_to_whom_nobody_can_be_named_is_the_pages_own_rule() -> None:
    catalogue = build([*FOUR, [A, A, NONE, NONE]], min_compared=2, prior=6)
    kernel = kernel_of(catalogue)
    voters = np.array(list(product((-1, 0, 1, NONE), repeat=4)), np.int8)
    voters = voters[(voters != NONE).any(axis=1)]
    assert named(kernel, kernel.score(voters)).tolist() == [
        result(catalogue, kernel, Answers.from_codes(catalogue, voter.tolist())).unnamed is None
        for voter in voters
    ]


def test_doubling_is_counted_where_it_changes_who_comes_first() -> None:
    sizes = Sizes(random=2000, like=1, seed=1)
    assert doubling(build([[A] * 5, [D] * 5]), sizes) == 0  # all five count double: nothing changes
    assert 0.05 < doubling(build([[A] * 9, [D] * 5 + [A] * 4]), sizes) < 0.5


def test_the_recommendation_weighs_both_harms() -> None:
    def study(prior: int | None, first: float, top: float, most: float, least: float) -> RuleStudy:
        finding = Finding(first, top, top)
        like = Likeness(0.2, 0, finding, {}, {})
        return RuleStudy("", prior, False, Extremes(most, "x", least, "y"), (like,))

    def least(number: int, top: float) -> MinCompared:
        return MinCompared(number, Extremes(1, "x", 1, "y"), 0.1, 0, Finding(top, top, top))

    rules = (
        study(0, 0.75, 0.94, 2.85, 0.02), study(3, 0.82, 0.95, 2.36, 0.16),
        study(6, 0.80, 0.94, 2.10, 0.32), study(10, 0.78, 0.93, 1.69, 0.55),
        study(None, 0.9, 0.99, 1.1, 0.9),
    )  # fmt: skip
    recommendation = recommend(rules, [least(1, 0.884), least(2, 0.881), least(3, 0.846)])
    assert (recommendation.prior, recommendation.min_compared) == (6, 2)
    assert "prior 6" in recommendation.words[0]
    assert "min_compared 2" in recommendation.words[1]
    assert [words.split()[0] for words in recommendation.words[2:]] == ["x", "y"]


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


def test_charts_are_well_formed_accessible_and_without_style(four: Audit) -> None:
    names = {f"p{at}": f"<Party> & {at}" for at in range(4)}
    text = {"title": 'Shares & "more"', "description": "A < B."}
    for svg in (
        first_places_chart(four.random, names, decimal=",", **text),
        coverage_chart(four.balance, names, **text),
        change_chart(four.change.methods, {}, **text),
    ):
        assert svg.__html__() == svg
        root = ET.fromstring(svg)
        space = "{http://www.w3.org/2000/svg}"
        assert root.get("role") == "img"
        title, description = root.find(f"{space}title"), root.find(f"{space}desc")
        assert title is not None
        assert description is not None
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert (title.text, description.text) == (text["title"], text["description"])
        assert not [node for node in root.iter() if node.get("style")]
        assert {node.tag.removeprefix(space) for node in root.iter()} <= {
            "svg", "title", "desc", "text", "rect", "line",
        }  # fmt: skip


def test_bars_stay_inside_the_picture() -> None:
    svg = bars("t", "d", [Bar("x", [(5, "a"), (5, "b")], "10")], most=4, marks=[Mark(9, "far")])
    for rect in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect"):
        assert float(rect.get("x", 0)) + float(rect.get("width", 0)) <= 640
    assert "far" not in svg
    assert "<rect" not in bars("t", "d", [], most=0)


@pytest.mark.parametrize("number", [0, 1, 10, 28, 31, 100])
def test_a_row_has_a_dot_for_each_and_stays_inside_the_picture(number: int) -> None:
    root = ET.fromstring(dots("t", "d", [Dots("x", number, "same"), Dots("y", 3, "half")]))
    space, tall = "{http://www.w3.org/2000/svg}", int(root.get("viewBox", "").split()[3])
    groups = list(root.iter(f"{space}g"))
    assert [len(group) for group in groups] == [number, 3]
    for group in groups:
        match = re.fullmatch(r"translate\((.+) (.+)\) scale\((.+)\)", group.get("transform", ""))
        assert match
        left, top, scale = map(float, match.groups())
        for use in group:
            assert left + scale * (float(use.get("x", 0)) + 16) <= 440 - 55
            assert top + scale * (float(use.get("y", 0)) + 16) <= tall
