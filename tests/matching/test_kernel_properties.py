"""What must hold for the kernel whatever the content and the answers are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quiz.matching import METHODS, Kernel, Scores
from quiz.matching.firmness import Firmness, firmness

NONE = 2
WITH_BOUNDS = ("match", "low", "high", "agreement", "coverage")


@dataclass(frozen=True)
class Case:
    positions: np.ndarray
    answers: np.ndarray
    weights: np.ndarray
    method: str
    prior: int
    least: int

    def score(self, **changes: Any) -> Scores:
        case = replace(self, **changes)
        return case.kernel.score(case.answers, case.weights)

    def firmness(self) -> Firmness:
        return firmness(self.kernel, self.answers, self.weights)

    @property
    def kernel(self) -> Kernel:
        return Kernel(
            self.positions, method=METHODS[self.method], prior=self.prior, min_compared=self.least
        )


@st.composite
def cases(draw: st.DrawFn, *, silence: bool = True) -> Case:
    parties, statements = draw(st.integers(1, 6)), draw(st.integers(1, 8))
    codes = st.sampled_from((-1, 0, 1, NONE) if silence else (-1, 0, 1))

    def array(*shape: int, of: st.SearchStrategy[int]) -> np.ndarray:
        size = int(np.prod(shape))
        return np.array(draw(st.lists(of, min_size=size, max_size=size))).reshape(shape)

    return Case(
        positions=array(parties, statements, of=codes).astype(np.int8),
        answers=array(statements, of=codes).astype(np.int8),
        weights=array(statements, of=st.integers(1, 3)),
        method=draw(st.sampled_from(tuple(METHODS))),
        prior=draw(st.integers(0, 12)),
        least=draw(st.integers(0, 6)),
    )


def same(first: Scores, second: Scores, parties: Any = slice(None)) -> bool:
    return all(
        np.array_equal(getattr(first, name)[parties], getattr(second, name), equal_nan=True)
        for name in Scores._fields
    )


@given(cases())
def test_everything_lies_between_0_and_1_and_ranks_are_whole(case: Case) -> None:
    scores = case.score()
    for name in WITH_BOUNDS:
        values = getattr(scores, name)
        assert ((values >= 0) & (values <= 1) | np.isnan(values)).all(), name
    ranks = sorted(scores.rank[scores.ranked].tolist())
    assert all(rank == 1 + sum(other < rank for other in ranks) for rank in ranks)


@given(cases(), st.randoms(use_true_random=False))
def test_low_and_high_bound_whatever_a_silent_party_thinks(case: Case, random: Any) -> None:
    scores = case.score()
    filled = case.positions.copy()
    filled[filled == NONE] = [random.choice((-1, 0, 1)) for _ in range((filled == NONE).sum())]
    known = case.score(positions=filled).agreement
    assert ((scores.low <= known) & (known <= scores.high) | np.isnan(known)).all()


@given(cases())
def test_low_and_high_are_reached(case: Case) -> None:
    scores, table = case.score(), METHODS[case.method].table
    silent = case.positions == NONE
    answered = case.answers != NONE
    for bound, choose in ((scores.low, np.argmin), (scores.high, np.argmax)):
        chosen = choose(table, axis=1)[np.where(answered, case.answers, 0) + 1] - 1
        filled = np.where(silent, chosen, case.positions).astype(np.int8)
        assert np.array_equal(case.score(positions=filled).agreement, bound, equal_nan=True)


@given(cases())
def test_low_agreement_high_unless_silence_stands_beside_neutral(case: Case) -> None:
    """Beside neutral, silence is worth between ½ and 1 and can lift low above a lower agreement."""
    scores = case.score()
    beside_neutral = ((case.positions == NONE) & (case.answers == 0)).any(axis=1)
    plain = ~np.isnan(scores.agreement) & ~beside_neutral
    slack = 1e-12  # the three are divided by different sums
    assert (scores.low[plain] <= scores.agreement[plain] + slack).all()
    assert (scores.agreement[plain] <= scores.high[plain] + slack).all()


@given(cases())
def test_voter_and_party_may_change_places(case: Case) -> None:
    for party, row in enumerate(case.positions):
        forth = case.score().agreement[party]
        back = case.score(positions=case.answers[None], answers=row).agreement[0]
        assert np.array_equal(forth, back, equal_nan=True)


@given(cases(), st.randoms(use_true_random=False))
def test_relabelled_parties(case: Case, random: Any) -> None:
    order = random.sample(range(len(case.positions)), len(case.positions))
    assert same(case.score(), case.score(positions=case.positions[order]), order)


@given(cases(), st.randoms(use_true_random=False))
def test_reordered_statements(case: Case, random: Any) -> None:
    order = random.sample(range(len(case.answers)), len(case.answers))
    shuffled = case.score(
        positions=case.positions[:, order], answers=case.answers[order], weights=case.weights[order]
    )
    assert same(case.score(), shuffled)


@given(cases())
def test_agree_and_disagree_may_change_places(case: Case) -> None:
    def mirror(codes: np.ndarray) -> np.ndarray:
        return np.where(codes == NONE, codes, -codes).astype(np.int8)

    mirrored = case.score(positions=mirror(case.positions), answers=mirror(case.answers))
    assert same(case.score(), mirrored)


@given(cases())
def test_a_skipped_statement_is_as_if_it_did_not_exist(case: Case) -> None:
    kept = case.answers != NONE
    fewer = case.score(
        positions=case.positions[:, kept], answers=case.answers[kept], weights=case.weights[kept]
    )
    assert same(case.score(), fewer)


@given(cases(), st.integers(2, 5))
def test_doubling_every_statement_changes_nothing(case: Case, times: int) -> None:
    assert same(case.score(), case.score(weights=case.weights * times))


@given(cases())
def test_a_weight_of_two_is_the_statement_twice_but_for_the_prior(case: Case) -> None:
    doubled = case.score(weights=np.full_like(case.weights, 2), prior=0)
    twice = case.score(
        positions=np.tile(case.positions, 2),
        answers=np.tile(case.answers, 2),
        weights=np.ones(2 * len(case.answers), np.int64),
        prior=0,
    )
    for name in WITH_BOUNDS:
        assert np.array_equal(getattr(doubled, name), getattr(twice, name), equal_nan=True)


@given(cases())
def test_city_block_agreement_with_oneself_is_1(case: Case) -> None:
    for party, row in enumerate(case.positions):
        agreement = case.score(method="city-block", answers=row).agreement[party]
        assert agreement == 1 or (np.isnan(agreement) and (row == NONE).all())


@given(cases(silence=False))
def test_full_coverage_is_wahl_o_mat(case: Case) -> None:
    points = 2 - np.abs(case.positions.astype(int) - case.answers)
    got = (points * case.weights).sum(axis=1)
    most = 2 * case.weights.sum()
    orders = []
    for prior in (0, 3, 10, 50):
        scores = case.score(method="city-block", prior=prior, least=0)
        assert scores.agreement.tolist() == [int(total) / int(most) for total in got]
        assert scores.low.tolist() == scores.high.tolist() == scores.agreement.tolist()
        orders.append(scores.rank.tolist())
    assert orders == [[1 + int((got > total).sum()) for total in got]] * 4


@given(cases())
def test_one_voter_and_many_are_one_function(case: Case) -> None:
    many = case.kernel.score(
        np.stack([case.answers] * 3), np.stack([case.weights, case.weights * 2, case.weights])
    )
    assert same(many, case.score(), 0)
    assert same(many, case.score(), 1)


@given(cases())
def test_a_bigger_prior_draws_everyone_towards_chance(case: Case) -> None:
    chance = METHODS[case.method].chance / 12
    little, much = (np.abs(case.score(prior=prior).match - chance) for prior in (1, 2))
    assert (np.isnan(little) | (much <= little + 1e-12)).all()


@given(cases(), st.data())
def test_one_more_answer_takes_no_place_away(case: Case, data: st.DataObject) -> None:
    skipped = np.flatnonzero(case.answers == NONE).tolist()
    if skipped:
        more = case.answers.copy()
        more[data.draw(st.sampled_from(skipped))] = data.draw(st.sampled_from((-1, 0, 1)))
        assert (case.score(answers=more).ranked >= case.score().ranked).all()


@given(cases())
def test_firmness_starts_from_what_the_kernel_finds(case: Case) -> None:
    firm = case.firmness()
    assert same(case.score(), firm.scores)
    assert firm.answered.tolist() == np.flatnonzero(case.answers != NONE).tolist()


@given(cases())
def test_firmness_is_the_kernel_without_each_answer(case: Case) -> None:
    whole, firm = case.score(), case.firmness()
    group = firm.leading
    assert np.array_equal(group, (whole.rank == 1) | firm.first_without.any(axis=0))
    assert not group[~whole.ranked].any()
    ranked = np.flatnonzero(whole.ranked).tolist()
    for column, swaps, then_first in zip(
        firm.answered, firm.swaps, firm.first_without, strict=True
    ):
        without = case.answers.copy()
        without[column] = NONE
        match = np.nan_to_num(case.score(answers=without).match, nan=-1.0)
        moved = sum(
            abs(np.sign(whole.match[i] - whole.match[j]) - np.sign(match[i] - match[j])) / 2
            for i in ranked for j in ranked if i < j
        )  # fmt: skip
        assert swaps == moved
        best = {i for i in ranked if match[i] == max(match[j] for j in ranked) >= 0}
        assert set(np.flatnonzero(then_first).tolist()) == best


@given(cases())
def test_firmness_has_the_ranks_of_every_method(case: Case) -> None:
    ranks = case.firmness().ranks
    assert next(iter(ranks)) == case.method
    assert sorted(ranks) == sorted(METHODS)
    for name, rank in ranks.items():
        assert np.array_equal(rank, case.score(method=name).rank)
