"""Figures in prose are those of the code."""

from __future__ import annotations

import re
from datetime import timedelta
from math import floor, log2
from pathlib import Path

import pytest

from quiz.classroom import codes, seats, store, takeover, tally
from quiz.content import limits
from quiz.content.checks import advice, brand
from quiz.web import health, server
from quiz.web.settings import HSTS, SHORTEST_KEY

ROOT = Path(__file__).parents[1]
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
NGINX = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
POSSIBLE = len(codes.SYMBOLS)
AGES = re.findall(r"max-age=(\d+)", str(HSTS))
STEPS = re.search(r"STEP = (\d+)", (ROOT / "quiz/web/static/frame.js").read_text(encoding="utf-8"))
assert STEPS


def word(number: float) -> str:
    assert number == round(number)
    return WORDS[round(number)]


def hours(time: timedelta) -> str:
    return word(time / timedelta(hours=1))


def minutes(time: timedelta) -> str:
    return word(time / timedelta(minutes=1))


def kilobytes(number: int) -> str:
    return f"{number // 1000} kB"


def in_nginx(setting: str) -> int:
    found = re.search(rf"{setting}[ =](\d+)", NGINX)
    assert found, setting
    return int(found[1])


FIGURES = {
    "docs/security.md": (
        f"{codes.KEY_LENGTH} symbols of {POSSIBLE} ({floor(codes.KEY_LENGTH * log2(POSSIBLE))} bits)",
        f"{POSSIBLE**codes.LENGTH // 10**9} thousand million codes",
        f"not given out again for {store.REST.days} days",
        f"{word(store.LONGEST.days)} days at most",
        f"the same new cookie for {minutes(takeover.AGAIN)} minutes",
        f"gives out {seats.AT_ONCE} seats at once and then one each second",
        f"goes after {hours(store.UNJOINED)} hours",
        f"gives way after {minutes(store.SAFE)} minutes",
        f"below {word(tally.FEWEST)} nothing",
        f"takes {server.REQUESTS:,} requests and {server.CONNECTIONS:,} connections at once",
        f"nginx gives a body {word(in_nginx('client_body_timeout'))} seconds",
        f"HSTS for {word(int(AGES[0]) / 86400 / 365)} years",
    ),
    "docs/privacy.md": (
        f"Counts of fewer than {word(tally.FEWEST)} answers",
        f"{word(store.LONGEST.days)} days after it was opened",
    ),
    "docs/deploy.md": (
        f"tried at most every {word(health.EVERY)} seconds",
        f"passed over by nginx after {word(in_nginx('proxy_read_timeout'))} seconds",
        f"{word(store.FILLING * 10 / 2)} in {word(10 / 2)} of the classes that may be open",
    ),
    "docs/operators.md": (
        f"at most {advice.MOST_WORDS} words",
        f"at most {kilobytes(limits.LOGO_BYTES)}",
        *(f"| {kilobytes(most)} |" for most in brand.PICTURES.values()),
        f"at least {SHORTEST_KEY} characters",
    ),
    "docs/embedding.md": (
        f"steps of {STEPS[1]} pixels",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("document", "figure"),
    [(name, figure) for name, figures in FIGURES.items() for figure in figures],
)
def test_a_figure_in_prose_is_that_of_the_code(document: str, figure: str) -> None:
    assert figure in " ".join((ROOT / document).read_text(encoding="utf-8").split())
