"""What a teacher does without phones: rehearse, print sheets, and type in what was counted."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from tests.classroom.pages import FIRST, SECOND, THIRD, text


def test_a_rehearsal_is_marked_on_every_screen_and_stored_nowhere(
    app: Flask, tmp_path: Path
) -> None:
    teacher = app.test_client()
    page = text(teacher.post("/nl/class/rehearsal", data={"way": "together", "length": "all"}))
    marked = "Oefening: deze leerlingen zijn verzonnen"
    assert marked in page
    assert 'class="chart"' not in page
    ids = f"{FIRST},{SECOND},{THIRD}"
    for action, position, words in (
        ("close", "0", 'class="chart"'), ("next", "0", "Nieuwe datacenters"), ("end", "1", "24 leerlingen"),
    ):  # fmt: skip
        body = {"s": ids, "position": position, "action": action}
        page = text(teacher.post("/nl/class/rehearsal", data=body))
        assert marked in page
        assert words in page
    assert "Set-Cookie" not in teacher.get("/nl/class").headers
    assert not (tmp_path / "data").exists()


def test_paper_is_a_class_of_its_own_with_the_same_rules(app: Flask) -> None:
    teacher = app.test_client()
    body = {f"agree.{FIRST}": "12", f"disagree.{FIRST}": "9", f"agree.{SECOND}": "3"}
    answer = teacher.post("/nl/class/counted", data=body)
    assert answer.headers["Location"] == "/nl/class/summary"
    page = text(teacher.get("/nl/class/summary"))
    assert "Op papier geteld." in page
    assert "Eens: 12; Geen van beide: 0; Oneens: 9" in page
    assert page.count("Minder dan vijf leerlingen antwoordden.") == 1
    for wrong in (
        {},
        {f"agree.{FIRST}": "-1"},
        {f"agree.{FIRST}": "1e3"},
        {"agree.x": "1"},
        {f"x.{FIRST}": "1"},
    ):
        refused = teacher.post("/nl/class/counted", data=wrong)
        assert refused.status_code == 400
        assert "Schrijf hele getallen" in text(refused)


def test_paper_sheets_hold_every_statement(app: Flask) -> None:
    page = text(app.test_client().get("/nl/paper"))
    assert page.count("☐ Eens") == 3


def test_sheets_for_a_lesson_hold_what_that_lesson_asks(app: Flask) -> None:
    page = text(app.test_client().get("/nl/paper?length=15"))
    assert page.count("☐ Eens") == 3  # the small quiz has no more
    assert 'href="/nl/paper?length=30"' in page
    assert text(app.test_client().get("/nl/paper?length=nonsense")).count("☐ Eens") == 3


def test_the_hand_out_holds_questions_and_quotes(app: Flask) -> None:
    teacher = app.test_client()
    teacher.post("/nl/class/counted", data={f"agree.{FIRST}": "12", f"disagree.{FIRST}": "9"})
    page = text(teacher.get("/nl/class/summary"))
    assert "Om over te praten" in page
    assert "Dan staan we op eigen benen." in page
    assert "De overheid is in 2030 volledig van Microsoft af." in page
    assert "Wij zien niets in een verplicht vertrek uit Microsoft." in page
    assert "Het meest eensgezind" not in page  # one statement is neither alike nor divided


def test_statements_are_chosen_by_theme_or_one_by_one(app: Flask) -> None:
    for form, number in (
        ({"theme": ["autonomy"]}, 2), ({"theme": ["power"], "statement": [FIRST]}, 2),
        ({"theme": ["power", "autonomy"], "statement": [FIRST]}, 3), ({"theme": ["nothing"]}, 0),
    ):  # fmt: skip
        teacher = app.test_client()
        answer = teacher.post("/nl/class", data={"way": "together", "length": "picked"} | form)
        if not number:
            assert answer.status_code == 409
            continue
        page = text(teacher.get("/nl/class/board"))
        assert f"Stelling 1 van {number} · nog ongeveer {3 + 3 * number} minuten" in page
