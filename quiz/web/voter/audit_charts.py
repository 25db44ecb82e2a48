"""The audit's pictures, for a page; every text is the caller's, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping

from quiz.audit.balance import Balance
from quiz.audit.voters import LEAST, MOST, FirstPlaces
from quiz.web.charts import Bar, Mark, Svg, bars


def first_places_chart(
    found: FirstPlaces,
    names: Mapping[str, str],
    *,
    title: str,
    description: str,
    decimal: str = ".",
) -> Svg:
    """Draw first places in equal shares, parties by id, with the rule's bounds as lines.

    ``names`` is what to call each party; ``decimal`` is the sign before decimals.
    """
    rows = [
        Bar(names[one.id], [(one.multiple, "share")], f"{one.multiple:.2f}×".replace(".", decimal))
        for one in sorted(found.shares, key=lambda one: -one.multiple)
        if one.unranked < 1
    ]
    most = max([MOST * 1.1, *(one.multiple * 1.05 for one in found.shares)])
    marks = [Mark(LEAST, "⅓×"), Mark(1, "1×"), Mark(MOST, "2×")]
    return bars(title, description, rows, most=most, marks=marks)


def coverage_chart(
    balance: Balance, names: Mapping[str, str], *, title: str, description: str
) -> Svg:
    """Draw how many positions each party has: agree, neutral, disagree."""
    most = len(balance.statements)
    rows = [
        Bar(
            names[one.id],
            [(one.agree, "agree"), (one.neutral, "neutral"), (one.disagree, "disagree")],
            f"{one.known}/{most}",
        )
        for one in balance.parties
    ]
    return bars(title, description, rows, most=most)


def change_chart(
    shares: Mapping[str, float], names: Mapping[str, str], *, title: str, description: str
) -> Svg:
    """Draw the share of voters for whom the first place changes, the largest first."""
    rows = [
        Bar(names.get(name, name), [(share, "share")], f"{share:.0%}")
        for name, share in sorted(shares.items(), key=lambda item: -item[1])
    ]
    most = max([0.01, *shares.values()]) * 1.05
    return bars(title, description, rows, most=most)
