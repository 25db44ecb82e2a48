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


def lines(found: Audit) -> list[str]:
    """Return the figures as Markdown."""
    return [
        (
            f"Content {found.quiz}, version {found.quiz_version}, hash `{found.content_hash}`; method "
            f"{found.method}, prior {found.prior}, min_compared {found.min_compared}; {found.voters:,} random "
            f"voters ({min(found.voters, 20_000):,} in the tables), {found.voters_like_each_party} like each "
            f"party, seed {found.seed}."
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
            for study in found.rules
        ],
        "",
        (
            "| electorate | ties | most favoured | least favoured | correlation of first places with a "
            "party's neutral share |"
        ),
        "| --- | --- | --- | --- | --- |",
        *[
            f"| {one.name} | {one.ties:.0%} | {extremes(one.first)} | "
            + ("– |" if one.correlation is None else f"{one.correlation:.2f} |")
            for one in found.electorates
        ],
        "",
        (
            "| setting | most favoured | least favoured | parties without a rank | nobody named | voters like "
            "a party |"
        ),
        "| --- | --- | --- | --- | --- | --- |",
        *[
            f"| {name} | {extremes(one.first)} | {one.unranked:.0%} | {one.unnamed:.1%} | "
            f"{finding(one.like)} |"
            for name, one in [
                *[(f"{one.skipped:.0%} skipped", one) for one in found.skipping],
                *[
                    (f"min_compared {one.number}, 20% skipped", one)
                    for one in found.by_min_compared
                ],
            ]
        ],
        "",
        "Another first place for so many random voters: five statements counted double "
        f"{found.doubled:.0%}; "
        + ", ".join(f"{name} {share:.0%}" for name, share in found.change.methods.items())
        + ".",
        "",
        *[f"- {words}" for words in found.recommendation.words],
    ]


def extremes(found: Extremes) -> str:
    return f"{found.most:.2f}× {found.most_party} | {found.least:.2f}× {found.least_party}"


def finding(found: Finding) -> str:
    return f"{found.first:.0%} / {found.top_three:.0%} / {found.leading:.0%}"


if __name__ == "__main__":
    main()
