"""Write the audit's figures of the shipped content into docs/method.md, between its two marks.

``make figures`` runs it; the same content and seed give the same text.
"""

from __future__ import annotations

from pathlib import Path

from quiz.audit import Audit, audit
from quiz.audit.choices import NOISE
from quiz.audit.likeness import Finding
from quiz.audit.voters import Extremes
from quiz.content import load
from quiz.content.paths import shipped

PAGE = Path(__file__).with_name("method.md")
START, END = "<!-- figures: written by make figures -->", "<!-- end of figures -->"


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(START)
    _, after = rest.split(END)
    figures = "\n".join(lines(audit(load(shipped()))))
    PAGE.write_text(f"{before}{START}\n\n{figures}\n\n{END}{after}", encoding="utf-8")


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
