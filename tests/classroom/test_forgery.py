"""Class forms: only this site's pages send them, and nobody slips anyone a cookie."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from quiz.classroom.database import Database
from quiz.classroom.models import Classroom, Seat
from quiz.web.app import create_app
from quiz.web.settings import Settings

HTTPS = "https://quiz.example"
FIRST = "leave-microsoft"
FORMS: dict[str, dict[str, str]] = {
    "/nl/class": {"way": "together", "length": "all"},
    "/nl/class/board": {"action": "end"},
    "/nl/class/join": {"code": "2222222"},
    "/nl/class/seat": {"action": "leave"},
    "/nl/class/key/{name}": {},
    "/nl/class/recover": {"token": "x"},
    "/nl/class/rehearsal": {"way": "together", "length": "all"},
    "/nl/class/counted": {f"agree.{FIRST}": "12"},
}
ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": HTTPS},
    {"Sec-Fetch-Site": "nonsense"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://quiz.example"},
    {"Origin": "https://quiz.example:444"},
    {"Origin": "https://quiz.example.evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
]
HERE = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Origin": HTTPS},
    {},
]


@pytest.fixture
def app(content_folder: Path, tmp_path: Path) -> Flask:
    return create_app(
        Settings(content=content_folder, database_url=f"sqlite:///{tmp_path}/classes.sqlite")
    )


def open_class(app: Flask, base: str = HTTPS) -> tuple[FlaskClient, str]:
    board = app.test_client()
    response = board.post("/nl/class", data=FORMS["/nl/class"], base_url=base)
    assert response.status_code == 303
    page = board.get("/nl/class/board", base_url=base).get_data(as_text=True)
    code = re.search(r'board-code">\s*([0-9A-Z]{3} [0-9A-Z]{4})', page)
    assert code
    return board, code[1]


def names(board: FlaskClient) -> list[str]:
    """Return the ids of the classes that a browser runs, from its cookies."""
    names = [key[2].rpartition("class_host_")[2] for key in board._cookies]
    return [name for name in names if len(name) == 22]


def rows(app: Flask, table: type[Classroom] | type[Seat]) -> int:
    database: Database = app.extensions["classroom"]
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_every_class_form_is_known_here(app: Flask) -> None:
    posts = {
        rule.rule.replace("<lang>", "nl")
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.endpoint.startswith("classroom.")
    }
    named = {path.replace("/<name>", "") for path in posts if "/key/" not in path}
    assert named | {"/nl/class/key/{name}"} == set(FORMS)
    others = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if {"POST", "PUT", "PATCH", "DELETE"} & (rule.methods or set())
        and not rule.endpoint.startswith("classroom.")
    }
    assert others == {"/<lang>/quiz", "/<lang>/result", "/<lang>/result.json", "/api/v1/match"}


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_a_form_from_elsewhere_does_nothing(app: Flask, path: str, headers: dict[str, str]) -> None:
    board, _ = open_class(app)
    address = path.format(name=names(board)[0])
    response = board.post(address, data=FORMS[path], headers=headers, base_url=HTTPS)
    assert response.status_code == 403
    assert "Set-Cookie" not in response.headers
    assert rows(app, Classroom) == 1
    assert "Doe mee" in board.get("/nl/class/board", base_url=HTTPS).get_data(as_text=True)


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("headers", HERE, ids=str)
def test_the_sites_own_forms_work(app: Flask, path: str, headers: dict[str, str]) -> None:
    board, _ = open_class(app)
    address = path.format(name=names(board)[0])
    response = board.post(address, data=FORMS[path], headers=headers, base_url=HTTPS)
    assert response.status_code in {200, 303, 400, 409}


def test_looking_changes_nothing(app: Flask) -> None:
    board, _ = open_class(app)
    before = board.get("/nl/class/board", base_url=HTTPS).get_data()
    for action in ("close", "next", "again", "lock", "end", "begin", "skip"):
        board.get(f"/nl/class/board?action={action}", base_url=HTTPS)
    for path in FORMS:
        address = path.format(name=names(board)[0])
        assert "Set-Cookie" not in board.get(address, base_url=HTTPS).headers
    assert board.get("/nl/class/board", base_url=HTTPS).get_data() == before


def cookies(app: Flask, base: str) -> dict[str, str]:
    board, code = open_class(app, base)
    pupil = app.test_client()
    counted = app.test_client().post(
        "/nl/class/counted", data={f"agree.{FIRST}": "7"}, base_url=base
    )
    key = board.post(f"/nl/class/key/{names(board)[0]}", base_url=base)
    match = re.search(r'<code id="key">([\w ]+)</code>', key.get_data(as_text=True))
    assert match
    responses = [
        app.test_client().post("/nl/class", data=FORMS["/nl/class"], base_url=base),
        pupil.post("/nl/class/join", data={"code": code}, base_url=base),
        counted,
        app.test_client().post("/nl/class/recover", data={"token": match[1]}, base_url=base),
        pupil.post("/nl/class/seat", data={"action": "leave", "sure": "yes"}, base_url=base),
    ]
    return {
        f"{number} {line}": line
        for number, response in enumerate(responses)
        for line in response.headers.getlist("Set-Cookie")
    }


def test_cookies_over_https_are_bound_to_this_host(app: Flask) -> None:
    jar = cookies(app, HTTPS).values()
    assert len(jar) == 5
    for line in jar:
        assert re.match(r"__Host-class_(host|seat)_[\w-]{22}=", line)
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(line.split("; "))
        assert "Domain" not in line


def test_cookies_over_plain_http_work_in_a_school(app: Flask) -> None:
    jar = cookies(app, "http://192.168.1.5:8000").values()
    assert len(jar) == 5
    for line in jar:
        assert re.match(r"class_(host|seat)_[\w-]{22}=", line)
        assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(line.split("; "))


def test_over_https_a_cookie_without_the_prefix_counts_for_nothing(app: Flask) -> None:
    board, _ = open_class(app)
    (name,) = names(board)
    cookie = board.get_cookie(f"__Host-class_host_{name}", domain="quiz.example")
    assert cookie
    thief = app.test_client()
    thief.set_cookie(f"class_host_{name}", cookie.value, domain="quiz.example")
    assert thief.get("/nl/class/board", base_url=HTTPS).status_code == 303
    assert thief.get(f"/nl/class/board/{name}", base_url=HTTPS).status_code == 409


@pytest.mark.parametrize("planted", ["chosen-by-somebody-else", "", "x" * 3000, "\ud800", "é", '"'])
def test_a_token_from_outside_is_never_taken_over(app: Flask, planted: str) -> None:
    board, code = open_class(app)
    (name,) = names(board)
    pupil = app.test_client()
    planted_cookie = f"__Host-class_seat_{name}={planted}".encode("utf-8", "replace")
    header = {"Cookie": planted_cookie.decode("latin-1")}
    response = pupil.post("/nl/class/join", data={"code": code}, headers=header, base_url=HTTPS)
    assert response.status_code == 303
    fresh = pupil.get_cookie(f"__Host-class_seat_{name}", domain="quiz.example")
    assert fresh
    assert fresh.value != planted
    assert len(fresh.value) == 22
    page = app.test_client().get(f"/nl/class/seat/{name}", headers=header, base_url=HTTPS)
    assert page.status_code == 200
    assert "Je hebt geen plaats meer" in page.get_data(as_text=True)
    host = {"Cookie": header["Cookie"].replace("class_seat", "class_host")}
    refused = app.test_client().get(f"/nl/class/board/{name}", headers=host, base_url=HTTPS)
    assert refused.status_code == 409
    assert rows(app, Seat) == 1


def test_taking_over_and_ending_make_old_tokens_worthless(app: Flask) -> None:
    board, code = open_class(app)
    pupil = app.test_client()
    pupil.post("/nl/class/join", data={"code": code}, base_url=HTTPS)
    board.post("/nl/class/board", data={"action": "end", "sure": "yes"}, base_url=HTTPS)
    body = {f"answer.{FIRST}": "a", "action": "send"}
    page = pupil.post("/nl/class/seat", data=body, base_url=HTTPS).get_data(as_text=True)
    assert "De klas is klaar" in page
    assert rows(app, Seat) == 0


def test_class_pages_are_kept_by_nobody(app: Flask) -> None:
    board, code = open_class(app)
    for path in (
        *FORMS,
        "/nl/class/summary",
        "/nl/class/summary.csv",
        f"/nl/class/join?code={code}",
    ):
        response = board.get(path.format(name=names(board)[0]), base_url=HTTPS)
        if response.status_code == 200:
            assert response.headers["Cache-Control"] == "no-store", path
