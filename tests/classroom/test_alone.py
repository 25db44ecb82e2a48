"""What a teacher does without phones: rehearse, print sheets, and type in what was counted."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask

from tests.classroom.pages import FIRST, SECOND, THIRD, tallies, text


def test_a_rehearsal_is_marked_on_every_screen_and_stored_nowhere(
    app: Flask, tmp_path: Path
) -> None:
    teacher = app.test_client()

    def press(**form: str) -> str:
        return text(teacher.post("/nl/class/rehearsal", data=fields | form))

    fields: dict[str, str] = {"way": "together", "length": "all"}
    marked = "Oefening: deze leerlingen zijn verzonnen"
    for form, words in (
        ({}, "Doe mee"),
        ({"action": "begin"}, "<b data-answered>24</b> van <b data-joined>24</b>"),
        ({"show": "order"}, "Wat nog komt"),
        ({"action": "close"}, '<table class="tally">'),
        ({"show": "parties"}, "Alfa"),
        ({"show": "quotes", "party": "alfa"}, "De overheid is in 2030 volledig van Microsoft af."),
        ({"show": "talk"}, "Dan staan we op eigen benen."),
        ({"action": "next"}, "Nieuwe datacenters"),
        ({"action": "end"}, "De klas nu beëindigen?"),
        ({"action": "end", "sure": "yes"}, "24 leerlingen"),
        ({"screen": "parties"}, "Te weinig bekend"),
        ({"screen": "handout"}, "Losse antwoorden"),
    ):
        page = press(**form)
        assert marked in page or "beëindigen" in page
        assert words in page
        fields = dict(re.findall(r'name="(s|position|phase|locked)" value="([^"]*)"', page))
    assert "Set-Cookie" not in teacher.get("/nl/class").headers
    assert not (tmp_path / "data").exists()


def test_a_rehearsal_at_own_pace_stays_at_own_pace(app: Flask) -> None:
    teacher = app.test_client()

    def press(**form: str) -> str:
        return text(teacher.post("/nl/class/rehearsal", data=fields | form))

    def kept(page: str) -> dict[str, str]:
        return dict(re.findall(r'name="(way|s|position|phase|locked)" value="([^"]*)"', page))

    fields = {"way": "own", "length": "all"}
    board = press()
    assert "<b data-done>18</b> van <b data-joined>24</b>" in board
    fields = kept(board)
    assert "18 van de 24 zijn klaar." in press(action="close")
    assert "24 leerlingen" in press(action="close", sure="yes")
    real = re.search(r'action="/nl/class">(.*?)</form>', board, re.DOTALL)
    assert real
    assert '<input type="hidden" name="way" value="own">' in real[1]


def test_a_rehearsal_becomes_a_real_class_in_one_click(app: Flask) -> None:
    teacher = app.test_client()
    body = {"s": f"{THIRD},{FIRST}", "phase": "shown", "position": "0"}
    page = text(teacher.post("/nl/class/rehearsal", data=body))
    form = re.search(r'action="/nl/class">(.*?)</form>', page)
    assert form
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form[1]):
        fields.setdefault(name, []).append(value)
    place = teacher.post("/nl/class", data=fields).headers["Location"]
    page = text(teacher.post(place, data={"action": "begin"}, follow_redirects=True))
    assert "De staat moet zijn software zelf bouwen." in page
    assert "Stelling 1 van 2" in page


def test_paper_is_a_class_of_its_own_with_the_same_rules(app: Flask) -> None:
    teacher = app.test_client()
    body = {f"agree.{FIRST}": "12", f"disagree.{FIRST}": "9", f"agree.{SECOND}": "3"}
    response = teacher.post("/nl/class/counted", data=body)
    assert response.headers["Location"].startswith("/nl/class/summary/")
    page = text(teacher.get("/nl/class/summary?screen=all"))
    assert "Op papier geteld." in page
    assert tallies(page) == [[12, 0, 9]]
    assert page.count("Minder dan vijf leerlingen antwoordden.") == 1
    for wrong in (
        {f"agree.{FIRST}": "-1"},
        {f"agree.{FIRST}": "1e3"},
        {"agree.x": "1"},
        {f"x.{FIRST}": "1"},
    ):
        refused = teacher.post("/nl/class/counted", data=wrong)
        assert refused.status_code == 400
        assert "Schrijf hele getallen" in text(refused)
    assert "Vul ten minste één getal in." in text(teacher.post("/nl/class/counted", data={"s": ""}))


def test_a_wrong_number_on_paper_is_marked_where_it_stands(app: Flask) -> None:
    body = {f"agree.{FIRST}": "12", f"neutral.{THIRD}": "veel"}
    page = text(app.test_client().post("/nl/class/counted", data=body))
    assert f'href="#neutral.{THIRD}"' in page
    assert page.count('aria-invalid="true"') == 1
    assert f'id="neutral.{THIRD}-wrong"' in page
    assert 'value="12"' in page


def test_more_pupils_than_a_class_has_are_asked_about(app: Flask) -> None:
    teacher, body = app.test_client(), {f"agree.{FIRST}": "999"}
    page = teacher.post("/nl/class/counted", data=body)
    assert (page.status_code, "999 antwoorden" in text(page)) == (400, True)
    assert teacher.post("/nl/class/counted", data=body | {"sure": "yes"}).status_code == 303


def test_sheet_and_form_number_the_statements_alike(app: Flask) -> None:
    client = app.test_client()
    sheet = text(client.get(f"/nl/paper?s={THIRD},{SECOND}"))
    link = re.search(r'href="(/nl/class/counted\?s=[^"]+)"', sheet)
    assert link
    numbers = re.findall(r'<li value="(\d+)">', sheet)
    assert numbers == re.findall(r"<b>(\d+)\.</b>", text(client.get(link[1]))) == ["2", "3"]


def test_paper_sheets_hold_every_statement(app: Flask) -> None:
    page = text(app.test_client().get("/nl/paper"))
    assert page.count("☐ Eens") == 3


def test_sheets_for_a_lesson_hold_what_that_lesson_asks(app: Flask) -> None:
    page = text(app.test_client().get("/nl/paper?length=20"))
    assert page.count("☐ Eens") == 2
    assert 'href="/nl/paper?length=30"' in page
    assert text(app.test_client().get("/nl/paper?length=nonsense")).count("☐ Eens") == 3


def test_the_hand_out_holds_questions_and_quotes(app: Flask) -> None:
    teacher = app.test_client()
    teacher.post("/nl/class/counted", data={f"agree.{FIRST}": "12", f"disagree.{FIRST}": "9"})
    page = text(teacher.get("/nl/class/summary?screen=all"))
    assert "Om over te praten" in page
    assert "Dan staan we op eigen benen." in page
    assert "De overheid is in 2030 volledig van Microsoft af." in page
    assert "Wij zien niets in een verplicht vertrek uit Microsoft." in page
    page = text(teacher.get("/nl/class/summary?screen=divided"))
    assert "De overheid moet stoppen" in page  # 12 against 9
    page = text(teacher.get("/nl/class/summary?screen=handout"))
    assert "Alfa" not in page  # one statement is too few to give a party a place


def test_an_empty_list_of_the_result_says_what_is_true(app: Flask) -> None:
    """12 of 21 are 57 percent; 18 and 17 of 28 are 64 and 61."""
    teacher = app.test_client()
    teacher.post("/nl/class/counted", data={f"agree.{FIRST}": "12", f"disagree.{FIRST}": "9"})
    page = text(teacher.get("/nl/class/summary?screen=agreed"))
    assert "Bij geen enkele stelling koos 60 procent of meer van de klas hetzelfde." in page
    teacher = app.test_client()
    two = {f"agree.{FIRST}": "18", f"neutral.{FIRST}": "2", f"disagree.{FIRST}": "8"}
    two |= {f"agree.{SECOND}": "17", f"neutral.{SECOND}": "3", f"disagree.{SECOND}": "8"}
    teacher.post("/nl/class/counted", data=two)
    page = text(teacher.get("/nl/class/summary?screen=agreed"))
    assert "Eens <b>18</b>" in page
    assert "Eens <b>17</b>" in page
    page = text(teacher.get("/nl/class/summary?screen=divided"))
    assert "Bij elke stelling koos 60 procent of meer van de klas hetzelfde." in page


def test_statements_are_chosen_by_theme_or_one_by_one(app: Flask) -> None:
    for form, number in (
        ({"theme": ["autonomy"]}, 2), ({"theme": ["power"], "statement": [FIRST]}, 2),
        ({"theme": ["power", "autonomy"], "statement": [FIRST]}, 3), ({"theme": ["nothing"]}, 0),
    ):  # fmt: skip
        teacher = app.test_client()
        response = teacher.post("/nl/class", data={"way": "together", "length": "picked"} | form)
        if not number:
            assert response.status_code == 400
            continue
        teacher.post("/nl/class/board", data={"action": "begin"})
        page = text(teacher.get("/nl/class/board"))
        assert f"Stelling 1 van {number} · nog ongeveer {5 + 5 * number} minuten" in page
