"""A class through its pages: what a board and pupils without scripts do."""

from __future__ import annotations

import re
from html import unescape

from flask import Flask
from flask.testing import FlaskClient

FIRST, SECOND, THIRD = "leave-microsoft", "ban-datacenters", "state-software"
LETTERS = {"agree": "a", "neutral": "n", "disagree": "d"}


def text(response: object) -> str:
    return re.sub(r"\s+", " ", unescape(response.get_data(as_text=True)))  # type: ignore[attr-defined]


def open_class(app: Flask, *, lobby: bool = False, **form: object) -> tuple[FlaskClient, str]:
    """Open a class and its first statement; return the board and the code."""
    board = app.test_client()
    response = board.post("/nl/class", data={"way": "together", "length": "all"} | form)
    assert response.status_code == 303
    assert response.headers["Location"].startswith("/nl/class/board/")
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    page = text(board.get("/nl/class/board"))
    code = re.search(r'board-code">\s*([0-9A-Z]{3} [0-9A-Z]{4})', page)
    assert code
    if not lobby:
        act(board, "begin")
    return board, code[1]


def act(board: FlaskClient, action: str, **form: str) -> str:
    """Press a button of the board, sure of it; return the page that follows."""
    body = {"action": action, "sure": "yes"} | form
    return text(board.post("/nl/class/board", data=body, follow_redirects=True))


def pupils(app: Flask, code: str, number: int) -> list[FlaskClient]:
    cookies = []
    for _ in range(number):
        pupil = app.test_client()
        assert pupil.post("/nl/class/join", data={"code": code}).status_code == 303
        cookies.append(pupil)
    return cookies


def send(pupil: FlaskClient, statement: str, value: str, **mine: str) -> str:
    carried = {f"mine.{name.replace('_', '-')}": LETTERS[word] for name, word in mine.items()}
    body = {f"answer.{statement}": LETTERS[value], "action": "send"} | carried
    return text(pupil.post("/nl/class/seat", data=body))


def tallies(page: str) -> list[list[int]]:
    """Return what the charts of a page say: agree, neither, disagree."""
    tables = re.findall(r'<table class="tally">.*?</table>', page)
    return [[int(n) for n in re.findall(r'class="number">(\d+)<', table)] for table in tables]
