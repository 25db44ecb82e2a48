"""Which prior and ``min_compared`` the figures support, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from quiz.audit.choices import NOISE, MinCompared
from quiz.audit.likeness import Finding
from quiz.audit.rules import AS_NEUTRAL, RuleStudy
from quiz.audit.voters import LEAST, MOST
from quiz.translations.commands import later, tr

CLOSE: Final = 0.03
"""Shares of voters who find their party that differ by less are taken as equal."""

FEWEST: Final = 2
"""A lower ``min_compared`` ranks a party by a single statement."""

UNRANKED: Final = later(
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
    places among random voters. Silence as neutral is not among them: it invents positions. Of the
    values of ``min_compared`` that are as good for the top three, give or take one in a hundred,
    take the lowest from 2: a higher one only hides parties.
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
    as_good = [bound for bound in least if bound.like.top_three >= highest - CLOSE / 3]
    at = next((bound for bound in as_good if bound.number >= FEWEST), as_good[-1])
    assert chosen.prior is not None  # noqa: S101  # chosen among those that have one
    like = _like(chosen)
    if chosen.random.most_party is None:
        return Recommendation(chosen.prior, at.number, (tr(UNRANKED),))
    words = [
        tr(
            "With this content, prior %(prior)s: of voters like a party, a fifth of their answers at "
            "random, %(first)s have it first (%(best)s with the best prior) and %(three)s in the top "
            "three (%(best_three)s with the best prior). Among random voters the most favoured party "
            "comes first %(most)s times as often as an equal share, the least favoured %(least)s times.",
            prior=chosen.prior,
            first=f"{like.first:.0%}",
            best=f"{first:.0%}",
            three=f"{like.top_three:.0%}",
            best_three=f"{top_three:.0%}",
            most=f"{chosen.random.most:.2f}",
            least=f"{chosen.random.least:.2f}",
        ),
        tr(
            "min_compared %(number)s: with a fifth of the statements skipped, %(three)s have their "
            "party in the top three (%(best)s with the best min_compared), and %(unranked)s of parties "
            "have no rank. A higher one that is only as good would hide parties.",
            number=at.number,
            three=f"{at.like.top_three:.0%}",
            best=f"{highest:.0%}",
            unranked=f"{at.unranked:.0%}",
        ),
    ]
    words += [_not_as_neutral(_like(study)) for study in rules if study.rule == AS_NEUTRAL]
    return Recommendation(chosen.prior, at.number, (*words, *_warnings(chosen)))


def _not_as_neutral(like: Finding) -> str:
    return tr(
        "Silence counted as neutral (%(first)s first, %(three)s in the top three) is never recommended: "
        "it invents positions that no party has taken.",
        first=f"{like.first:.0%}",
        three=f"{like.top_three:.0%}",
    )


def _warnings(chosen: RuleStudy) -> list[str]:
    words = []
    if chosen.random.most > MOST:
        words.append(
            tr(
                "%(party)s comes first more than 1.5 times as often as an equal share. A prior does not "
                "mend that: look at its neutral positions, and for statements on which more parties "
                "have one.",
                party=chosen.random.most_party,
            )
        )
    if chosen.random.least < LEAST:
        words.append(
            tr(
                "%(party)s comes first less than half as often as an equal share: little is known "
                "of it, or other parties say the same.",
                party=chosen.random.least_party,
            )
        )
    return words


def _like(study: RuleStudy) -> Finding:
    return study.noise(NOISE).everybody


def _imbalance(study: RuleStudy) -> float:
    return max(study.random.most, 1 / max(study.random.least, 1e-9))
