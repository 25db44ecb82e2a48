"""Write figures of the shipped content into docs/method.md and docs/coding.md, between their marks.

``make figures`` runs it; the same content and seed give the same text.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from coding.alpha import Comparison, alpha, compare

from quiz.audit import Audit, audit
from quiz.audit.choices import NOISE
from quiz.audit.likeness import Finding
from quiz.audit.voters import Extremes
from quiz.content import Catalogue, load
from quiz.content.catalogue import AGREE, DISAGREE, NEUTRAL, NONE
from quiz.content.paths import shipped

DOCS = Path(__file__).parent


def main() -> None:
    for (name, mark), figures in written(load(shipped())).items():
        page = DOCS / name
        before, _, after = parts(page.read_text(encoding="utf-8"), mark)
        page.write_text(f"{before}{figures}{after}", encoding="utf-8")


def parts(text: str, mark: str) -> tuple[str, str, str]:
    """Part a page into what stands before the figures of a mark, the figures, and the rest."""
    start, end = f"<!-- {mark}: written by make figures -->\n\n", f"\n\n<!-- end of {mark} -->"
    before, rest = text.split(start)
    figures, after = rest.split(end)
    return before + start, figures, end + after


def written(catalogue: Catalogue) -> dict[tuple[str, str], str]:
    """Return the figures, by page and mark."""
    audited = audit(catalogue)
    return {
        ("method.md", "figures"): "\n".join(lines(audited)),
        ("coding.md", "passes"): "\n".join(passes(compare(DOCS / "coding"))),
        ("coding.md", "reached"): "\n".join(reached(catalogue, audited)),
    }


def passes(comparison: Comparison) -> list[str]:
    """Return how far the two passes agree, as Markdown."""
    both, everything = comparison.found_by_both, comparison.all_pairs
    opposite = sum({first, second} == {"agree", "disagree"} for first, second in both)
    settled = comparison.settled
    as_first = sum(settled[cell].position == first for cell, first, _ in comparison.differing)
    as_second = sum(settled[cell].position == second for cell, _, second in comparison.differing)
    overruled = sum(
        first == second and cell in settled and settled[cell].position != first
        for cell, first, second in comparison.cells
    )
    found = "Krippendorff’s α, nominal, over the {} cells in which both passes found a position"
    rows = [
        (found.format(len(both)), "0.85", f"{alpha(both):.3f}"),
        (f"… over all {len(everything)} cells, with “none” as a category", "0.80", f"{alpha(everything):.3f}"),
        ("cells that differed", "", f"{len(comparison.differing)}"),
        ("of these, agree against disagree", "", f"{opposite}"),
        ("settled as the first pass had it, as the second had it", "", f"{as_first}, {as_second}"),
        ("cells alike in both and settled otherwise", "", f"{overruled}"),
    ]  # fmt: skip
    return table("found", rows)


def reached(catalogue: Catalogue, audited: Audit) -> list[str]:
    """Return what the content holds beside what the codebook asks of it, as Markdown."""
    name = {party.id: party.name for party in catalogue.parties}
    held, places = audited.balance, audited.own.random
    like = audited.own.noise(NOISE).everybody
    agree, neutral, disagree = (
        int(np.sum(catalogue.matrix == code)) for code in (AGREE, NEUTRAL, DISAGREE)
    )
    fewest, *_, most = sorted(held.parties, key=lambda party: party.known)
    known = (catalogue.matrix != NONE).astype(int)
    common = (known @ known.T)[np.triu_indices(len(known), k=1)]
    agreeing = next(voter for voter in held.constant if voter.answer == "agree").match
    *_, second, first = sorted(agreeing, key=lambda party: agreeing[party])
    ahead = agreeing[first] - agreeing[second]
    weakest = min(statement.known for statement in held.statements if statement.known > 1)
    rows = [
        ("statements", "28 to 32", f"{len(catalogue.statements)}"),
        ("positions", "200", f"{held.positions} ({agree} agree, {neutral} neutral, {disagree} disagree)"),
        ("share of the cells", "35 %", percent(held.positions / catalogue.matrix.size)),
        ("statements with both sides", "16", f"{len(held.both_sides)}"),
        ("positions of each party", "6", f"{fewest.known} ({name[fewest.id]}) to {most.known} ({name[most.id]})"),
        ("pairs of parties with five or more statements in common", "65", f"{held.comparable} of {len(common)}"),
        ("fewest statements that two parties have in common", "1", f"{common.min()}"),
        ("statements of one party alone", "at most 2", f"{len(held.alone)}"),
        ("fewest positions on any other statement", "4", f"{weakest}"),
        ("first places among random voters, of an equal share", "0.5 to 1.5",
         f"{places.least:.2f} ({name[places.least_party]}) to {places.most:.2f} ({name[places.most_party]})"),
        ("a voter who always agrees: first party before the second", "at most 0.15",
         f"{ahead:.2f} ({name[first]}, {name[second]})"),
        ("voters like a party, a fifth of their answers at random: own party first, in the top three", "",
         f"{percent(like.first)}, {percent(like.top_three)}"),
    ]  # fmt: skip
    return table("reached", rows)


def table(figure: str, rows: Iterable[tuple[str, str, str]]) -> list[str]:
    return [
        f"| what | wanted | {figure} |",
        "| --- | --- | --- |",
        *[f"| {what} | {wanted} | {value} |" for what, wanted, value in rows],
    ]


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def lines(audited: Audit) -> list[str]:
    """Return the figures as Markdown."""
    return [
        (
            f"Content {audited.quiz}, version {audited.quiz_version}, hash `{audited.content_hash}`; method "
            f"{audited.method}, prior {audited.prior}, min_compared {audited.min_compared}; {audited.voters:,} random "
            f"voters ({min(audited.voters, 20_000):,} in the tables), {audited.voters_like_each_party} like each "
            f"party, seed {audited.seed}."
        ),
        "",
        (
            "| rule for silence | most favoured | least favoured | voters like a party: first / top three / "
            "leading group | … the third of the parties of which least is known | … half at random |"
        ),
        "| --- | --- | --- | --- | --- | --- |",
        *[
            f"| {study.rule}{' (this quiz)' if study.own else ''} | {extremes(study.random)} | "
            f"{finding(study.noise(NOISE).everybody)} | {finding(study.noise(NOISE).thirds['least'])} | "
            f"{finding(study.noise(0.5).everybody)} |"
            for study in audited.rules
        ],
        "",
        (
            "| electorate | ties | most favoured | least favoured | correlation of first places with a "
            "party's neutral share |"
        ),
        "| --- | --- | --- | --- | --- |",
        *[
            f"| {electorate.name} | {electorate.ties:.0%} | {extremes(electorate.first)} | "
            + ("– |" if electorate.correlation is None else f"{electorate.correlation:.2f} |")
            for electorate in audited.electorates
        ],
        "",
        (
            "| setting | most favoured | least favoured | parties without a rank | nobody named | voters like "
            "a party |"
        ),
        "| --- | --- | --- | --- | --- | --- |",
        *[
            f"| {name} | {extremes(bound.first)} | {bound.unranked:.0%} | {bound.unnamed:.1%} | "
            f"{finding(bound.like)} |"
            for name, bound in [
                *[(f"{bound.skipped:.0%} skipped", bound) for bound in audited.skipping],
                *[
                    (f"min_compared {bound.number}, 20% skipped", bound)
                    for bound in audited.by_min_compared
                ],
            ]
        ],
        "",
        "Another first place for so many random voters: five statements counted double "
        f"{audited.doubled:.0%}; "
        + ", ".join(f"{name} {share:.0%}" for name, share in audited.change.methods.items())
        + ".",
        "",
        *[f"- {words}" for words in audited.recommendation.words],
    ]


def extremes(places: Extremes) -> str:
    return f"{places.most:.2f}× {places.most_party} | {places.least:.2f}× {places.least_party}"


def finding(likeness: Finding) -> str:
    return f"{likeness.first:.0%} / {likeness.top_three:.0%} / {likeness.leading:.0%}"


if __name__ == "__main__":
    main()
