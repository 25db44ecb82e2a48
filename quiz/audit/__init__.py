"""What the content does to voters: coverage, balance, and a seeded study of simulated voters.

Everything is computed from the catalogue and a seed; the same two give the same figures.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from quiz import __version__
from quiz.audit.balance import Balance, balance
from quiz.audit.change import FirstPlaceChanges, change
from quiz.audit.choices import (
    Electorate,
    MinCompared,
    Skipping,
    doubling,
    electorates,
    min_compared,
    sample_sizes,
    skipping,
)
from quiz.audit.reach import Reach, reach
from quiz.audit.recommend import Recommendation, recommend
from quiz.audit.rules import RuleStudy, compare_rules
from quiz.audit.voters import Draw, FirstPlaces, first_places, from_answers, uniform
from quiz.content.catalogue import Catalogue
from quiz.matching.kernel import Codes, kernel_of
from quiz.translations import SOURCE
from quiz.translations.commands import speaking

__all__ = ["Audit", "audit"]

VOTERS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Audit:
    """All figures; shares are from 0 to 1, and parties and statements stand by id.

    ``standpunt``: the program's version. ``random``: voters who answer everything at random.
    ``real``: voters drawn from a file, where one was given. ``rules``: both questions, first places
    of random voters and whether voters like a party find it, under rules for silence.
    ``electorates``: voters who are neutral more and less often. ``skipping``, ``min_compared``:
    what they do on both questions. ``doubled``: the share of random voters for whom other parties
    come first once five statements count double. ``reach``: who can come first at all. ``change``:
    how often other parties come first under another method or without a statement.
    """

    quiz: str
    quiz_version: int
    content_hash: str
    standpunt: str
    method: str
    prior: int
    min_compared: int
    double_weight: int
    voters: int
    voters_like_each_party: int
    seed: int
    balance: Balance
    random: FirstPlaces
    real: FirstPlaces | None
    rules: tuple[RuleStudy, ...]
    electorates: tuple[Electorate, ...]
    skipping: tuple[Skipping, ...]
    by_min_compared: tuple[MinCompared, ...]
    doubled: float
    reach: tuple[Reach, ...]
    change: FirstPlaceChanges
    recommendation: Recommendation

    @property
    def own(self) -> RuleStudy:
        """The study of the quiz's own rule."""
        return next(study for study in self.rules if study.own)

    def as_data(self) -> dict[str, Any]:
        """Return the figures in dicts, lists, texts and numbers, ready for JSON."""
        return asdict(self)


def audit(
    catalogue: Catalogue, *, voters: int = VOTERS, seed: int = 1, answers: Codes | None = None
) -> Audit:
    """Study a catalogue.

    ``voters`` are simulated for first places; at most 20,000 of them for the rest, and at most 300
    like each party. ``answers``, int8 of shape (n, S), are real voters to draw from.
    """
    kernel, matching = kernel_of(catalogue), catalogue.quiz.matching
    parties = tuple(party.id for party in catalogue.parties)
    sizes = sample_sizes(catalogue, voters, seed)
    draw = uniform(len(catalogue.statements))

    def places(name: str, draw: Draw) -> FirstPlaces:
        return first_places(kernel, parties, name, draw, voters=voters, seed=seed)

    rules = compare_rules(catalogue, draw, voters=sizes.random, like=sizes.like, seed=seed)
    by_min_compared = min_compared(catalogue, sizes)
    with speaking(SOURCE):  # the data are in English, whoever asks for them
        recommendation = recommend(rules, by_min_compared)
    return Audit(
        quiz=catalogue.quiz.id,
        quiz_version=catalogue.quiz.version,
        content_hash=catalogue.content_hash,
        standpunt=__version__,
        method=matching.method,
        prior=matching.prior,
        min_compared=matching.min_compared,
        double_weight=matching.double_weight,
        voters=voters,
        voters_like_each_party=sizes.like,
        seed=seed,
        balance=balance(catalogue, kernel),
        random=places("random", draw),
        real=None if answers is None else places("file", from_answers(answers)),
        rules=rules,
        electorates=electorates(catalogue, sizes, answers),
        skipping=skipping(catalogue, sizes),
        by_min_compared=by_min_compared,
        doubled=doubling(catalogue, sizes),
        reach=reach(kernel, parties, seed=seed),
        change=change(catalogue, draw, voters=sizes.random, seed=seed),
        recommendation=recommendation,
    )
