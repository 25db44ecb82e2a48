"""The leading group and what decides, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from quiz.matching import METHODS, Kernel
from quiz.matching.firmness import Firmness, firmness, leading_groups

D, N, A, NONE = -1, 0, 1, 2


def ask(rows: list[list[int]], *answers: int, prior: int = 10) -> Firmness:
    kernel = Kernel(
        np.array(rows, np.int8), method=METHODS["city-block"], prior=prior, min_compared=1
    )
    return firmness(kernel, np.array(answers, np.int8), np.ones(len(answers), np.int64))


def test_the_leading_group_holds_whoever_one_answer_less_puts_first() -> None:
    firm = ask([[A, A, A, A], [A, A, A, D], [D, D, D, D]], A, A, A, A)
    # without the fourth answer the first two are alike; the third never comes near
    assert firm.leading.tolist() == [True, True, False]
    assert firm.first_without.tolist() == [[True, False, False]] * 3 + [[True, True, False]]
    assert firm.swaps.tolist() == [0, 0, 0, 1 / 2]


def test_a_single_answer_alone_leads_to_nobody_without_it() -> None:
    firm = ask([[A, A], [D, A]], A, NONE)
    assert firm.leading.tolist() == [True, False]
    assert firm.answered.tolist() == [0]
    assert firm.first_without.tolist() == [[False, False]]
    assert firm.swaps.tolist() == [1 / 2]


def test_who_is_ranked_stays_as_with_all_answers() -> None:
    # the second party has one position; without that answer it still stands in the order
    firm = ask([[D, D, D], [NONE, NONE, A], [NONE, NONE, NONE]], A, A, A)
    assert firm.scores.rank.tolist() == [2, 1, 0]
    assert firm.first_without.tolist()[2] == [False, True, False]
    assert firm.leading.tolist() == [False, True, False]


def test_without_a_prior_a_party_that_loses_its_only_statement_comes_last() -> None:
    firm = ask([[A, NONE], [D, N]], A, A, prior=0)
    assert firm.first_without.tolist() == [[False, True], [True, False]]
    assert firm.leading.tolist() == [True, True]


@pytest.mark.parametrize("weighted", [False, True])
def test_the_leading_groups_of_many_voters_are_those_of_each(weighted: bool) -> None:
    random = np.random.default_rng(3)
    positions = random.choice(np.array([D, N, A, NONE], np.int8), (6, 7))
    answers = random.choice(np.array([D, N, A, NONE], np.int8), (60, 7))
    weights = random.integers(1, 3, answers.shape) if weighted else np.ones(answers.shape, np.int64)
    kernel = Kernel(positions, method=METHODS["city-block"], prior=2, min_compared=2)
    groups = leading_groups(kernel, answers, weights if weighted else None)
    alone = [firmness(kernel, *voter).leading for voter in zip(answers, weights, strict=True)]
    assert groups.tolist() == np.array(alone).tolist()
    assert {row.sum() > 1 for row in groups} == {False, True}  # one alone and several both occur


def test_without_a_prior_a_party_that_agrees_on_nothing_leads_nobody_else_being_ranked() -> None:
    firm = ask([[D, D], [NONE, NONE]], A, A, prior=0)
    assert firm.scores.match.tolist()[0] == 0
    assert firm.leading.tolist() == [True, False]
