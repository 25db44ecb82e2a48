"""Rules for silence, and what the figures recommend."""

from __future__ import annotations

import numpy as np
import pytest

from quiz.audit import audit
from quiz.audit.choices import MinCompared
from quiz.audit.likeness import Finding, Likeness
from quiz.audit.recommend import recommend
from quiz.audit.rules import RuleStudy
from quiz.audit.voters import (
    Extremes,
    blocks,
    uniform,
)
from quiz.content import Catalogue
from tests.audit.test_audit import NONE, A, build


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


def test_the_recommendation_weighs_both_harms() -> None:
    def study(prior: int | None, first: float, top: float, most: float, least: float) -> RuleStudy:
        finding = Finding(first, top, top)
        like = Likeness(0.2, 0, finding, {}, {})
        rule = "neutral" if prior is None else f"prior {prior}"
        return RuleStudy(rule, prior, False, Extremes(most, "x", least, "y"), (like,))

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
    assert "80% have it first (82% with the best prior)" in recommendation.words[0]
    assert "min_compared 2" in recommendation.words[1]
    assert "(90% first, 99% in the top three) is never recommended" in recommendation.words[2]
    assert [words.split()[0] for words in recommendation.words[3:]] == ["x", "y"]
    for tops, number in (
        ((0.88, 0.88, 0.88, 0.88), 2),
        ((0.8, 0.84, 0.88, 0.88), 3),
        ((0.88, 0.8, 0.8, 0.8), 1),
    ):
        bounds = [least(at, top) for at, top in enumerate(tops, 1)]
        assert recommend(rules, bounds).min_compared == number


def test_the_shipped_content_agrees_with_its_audit(shipped_catalogue: Catalogue) -> None:
    rule = shipped_catalogue.quiz.matching
    advised = audit(shipped_catalogue, voters=2000).recommendation
    assert advised.min_compared == rule.min_compared
