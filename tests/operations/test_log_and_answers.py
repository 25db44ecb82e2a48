"""Nothing in the log tells how somebody answered: a thousand voters and pupils, and their lines."""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from io import StringIO
from math import log2
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from quiz.web.app import create_app
from quiz.web.settings import Settings

VOTERS = PUPILS = 1000
STATEMENTS = ("leave-microsoft", "ban-datacenters", "state-software")
WORDS = ("agree", "neutral", "disagree")
SHUFFLES = 200


def information(logged: Sequence[Hashable], answered: Sequence[str]) -> float:
    """Mutual information in bits between what a line says and what was answered."""
    both, lines_seen, words_seen = (
        Counter(zip(logged, answered, strict=True)),
        Counter(logged),
        Counter(answered),
    )
    total = len(logged)
    return sum(
        count / total * log2(count * total / (lines_seen[line] * words_seen[word]))
        for (line, word), count in both.items()
    )


def tells(logged: Sequence[Hashable], answered: Sequence[str], rng: random.Random) -> bool:
    """Whether it is more than with the same answers in any other order."""
    measured, shuffled = information(logged, answered), list(answered)
    chance = []
    for _ in range(SHUFFLES):
        rng.shuffle(shuffled)
        chance.append(information(logged, shuffled))
    return measured > max(chance) + 1e-9


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    monkeypatch.setattr(sys, "stderr", StringIO())
    return sys.stderr  # type: ignore[return-value]


@pytest.fixture
def app(content_folder: Path, tmp_path: Path, log: StringIO) -> Flask:
    url = f"sqlite:///{tmp_path}/classes.sqlite"
    return create_app(Settings(content=content_folder, database_url=url, json_log=True))


def lines(text: str) -> list[tuple[Hashable, ...]]:
    """Return what each request's line says, without its time."""
    entries = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return [
        tuple(value for name, value in sorted(line.items()) if name != "timestamp")
        for line in entries
        if line["event"] == "request"
    ]


Answering = Callable[[FlaskClient, dict[str, str]], TestResponse]


def observed(
    answer: Answering, client: FlaskClient, count: int, log: StringIO
) -> tuple[list[Hashable], list[Hashable], list[dict[str, str]]]:
    """Have many answer at random; return their lines, the sizes of their pages, and their
    answers.
    """
    rng = random.Random(7)
    voters = [{name: rng.choice(WORDS) for name in STATEMENTS} for _ in range(count)]
    logged: list[Hashable] = []
    sizes: list[Hashable] = []
    for answers in voters:
        begin = log.tell()
        response = answer(client, answers)
        sizes.append(response.calculate_content_length())
        logged.append(tuple(lines(log.getvalue()[begin:])))
    return logged, sizes, voters


def vote(client: FlaskClient, answers: dict[str, str]) -> TestResponse:
    form = {f"answer.{name}": word for name, word in answers.items()}
    return client.post("/nl/result", data=form, headers={"Accept-Encoding": "zstd"})


def answer_in_class(client: FlaskClient, answers: dict[str, str]) -> TestResponse:
    form = {f"answer.{name}": word for name, word in answers.items()}
    return client.post("/nl/class/seat", data=form | {"action": "send"})


@pytest.mark.slow
def test_no_line_of_a_voter_tells_an_answer(app: Flask, log: StringIO) -> None:
    logged, sizes, voters = observed(vote, app.test_client(), VOTERS, log)
    assert all(logged)
    rng = random.Random(8)
    for statement in STATEMENTS:
        answered = [answers[statement] for answers in voters]
        assert not tells(logged, answered, rng)
        assert tells(sizes, answered, rng)  # the control: with the size of the page it would


@pytest.mark.slow
def test_no_line_of_a_pupil_tells_an_answer(app: Flask, log: StringIO) -> None:
    board = app.test_client()
    page = board.post("/nl/class", data={"way": "own", "length": "all"}, follow_redirects=True)
    code = page.get_data(as_text=True).partition('board-code">')[2].split("<")[0]
    pupil = app.test_client()
    joined = pupil.post("/nl/class/join", data={"code": "".join(code.split())})
    assert joined.status_code == 303
    logged, _, pupils = observed(answer_in_class, pupil, PUPILS, log)
    assert all("classroom.seat" in line[0] for line in logged)  # type: ignore[index, operator]
    rng = random.Random(8)
    for statement in STATEMENTS:
        answered = [answers[statement] for answers in pupils]
        assert not tells(logged, answered, rng)
        with_answer = [
            (*line, answers[statement]) for line, answers in zip(logged, pupils, strict=True)
        ]  # type: ignore[misc]
        assert tells(
            with_answer, answered, rng
        )  # the control: with any word of the answer it would
