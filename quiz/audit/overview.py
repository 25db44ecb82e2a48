"""What a page shows of an audit: the same figures as ``audit`` gives, without those that take long."""

from __future__ import annotations

from dataclasses import dataclass

from quiz.audit.balance import Balance, balance
from quiz.audit.change import FirstPlaceChanges, change
from quiz.audit.choices import NOISE, Electorate, electorates, sample_sizes
from quiz.audit.likeness import Likeness
from quiz.audit.reach import Reach, reach
from quiz.audit.rules import RuleStudy, compare_rules
from quiz.audit.voters import FirstPlaces, first_places, uniform
from quiz.content.catalogue import Catalogue
from quiz.matching.kernel import kernel_of


@dataclass(frozen=True, slots=True)
class Overview:
    """A part of an ``Audit``, under the same names; ``rules`` with a fifth of noise alone."""

    balance: Balance
    random: FirstPlaces
    rules: tuple[RuleStudy, ...]
    electorates: tuple[Electorate, ...]
    reach: tuple[Reach, ...]
    change: FirstPlaceChanges

    @property
    def like(self) -> Likeness:
        """Voters like each party, under the quiz's own rule."""
        return next(study for study in self.rules if study.own).noise(NOISE)


def overview(catalogue: Catalogue, *, voters: int, seed: int = 1) -> Overview:
    """Study a catalogue as ``audit`` does, in a fraction of its time."""
    kernel, draw = kernel_of(catalogue), uniform(len(catalogue.statements))
    parties = tuple(party.id for party in catalogue.parties)
    sizes = sample_sizes(catalogue, voters, seed)
    few = sizes.random
    return Overview(
        balance=balance(catalogue, kernel),
        random=first_places(kernel, parties, "random", draw, voters=voters, seed=seed),
        rules=compare_rules(
            catalogue, draw, voters=few, like=sizes.like, seed=seed, noises=[NOISE]
        ),
        electorates=electorates(catalogue, sizes, None),
        reach=reach(kernel, parties, seed=seed),
        change=change(catalogue, draw, voters=few, seed=seed),
    )
