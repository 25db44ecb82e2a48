"""The audit's figures as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from quiz.audit import Audit
from quiz.audit.choices import NOISE, Electorate, MinCompared, Skipping
from quiz.audit.likeness import THIRDS, Finding
from quiz.audit.recommend import recommend
from quiz.audit.rules import RuleStudy
from quiz.audit.voters import Extremes, FirstPlaces
from quiz.translations.commands import later, tr

RULES = {
    "mean": later("prior 0: agreement alone, A / K"),
    "neutral": later("silence counts as neutral"),
}
EQUAL = later("Alike (equal): %(first)s and %(second)s, %(same)s of %(shared)s parties the same.")
ALIKE = later("Alike: %(first)s and %(second)s, %(same)s of %(shared)s parties the same.")
CONSTANT = {
    "agree": later("Who always answers agree gets first: %(parties)s."),
    "neutral": later("Who always answers neutral gets first: %(parties)s."),
    "disagree": later("Who always answers disagree gets first: %(parties)s."),
}
THIRD = {
    "least": later("least known"),
    "middle": later("middle known"),
    "most": later("most known"),
}


def show(audit: Audit, console: Console) -> None:
    """Print everything."""
    line = tr(
        "Content %(hash)s (version %(version)s), method %(method)s, prior %(prior)s, min_compared "
        "%(least)s; %(voters)s voters, %(like)s like each party, seed %(seed)s, standpunt "
        "%(standpunt)s.",
        hash=f"{audit.content_hash[:16]}…",
        version=audit.quiz_version,
        method=audit.method,
        prior=audit.prior,
        least=audit.min_compared,
        voters=audit.voters,
        like=audit.voters_like_each_party,
        seed=audit.seed,
        standpunt=audit.standpunt,
    )
    _print(console, [line])
    tables = (_parties, _rules, _known, _electorates, _settings, _statements)
    for table in tables:
        console.print(table(audit))
    _print(console, [*_balance(audit), *_voters(audit), *_change(audit)])
    _print(console, ["", *recommend(audit.rules, audit.by_min_compared).words])


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
        tr("Parties: positions, and first places in equal shares"),
        tr("party"), tr("agree"), tr("neutral"), tr("disagree"), tr("known"), tr("random"),
        tr("unranked"), *([tr("drawn")] if audit.real else []), tr("own voters"), tr("can lead"),
    )  # fmt: skip
    own = audit.own.noise(NOISE)
    for at, party in enumerate(audit.balance.parties):
        real = [f"{audit.real.shares[at].multiple:.2f}×"] if audit.real else []
        random, best = audit.random.shares[at], audit.reach[at]
        table.add_row(
            party.id, str(party.agree), str(party.neutral), str(party.disagree),
            f"{party.coverage:.0%}", f"{random.multiple:.2f}×", f"{random.unranked:.0%}", *real,
            f"{own.parties[party.id].first:.0%}",
            tr("not ranked") if best.margin is None else tr("yes") if best.first else tr("not found"),
        )  # fmt: skip
    return table


def _statements(audit: Audit) -> Table:
    table = _table(
        tr("Statements, and for how many voters the first place changes without them"),
        tr("statement"), tr("agree"), tr("neutral"), tr("disagree"), tr("known"), tr("changes"),
    )  # fmt: skip
    for statement in audit.balance.statements:
        table.add_row(
            statement.id, str(statement.agree), str(statement.neutral), str(statement.disagree), f"{statement.coverage:.0%}",
            f"{audit.change.statements[statement.id]:.1%}",
        )  # fmt: skip
    return table


def _rules(audit: Audit) -> Table:
    table = _table(
        tr(
            "Rules for silence: random voters, and voters like each party who have it first / in the "
            "top three / in the leading group"
        ),
        tr("rule"), tr("most favoured"), tr("least favoured"), tr("like, exactly"),
        tr("a fifth at random"), tr("half at random"),
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
        tr("The same with a fifth at random, by how much is known of the party (thirds of the parties)"),
        tr("rule"), *(tr(THIRD[third]) for third in THIRDS),
    )  # fmt: skip
    for study in audit.rules:
        thirds = study.noise(NOISE).thirds
        table.add_row(
            _rule(study), *(_finding(thirds[name]) if name in thirds else "" for name in THIRDS)
        )
    return table


def _electorates(audit: Audit) -> Table:
    table = _table(
        tr("How often voters are neutral; correlation of first places with a party's neutral share"),
        tr("voters"), tr("ties"), tr("most favoured"), tr("least favoured"), tr("correlation"),
    )  # fmt: skip
    for electorate in audit.electorates:
        correlation = "–" if electorate.correlation is None else f"{electorate.correlation:.2f}"
        table.add_row(
            _electorate(electorate),
            f"{electorate.ties:.0%}",
            *_extremes(electorate.first),
            correlation,
        )
    return table


def _electorate(electorate: Electorate) -> str:
    if electorate.name == "file":
        return tr("drawn from the file")
    return tr("%(share)s neutral", share=f"{electorate.neutral:.0%}")


def _settings(audit: Audit) -> Table:
    table = _table(
        tr(
            "Skipping, and min_compared when a fifth is skipped; voters like each party have a fifth "
            "of their answers at random"
        ),
        "", tr("most favoured"), tr("least favoured"), tr("no rank"), tr("nobody named"),
        tr("like a party"),
    )  # fmt: skip
    rows: list[tuple[str, Skipping | MinCompared]] = [
        (tr("%(share)s skipped", share=f"{study.skipped:.0%}"), study) for study in audit.skipping
    ]
    rows += [(f"min_compared {study.number}", study) for study in audit.by_min_compared]
    for name, study in rows:
        table.add_row(
            name, *_extremes(study.first), f"{study.unranked:.0%}", f"{study.unnamed:.1%}",
            _finding(study.like),
        )  # fmt: skip
    return table


def _rule(study: RuleStudy) -> str:
    name = tr(RULES[study.rule]) if study.rule in RULES else study.rule
    return tr("%(rule)s (this quiz)", rule=name) if study.own else name


def _extremes(extremes: Extremes) -> tuple[str, str]:
    return (
        f"{extremes.most:.2f}× {extremes.most_party}",
        f"{extremes.least:.2f}× {extremes.least_party}",
    )


def _finding(finding: Finding) -> str:
    return f"{finding.first:.0%} / {finding.top_three:.0%} / {finding.leading:.0%}"


def _named(title: str, ids: Iterable[str]) -> str:
    listed = tuple(ids)
    if not listed:
        return _count(title, 0)
    return tr(
        "%(title)s: %(count)s (%(names)s).", title=title, count=len(listed), names=", ".join(listed)
    )


def _count(title: str, count: int) -> str:
    return tr("%(title)s: %(count)s.", title=title, count=count)


def _balance(audit: Audit) -> list[str]:
    balance = audit.balance
    lines = [
        tr(
            "Positions: %(count)s, of which agree %(share)s.",
            count=balance.positions,
            share=f"{balance.agree_share:.0%}",
        ),
        _named(tr("Statements with both sides"), balance.both_sides),
        _named(tr("Statements of one party alone"), balance.alone),
        _named(tr("Statements without a position"), balance.silent),
        _count(tr("Pairs of parties with five or more statements in common"), balance.comparable),
    ]
    for voter in balance.constant:
        first = " ".join(voter.first) or tr("nobody")
        lines.append(tr(CONSTANT[voter.answer], parties=first))
    lines += [
        tr(
            EQUAL if pair.equal else ALIKE,
            first=pair.first,
            second=pair.second,
            same=pair.same,
            shared=pair.shared,
        )
        for pair in balance.pairs
        if pair.equal or pair.same * 2 > pair.shared
    ]
    lines += [
        tr(
            "Opposite: %(first)s and %(second)s, for %(shared)s parties.",
            first=pair.first,
            second=pair.second,
            shared=pair.shared,
        )
        for pair in balance.pairs
        if not pair.equal and pair.same * 2 <= pair.shared
    ]
    return lines


def _voters(audit: Audit) -> list[str]:
    lines = [_first_places(tr("Random voters"), audit.random)]
    if audit.real:
        lines.append(_first_places(tr("Voters drawn from the file"), audit.real))
    return [*lines, _named(tr("Parties that never came first"), _never(audit))]


def _first_places(name: str, electorate: FirstPlaces) -> str:
    ties = tr(
        "%(name)s (%(count)s): %(share)s have a tie for first.",
        name=name,
        count=electorate.voters,
        share=f"{electorate.ties:.1%}",
    )
    if electorate.fair:
        fair = tr("No ranked party is above 1.5 times its equal share or below half of it.")
    else:
        fair = tr(
            "Above 1.5 times its equal share: %(above)s; below half of it: %(below)s.",
            above=", ".join(electorate.above) or tr("none"),
            below=", ".join(electorate.below) or tr("none"),
        )
    return f"{ties} {fair}"


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
        tr(
            "Other parties come first, of %(count)s random voters, under another method for: "
            "%(methods)s; once five statements count double for %(share)s.",
            count=change.voters,
            methods=methods,
            share=f"{audit.doubled:.0%}",
        ),
        _named(tr("Statements without which no first place changed"), change.idle),
    ]
