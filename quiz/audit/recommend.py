"""Which prior and ``min_compared`` the figures support, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from quiz.audit.choices import NOISE, MinCompared
from quiz.audit.likeness import Finding
from quiz.audit.rules import RuleStudy
from quiz.audit.voters import LEAST, MOST

CLOSE: Final = 0.03
"""Shares of voters who find their party that differ by less are taken as equal."""

UNRANKED: Final = (
    "No party is ever ranked with this content, so there is nothing to recommend yet: more positions "
    "are needed, or a smaller min_compared."
)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A prior and a ``min_compared``, and the reasons in words."""

    prior: int
    min_compared: int
    words: tuple[str, ...]


def recommend(rules: Sequence[RuleStudy], least: Sequence[MinCompared]) -> Recommendation:
    """Weigh the two harms.

    Of the priors with which voters like a party find it first, and in the top three, as often as
    with the best, give or take three in a hundred, take the one that comes nearest to equal first
    places among random voters. Of the values of ``min_compared`` that are as good for the top
    three, give or take one in a hundred, take the highest: it rests on most.
    """
    studies = [study for study in rules if study.prior is not None]
    first, top_three = (
        max(getattr(_like(study), name) for study in studies) for name in ("first", "top_three")
    )
    close = [
        study
        for study in studies
        if _like(study).first >= first - CLOSE and _like(study).top_three >= top_three - CLOSE
    ]
    chosen = min(close or studies, key=_imbalance)
    highest = max(bound.like.top_three for bound in least)
    at = next(bound for bound in reversed(least) if bound.like.top_three >= highest - CLOSE / 3)
    assert chosen.prior is not None  # noqa: S101  # chosen among those that have one
    like = _like(chosen)
    if chosen.random.most_party is None:
        return Recommendation(chosen.prior, at.number, (UNRANKED,))
    words = [
        (
            f"With this content, prior {chosen.prior}: of voters like a party, a fifth of their answers at "
            f"random, {like.first:.0%} have it first (at best {first:.0%}) and {like.top_three:.0%} in "
            f"the top three (at best {top_three:.0%}). Among random voters the most favoured party "
            f"comes first {chosen.random.most:.2f} times as often as an equal share, the least favoured "
            f"{chosen.random.least:.2f} times."
        ),
    ]
    words.append(
        f"min_compared {at.number}: with a fifth of the statements skipped, {at.like.top_three:.0%} "
        f"have their party in the top three (at best {highest:.0%}), and {at.unranked:.0%} of parties "
        "have no rank."
    )
    return Recommendation(chosen.prior, at.number, (*words, *_warnings(chosen)))


def _warnings(chosen: RuleStudy) -> list[str]:
    words = []
    if chosen.random.most > MOST:
        words.append(
            f"{chosen.random.most_party} comes first more than twice as often as an equal share. A "
            "prior does not mend that: look at its neutral positions, and for statements on which "
            "more parties have one."
        )
    if chosen.random.least < LEAST:
        words.append(
            f"{chosen.random.least_party} comes first less than a third as often as an equal share: "
            "little is known of it, or other parties say the same."
        )
    return words


def _like(study: RuleStudy) -> Finding:
    return study.noise(NOISE).everybody


def _imbalance(study: RuleStudy) -> float:
    return max(study.random.most, 1 / max(study.random.least, 1e-9))
