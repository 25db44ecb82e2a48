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
    for statement in audit.balance.statements:
        table.add_row(
            statement.id, str(statement.agree), str(statement.neutral), str(statement.disagree), f"{statement.coverage:.0%}",
            f"{audit.change.statements[statement.id]:.1%}",
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
            _rule(study),
            *_extremes(study.random),
            *[_finding(likeness.everybody) for likeness in study.like],
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
    for electorate in audit.electorates:
        correlation = "–" if electorate.correlation is None else f"{electorate.correlation:.2f}"
        table.add_row(
            electorate.name, f"{electorate.ties:.0%}", *_extremes(electorate.first), correlation
        )
    return table


def _settings(audit: Audit) -> Table:
    table = _table(
        "Skipping, and min_compared when a fifth is skipped; voters like each party have a fifth of "
        "their answers at random",
        "", "most favoured", "least favoured", "no rank", "nobody named", "like a party",
    )  # fmt: skip
    rows: list[tuple[str, Skipping | MinCompared]] = [
        (f"{study.skipped:.0%} skipped", study) for study in audit.skipping
    ]
    rows += [(f"min_compared {study.number}", study) for study in audit.by_min_compared]
    for name, study in rows:
        table.add_row(
            name, *_extremes(study.first), f"{study.unranked:.0%}", f"{study.unnamed:.1%}",
            _finding(study.like),
        )  # fmt: skip
    return table


def _rule(study: RuleStudy) -> str:
    return RULES.get(study.rule, study.rule) + (" (this quiz)" if study.own else "")


def _extremes(extremes: Extremes) -> tuple[str, str]:
    return (
        f"{extremes.most:.2f}× {extremes.most_party}",
        f"{extremes.least:.2f}× {extremes.least_party}",
    )


def _finding(finding: Finding) -> str:
    return f"{finding.first:.0%} / {finding.top_three:.0%} / {finding.leading:.0%}"


def _named(title: str, ids: Iterable[str]) -> str:
    listed = tuple(ids)
    return f"{title}: {len(listed)}" + (f" ({', '.join(listed)})." if listed else ".")


def _balance(audit: Audit) -> list[str]:
    balance = audit.balance
    lines = [
        f"Positions: {balance.positions}, of which agree {balance.agree_share:.0%}.",
        _named("Statements with both sides", balance.both_sides),
        _named("Statements of one party alone", balance.alone),
        _named("Statements without a position", balance.silent),
        f"Pairs of parties with five or more statements in common: {balance.comparable}.",
    ]
    for voter in balance.constant:
        word = next(name for name in CODES if name == voter.answer)
        lines.append(f"Who always answers {word} gets first: {' '.join(voter.first) or 'nobody'}.")
    lines += [
        f"Alike{' (equal)' if pair.equal else ''}: {pair.first} and {pair.second}, "
        f"{pair.same} of {pair.shared} parties the same."
        for pair in balance.pairs
        if pair.equal or pair.same * 2 > pair.shared
    ]
    lines += [
        f"Opposite: {pair.first} and {pair.second}, for {pair.shared} parties."
        for pair in balance.pairs
        if not pair.equal and pair.same * 2 <= pair.shared
    ]
    return lines


def _voters(audit: Audit) -> list[str]:
    names = {
        "random": "Random voters",
        "file": "Voters drawn from the file",
    }
    electorates: list[FirstPlaces] = [audit.random]
    electorates += [audit.real] if audit.real else []
    lines = [
        f"{names[electorate.name]} ({electorate.voters}): {electorate.ties:.1%} have a tie for first. "
        + (
            "No ranked party is above twice its equal share or below a third of it."
            if electorate.fair
            else f"Above twice its equal share: {', '.join(electorate.above) or 'none'}; "
            f"below a third of it: {', '.join(electorate.below) or 'none'}."
        )
        for electorate in electorates
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
