"""The kernel by hand: every expected value is a sum that a reader can follow."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from quiz.matching import METHODS, Kernel, Scores
from quiz.matching.kernel import kernel_of
from tests.matching.small import catalogue_of

D, N, A, NONE = -1, 0, 1, 2


def kernel(
    rows: list[list[int]], method: str = "city-block", prior: int = 10, least: int = 1
) -> Kernel:
    return Kernel(np.array(rows, np.int8), method=METHODS[method], prior=prior, min_compared=least)


def voter(*answers: int) -> np.ndarray:
    return np.array(answers, np.int8)


def test_city_block_by_hand() -> None:
    scores = kernel([[A, N, D, NONE]]).score(voter(A, A, A, A))
    # agree–agree 1, agree–neutral ½, agree–disagree 0; ten imaginary statements at ½
    assert scores.match.tolist() == [(1 + 1 / 2 + 0 + 10 * 1 / 2) / (3 + 10)]
    assert scores.agreement.tolist() == [(1 + 1 / 2 + 0) / 3]
    assert scores.low.tolist() == [(1 + 1 / 2 + 0 + 0) / 4]
    assert scores.high.tolist() == [(1 + 1 / 2 + 0 + 1) / 4]
    assert scores.coverage.tolist() == [3 / 4]
    assert scores.compared.tolist() == [3]


@pytest.mark.parametrize(
    ("method", "agreed", "chance"),
    [
        ("city-block", 1 + 1 + 1 / 2 + 0, 1 / 2),
        ("exact", 1 + 1 + 0 + 0, 1 / 3),
        ("quadratic", 1 + 1 + 3 / 4 + 0, 7 / 12),
        ("directional", 1 + 1 / 2 + 1 / 2 + 0, 1 / 2),
        ("hybrid", 1 + 3 / 4 + 1 / 2 + 0, 1 / 2),
    ],
)
def test_every_method_by_hand(method: str, agreed: float, chance: float) -> None:
    scores = kernel([[A, N, N, D]], method).score(voter(A, N, A, A))
    assert scores.agreement.tolist() == [agreed / 4]
    assert scores.match[0] == pytest.approx((agreed + 10 * chance) / (4 + 10), abs=1e-15)


def test_double_weight_by_hand() -> None:
    scores = kernel([[A, D, NONE]], prior=3).score(voter(A, A, N), np.array([2, 1, 1]))
    # W = 2 + 1 + 1, N = 3, so the imaginary statements weigh 3 · 4 / 3 = 4 together
    assert scores.match.tolist() == [(2 * 1 + 1 * 0 + 4 * 1 / 2) / (2 + 1 + 4)]
    assert scores.agreement.tolist() == [(2 * 1 + 1 * 0) / (2 + 1)]
    # silence beside neutral: ½ at worst, 1 at best
    assert scores.low.tolist() == [(2 * 1 + 1 * 0 + 1 * 1 / 2) / 4]
    assert scores.high.tolist() == [(2 * 1 + 1 * 0 + 1 * 1) / 4]
    assert scores.coverage.tolist() == [(2 + 1) / 4]
    assert scores.compared.tolist() == [2]


def test_silence_beside_neutral_is_bounded_by_the_methods_own_table() -> None:
    scores = kernel([[NONE, A]], "directional").score(voter(N, A))
    # whatever a party thinks, beside neutral it gets ½ under directional
    assert scores.low.tolist() == scores.high.tolist() == [(1 / 2 + 1) / 2]


def test_equal_match_is_equal_rank_and_the_next_is_passed_over() -> None:
    rows = [[A, A, A], [A, A, N], [A, N, A], [D, D, D]]
    assert kernel(rows).score(voter(A, A, A)).rank.tolist() == [1, 2, 2, 4]


def test_a_tie_between_unlike_fractions_is_exact() -> None:
    # without a prior 2/3 of three statements and 4/6 of six are the same
    rows = [[A, A, D, NONE, NONE, NONE], [A, A, D, D, A, A], [A, NONE, NONE, NONE, NONE, NONE]]
    scores = kernel(rows, prior=0).score(voter(A, A, A, A, A, A))
    assert scores.match.tolist() == [2 / 3, 4 / 6, 1.0]
    assert scores.rank.tolist() == [2, 2, 1]


def test_too_little_known_is_not_ranked_but_keeps_its_numbers() -> None:
    scores = kernel([[A, A, A], [A, NONE, NONE]], least=2).score(voter(A, A, D))
    assert scores.rank.tolist() == [1, 0]
    assert scores.ranked.tolist() == [True, False]
    assert scores.agreement.tolist() == [2 / 3, 1 / 1]
    assert scores.match[1] == (1 + 10 * 1 / 2) / (1 + 10)


def test_a_voter_with_fewer_answers_than_needed_gets_no_order() -> None:
    two = kernel([[A, A, A], [D, A, A], [NONE, A, A]], least=2)
    assert two.score(voter(A, NONE, NONE)).rank.tolist() == [0, 0, 0]
    assert two.score(voter(A, A, NONE)).rank.tolist() == [1, 2, 0]
    assert two.score(voter(A, A, A)).rank.tolist() == [1, 3, 2]


def test_without_a_least_number_silence_is_ranked_by_the_prior_alone() -> None:
    scores = kernel([[A], [NONE], [D]], least=0).score(voter(A))
    assert scores.rank.tolist() == [1, 2, 3]
    assert scores.match[1] == 1 / 2


def test_nothing_compared_is_unranked_without_a_prior() -> None:
    scores = kernel([[NONE, A], [A, A]], prior=0, least=0).score(voter(A, NONE))
    assert np.isnan(scores.match[0])
    assert np.isnan(scores.agreement[0])
    assert (scores.low[0], scores.high[0], scores.coverage[0]) == (0, 1, 0)
    assert scores.rank.tolist() == [0, 1]


def test_no_answer_at_all_defines_nothing() -> None:
    for prior in (0, 10):
        scores = kernel([[A, A]], prior=prior).score(voter(NONE, NONE))
        for name in ("match", "low", "high", "agreement", "coverage"):
            assert np.isnan(getattr(scores, name)).all(), name
        assert scores.rank.tolist() == scores.compared.tolist() == [0]


def test_codes_and_weights_out_of_range_are_refused() -> None:
    two = kernel([[A, D]])
    for bad in (voter(A, 3), voter(-2, A), voter(A, 100)):
        for answers in (bad, np.stack([bad, bad])):
            with pytest.raises(ValueError, match="coded"):
                two.score(answers)
        for refuse in (two.match, two.first):
            with pytest.raises(ValueError, match="coded"):
                refuse(bad[None])
    for weights in ([1, 0], [-1, 1], [1, 10**9]):
        for shape in ((2,), (3, 2)):
            with pytest.raises(ValueError, match="weights"):
                two.score(np.full(shape, A, np.int8), np.broadcast_to(np.array(weights), shape))


def test_a_weight_beside_a_skipped_statement_is_not_read() -> None:
    two = kernel([[A, D]])
    for shape in ((2,), (3, 2)):
        answers = np.broadcast_to(voter(A, NONE), shape)
        odd = two.score(answers, np.broadcast_to(np.array([2, 0]), shape))
        assert np.array_equal(odd.match, two.score(answers, np.full(shape, 2)).match)


def test_shapes_and_types_are_checked_first() -> None:
    two = kernel([[A, D]])
    with pytest.raises(ValueError, match="2 statements"):
        two.score(voter(A))
    with pytest.raises(ValueError, match="weights"):
        two.score(voter(A, A), np.ones(3, np.int64))
    with pytest.raises(TypeError, match="int8"):
        two.score(np.array([1, 1]))


def test_single_floats_round_the_ratio_and_keep_the_ranks() -> None:
    rng = np.random.default_rng(3)
    many = Kernel(
        rng.integers(-1, 3, (18, 30)).astype(np.int8),
        method=METHODS["quadratic"], prior=10, min_compared=5,
    )  # fmt: skip
    answers = rng.integers(-1, 3, (500, 30)).astype(np.int8)
    exact, single = many.score(answers), Scores.empty(500, 18, single=True)
    assert many.score(answers, out=single) is single
    assert single.match.dtype == np.float32
    for name in ("match", "low", "high", "agreement", "coverage"):
        np.testing.assert_allclose(getattr(single, name), getattr(exact, name), rtol=1e-7)
    assert np.array_equal(single.rank, exact.rank)
    assert np.array_equal(many.first(answers), exact.rank == 1)


def test_single_floats_never_make_a_tie() -> None:
    """Matches that differ by less than float32 can tell are still ranked apart."""
    rows = [[A, D, NONE, NONE], [NONE, NONE, A, D]]
    weights = np.array([[2502, 2501, 2501, 2500]])  # 2502 / 5003 beside 2501 / 5001
    two, answers = kernel(rows, prior=0), voter(A, A, A, A)[None]
    single = two.score(answers, weights, out=Scores.empty(1, 2, single=True))
    assert single.match[0, 0] == single.match[0, 1]
    assert single.rank.tolist() == two.score(answers, weights).rank.tolist() == [[2, 1]]
    # without weights, so large a prior that float32 cannot part the keys either
    rng = np.random.default_rng(8)
    many = kernel(rng.integers(-1, 3, (40, 60)).tolist(), "hybrid", prior=40_000)
    answers = rng.integers(-1, 3, (300, 60)).astype(np.int8)
    single, exact = many.score(answers, out=Scores.empty(300, 40, single=True)), many.score(answers)
    different = exact.match[:, :, None] != exact.match[:, None, :]
    rounded = exact.match.astype(np.float32)
    assert (different & (rounded[:, :, None] == rounded[:, None, :])).any()
    assert np.array_equal(single.rank, exact.rank)
    assert np.array_equal(many.first(answers), exact.rank == 1)


def test_the_documented_tables_are_the_codes_own() -> None:
    page = Path(__file__).parents[2] / "docs" / "method.md"
    orders = {}
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        name = cells[0].split("`")[1] if cells[0].startswith("`") else ""
        if name in METHODS:
            orders[name] = [float(Fraction(cell)) for cell in cells[1:6]]
    assert orders == {
        name: [
            *(method.table[at] / 4 for at in ((2, 2), (1, 1), (1, 2), (2, 0))),
            method.chance / 12,
        ]
        for name, method in METHODS.items()
    }


def test_the_documented_example_of_low_above_agreement() -> None:
    scores = kernel([[D, NONE, NONE, NONE]]).score(voter(A, N, N, N))
    assert (scores.agreement.tolist(), scores.low.tolist()) == ([0], [(0 + 3 * 1 / 2) / 4])


def rows_of_voters(voters: int, statements: int) -> np.ndarray:
    return np.random.default_rng(5).choice(np.array([D, N, A, NONE], np.int8), (voters, statements))


@pytest.mark.parametrize("prior", [0, 1, 400])  # by the last, float32 would no longer be exact
def test_first_and_match_are_those_of_the_scores_also_beyond_a_block(prior: int) -> None:
    positions = [[A, D, NONE, N], [D, D, A, NONE], [NONE, NONE, N, NONE], [D, A, D, D]]
    rule, answers = kernel(positions, prior=prior, least=2), rows_of_voters(9000, 4)
    scores = rule.score(answers)
    first = rule.first(answers)
    assert first.dtype == np.bool_
    assert (first == (scores.rank == 1)).all()
    assert np.array_equal(rule.match(answers), scores.match, equal_nan=True)
    out = np.zeros_like(scores.match)
    assert rule.match(answers, out=out) is out
    assert np.array_equal(out, scores.match, equal_nan=True)


def test_one_answer_is_enough_to_rank_first_and_none_is_not() -> None:
    rule = kernel([[D], [A]], prior=0, least=0)
    assert rule.first(np.array([[A], [NONE]], np.int8)).tolist() == [[False, True], [False, False]]
    # a party that agrees on nothing comes first where it is the only one that is ranked
    assert kernel([[D]], prior=0, least=0).first(np.array([[A]], np.int8)).tolist() == [[True]]


def test_a_single_compared_statement_of_a_low_denominator_counts() -> None:
    rule = kernel([[A, NONE], [NONE, D]], prior=0, least=1)
    assert rule.first(np.array([[A, NONE], [NONE, D]], np.int8)).tolist() == [
        [True, False], [False, True],
    ]  # fmt: skip


def test_the_largest_weight_that_is_exact_is_accepted_and_the_next_refused() -> None:
    rule, answers = kernel([[A]], prior=1), voter(A)
    # 12 · weight · S · (S + prior) must stay below 2**26
    most = (2**26 - 1) // (12 * 1 * 2)
    assert rule.score(answers, np.array([most])).match.tolist() == [(1 + 1 / 2) / 2]
    with pytest.raises(ValueError, match="weights"):
        rule.score(answers, np.array([most + 1]))
    three = kernel([[A, A, A]], prior=1)
    largest = (2**26 - 1) // (12 * 3 * 4)
    assert three.score(voter(A, A, A), np.full(3, largest)).rank.tolist() == [1]
    with pytest.raises(ValueError, match="weights"):
        three.score(voter(A, A, A), np.full(3, largest + 1))


def test_a_rule_with_something_changed() -> None:
    catalogue = catalogue_of({"Alfa": [A, D]}, prior=3, min_compared=1)
    own, changed = (
        kernel_of(catalogue),
        kernel_of(catalogue, method="exact", prior=7, min_compared=2),
    )
    assert (own.method.name, own.prior, own.min_compared) == ("city-block", 3, 1)
    assert (changed.method.name, changed.prior, changed.min_compared) == ("exact", 7, 2)
    assert {other.method.name for other in changed.other_methods} == set(METHODS) - {"exact"}
    assert {(other.prior, other.min_compared) for other in changed.other_methods} == {(7, 2)}
