"""A class through a pupil's pages, as browsers without scripts would do it."""

from __future__ import annotations

from flask import Flask

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


def test_own_pace_and_ones_own_result(app: Flask) -> None:
    board, code = open_class(app, way="own")
    group = pupils(app, code, 5)
    for pupil in group:
        body = {f"answer.{name}": "a" for name in (FIRST, SECOND, THIRD)} | {"action": "done"}
        page = text(pupil.post("/nl/class/seat", data=body))
        assert "Bekijk mijn eigen uitkomst" in page
        assert f'name="answer.{FIRST}" value="a.' in page
    act(board, "close")
    page = text(board.get("/nl/class/summary?screen=all"))
    assert tallies(page) == [[5, 0, 0]] * 3
    assert page.count('"#same"') >= 3 * len(group)


def test_whoever_strays_finds_the_way_back_to_the_seat(app: Flask) -> None:
    board, code = open_class(app)
    pupil, stranger = pupils(app, code, 1)[0], app.test_client()
    assert "Terug naar je klas" in text(pupil.get("/nl/class"))
    assert "Terug naar je klas" not in text(stranger.get("/nl/class"))
    act(board, "end")
    assert "Terug naar je klas" not in text(pupil.get("/nl/class"))


def test_wrong_codes_are_refused_kindly_and_nobody_is_locked_out(app: Flask) -> None:
    _, code = open_class(app)
    stranger = app.test_client()
    for wrong in ("", "AAAAAAA", "<script>", "0" * 500):
        response = stranger.post("/nl/class/join", data={"code": wrong})
        assert response.status_code == 400
        assert "Deze code werkt niet." in text(response)
    assert stranger.post("/nl/class/join", data={"code": code.lower()}).status_code == 303


def test_fifteen_hundred_pupils_behind_one_address_all_get_in(app: Flask) -> None:
    codes = [open_class(app)[1] for _ in range(25)]
    guesser = app.test_client()
    for number in range(50):  # somebody there mistypes, again and again
        assert guesser.post("/nl/class/join", data={"code": f"WRONG{number:02}"}).status_code == 400
    for number in range(1500):
        pupil = app.test_client(use_cookies=False)
        response = pupil.post("/nl/class/join", data={"code": codes[number % 25]})
        assert response.status_code == 303, number


def test_one_device_cannot_fill_a_class(app: Flask) -> None:
    _, code = open_class(app)
    pupil = app.test_client()
    first = pupil.post("/nl/class/join", data={"code": code})
    for _ in range(20):  # with its cookie, a browser has one seat
        again = pupil.post("/nl/class/join", data={"code": code})
        assert again.headers["Location"] == first.headers["Location"]
        assert "Set-Cookie" not in again.headers
    assert pupil.get(f"/nl/class/join?code={code}").status_code == 303  # scanned again
    responses = []
    for _ in range(100):  # without one, seats soon come no faster than a class sits down
        stranger = app.test_client(use_cookies=False)
        responses.append(stranger.post("/nl/class/join", data={"code": code}))
    slowed = [response for response in responses if response.status_code == 429]
    assert len(slowed) > 20
    assert slowed[0].headers["Retry-After"]
    assert "Er doen op dit moment veel mensen mee." in text(slowed[0])


def test_a_seat_is_found_again_after_joining_was_locked_and_after_the_end(app: Flask) -> None:
    board, code = open_class(app)
    (pupil,) = pupils(app, code, 1)
    act(board, "lock")
    assert pupil.post("/nl/class/join", data={"code": code}).status_code == 303
    assert app.test_client().post("/nl/class/join", data={"code": code}).status_code == 400
    act(board, "end")
    again = pupil.get(f"/nl/class/join?code={code}", follow_redirects=True)
    assert "De klas is klaar" in text(again)


def test_next_pupil_asks_first(app: Flask) -> None:
    board, code = open_class(app)
    (pupil,) = pupils(app, code, 1)
    assert "Gaat iemand anders verder" in text(
        pupil.post("/nl/class/seat", data={"action": "leave"})
    )
    assert pupil.get("/nl/class/seat").status_code == 200
    pupil.post("/nl/class/seat", data={"action": "leave", "sure": "yes"})
    assert pupil.get("/nl/class/seat").status_code == 303
    assert "<b data-joined>0</b>" in text(board.get("/nl/class/board"))


def test_too_late_is_said_where_it_is_true(app: Flask) -> None:
    board, code = open_class(app, way="own")
    (pupil,) = pupils(app, code, 1)
    send(pupil, FIRST, "agree")
    act(board, "close")
    assert "te laat" not in send(pupil, FIRST, "agree", leave_microsoft="agree")
    assert "te laat" in send(pupil, FIRST, "disagree", leave_microsoft="agree")


def test_the_page_says_where_ones_answers_are(app: Flask) -> None:
    """They stand in hidden fields, so not in sight; and only where there are any."""
    board, code = open_class(app)
    group = pupils(app, code, 2)
    act(board, "clear")
    assert "op dit scherm" not in send(group[0], FIRST, "agree", ban_datacenters="agree")
    act(board, "end")
    for pupil, mine in ((group[0], {"mine.leave-microsoft": "a"}), (group[1], {})):
        page = text(pupil.post("/nl/class/seat", data=mine))
        assert "De klas is klaar" in page
        assert ("Je eigen antwoorden staan in dit tabblad" in page) == bool(mine)


def test_sending_nothing_says_so(app: Flask) -> None:
    _, code = open_class(app)
    (pupil,) = pupils(app, code, 1)
    page = text(pupil.post("/nl/class/seat", data={"action": "send"}))
    assert "Je hebt nog niets gekozen." in page


def test_nobody_is_done_without_an_answer(app: Flask) -> None:
    board, code = open_class(app, way="own")
    pupil, other = pupils(app, code, 2)
    send(other, FIRST, "agree")
    page = text(pupil.post("/nl/class/seat", data={"action": "done"}))
    assert "Je hebt nog niets gekozen." in page
    assert "bij wie klaar is" not in page
    counts = text(board.get("/nl/class/board"))
    assert "<b data-done>0</b>" in counts
    assert "<b data-begun>1</b>" in counts
    act(board, "close")
    assert "nog niets gekozen" not in text(pupil.post("/nl/class/seat", data={"action": "done"}))


def test_one_choice_is_taken_without_a_word(app: Flask) -> None:
    """Whatever is chosen: the request has one length, and the response has no body."""
    board, code = open_class(app, way="own")
    pupil, idle = pupils(app, code, 2)
    sizes = set()
    for letter in "and":
        response = pupil.post(
            "/nl/class/seat", data={f"answer.{FIRST}": letter, "action": "choice"}
        )
        assert (response.status_code, response.data) == (204, b"")
        sizes.add(response.request.content_length)
    assert len(sizes) == 1
    body = {f"answer.{FIRST}": "a", "action": "choice"}
    act(board, "clear")
    assert idle.post("/nl/class/seat", data=body).status_code == 410
    act(board, "close")
    for each in (pupil, idle):
        assert each.post("/nl/class/seat", data=body).status_code == 409


def test_responses_to_answers_are_filled_by_chance(app: Flask) -> None:
    _, code = open_class(app)
    (pupil,) = pupils(app, code, 1)
    body = {f"answer.{FIRST}": "a", "action": "send"}
    lengths = [len(pupil.post("/nl/class/seat", data=body).headers["Filling"]) for _ in range(30)]
    assert len(set(lengths)) > 10
    assert max(lengths) <= 1024
