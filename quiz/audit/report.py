"""The audit's figures as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from quiz.audit import Audit
from quiz.audit.choices import NOISE, MinCompared, Skipping
from quiz.audit.likeness import THIRDS, Finding
from quiz.audit.rules import RuleStudy
from quiz.audit.voters import Extremes, FirstPlaces
from quiz.content.catalogue import CODES

RULES = {"mean": "prior 0: agreement alone, A / K", "neutral": "silence counts as neutral"}


def show(audit: Audit, console: Console) -> None:
    """Print everything."""
    lines = [
        (
            f"Content {audit.content_hash[:16]}… (version {audit.quiz_version}), method {audit.method}, "
            f"prior {audit.prior}, min_compared {audit.min_compared}; {audit.voters} voters, "
            f"{audit.voters_like_each_party} like each party, seed {audit.seed}, "
            f"standpunt {audit.standpunt}."
        )
    ]
    _print(console, lines)
    tables = (_parties, _rules, _known, _electorates, _settings, _statements)
    for table in tables:
        console.print(table(audit))
    _print(console, [*_balance(audit), *_voters(audit), *_change(audit)])
    _print(console, ["", *audit.recommendation.words])


def _print(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(line, highlight=False, markup=False)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for at, column in enumerate(columns):
        table.add_column(column, justify="left" if at == 0 else "right")
    return table


def _parties(audit: Audit) -> Table:
    table = _table(
        "Parties: positions, and first places in equal shares",
        "party", "agree", "neutral", "disagree", "known", "random", "unranked",
        *(["drawn"] if audit.real else []), "own voters", "can lead",
    )  # fmt: skip
    own = audit.own.noise(NOISE)
    for at, party in enumerate(audit.balance.parties):
        real = [f"{audit.real.shares[at].multiple:.2f}×"] if audit.real else []
        random, best = audit.random.shares[at], audit.reach[at]
        table.add_row(
            party.id, str(party.agree), str(party.neutral), str(party.disagree),
            f"{party.coverage:.0%}", f"{random.multiple:.2f}×", f"{random.unranked:.0%}", *real,
            f"{own.parties[party.id].first:.0%}",
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
        "Rules for silence: random voters, and voters like each party who have it first / in the top "
        "three / in the leading group",
        "rule", "most favoured", "least favoured", "like, exactly", "a fifth at random",
        "half at random",
    )  # fmt: skip
    for study in audit.rules:
        table.add_row(
            _rule(study), *_extremes(study.random), *[_finding(one.everybody) for one in study.like]
        )
    return table


def _known(audit: Audit) -> Table:
    table = _table(
        "The same with a fifth at random, by how much is known of the party (thirds of the parties)",
        "rule", *(f"{third} known" for third in THIRDS),
    )  # fmt: skip
    for study in audit.rules:
        thirds = study.noise(NOISE).thirds
        table.add_row(
            _rule(study), *(_finding(thirds[name]) if name in thirds else "" for name in THIRDS)
        )
    return table


def _electorates(audit: Audit) -> Table:
    table = _table(
        "How often voters are neutral; correlation of first places with a party's neutral share",
        "voters", "ties", "most favoured", "least favoured", "correlation",
    )  # fmt: skip
    for one in audit.electorates:
        correlation = "–" if one.correlation is None else f"{one.correlation:.2f}"
        table.add_row(one.name, f"{one.ties:.0%}", *_extremes(one.first), correlation)
    return table


def _settings(audit: Audit) -> Table:
    table = _table(
        "Skipping, and min_compared when a fifth is skipped; voters like each party have a fifth of "
        "their answers at random",
        "", "most favoured", "least favoured", "no rank", "nobody named", "like a party",
    )  # fmt: skip
    rows: list[tuple[str, Skipping | MinCompared]] = [
        (f"{one.skipped:.0%} skipped", one) for one in audit.skipping
    ]
    rows += [(f"min_compared {one.number}", one) for one in audit.by_min_compared]
    for name, one in rows:
        table.add_row(
            name, *_extremes(one.first), f"{one.unranked:.0%}", f"{one.unnamed:.1%}",
            _finding(one.like),
        )  # fmt: skip
    return table


def _rule(study: RuleStudy) -> str:
    return RULES.get(study.rule, study.rule) + (" (this quiz)" if study.own else "")


def _extremes(found: Extremes) -> tuple[str, str]:
    return f"{found.most:.2f}× {found.most_party}", f"{found.least:.2f}× {found.least_party}"


def _finding(found: Finding) -> str:
    return f"{found.first:.0%} / {found.top_three:.0%} / {found.leading:.0%}"


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
        "file": "Voters drawn from the file",
    }
    found: list[FirstPlaces] = [audit.random]
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
    return [
        (
            f"Other parties come first, of {change.voters} random voters, under another method for: "
            f"{methods}; once five statements count double for {audit.doubled:.0%}."
        ),
        _named("Statements without which no first place changed", change.idle),
    ]
