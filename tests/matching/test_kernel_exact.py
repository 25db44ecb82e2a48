"""The kernel against the slow reference in fractions, on more than ten thousand random cases."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from quiz.matching import METHODS, Kernel, Scores
from tests.matching import reference

NUMBERS = ("match", "low", "high", "agreement", "coverage")
SIZES = ((1, 1), (1, 4), (5, 1), (3, 3), (4, 6), (6, 5), (7, 11))
VOTERS = 60
REPEATS = 5


def expected(number: Fraction | None) -> float:
    """Return the float nearest to a fraction: Python rounds integer division correctly."""
    return float("nan") if number is None else number.numerator / number.denominator


def assert_like(scores: Scores, parties: list[reference.Party]) -> None:
    for name in NUMBERS:
        wanted = [expected(getattr(party, name)) for party in parties]
        assert np.array_equal(getattr(scores, name), wanted, equal_nan=True), name
    assert scores.compared.tolist() == [party.compared for party in parties]
    assert scores.rank.tolist() == [party.rank for party in parties]


def row(scores: Scores, voter: int) -> Scores:
    return Scores(*(getattr(scores, name)[voter] for name in Scores._fields))


def draw(
    rng: np.random.Generator, parties: int, statements: int, voters: int
) -> tuple[Any, Any, Any]:
    """Draw positions, answers and weights, from all silent to all known."""
    silent, skipped = rng.random(), rng.random((voters, 1))
    positions = rng.integers(-1, 2, (parties, statements)).astype(np.int8)
    positions[rng.random(positions.shape) < silent * rng.integers(0, 2)] = 2
    answers = rng.integers(-1, 2, (voters, statements)).astype(np.int8)
    answers[rng.random(answers.shape) < skipped * rng.integers(0, 2, (voters, 1))] = 2
    answers[0] = 2
    weights = rng.choice([1, 1, 2, 3, 7, 100], (voters, statements))
    weights[rng.random(voters) < 0.4] = 1
    return positions, answers, weights


@pytest.mark.parametrize("method", METHODS)
def test_the_kernel_is_exact(method: str) -> None:
    rng = np.random.default_rng(sorted(METHODS).index(method))
    cases = 0
    for parties, statements in SIZES:
        for _ in range(REPEATS):
            positions, answers, weights = draw(rng, parties, statements, VOTERS)
            prior, least = int(rng.choice([0, 1, 3, 10])), int(rng.integers(0, 6))
            kernel = Kernel(positions, method=METHODS[method], prior=prior, min_compared=least)
            many = kernel.score(answers, weights)
            for voter in range(VOTERS):
                wanted = reference.score(
                    answers[voter].tolist(), weights[voter].tolist(), positions.tolist(),
                    method=method, prior=prior, min_compared=least,
                )  # fmt: skip
                alone = kernel.score(answers[voter], weights[voter])
                assert_like(alone, wanted)
                assert_like(row(many, voter), wanted)
                cases += 1
    assert cases * len(METHODS) >= 10_000


@pytest.mark.parametrize("method", METHODS)
def test_unweighted_roads_meet(method: str) -> None:
    rng = np.random.default_rng(11)
    for parties, statements in ((1, 1), (4, 6), (18, 30), (80, 42), (80, 43), (9, 63), (9, 64)):
        positions, answers, _ = draw(rng, parties, statements, 200)
        for prior in (0, 10):
            kernel = Kernel(positions, method=METHODS[method], prior=prior, min_compared=3)
            plain, ones = kernel.score(answers), kernel.score(answers, np.ones(answers.shape, int))
            for name in Scores._fields:
                assert np.array_equal(getattr(plain, name), getattr(ones, name), equal_nan=True)
            assert np.array_equal(kernel.match(answers), plain.match, equal_nan=True)
            assert np.array_equal(kernel.first(answers), plain.rank == 1)


def test_two_hundred_parties_and_statements() -> None:
    rng = np.random.default_rng(7)
    positions, answers, weights = draw(rng, 200, 200, 4)
    positions[100:] = positions[:100]  # every party has a twin, so every rank is a tie
    weights = np.minimum(weights, 3)
    kernel = Kernel(positions, method=METHODS["hybrid"], prior=10, min_compared=5)
    many = kernel.score(answers, weights)
    for voter in range(4):
        wanted = reference.score(
            answers[voter].tolist(), weights[voter].tolist(), positions.tolist(),
            method="hybrid", prior=10, min_compared=5,
        )  # fmt: skip
        assert_like(kernel.score(answers[voter], weights[voter]), wanted)
        assert_like(row(many, voter), wanted)
        assert np.array_equal(many.rank[voter, :100], many.rank[voter, 100:])


def test_no_voters_at_all() -> None:
    kernel = Kernel(np.ones((3, 4), np.int8), method=METHODS["exact"], prior=1, min_compared=1)
    none = np.ones((0, 4), np.int8)
    assert kernel.score(none).match.shape == kernel.match(none).shape == (0, 3)
    assert kernel.score(none, none).rank.shape == kernel.first(none).shape == (0, 3)
