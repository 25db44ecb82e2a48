"""Voters who think like a party."""

from __future__ import annotations

import numpy as np
import pytest

from quiz.audit.likeness import like_parties, likeness
from quiz.matching.firmness import firmness
from quiz.matching.kernel import kernel_of
from tests.audit.test_audit import FOUR, NONE, A, D, N, build


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
