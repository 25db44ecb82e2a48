"""Other voters and other settings."""

from __future__ import annotations

from itertools import product
from math import comb

import numpy as np
import pytest

from quiz.audit import Audit, audit
from quiz.audit.choices import Sizes, doubling, named
from quiz.audit.voters import (
    often_neutral,
)
from quiz.matching.answers import Answers
from quiz.matching.kernel import kernel_of
from quiz.matching.result import result
from tests.audit.test_audit import FOUR, NONE, A, D, N, build


def test_unranked_when_a_fifth_is_skipped() -> None:
    rows = [[A] * 5 + [NONE] * 5, [A] * 10]
    skipping = audit(build(rows, min_compared=5), voters=20_000).skipping[0]
    # five of five known must be answered: 1 − 0.8⁵ of the voters answer fewer;
    # fewer than five of ten answered: Σ over k < 5 of C(10, k) 0.8ᵏ 0.2¹⁰⁻ᵏ
    few = sum(comb(10, k) * 0.8**k * 0.2 ** (10 - k) for k in range(5))
    assert skipping.unranked == pytest.approx((1 - 0.8**5 + few) / 2, abs=0.01)


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
