"""What the content does to voters: coverage, balance, and a seeded study of simulated voters.

Everything is computed from the catalogue and a seed; the same two give the same figures.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from quiz.audit.balance import Balance, balance
from quiz.audit.change import Change, change
from quiz.audit.reach import Reach, reach
from quiz.audit.rules import RuleShare, compare_rules
from quiz.audit.voters import (
    Draw,
    FirstPlaces,
    Loyalty,
    first_places,
    from_answers,
    loyalty,
    uniform,
)
from quiz.content.catalogue import Catalogue
from quiz.matching.kernel import Codes, kernel_of

__all__ = ["Audit", "audit"]

VOTERS: Final = 100_000
SAMPLE: Final = 20_000
SKIPPED: Final = 0.2
NOISE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Audit:
    """All figures; shares are from 0 to 1, and parties and statements stand by id.

    ``random``: voters who answer everything at random. ``skipping``: the same, with a fifth of the
    answers skipped. ``real``: voters drawn from a file, where one was given. ``loyal``: voters like
    each party, with a fifth of the answers at random. ``reach``: who can come first at all.
    ``change``: how often other parties come first if the method, the statements or
    ``min_compared`` were different. ``rules``: first places under other rules for silence.
    """

    content_hash: str
    method: str
    prior: int
    min_compared: int
    voters: int
    seed: int
    balance: Balance
    random: FirstPlaces
    skipping: FirstPlaces
    real: FirstPlaces | None
    loyal: tuple[Loyalty, ...]
    reach: tuple[Reach, ...]
    change: Change
    rules: tuple[RuleShare, ...]

    def as_data(self) -> dict[str, Any]:
        """Return the figures in dicts, lists, texts and numbers, ready for JSON."""
        return asdict(self)


def audit(
    catalogue: Catalogue, *, voters: int = VOTERS, seed: int = 1, answers: Codes | None = None
) -> Audit:
    """Study a catalogue.

    ``voters`` are simulated for first places; at most 20,000 of them for the rest. ``answers``,
    int8 of shape (n, S), are real voters to draw from.
    """
    kernel = kernel_of(catalogue)
    statements, few = len(catalogue.statements), min(voters, SAMPLE)
    parties = tuple(party.id for party in catalogue.parties)

    def places(name: str, draw: Draw, number: int) -> FirstPlaces:
        return first_places(kernel, parties, name, draw, voters=number, seed=seed)

    matching = catalogue.quiz.matching
    return Audit(
        content_hash=catalogue.content_hash,
        method=matching.method,
        prior=matching.prior,
        min_compared=matching.min_compared,
        voters=voters,
        seed=seed,
        balance=balance(catalogue, kernel),
        random=places("random", uniform(statements), voters),
        skipping=places("skipping", uniform(statements, skipped=SKIPPED), few),
        real=None if answers is None else places("real", from_answers(answers), voters),
        loyal=loyalty(kernel, parties, voters=max(1, few // len(parties)), noise=NOISE, seed=seed),
        reach=reach(kernel, parties, seed=seed),
        change=change(catalogue, uniform(statements), voters=few, seed=seed),
        rules=compare_rules(catalogue, uniform(statements), voters=few, seed=seed),
    )
