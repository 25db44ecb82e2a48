"""A lesson through the pages, as browsers without scripts would do it."""

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
from quiz.web.app import create_app
from quiz.web.security import HEADERS
from quiz.web.settings import Settings
from tests.classroom.pages import FIRST, SECOND, THIRD, open_class, pupils, send, text


def test_a_lesson_together(app: Flask) -> None:
    board, code = open_class(app)
    group = pupils(app, code, 6)
    assert "De overheid moet stoppen met Microsoft." in text(group[0].get("/nl/class/seat"))
    for number, pupil in enumerate(group):
        page = send(pupil, FIRST, "agree" if number < 4 else "disagree")
        assert "Verstuurd:" in page
    page = text(board.get("/nl/class/board"))
    assert "<b data-answered>6</b>" in page
    assert '<svg class="chart"' not in page
    page = text(board.post("/nl/class/board", data={"action": "close"}, follow_redirects=True))
    assert "Eens: 4; Geen van beide: 0; Oneens: 2" in page
    assert "Om over te praten" in page
    assert "Wat de partijen zeggen" in page
    late = send(group[0], FIRST, "disagree", leave_microsoft="agree")
    assert "Dat antwoord kwam te laat" in late
    assert 'name="mine.leave-microsoft" value="agree"' in late
    page = text(board.post("/nl/class/board", data={"action": "next"}, follow_redirects=True))
    assert "Nieuwe datacenters moeten verboden worden." in page
    again = board.post("/nl/class/board", data={"action": "again"}, follow_redirects=True)
    assert again.status_code == 200
    page = text(board.post("/nl/class/board", data={"action": "end"}, follow_redirects=True))
    assert "6 leerlingen deden mee." in page
    assert "Alfa" in page
    rows = list(csv.reader(io.StringIO(board.get("/nl/class/summary.csv").get_data(as_text=True))))
    assert rows[1][0] == FIRST
    assert rows[1][2:] == ["4", "0", "2"]


def test_own_pace_and_ones_own_result(app: Flask) -> None:
    board, code = open_class(app, way="own")
    group = pupils(app, code, 5)
    for pupil in group:
        body = {f"answer.{name}": "agree" for name in (FIRST, SECOND, THIRD)} | {"action": "send"}
        page = text(pupil.post("/nl/class/seat", data=body))
        assert "Bekijk mijn eigen uitkomst" in page
        assert f'name="answer.{FIRST}" value="agree"' in page
    board.post("/nl/class/board", data={"action": "close"})
    page = text(board.get("/nl/class/summary"))
    assert page.count('<svg class="chart"') == 3
    assert page.count("#same") - page.count('g id="same"') >= 3 * len(group)


def test_fewer_than_five_show_nothing_on_board_summary_or_file(app: Flask) -> None:
    board, code = open_class(app)
    for pupil in pupils(app, code, 4):
        send(pupil, FIRST, "agree")
    page = text(board.post("/nl/class/board", data={"action": "close"}, follow_redirects=True))
    assert "Minder dan vijf leerlingen antwoordden." in page
    assert 'class="chart"' not in page
    board.post("/nl/class/board", data={"action": "end"})
    assert 'class="chart"' not in text(board.get("/nl/class/summary"))
    assert board.get("/nl/class/summary.csv").get_data(as_text=True).splitlines()[1].endswith(",,,")


def test_polling_is_the_same_for_everyone_and_tells_no_answer(app: Flask) -> None:
    board, code = open_class(app)
    group = pupils(app, code, 5)
    page = text(board.get("/nl/class/board"))
    address = re.search(r'data-state="([^"]+)"', page)
    assert address
    assert f'data-state="{address[1]}"' in text(group[0].get("/nl/class/seat"))
    assert f'data-state="{address[1]}"' in text(group[0].get("/en/class/seat"))
    before = app.test_client().get(address[1])
    assert set(before.json) == {"version", "joined", "answered"}
    assert "max-age=1" in before.headers["Cache-Control"]
    for takes in ("gzip", "gzip, deflate, br"):
        given = {"Accept-Encoding": takes}
        tag = app.test_client().get(address[1], headers=given).headers["ETag"]
        for known in (tag, f'"old", {tag}', f"W/{tag}"):
            same = app.test_client().get(address[1], headers=given | {"If-None-Match": known})
            assert (same.status_code, same.headers["ETag"], same.data) == (304, tag, b"")
            assert same.headers["Cache-Control"] == before.headers["Cache-Control"]
            assert "Accept-Encoding" in same.headers["Vary"]
        other = app.test_client().get(address[1], headers=given | {"If-None-Match": '"old"'})
        assert other.status_code == 200
    send(group[0], FIRST, "agree")
    app.extensions["class_states"].clear()
    told = app.test_client().get(address[1]).json
    assert told["answered"] == 1
    send(group[0], FIRST, "disagree")
    app.extensions["class_states"].clear()
    assert app.test_client().get(address[1]).json == told
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
        ("/nl/class/board", {"action": "end"}),
        ("/nl/class/join", {"code": "2222222"}),
        ("/nl/class/seat", {"action": "leave"}),
    ):
        assert board.post(path, data=body, headers=headers).status_code == 403
    assert "De overheid moet stoppen" in text(board.get("/nl/class/board"))


def test_wrong_codes_are_refused_kindly_and_nobody_is_locked_out(app: Flask) -> None:
    _, code = open_class(app)
    stranger = app.test_client()
    for wrong in ("", "AAAAAAA", "<script>", "0" * 500):
        answer = stranger.post("/nl/class/join", data={"code": wrong})
        assert answer.status_code == 400
        assert "Deze code werkt niet." in text(answer)
    assert stranger.post("/nl/class/join", data={"code": code.lower()}).status_code == 303


@pytest.mark.parametrize(
    ("cap", "says"),
    [("MAX_OPEN", "op dit moment te veel klassen open"), ("MAX_KEPT", "morgen of overmorgen")],
)
def test_whoever_can_open_no_class_reads_when_to_try_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch, cap: str, says: str
) -> None:
    monkeypatch.setattr(store, cap, 0)
    answer = app.test_client().post("/nl/class", data={"way": "together", "length": "all"})
    assert (answer.status_code, says in text(answer)) == (409, True)


def test_the_recovery_key_stands_in_no_address_and_works_once(app: Flask) -> None:
    board, _ = open_class(app)
    page = text(board.post("/nl/class/board", data={"action": "recovery"}))
    key = re.search(r'<code class="hash">([\w-]+)</code>', page)
    assert key
    assert key[1] not in text(board.get("/nl/class/board"))
    other = app.test_client()
    assert other.post("/nl/class/recover", data={"token": key[1]}).status_code == 303
    assert other.get("/nl/class/board").status_code == 200
    assert board.get("/nl/class/board").status_code == 303
    again = app.test_client().post("/nl/class/recover", data={"token": key[1]})
    assert (again.status_code, "is al gebruikt" in text(again)) == (409, True)


def test_lesson_link_fills_the_form(app: Flask) -> None:
    board, _ = open_class(app, length="picked", statement=[SECOND])
    link = re.search(
        r'href="http://localhost(/nl/class\?way=together&s=[^"]+)"',
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
    answer = client.post("/nl/class", data={"way": "together", "length": "all"})
    assert answer.status_code == 503
    assert "De quiz zelf werkt." in text(answer)
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
        answer = app.test_client().get(path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value


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


def test_fifteen_hundred_pupils_behind_one_address_all_get_in(app: Flask) -> None:
    codes = [open_class(app)[1] for _ in range(5)]
    guesser = app.test_client()
    for number in range(50):  # somebody there mistypes, again and again
        assert guesser.post("/nl/class/join", data={"code": f"WRONG{number:02}"}).status_code == 400
    for number in range(1500):
        pupil = app.test_client(use_cookies=False)
        answer = pupil.post("/nl/class/join", data={"code": codes[number % 5]})
        assert answer.status_code == 303, number
