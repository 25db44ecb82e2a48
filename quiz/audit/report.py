"""The audit's figures as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from quiz.audit import Audit
from quiz.audit.voters import FirstPlaces
from quiz.content.catalogue import CODES

RULES = {"mean": "agreement alone, A / K", "half": "silence counts half"}


def show(audit: Audit, console: Console) -> None:
    """Print everything."""
    console.print(
        f"Content {audit.content_hash[:16]}…, method {audit.method}, prior {audit.prior}, "
        f"min_compared {audit.min_compared}; {audit.voters} voters, seed {audit.seed}.",
        highlight=False,
    )
    for table in (_parties(audit), _statements(audit), _rules(audit)):
        console.print(table)
    for line in (*_balance(audit), *_voters(audit), *_change(audit)):
        console.print(line, highlight=False, markup=False)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for at, column in enumerate(columns):
        table.add_column(column, justify="left" if at == 0 else "right")
    return table


def _parties(audit: Audit) -> Table:
    table = _table(
        "Parties: positions, and first places in equal shares",
        "party", "agree", "neutral", "disagree", "known", "random", "skipping", "unranked",
        *(["drawn"] if audit.real else []), "own voters", "can lead",
    )  # fmt: skip
    for at, party in enumerate(audit.balance.parties):
        real = [f"{audit.real.shares[at].multiple:.2f}×"] if audit.real else []
        skipping, best = audit.skipping.shares[at], audit.reach[at]
        table.add_row(
            party.id, str(party.agree), str(party.neutral), str(party.disagree),
            f"{party.coverage:.0%}", f"{audit.random.shares[at].multiple:.2f}×",
            f"{skipping.multiple:.2f}×", f"{skipping.unranked:.0%}", *real,
            f"{audit.loyal[at].first:.0%}",
            "not ranked" if best.margin is None else "yes" if best.first else "not found",
        )  # fmt: skip
    return table


def _statements(audit: Audit) -> Table:
    table = _table(
        "Statements, and for how many voters the first place changes without them",
        "statement", "agree", "neutral", "disagree", "known", "changes",
    )  # fmt: skip
    for one in audit.balance.statements:
        table.add_row(
            one.id, str(one.agree), str(one.neutral), str(one.disagree), f"{one.coverage:.0%}",
            f"{audit.change.statements[one.id]:.1%}",
        )  # fmt: skip
    return table


def _rules(audit: Audit) -> Table:
    table = _table(
        "First places in equal shares, under other rules for silence",
        "rule", "most favoured party", "least favoured",
    )  # fmt: skip
    for one in audit.rules:
        table.add_row(
            RULES.get(one.rule, one.rule) + (" (this quiz)" if one.own else ""),
            f"{one.most:.2f}× ({one.most_party}, {one.most_positions} positions)",
            f"{one.least:.2f}× ({one.least_party}, {one.least_positions} positions)",
        )
    return table


def _named(title: str, ids: Iterable[str]) -> str:
    found = tuple(ids)
    return f"{title}: {len(found)}" + (f" ({', '.join(found)})." if found else ".")


def _balance(audit: Audit) -> list[str]:
    one = audit.balance
    lines = [
        f"Positions: {one.positions}, of which agree {one.agree_share:.0%}.",
        _named("Statements with both sides", one.both_sides),
        _named("Statements of one party alone", one.alone),
        _named("Statements without a position", one.silent),
        f"Pairs of parties with five or more statements in common: {one.comparable}.",
    ]
    for voter in one.constant:
        word = next(name for name in CODES if name == voter.answer)
        lines.append(f"Who always answers {word} gets first: {' '.join(voter.first) or 'nobody'}.")
    lines += [
        f"Alike{' (equal)' if pair.equal else ''}: {pair.first} and {pair.second}, "
        f"{pair.same} of {pair.shared} parties the same."
        for pair in one.pairs
        if pair.equal or pair.same * 2 > pair.shared
    ]
    lines += [
        f"Opposite: {pair.first} and {pair.second}, for {pair.shared} parties."
        for pair in one.pairs
        if not pair.equal and pair.same * 2 <= pair.shared
    ]
    return lines


def _voters(audit: Audit) -> list[str]:
    names = {
        "random": "Random voters",
        "skipping": "Random voters who skip a fifth",
        "real": "Voters drawn from the file",
    }
    found: list[FirstPlaces] = [audit.random, audit.skipping]
    found += [audit.real] if audit.real else []
    lines = [
        f"{names[one.name]} ({one.voters}): {one.ties:.1%} have a tie for first. "
        + (
            "No ranked party is above twice its equal share or below a third of it."
            if one.fair
            else f"Above twice its equal share: {', '.join(one.above) or 'none'}; "
            f"below a third of it: {', '.join(one.below) or 'none'}."
        )
        for one in found
    ]
    return [*lines, _named("Parties that never came first", _never(audit))]


def _never(audit: Audit) -> list[str]:
    return [
        best.id
        for best, share in zip(audit.reach, audit.random.shares, strict=True)
        if not best.first and not share.first
    ]


def _change(audit: Audit) -> list[str]:
    change = audit.change
    methods = ", ".join(f"{name} {share:.0%}" for name, share in change.methods.items())
    least = ", ".join(f"{number}: {share:.0%}" for number, share in change.min_compared.items())
    return [
        f"The first place changes, of {change.voters} random voters, under another method for: {methods}.",
        f"With another min_compared for: {least}.",
        _named("Statements without which no first place changed", change.idle),
    ]
