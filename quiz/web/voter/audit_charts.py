"""The audit's charts for a page; the caller passes all texts, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping

from quiz.audit.balance import Balance
from quiz.audit.voters import LEAST, MOST, FirstPlaces
from quiz.web.charts import Bar, Mark, Svg, bars


def first_places_chart(
    places: FirstPlaces,
    names: Mapping[str, str],
    *,
    title: str,
    description: str,
    decimal: str = ".",
) -> Svg:
    """Draw first places in equal shares, parties by id, with the rule's bounds as lines.

    ``names``: each party's name; ``decimal``: the decimal mark.
    """
    rows = [
        Bar(
            names[share.id],
            [(share.multiple, "share")],
            f"{share.multiple:.2f}×".replace(".", decimal),
        )
        for share in sorted(places.shares, key=lambda share: -share.multiple)
        if share.unranked < 1
    ]
    most = max([MOST * 1.1, *(share.multiple * 1.05 for share in places.shares)])
    marks = [Mark(LEAST, "½×"), Mark(1, "1×"), Mark(MOST, f"{MOST}×".replace(".", decimal))]
    return bars(title, description, rows, most=most, marks=marks)


def coverage_chart(
    balance: Balance, names: Mapping[str, str], *, title: str, description: str
) -> Svg:
    """Draw how many positions each party has: agree, neutral, disagree."""
    most = len(balance.statements)
    rows = [
        Bar(
            names[party.id],
            [(party.agree, "agree"), (party.neutral, "neutral"), (party.disagree, "disagree")],
            f"{party.known}/{most}",
        )
        for party in balance.parties
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
