"""Results come one after another; nothing else waits for them, nor do they wait for who is slow."""

from __future__ import annotations

import io
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import Any

import pytest
from flask import Flask

from quiz.views import result_page

ANSWER = {"answer.leave-microsoft": "agree"}
BODY = b"answer.leave-microsoft=agree"
PATIENCE = 30
make = result_page.render


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


def test_results_are_made_one_after_another(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    now, most, count = [0], [0], Lock()

    def render(*given: Any) -> bytes:
        with count:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.02)  # enough for the others to come in, if they may
        with count:
            now[0] -= 1
        return make(*given)

    monkeypatch.setattr(result_page, "render", render)
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(ask, [app] * 12)) == [200] * 12
    assert most == [1]


def test_nothing_else_waits_for_a_result(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, through = Event(), Event()

    def render(*given: Any) -> bytes:
        begun.set()
        assert through.wait(PATIENCE)
        return make(*given)

    monkeypatch.setattr(result_page, "render", render)
    with ThreadPoolExecutor(2) as pool:
        late = pool.submit(ask, app)
        assert begun.wait(PATIENCE)
        waiting = pool.submit(ask, app)
        for path in ("/nl/quiz", "/nl/result.json"):
            assert ask(app, path) == 200
        assert app.test_client().get("/nl/parties").status_code == 200
        assert not late.done()
        assert not waiting.done()
        through.set()
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
    def render(*_: object) -> bytes:
        raise ZeroDivisionError

    app.config["PROPAGATE_EXCEPTIONS"] = False
    with monkeypatch.context() as broken:
        broken.setattr(result_page, "render", render)
        assert ask(app) == 500
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(ask, app).result(PATIENCE) == 200


def test_a_body_that_breaks_off_is_read_as_far_as_it_came(app: Flask) -> None:
    status, page = send(app, io.BytesIO(b"answer.leave-micro"), len(BODY))
    assert status == 400
    assert "<h1" in page
