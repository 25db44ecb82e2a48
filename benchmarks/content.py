"""How long the content takes from two YAML files to a catalogue.

The shipped size has a goal of 150 ms; 200 × 200 × 3 is to load in seconds.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.timing import Row
from quiz.content import check, load
from quiz.content.checks.quotes import verify_quotes
from quiz.content.paths import shipped


def run(*, quick: bool = False) -> list[Row]:
    """Measure loading, each the median of several runs."""
    ours = 1000 * _median(_load(shipped()), 3 if quick else 15)
    rows = [Row("load the shipped content", f"{ours:.1f} ms", "at most 150 ms", ours <= 150)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, statements=34, parties=18, positions=11, quotes=1)
        verified = 1000 * _median(_verify(folder), 5)
        rows.append(
            Row(
                "look up 198 quotes of a made-up quiz in their source",
                f"{verified:.0f} ms",
                "",
                None,
            )
        )
        if quick:
            return rows
        write(folder, statements=200, parties=200, positions=200, quotes=3)
        size = sum(file.stat().st_size for file in folder.glob("*.yaml"))
        large = _median(_load(folder), 1)
        what = f"load 200 statements × 200 parties × 3 quotes ({size / 1e6:.0f} MB)"
        rows.append(Row(what, f"{large:.1f} s", "seconds", large < 20))
    return rows


def write(folder: Path, *, statements: int, parties: int, positions: int, quotes: int) -> None:
    """Write a quiz of a given size: every party has positions on as many statements as it says."""
    lines = [
        "quiz: {id: big, title: Groot, description: Een grote quiz, languages: [nl, en]}",
        "themes: [{id: theme, name: Thema}]",
        "statements:",
    ]
    for number in range(statements):
        lines += [f"  - id: statement-{number}", "    theme: theme"]
        for key in ("text", "explanation", "argument_for", "argument_against"):
            lines += [
                f"    {key}:",
                f"      nl: De {key} van {number}.",
                f"      en: {key} {number}.",
            ]
    (folder / "statements.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = ["sources:", "  - {id: book, title: Boek, edition: final, file: book.txt}", "parties:"]
    words: list[str] = []
    for party in range(parties):
        lines += [
            f"  - id: party-{party}",
            f"    name: Partij {party}",
            '    color: "#502379"',
            "    searched: [book]",
            "    answers:",
        ]
        for position in range(positions):
            lines += [
                f"      statement-{(party + position) % statements}:",
                "        position: agree",
                "        explicit: true",
                "        quotes:",
            ]
            for quote in range(quotes):
                text = (
                    f"Partij {party} wil dat de overheid punt {position}.{quote} op tijd uitvoert"
                )
                words.append(text)
                lines += [f"          - text: {text}", "            source: book"]
            lines += [
                "        explanation:",
                "          nl: Zo staat het er.",
                "          en: It says so.",
            ]
    (folder / "party_answers.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "book.txt").write_text(".\n".join(words), encoding="utf-8")


def _load(folder: Path) -> Callable[[], object]:
    return lambda: load(folder)


def _verify(folder: Path) -> Callable[[], object]:
    answers = check(folder).answers
    return lambda: verify_quotes(answers, folder)


def _median(act: Callable[[], object], times: int) -> float:
    """Return the median seconds of a call, after a warm-up."""
    if times > 1:
        act()
    durations: list[float] = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        durations.append(time.perf_counter() - started)
    return sorted(durations)[times // 2]
