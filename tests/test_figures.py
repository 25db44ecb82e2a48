"""Every figure in prose is that of the code, or is listed here with what it is instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    *(f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG")),
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").glob("*.md"))),
]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def figures() -> dict[str, tuple[str, ...]]:
    """The figures of the code, made here: where one is no longer found, these tests alone fail."""
    from tests.figures import FIGURES

    return FIGURES


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_figures_in_prose_are_those_of_the_code(
    document: str, figures: dict[str, tuple[str, ...]]
) -> None:
    text = " ".join(read(document).split())
    for figure in figures.get(document, ()):
        assert figure in text, figure


KINDS = (
    r"\d{1,2} (?:October|November) 20\d\d", r"(?:since|October) 20\d\d",  # days
    r"UTF-(?:8|16)", r"RFC \d+", r"WCAG 2\.2", r"\b\d+\.\d+\.\d+\b", r"CC BY 4\.0", r"EUPL-1\.2",
    r"Debian \d+", r"Python 3\.\d+", r"systemd \d+", r"version 15", r"port 5432", r"50PLUS",
    r"80 and 443 over TCP, and 22", r"\((?:400|414, 431|503)\)", r"429 and 502",
    r"1, 0, [-−]1", r"−1 disagree, 0 neutral, \+1 agree",
)  # fmt: skip
"""Days, standards, versions, ports, codes: numbers that are names."""

COUNTED = ("two files", "two lines", "three answers", "five steps", "two classes", "two requests")
"""What a reader sees on the same page, or in the same folder."""

OTHERS = {
    "CONTRIBUTING.md": ("some 300 lines",),
    "CHANGELOG.md": ("no time below a second",),
    "docs/architecture.md": ("a 5-point scale", "5 × 5 tables"),
    "docs/coding.md": (
        # held by tests/test_written_figures.py
        *(row for row in re.findall(r"\| [^\n]*", read("docs/coding.md").partition("## History")[2])),
        # of sources that are not in this repository
        "all 18", "17 of the 28 statements", "wanted: 60 %", "made on 29 statements",
        "instead of 6", "a little beyond 1.5",  # docs/method.md has the tables
    ),
    "docs/commands.md": ("0 well, 1 the content or the data is wrong, 2 the command",),
    "docs/data.md": (
        "the header is row 1", "the command ends with 1", "orders the parties, 0 to 1;",
        "| 1 for the first", "with 0 where it holds, 1 where it does not, 2 where",
    ),
    "docs/deploy.md": (
        "(0). Alert on it", "half of it", "takes 768 connections a core", "below a second", "longer than a second", "longer than a day",
        "class at school | 0 |", "that ships | 1 |", "writes the headers anew | 1 |", "our nginx | 1 |",
        "append to the headers | 2 |", "app hosts (2 cores)", "a few hundred classes a day | 1 | 2 |",
    ),
    "docs/lesson.md": (
        "pupils of 14 and older", "(10 minutes, alone)",
        "a minute for each statement: ten minutes for ten", "Keep 20 minutes",
    ),
    "docs/lesson.nl.md": ("klas 3 en hoger", "(10 minuten, alleen)", "Houd 20 minuten"),
    "docs/method.md": (
        # tests/matching/test_kernel.py compares the table and the example with the code
        *(row for row in re.findall(r"\| `[a-z-]+`[^\n]*", read("docs/method.md"))),
        "has agreement 0 and low (0 + 3 · ½) / 4 = 0.375",
        "weights w (1, or", "over the three answers", "is worth 0 to 1;", "½ to 1 under", "K + κ > 0",
        "1, 2, 2, 4", "multiplied by 12 · N", "more than 2⁻⁵²",
    ),
    "docs/operators.md": (
        "(five minutes)", "(two minutes)", "half hour)", "half hour is", "a second terminal",
        "page 1 is the cover", "1200 × 630", "0 to 9 (", "has examples) | 0 |",
    ),
    "docs/performance.md": (
        "within a second", "99 in 100", "for 20 seconds", "nine in ten with the tag",
        "set as 0.08 hello when that was some 150 a second",  # what was asked for
    ),
    "docs/prepare.md": ("0.8 is the usual bar", "five days to object"),
    "docs/privacy.md": ("with four phones", "below a second", "held one of 210 answers"),
    "docs/reproduce.md": ("low above agreement, 0.375",),
    "docs/security.md": (
        "below a second", "a second wall", "parts of 16.2.1, 16.3", "within a week", "within a day",
    ),
}  # fmt: skip
"""Advice, examples, limits of arithmetic, and what another test holds."""

MEASURED = {
    "README.md": ("| | positions come from", "## In class"),
    "docs/operators.md": ("**How long the machine takes.**", "## Work in a spreadsheet"),
    "docs/testing.md": ("As counted on", "## "),
}
"""Tables of what was measured or looked up by hand, from a phrase to a phrase: each names its time."""

NUMBER = re.compile(
    r"(?<![\w.])\d[\d.,]*"
    r"|\b(?:a|half|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|hundred|thousand)"
    r" (?:seconds?|minutes?|hours?|days?|weeks?|years?|times|results|voters|classes|pupils|phones|lines"
    r"|files|requests|answers|steps|pixels|words|symbols|in (?:ten|five|a hundred))\b"
)


def prose(document: str) -> str:
    """Return a document without code, addresses, and what a benchmark or the audit wrote."""
    text = read(document)
    start, end = MEASURED.get(document, ("", ""))
    if start:
        before, rest = text.split(start)
        table, heading, after = (rest + end).partition(end)
        assert re.search(r"[A-Z][a-z]+ 20\d\d", table), document
        text = before + heading + after
    text = re.sub(r"<!-- (\w+): .*?<!-- end of \1 -->", "", text, flags=re.DOTALL)
    text = re.sub(r"^ *```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(
        r"^(?: *|#+ )\d+\. |\]\([^)]*\)|<[a-z/][^>]*>|https?://[^\s`)]+",
        "",
        text,
        flags=re.MULTILINE,
    )
    return without_names(text)


def without_names(text: str) -> str:
    """Return a text in one line, without the numbers that are names."""
    return " ".join(re.sub("|".join(KINDS), "", " ".join(text.split())).split())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_figure_in_prose_is_known(document: str, figures: dict[str, tuple[str, ...]]) -> None:
    text = prose(document)
    known = (*figures.get(document, ()), *OTHERS.get(document, ()), *COUNTED)
    for phrase in known:
        text = text.replace(without_names(phrase), "…")
    text = re.sub(r"`[^`]*`", "…", text)
    numbers = [
        text[max(0, match.start() - 40) : match.end() + 40] for match in NUMBER.finditer(text)
    ]
    assert not numbers, "tie it to the code in tests/figures.py, or take it out"


def test_nothing_is_listed_that_is_not_there() -> None:
    for document, phrases in OTHERS.items():
        text = " ".join(read(document).split())
        for phrase in phrases:
            assert " ".join(phrase.split()) in text, f"{document}: {phrase}"
