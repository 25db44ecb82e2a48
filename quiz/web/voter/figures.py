"""The audit's figures on the method page: computed once per content, drawn once per language."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from quiz.audit import VOTERS
from quiz.audit.overview import overview
from quiz.content.methods import METHODS, TWELFTHS, UNIT
from quiz.web.display import join_words, method_word, published
from quiz.web.i18n import decimal_mark, gettext
from quiz.web.voter.audit_charts import change_chart, coverage_chart, first_places_chart

SMALLER: Final = 10_000
LARGE: Final = 100 * 100


def figures() -> dict[str, Any]:
    """Return what the page's figures need: the audit, its charts, and names for its keys."""
    now = published()
    catalogue = now.catalogue
    voters = voters_drawn(len(catalogue.parties), len(catalogue.statements))
    shown = now.once("overview", lambda: overview(catalogue, voters=voters))
    names = {party.id: party.name for party in catalogue.parties}
    methods = {name: method_word(name) for name in shown.change.methods}
    method = METHODS[catalogue.quiz.matching.method]

    def join_names(ids: Sequence[str]) -> str:
        return join_words([names[name] for name in ids])

    return {
        "audit": shown,
        "like": shown.like,
        "chance": fraction(method.chance, TWELFTHS),
        "neutral_chance": fraction(int(method.table[:, 1].sum()), 3 * UNIT),
        "party_name": names.__getitem__,
        "join_names": join_names,
        "rule_word": rule_word,
        "charts": {
            "first": first_places_chart(
                shown.random,
                names,
                title=gettext("First places of random voters"),
                description=gettext(
                    "One bar a party: how often it comes first, where 1 is an equal share. "
                    "The table below holds the same numbers."
                ),
                decimal=decimal_mark(),
            ),
            "coverage": coverage_chart(
                shown.balance,
                names,
                title=gettext("Positions by party"),
                description=gettext("One bar a party: how often agree, neither and disagree."),
            ),
            "methods": change_chart(
                shown.change.methods,
                methods,
                title=gettext("Another party first under another method"),
                description=gettext("One bar a method: the share of random voters."),
            ),
        },
    }


def voters_drawn(parties: int, statements: int) -> int:
    """Return how many random voters the page's figures rest on: fewer for a very large quiz.

    >>> voters_drawn(18, 36), voters_drawn(100, 99), voters_drawn(100, 100)
    (100000, 100000, 10000)

    """
    return VOTERS if parties * statements < LARGE else SMALLER


def fraction(upper: int, lower: int) -> str:
    """Format a ratio in lowest terms.

    >>> fraction(6, 12), fraction(7, 12)
    ('1/2', '7/12')

    """
    return str(Fraction(upper, lower))


def rule_word(rule: str) -> str:
    """Name a rule for silence in the page's language."""
    words = {
        "mean": gettext("Compare only what is known"),
        "neutral": gettext("Silence counts as “neither”"),
    }
    if rule in words:
        return words[rule]
    return gettext("%(number)s invented statements", number=rule.removeprefix("prior "))
