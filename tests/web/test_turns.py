"""Results are made together for all who wait; nothing else waits for them, nor they for who is slow."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.test import Client

from quiz.content import Catalogue
from quiz.web.app import create_app
from quiz.web.settings import Settings
from quiz.web.together import LARGEST, Company, Together
from quiz.web.turns import Turns
from quiz.web.voter.result_page import Pages, Scorer

ANSWER = {"answer.leave-microsoft": "agree"}
BODY = b"answer.leave-microsoft=agree"
PATIENCE = 30


class Squares:
    """Squares numbers for all who ask; the first time it waits until it is let through."""

    def __init__(self, bad: int | None = None) -> None:
        self.bad, self.given, self.begun, self.through = bad, [], Event(), Event()
        self.given: list[list[int]]

    def __call__(self, several: Sequence[int]) -> list[int]:
        self.given.append(list(several))
        self.begun.set()
        assert self.through.wait(PATIENCE)
        if self.bad in several:
            raise ZeroDivisionError
        return [one * one for one in several]


def in_line(
    pool: ThreadPoolExecutor, turns: Turns[int, int], numbers: Sequence[int]
) -> list[Future[int]]:
    """Ask for each number, in this order."""
    asked = []
    for number in numbers:
        before = len(turns._line)
        asked.append(pool.submit(turns.of, number))
        until = time.monotonic() + PATIENCE
        while len(turns._line) == before:
            assert time.monotonic() < until
            time.sleep(0.001)
    return asked


def test_who_waits_is_served_together_and_gets_their_own() -> None:
    squares = Squares()
    turns = Turns(squares, most=3)
    with ThreadPoolExecutor(8) as pool:
        asked = in_line(pool, turns, [1])
        assert squares.begun.wait(PATIENCE)
        asked += in_line(pool, turns, [2, 3, 4, 5, 6, 7])
        squares.through.set()
        assert [one.result(PATIENCE) for one in asked] == [1, 4, 9, 16, 25, 36, 49]
    assert squares.given == [[1], [2, 3, 4], [5, 6, 7]]
    assert not turns._line


def test_work_is_done_by_one_thread_at_a_time() -> None:
    now, most, count = [0], [0], Lock()

    def work(several: Sequence[int]) -> list[int]:
        with count:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.002)  # enough for others to come in, if they may
        with count:
            now[0] -= 1
        return [-one for one in several]

    turns = Turns(work, most=2)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(turns.of, range(100))) == [-one for one in range(100)]
    assert most == [1]


def test_an_error_holds_nobody_up() -> None:
    squares = Squares(bad=1)
    turns = Turns(squares, most=1)
    with ThreadPoolExecutor(8) as pool:
        asked = in_line(pool, turns, [1])
        assert squares.begun.wait(PATIENCE)
        asked += in_line(pool, turns, [2, 3])
        squares.through.set()
        with pytest.raises(ZeroDivisionError):
            asked[0].result(PATIENCE)
        assert [one.result(PATIENCE) for one in asked[1:]] == [4, 9]
    assert turns.of(7) == 49


def test_an_error_reaches_only_whose_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[bytes] = []

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        body = environ["wsgi.input"].read()
        ran.append(body)
        if body == b"4":
            raise ZeroDivisionError
        start_response("200 OK", [("Number", body.decode())])
        return [body * 2]

    together, held = Together(app, ["/result"]), Held(monkeypatch)

    def post(number: int) -> tuple[str | None, bytes]:
        answer = Client(together).post(
            "/result", data=str(number), content_type="application/x-www-form-urlencoded"
        )
        return answer.headers.get("Number"), answer.get_data()

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(post, number) for number in range(8)]
        assert held.begun.wait(PATIENCE)
        time.sleep(0.3)  # for the others to come into the line
        held.through.set()
        for number, one in enumerate(asked):
            if number == 4:
                with pytest.raises(ZeroDivisionError):
                    one.result(PATIENCE)
            else:
                assert one.result(PATIENCE) == (str(number), str(number).encode() * 2)
    assert sorted(ran) == [b"%d" % number for number in range(8)], "each ran once"


def test_work_that_fails_for_all_is_done_for_each() -> None:
    def work(bodies: Sequence[bytes]) -> list[int]:
        return [100 // len(body) for body in bodies]

    company = Company([b"ab", b"", b"abcd"])
    assert [company.find(0, work), company.find(2, work)] == [50, 25]
    with pytest.raises(ZeroDivisionError):
        company.find(1, work)


def test_work_is_done_once_for_all() -> None:
    asked: list[list[bytes]] = []

    def work(bodies: Sequence[bytes]) -> list[int]:
        asked.append(list(bodies))
        return [len(body) for body in bodies]

    company = Company([b"ab", b"", b"abcd"])
    assert [company.find(at, work) for at in range(3)] == [2, 0, 4]
    assert asked == [[b"ab", b"", b"abcd"]]


class Slow:
    """A body of which every byte comes alone, the second one only when it is let through."""

    def __init__(self) -> None:
        self.left, self.begun, self.through = BODY, Event(), Event()

    def read(self, size: int = -1) -> bytes:
        if self.left != BODY:
            assert self.through.wait(PATIENCE)
        one, self.left = self.left[:1], self.left[1:]
        self.begun.set()
        return one


def ask(app: Flask, path: str = "/nl/result") -> int:
    return app.test_client().post(path, data=ANSWER).status_code


def send(app: Flask, stream: Slow | io.BytesIO, length: int = len(BODY)) -> tuple[int, str]:
    sent = app.test_client().post(
        "/nl/result",
        environ_overrides={"wsgi.input": stream, "CONTENT_LENGTH": str(length)},
        content_type="application/x-www-form-urlencoded",
    )
    return sent.status_code, sent.get_data(as_text=True)


class Held:
    """Holds whoever is first in a line, the first time, until it is let through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.through = Event(), Event()
        serve = Turns._serve

        def held(turns: Turns[Any, Any]) -> Any:
            if not self.begun.is_set():
                self.begun.set()
                assert self.through.wait(PATIENCE)
            return serve(turns)

        monkeypatch.setattr(Turns, "_serve", held)


def test_voters_at_the_same_time_each_get_their_own_page(
    shipped_app: Flask, shipped_catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [statement.id for statement in shipped_catalogue.statements]
    words = ("agree", "neutral", "disagree")
    sent = []
    for at in range(24):
        fields = [
            (f"answer.{name}", words[at // 3**place % 3]) for place, name in enumerate(ids[:9])
        ]
        fields += [("double", ids[at % 9])]
        if at % 5 == 0:  # refused: an answer that is none
            fields += [(f"answer.{ids[9]}", f"perhaps-{at}")]
        if at % 7 == 0:
            fields += [("party", party.id) for party in shipped_catalogue.parties[at % 4 :][:2]]
        sent.append((f"/{('nl', 'en')[at % 2]}/result", fields))

    def post(one: tuple[str, list[tuple[str, str]]]) -> tuple[int, bytes, str | None]:
        path, fields = one
        page = shipped_app.test_client().post(
            path,
            data=urlencode(fields),
            content_type="application/x-www-form-urlencoded",
            headers={"Accept-Encoding": ("identity", "br", "zstd")[len(fields) % 3]},
        )
        return page.status_code, page.get_data(), page.headers.get("Content-Encoding")

    alone = list(map(post, sent))
    assert len(set(alone)) == len(sent)
    assert {(status, coding) for status, _, coding in alone} >= {
        (200, None),
        (200, "br"),
        (400, "br"),
    }
    numbers: list[int] = []
    score, held = Scorer.of, Held(monkeypatch)

    def counted(scorer: Scorer, several: Sequence[Any]) -> Any:
        numbers.append(len(several))
        return score(scorer, several)

    monkeypatch.setattr(Scorer, "of", counted)
    with ThreadPoolExecutor(len(sent)) as pool:
        together = [pool.submit(post, one) for one in sent]
        assert held.begun.wait(PATIENCE)
        time.sleep(0.5)  # for the others to come into the line
        held.through.set()
        assert [one.result(PATIENCE) for one in together] == alone
    assert max(numbers) > 2, "they were scored together"


def test_the_log_counts_the_waiting(
    content_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = create_app(Settings(content=content_folder, json_log=True))
    held = Held(monkeypatch)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ask, app)
        assert held.begun.wait(PATIENCE)
        second = pool.submit(ask, app)
        time.sleep(0.3)
        held.through.set()
        assert (first.result(PATIENCE), second.result(PATIENCE)) == (200, 200)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["page"] for line in lines] == ["voter.result"] * 2
    assert lines[0]["ms"] >= 300


@pytest.mark.parametrize(
    ("length", "kind"),
    [
        (str(len(BODY)), "application/x-www-form-urlencoded;charset=UTF-8"),
        ("", "application/x-www-form-urlencoded"),
        ("many", "application/x-www-form-urlencoded"),
        (str(len(BODY) + LARGEST), "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_unusual_is_answered_alone(app: Flask, length: str, kind: str) -> None:
    """The body of the last is padded with what is no answer."""
    body = BODY + b"&" * (LARGEST if length.isdecimal() and int(length) > LARGEST else 0)
    sent = app.test_client().post(
        "/nl/result",
        environ_overrides={
            "wsgi.input": io.BytesIO(body),
            "CONTENT_LENGTH": length,
            "CONTENT_TYPE": kind,
        },
    )
    known = length.isdecimal()
    assert sent.status_code == (200 if known else 400)
    if known:
        assert sent.get_data(as_text=True) == send(app, io.BytesIO(BODY))[1]


def test_a_length_of_thousands_of_digits_is_refused(app: Flask) -> None:
    sent = app.test_client().post(
        "/nl/result",
        environ_overrides={"wsgi.input": io.BytesIO(BODY), "CONTENT_LENGTH": "9" * 5000},
        content_type="application/x-www-form-urlencoded",
    )
    assert sent.status_code in {400, 413}


def test_nothing_else_waits_for_a_result(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch)
    with ThreadPoolExecutor(2) as pool:
        late = pool.submit(ask, app)
        assert held.begun.wait(PATIENCE)
        waiting = pool.submit(ask, app)
        for path in ("/nl/quiz", "/nl/result.json", "/en/result"):
            assert ask(app, path) == 200
        assert app.test_client().get("/nl/parties").status_code == 200
        assert not late.done()
        assert not waiting.done()
        held.through.set()
        assert (late.result(PATIENCE), waiting.result(PATIENCE)) == (200, 200)


def test_who_sends_slowly_keeps_nobody_waiting(app: Flask) -> None:
    slow = Slow()
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(send, app, slow)
        assert slow.begun.wait(PATIENCE)
        assert ask(app) == 200
        assert not late.done()
        slow.through.set()
        status, page = late.result(PATIENCE)
    assert status == 200
    assert page == send(app, io.BytesIO(BODY))[1], "every byte is read, though they come one by one"


def test_an_error_gives_the_turn_back(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise ZeroDivisionError

    app.config["PROPAGATE_EXCEPTIONS"] = False
    with monkeypatch.context() as broken:
        broken.setattr(Pages, "_page", fail)
        assert ask(app) == 500
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(ask, app).result(PATIENCE) == 200


def test_a_body_that_breaks_off_is_read_as_far_as_it_came(app: Flask) -> None:
    status, page = send(app, io.BytesIO(b"answer.leave-micro"), len(BODY))
    assert status == 400
    assert "<h1" in page
