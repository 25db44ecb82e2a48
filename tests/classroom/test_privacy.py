"""An observer of a class learns nothing about answers before closing, and only the counts after it.

Everything visible at every address is recorded for two classes that differ only in their answers.
If both records are equal, they reveal nothing. The control observes counts that grow, and works out
every answer by subtraction.
"""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from quiz.classroom import tally
from quiz.classroom.database import Database
from quiz.classroom.models import Answer, Seat
from quiz.classroom.tally import Distribution
from quiz.web.app import create_app
from quiz.web.settings import Settings
from tests.classroom.pages import FIRST, act, open_class, pupils, send

PUPILS, POLLS = 28, 1000
WORDS = ("agree", "neutral", "disagree")
VALUES = {"agree": 1, "neutral": 0, "disagree": -1}
DOORS = ("/nl/class/board", "/nl/class/summary", "/nl/class/summary.csv", "/en/class/board",
         "/en/class/summary", "/en/class/summary.csv", "/nl/class/join", "/nl/class/counted")  # fmt: skip
Seen = list[str]


class Watcher:
    """Somebody with the educator's cookie, a seat of their own, and all the time in the world."""

    def __init__(self, app: Flask, way: str) -> None:
        self.app = app
        self.board, self.code = open_class(app, way=way)
        (self.seat,) = pupils(app, self.code, 1)
        page = self.board.get("/nl/class/board").get_data(as_text=True)
        match = re.search(r'data-state="([^"]+)"', page)
        assert match
        self.address = match[1]
        self.seen: Seen = []

    def polls(self, number: int) -> None:
        for _ in range(number):
            self.app.extensions.get("class_states", {}).clear()  # the freshest there is
            self.write(self.app.test_client().get(self.address))

    def looks(self) -> None:
        for door in DOORS:
            self.write(self.board.get(door))
        self.write(self.seat.get("/nl/class/seat"))

    def write(self, answer: object) -> None:
        text = answer.get_data(as_text=True)  # type: ignore[attr-defined]
        name = self.address.rpartition("/")[2]
        text = text.replace(name, "NAME").replace(self.code, "CODE")
        text = text.replace(self.code.replace(" ", ""), "CODE")
        text = re.sub(
            r'name="request" value="[\w-]{22}"|data-board="\w+"|"board": "\w+"', "RANDOM", text
        )
        self.seen.append(re.sub(r'<svg[^>]*class="qr".*?</svg>', "QR", text, flags=re.DOTALL))

    def restarts(self) -> None:
        """The same database, served by a process that has just started."""
        config = self.app.config
        jar, self.app = self.board, create_app(
            Settings(content=Path(config["CONTENT"]), database_url=config["DATABASE_URL"])
        )  # fmt: skip
        self.board = carried(jar, self.app)


def carried(client: FlaskClient, app: Flask) -> FlaskClient:
    fresh = app.test_client()
    for key, cookie in client._cookies.items():
        fresh.set_cookie(key[2], cookie.value)
    return fresh


def watched(app: Flask, answers: list[str], way: str = "together", polls: int = 1) -> Watcher:
    """Let pupils answer one by one, and look at every address before and after each."""
    watcher = Watcher(app, way)
    group = pupils(app, watcher.code, len(answers))
    for pupil, word in zip(group, answers, strict=True):
        watcher.polls(polls)
        send(pupil, FIRST, word)
        watcher.looks()
    return watcher


def answers(seed: int) -> list[str]:
    return Random(seed).choices(WORDS, k=PUPILS)


@pytest.mark.parametrize("way", ["together", "own"])
def test_watching_an_open_class_tells_no_answer(app: Flask, way: str) -> None:
    first, second = (watched(app, answers(seed), way, POLLS // PUPILS + 1) for seed in (1, 2))
    assert answers(1) != answers(2)
    assert len(first.seen) > POLLS
    assert first.seen == second.seen
    paper = {f"agree.{FIRST}": "12", f"disagree.{FIRST}": "9"}
    for watcher in (
        first,
        second,
    ):  # a paper class of the same teacher, in another browser, changes nothing
        app.test_client().post("/nl/class/counted", data=paper)
        watcher.looks()
    assert first.seen == second.seen


def test_nor_over_a_restart(app: Flask, content_folder: Path, tmp_path: Path) -> None:
    app.config["CONTENT"] = str(content_folder)
    first, second = (watched(app, answers(seed)[:6]) for seed in (1, 2))
    for watcher in (first, second):
        watcher.restarts()
        watcher.polls(10)
        watcher.looks()
    assert first.seen == second.seen


def live(database: Database, name: str) -> list[Distribution]:
    """What a careless reader would show: counts while they grow."""
    with database.reading() as session:
        rows = session.execute(
            select(Answer.statement, Answer.code)
            .join(Seat, Seat.token_hash == Answer.token_hash)
            .where(Seat.class_id == name, Answer.statement == FIRST)
        ).all()
    codes = [code for _, code in rows]
    return [Distribution(FIRST, codes.count(1), codes.count(0), codes.count(-1))]


def subtracted(seen: Seen) -> list[str]:
    """Guess each answer from what changed in the class's CSV."""
    tables = [page for page in seen if page.startswith("statement,text,agree")]
    last, guesses = (0, 0, 0), []
    for table in tables:
        counts = re.search(r",(\d+),(\d+),(\d+),\d+,[0-9a-f]{64}\s*$", table)
        now = tuple(map(int, counts.groups())) if counts else (0, 0, 0)
        guesses += [word for word, a, b in zip(WORDS, last, now, strict=True) if b > a]
        last = now  # type: ignore[assignment]
    return guesses


def test_the_control_counts_that_grow_tell_every_answer(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert subtracted(watched(app, answers(1)).seen) == []
    monkeypatch.setattr(tally, "distributions", live)
    watcher = watched(app, answers(1))
    assert subtracted(watcher.seen) == answers(1)
    assert watcher.seen != watched(app, answers(2)).seen


@pytest.mark.parametrize("way", ["together", "own"])
def test_what_is_shown_depends_on_the_counts_alone(app: Flask, way: str) -> None:
    """Who answered what, in which order, after how many changes of mind: nothing of it is shown."""
    sent = answers(3)
    shuffled, changed = Random(4).sample(sent, PUPILS), Random(5).sample(sent, PUPILS)
    seen = []
    for words, first_thoughts in ((sent, sent), (shuffled, shuffled), (sent, changed)):
        watcher = Watcher(app, way)
        group = pupils(app, watcher.code, PUPILS)
        for pupil, word, first in zip(group, words, first_thoughts, strict=True):
            send(pupil, FIRST, first)
            send(pupil, FIRST, word)
        act(watcher.board, "close")
        watcher.looks()
        act(watcher.board, "end")
        watcher.looks()
        seen.append(watcher.seen)
    assert seen[0] == seen[1] == seen[2]
    assert f"{sent.count('agree')},{sent.count('neutral')},{sent.count('disagree')}" in str(seen[0])


@pytest.mark.parametrize("way", ["together", "own"])
def test_four_answers_are_shown_nowhere_and_five_are(app: Flask, way: str) -> None:
    """All four alike or all four different look the same; a fifth is needed to tell them apart."""

    def closed(words: list[str]) -> Seen:
        watcher = Watcher(app, way)
        for pupil, word in zip(pupils(app, watcher.code, len(words)), words, strict=True):
            send(pupil, FIRST, word)
        act(watcher.board, "close")
        watcher.polls(1)
        watcher.looks()
        act(watcher.board, "end")
        watcher.looks()
        return watcher.seen

    alike, mixed = ["agree"] * 4, ["disagree", "neutral", "disagree", "neutral"]
    assert closed(alike) == closed(mixed)
    assert closed([*alike, "agree"]) != closed([*mixed, "disagree"])


def test_on_paper_four_are_shown_nowhere_either(app: Flask) -> None:
    def counted(**fields: str) -> Seen:
        teacher = app.test_client()
        teacher.post("/nl/class/counted", data={f"{word}.{FIRST}": n for word, n in fields.items()})
        doors = ("/nl/class/summary", "/nl/class/summary.csv", "/en/class/summary")
        pages = [teacher.get(door).get_data(as_text=True) for door in doors]
        return [re.sub(r"summary/[\w-]{22}", "summary/NAME", page) for page in pages]

    assert counted(agree="4") == counted(disagree="4") != counted(agree="5")
    assert counted(agree="5") != counted(disagree="5")


def test_a_late_answer_changes_nothing_that_was_shown(app: Flask) -> None:
    watcher = Watcher(app, "together")
    group = pupils(app, watcher.code, 6)
    for pupil in group[:5]:
        send(pupil, FIRST, "agree")
    act(watcher.board, "close")
    watcher.looks()
    before, watcher.seen = watcher.seen, []
    for pupil in group:
        assert "te laat" in send(pupil, FIRST, "disagree")
    for action in ("close", "again"):
        act(watcher.board, action)
    watcher.looks()
    assert watcher.seen == before
    act(watcher.board, "next")
    for pupil in group:  # the page of the statement before, kept open
        assert "te laat" in send(pupil, FIRST, "disagree")
    act(watcher.board, "end")
    rows = watcher.board.get("/nl/class/summary.csv").get_data(as_text=True).splitlines()
    assert [row.split(",")[-5:-2] for row in rows[1:]] == [["5", "0", "0"]]
