"""The log is JSON and has nothing about a person: canaries of a whole visit never appear in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from flask import Flask, request
from prometheus_client import Counter

from quiz.classroom import store
from quiz.web.app import create_app
from quiz.web.settings import Settings
from tests.operations.conftest import Start


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_a_whole_journey_leaves_no_trace_but_kinds_of_pages(serve: Start) -> None:
    server = serve("--workers", "2", QUIZ_LOG="json")
    board, pupil, voter = (build_opener(HTTPCookieProcessor()) for _ in range(3))
    canary = "canary-4711"

    def send(who: object, path: str, **form: str) -> str:
        data = urlencode(form).encode() if form else None
        request = Request(server.address + path, data, {"User-Agent": canary, "X-Canary": canary})
        return str(who.open(request, timeout=10).read().decode())  # type: ignore[attr-defined]

    page = send(board, "/nl/class", way="together", length="all")
    code = "".join(re.findall(r'board-code">\s*([0-9A-Z]{3}) ([0-9A-Z]{4})', page)[0])
    name = page.partition("/class/state/")[2][:22]
    key = re.search(
        r"<code[^>]*>([0-9A-Z ]{14})</code>", send(board, f"/nl/class/key/{name}", x="")
    )
    assert key
    send(board, "/nl/class/board", action="begin")
    send(pupil, "/nl/class/join", code=code)
    send(pupil, f"/nl/class/join?code={canary}")
    send(pupil, "/nl/class/seat", action="send", **{"answer.leave-microsoft": "disagree"})
    send(voter, f"/nl/search?q={canary}")
    send(voter, "/nl/result", **{"answer.leave-microsoft": "disagree", "double": "leave-microsoft"})
    tokens = [cookie.value for who in (board, pupil) for cookie in jar(who)]
    server.process.terminate()
    server.process.wait(timeout=20)
    written = server.output.read_text()
    entries = lines(written)
    assert {line["page"] for line in entries} >= {"voter.result", "voter.search", "classroom.seat"}
    assert all(line["status"] in {200, 303} for line in entries)
    assert set(entries[0]) == {
        "event",
        "level",
        "timestamp",
        "method",
        "page",
        "status",
        "seconds",
    }
    assert all(type(line["seconds"]) is int for line in entries)
    second = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    assert all(second.fullmatch(str(line["timestamp"])) for line in entries)
    logged = "\n".join(json.dumps(line) for line in entries)
    for secret in [canary, code, key[1], "127.0.0.1", "disagree", "leave-microsoft", *tokens]:
        assert secret not in logged
        assert secret not in written or secret == "127.0.0.1"  # the address it is served at
    assert len(tokens) == 2


def jar(opener: object) -> list[object]:
    handlers = opener.handlers  # type: ignore[attr-defined]
    return [
        cookie
        for handler in handlers
        if isinstance(handler, HTTPCookieProcessor)
        for cookie in handler.cookiejar
    ]


@pytest.mark.parametrize("json_log", [True, False], ids=["json", "text"])
def test_an_error_is_logged_by_kind_and_place_without_its_words(
    content_folder: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    json_log: bool,
) -> None:
    app: Flask = create_app(Settings(content=content_folder, json_log=json_log))

    @app.post("/broken")
    def broken() -> str:
        raise ValueError(request.form["answer"])

    response = app.test_client().post("/broken", data={"answer": "canary-4711"})
    assert response.status_code == 500
    written = capfd.readouterr().err + caplog.text
    assert "canary-4711" not in written
    assert "ValueError" in written
    assert "test_log.py" in written
    if json_log:
        error = next(line for line in lines(written) if line["level"] == "error")
        assert error["kind"] == "ValueError"
        assert error["page"] == "broken"


@pytest.mark.parametrize(("opened", "warned"), [(4, False), (5, True)])
def test_room_for_classes_that_runs_short_is_told_before_it_is_full(
    content_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    opened: int,
    warned: bool,
) -> None:
    monkeypatch.setattr(store, "MAX_OPEN", 5)
    url = f"sqlite:///{tmp_path}/classes.sqlite"
    app = create_app(Settings(content=content_folder, database_url=url, json_log=True))
    events = Counter("quiz_events", "What happened.", ["event"], registry=None)
    app.extensions["events"] = events.labels
    for _ in range(opened):
        form = {"way": "own", "length": "all"}
        assert app.test_client().post("/nl/class", data=form).status_code == 303
    warnings = [line for line in lines(capfd.readouterr().err) if line["level"] == "warning"]
    told = [line["event"] for line in warnings]
    assert told == ["classes are filling up, see quiz expire --empty"] * warned
    samples = events.collect()[0].samples
    counts = {one.labels["event"]: one.value for one in samples if one.name.endswith("_total")}
    assert counts["class_opened"] == opened
    assert counts.get("classes_filling", 0) == warned


def test_methods_are_a_closed_list(content_folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    app = create_app(Settings(content=content_folder, json_log=True))
    app.test_client().open("/nl/", method="CANARY")
    assert "CANARY" not in capfd.readouterr().err
