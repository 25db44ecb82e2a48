"""A class through the educator's pages, as browsers without scripts would do it."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from quiz.classroom import store
from quiz.cli import main
from quiz.content import Catalogue
from quiz.web.app import create_app
from quiz.web.classroom.cookies import MOST
from quiz.web.security import HEADERS
from quiz.web.settings import Settings
from tests.classroom.pages import (
    FIRST,
    SECOND,
    THIRD,
    act,
    open_class,
    pupils,
    send,
    tallies,
    text,
)


def test_a_lesson_together(app: Flask) -> None:
    board, code = open_class(app)
    group = pupils(app, code, 6)
    assert "De overheid moet stoppen met Microsoft." in text(group[0].get("/nl/class/seat"))
    for number, pupil in enumerate(group):
        page = send(pupil, FIRST, "agree" if number < 4 else "disagree")
        assert "Verstuurd:" in page
    page = text(board.get("/nl/class/board"))
    assert "<b data-answered>6</b>" in page
    assert tallies(page) == []
    page = act(board, "close")
    assert tallies(page) == [[4, 0, 2]]
    assert "Dan staan we op eigen benen." in text(board.get("/nl/class/board?show=talk"))
    assert "Alfa" in text(board.get("/nl/class/board?show=parties"))
    quotes = text(board.get("/nl/class/board?show=quotes&party=alfa"))
    assert "De overheid is in 2030 volledig van Microsoft af." in quotes
    assert tallies(text(group[0].get("/nl/class/seat"))) == [[4, 0, 2]]
    late = send(group[0], FIRST, "disagree", leave_microsoft="agree")
    assert "Dat antwoord kwam te laat" in late
    assert 'name="mine.leave-microsoft" value="a"' in late
    page = act(board, "next")
    assert "Nieuwe datacenters moeten verboden worden." in page
    assert "Nieuwe datacenters" in act(board, "again")
    page = act(board, "end")
    assert "6 leerlingen deden mee." in page
    assert "Alfa" in text(board.get("/nl/class/summary?screen=parties"))
    rows = list(csv.reader(io.StringIO(board.get("/nl/class/summary.csv").get_data(as_text=True))))
    assert rows[1][0] == FIRST
    assert rows[1][2:5] == ["4", "0", "2"]


def test_equally_near_parties_stand_on_the_same_place(app: Flask, catalogue: Catalogue) -> None:
    """Half of the class with each of the two on one statement, all with either on another."""
    alfa, beta = (catalogue.parties[catalogue.party_index[name]] for name in ("alfa", "beta"))
    board, code = open_class(app)
    group = pupils(app, code, 6)
    for statement, words in (
        (FIRST, ("agree", "disagree") * 3),
        (SECOND, (alfa.positions[SECOND].name,) * 6),
        (THIRD, (beta.positions[THIRD].name,) * 6),
    ):
        for pupil, word in zip(group, words, strict=True):
            send(pupil, statement, word)
        act(board, "close")
        act(board, "next")
    act(board, "end")
    page = text(board.get("/nl/class/summary?screen=parties"))
    places = re.findall(r'<li value="(\d)"><b>(\d)</b> <span>(?:<svg.*?</svg> )?(\w+)</span>', page)
    assert places == [("1", "1", "Alfa"), ("1", "1", "Beta")]


def test_fewer_than_five_show_nothing_on_board_summary_or_file(app: Flask) -> None:
    board, code = open_class(app)
    for pupil in pupils(app, code, 4):
        send(pupil, FIRST, "agree")
    page = act(board, "close")
    assert "Minder dan vijf leerlingen antwoordden." in page
    assert tallies(page) == []
    act(board, "end")
    assert tallies(text(board.get("/nl/class/summary?screen=all"))) == []
    row = board.get("/nl/class/summary.csv").get_data(as_text=True).splitlines()[1]
    assert row.split(",")[2:5] == ["", "", ""]


def test_polling_is_the_same_for_everyone_and_tells_no_answer(app: Flask) -> None:
    board, code = open_class(app)
    group = pupils(app, code, 5)
    page = text(board.get("/nl/class/board"))
    address = re.search(r'data-state="([^"]+)"', page)
    assert address
    assert f'data-state="{address[1]}"' in text(group[0].get("/nl/class/seat"))
    assert f'data-state="{address[1]}"' in text(group[0].get("/en/class/seat"))
    before = app.test_client().get(address[1])
    assert set(before.json) == {"version", "board", "joined", "answered", "done"}
    assert "max-age=1" in before.headers["Cache-Control"]
    for takes in ("gzip", "gzip, deflate, br"):
        headers = {"Accept-Encoding": takes}
        tag = app.test_client().get(address[1], headers=headers).headers["ETag"]
        for known in (tag, f'"old", {tag}', f"W/{tag}"):
            same = app.test_client().get(address[1], headers=headers | {"If-None-Match": known})
            assert (same.status_code, same.headers["ETag"], same.data) == (304, tag, b"")
            assert same.headers["Cache-Control"] == before.headers["Cache-Control"]
            assert "Accept-Encoding" in same.headers["Vary"]
        other = app.test_client().get(address[1], headers=headers | {"If-None-Match": '"old"'})
        assert other.status_code == 200
    send(group[0], FIRST, "agree")
    app.extensions["class_states"].clear()
    state = app.test_client().get(address[1]).json
    assert state["answered"] == 1
    send(group[0], FIRST, "disagree")
    app.extensions["class_states"].clear()
    assert app.test_client().get(address[1]).json == state
    assert "Set-Cookie" not in before.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ],
)
def test_other_sites_cannot_run_a_class(app: Flask, headers: dict[str, str]) -> None:
    board, _ = open_class(app)
    for path, body in (
        ("/nl/class", {"way": "own", "length": "all"}),
        ("/nl/class/board", {"action": "end", "sure": "yes"}),
        ("/nl/class/join", {"code": "2222222"}),
        ("/nl/class/seat", {"action": "leave", "sure": "yes"}),
    ):
        assert board.post(path, data=body, headers=headers).status_code == 403
    assert "De overheid moet stoppen" in text(board.get("/nl/class/board"))


@pytest.mark.parametrize(
    ("cap", "says"),
    [("MAX_OPEN", "op dit moment te veel klassen open"), ("MAX_KEPT", "morgen of overmorgen")],
)
def test_whoever_can_open_no_class_reads_when_to_try_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch, cap: str, says: str
) -> None:
    monkeypatch.setattr(store, cap, 0)
    response = app.test_client().post("/nl/class", data={"way": "together", "length": "all"})
    assert (response.status_code, says in text(response)) == (409, True)


def test_the_key_to_take_over_stands_in_no_address_and_works_again(app: Flask) -> None:
    board, _ = open_class(app)
    name = text(board.get("/nl/class/board")).partition("/class/state/")[2][:22]
    assert 'id="key"' not in text(board.get(f"/nl/class/key/{name}"))  # shown on request
    page = text(board.post(f"/nl/class/key/{name}"))
    key = re.search(r'<code id="key">([0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4})</code>', page)
    assert key
    assert key[1] not in text(board.get("/nl/class/board"))
    other = app.test_client()
    for _ in range(2):  # a double click, or a proxy's second try
        assert other.post("/nl/class/recover", data={"token": key[1]}).status_code == 303
    assert other.get("/nl/class/board").status_code == 200
    old = board.get("/nl/class/board")
    assert (old.status_code, "Deze klas loopt nu op een ander apparaat" in text(old)) == (409, True)
    wrong = app.test_client().post("/nl/class/recover", data={"token": "AAAA BBBB CCCC"})
    assert (wrong.status_code, 'value="AAAA BBBB CCCC"' in text(wrong)) == (400, True)


def test_lesson_link_fills_the_form(app: Flask) -> None:
    board, _ = open_class(app, length="picked", statement=[SECOND])
    link = re.search(
        r'href="(/nl/class\?way=together&s=[^"]+)"',
        text(board.get("/nl/class/board")),
    )
    assert link
    page = text(app.test_client().get(link[1]))
    assert f'value="{SECOND}" checked' in page
    assert f'value="{FIRST}" checked' not in page


def test_with_the_database_gone_the_quiz_works_and_class_says_503(
    content_folder: Path, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.mkdir()
    (blocked / "classes.sqlite").mkdir()  # no database can be opened where a folder stands
    app = create_app(
        Settings(content=content_folder, database_url=f"sqlite:///{blocked}/classes.sqlite")
    )
    client = app.test_client()
    response = client.post("/nl/class", data={"way": "together", "length": "all"})
    assert response.status_code == 503
    assert "De quiz zelf werkt." in text(response)
    assert client.get("/nl/quiz").status_code == 200
    assert client.post("/nl/result", data={f"answer.{FIRST}": "agree"}).status_code == 200


def test_every_class_page_carries_the_headers(app: Flask) -> None:
    for path in (
        "/nl/class",
        "/en/class/join?code=ABC",
        "/nl/class/recover",
        "/en/paper",
        "/class/state/x",
    ):
        response = app.test_client().get(path)
        for name, value in HEADERS.items():
            assert response.headers[name] == value


def test_the_voters_pages_do_not_import_the_database() -> None:
    program = (
        "import sys; from wsgi import app; c = app.test_client();"
        "c.get('/nl/'); c.get('/nl/quiz'); c.get('/nl/class') if len(sys.argv) > 1 else 0;"
        "print('sqlalchemy' in sys.modules)"
    )
    run = [sys.executable, "-c", program]
    root = Path(__file__).parents[2]
    assert (
        subprocess.run(run, cwd=root, capture_output=True, text=True, check=True).stdout
        == "False\n"
    )
    used = subprocess.run([*run, "class"], cwd=root, capture_output=True, text=True, check=True)
    assert used.stdout == "True\n"


def test_expire_by_command(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_class(app)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/data/classes.sqlite")
    result = CliRunner().invoke(main, ["expire"])
    assert (result.exit_code, result.output) == (0, "Deleted 0 classes.\n")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    assert CliRunner().invoke(main, ["expire"]).exit_code == 1


def test_two_classes_in_one_browser_leave_each_other_alone(app: Flask) -> None:
    teacher = app.test_client()
    places = [
        teacher.post("/nl/class", data={"way": "together", "length": "all"}).headers["Location"]
        for _ in range(2)
    ]
    for place in places:
        teacher.post(place, data={"action": "begin"})
    teacher.post(places[0], data={"action": "close", "sure": "yes"})
    assert "Volgende stelling" in text(teacher.get(places[0]))
    assert "Sluit en kijk" in text(teacher.get(places[1]))
    page = text(teacher.get("/nl/class"))
    assert all(f'href="{place}"' in page for place in places)
    assert teacher.get("/nl/class/board").headers["Location"] == "/nl/class"  # which of them?
    teacher.post(places[0], data={"action": "end", "sure": "yes"})
    teacher.post("/nl/class", data={"way": "own", "length": "all"})
    summary = places[0].replace("board", "summary")
    assert teacher.get(summary).status_code == 200
    assert f'href="{summary}"' in text(teacher.get("/nl/class"))


@pytest.mark.parametrize(
    ("action", "says"),
    [
        ("close", "Er zijn 2 antwoorden"), ("end", "2 antwoorden tellen dan niet mee"),
        ("again", "2 antwoorden gaan weg"), ("clear", "1 plaats heeft niet geantwoord"),
        ("skip", "2 antwoorden tellen niet mee"),
    ],
)  # fmt: skip
def test_what_cannot_be_undone_asks_first(app: Flask, action: str, says: str) -> None:
    board, code = open_class(app)
    group = pupils(app, code, 3)
    for pupil in group[:2]:
        send(pupil, FIRST, "agree")
    body = {"action": action, "statement": FIRST}
    assert says in text(board.post("/nl/class/board", data=body))
    page = text(board.get("/nl/class/board"))
    assert "<b data-answered>2</b> van <b data-joined>3</b>" in page  # nothing has happened yet
    act(board, action, statement=FIRST)
    assert "<b data-answered>2</b> van <b data-joined>3</b>" not in text(
        board.get("/nl/class/board", follow_redirects=True)
    )


@pytest.mark.parametrize("answered", [0, 4, 5])
def test_closing_at_own_pace_with_fewer_than_five_answers_warns(app: Flask, answered: int) -> None:
    board, code = open_class(app, way="own")
    for pupil in pupils(app, code, 5)[:answered]:
        send(pupil, FIRST, "agree")
    page = text(board.post("/nl/class/board", data={"action": "close"}))
    assert ("Met minder dan 5 antwoorden is er niets te zien" in page) == (answered < 5)
    assert ("van de 5 zijn klaar" in page) == (answered == 5)


def test_skipping_asks_whatever_was_answered(app: Flask) -> None:
    board, _ = open_class(app)
    for name in (FIRST, SECOND):  # on the board, and still to come
        body = {"action": "skip", "statement": name, "show": "order"}
        page = text(board.post("/nl/class/board", data=body))
        assert "gaat uit deze les en kan niet terugkomen" in page
        assert "telt niet mee" not in page
        assert "?show=order" in page
    assert "Stelling 1 van 3" in text(board.get("/nl/class/board"))
    body = {"action": "skip", "statement": "nonsense"}
    assert board.post("/nl/class/board", data=body).status_code == 409


def test_who_loses_a_seat_while_joining_is_locked_is_told_of(app: Flask) -> None:
    board, code = open_class(app)
    (pupil,) = pupils(app, code, 1)
    for locked in (False, True):
        if locked:
            act(board, "lock")
        clear = text(board.post("/nl/class/board", data={"action": "clear"}))
        assert ("laat leerlingen eerst weer meedoen" in clear) == locked
        leave = text(pupil.post("/nl/class/seat", data={"action": "leave"}))
        assert ("Vraag je docent" in leave) == locked


def test_the_newest_of_many_classes_are_listed(app: Flask) -> None:
    teacher = app.test_client(use_cookies=False)
    places, cookies = [], []
    for _ in range(MOST + 1):
        response = teacher.post("/nl/class", data={"way": "own", "length": "all"})
        places.append(response.headers["Location"].partition("?")[0])
        cookies.append(response.headers["Set-Cookie"].partition(";")[0])
    page = text(teacher.get("/nl/class", headers={"Cookie": "; ".join(cookies)}))
    assert [f'href="{place}"' in page for place in places] == [False] + [True] * MOST


def test_a_source_opens_beside_the_board(app: Flask) -> None:
    board, code = open_class(app)
    for pupil in pupils(app, code, 5):
        send(pupil, FIRST, "agree")
    act(board, "close")
    for path in ("board?show=quotes&party=alfa", "summary?screen=all"):
        page = text(board.get(f"/nl/class/{path}"))
        assert re.search(r'<figcaption><a href="http[^"]+" target="_blank" rel="noopener">', page)
    party = text(board.get("/nl/parties/alfa"))
    assert re.search(r'<figcaption><a href="http[^"]+"><bdi', party)


@pytest.mark.parametrize("path", ["/nl/class", "/nl/class/rehearsal"])
def test_an_empty_pick_keeps_the_form(app: Flask, path: str) -> None:
    response = app.test_client().post(path, data={"way": "own", "length": "picked"})
    assert response.status_code == 400
    page = text(response)
    assert "Kies minstens één stelling" in page
    assert 'value="own" checked' in page
    assert 'value="picked" checked' in page
