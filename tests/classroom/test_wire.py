"""Nor does an onlooker of a class learn anything from lengths; without the filling they would."""

from __future__ import annotations

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient

from quiz.content import Catalogue
from quiz.content.paths import shipped
from quiz.web import wire
from quiz.web.app import create_app
from quiz.web.settings import Settings
from tests.classroom.pages import act, open_class, pupils
from tests.web.lengths import Sizes, length, tell_nothing, tell_when_bare

SEAT = "/nl/class/seat"


def sizes(pupil: FlaskClient, statement: str, action: str) -> Sizes:
    """Give each answer to one statement; the pupil's others travel with it, as on the page."""
    return {
        word: length(pupil, SEAT, {f"answer.{statement}": letter, "action": action})
        for word, letter in wire.LETTERS.items()
    }


@pytest.fixture(scope="module")
def a_class(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("class")
    return create_app(
        Settings(content=shipped(), database_url=f"sqlite:///{folder}/classes.sqlite")
    )


@pytest.fixture(scope="module", params=["together", "own"])
def bare(
    request: pytest.FixtureRequest, a_class: Flask, shipped_catalogue: Catalogue
) -> list[Sizes]:
    """What the three answers to each statement weigh without the filling, all others being the same."""
    way, action = request.param, {"together": "send", "own": "done"}[request.param]
    board, code = open_class(a_class, way=way, lobby=way == "own")
    (pupil,) = pupils(a_class, code, 1)
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire, "MOST_FILLING", 0)
        for statement in shipped_catalogue.statements:
            found.append(sizes(pupil, statement.id, action))
            if way == "together":
                act(board, "close")
                act(board, "next")
    return found


def test_lengths_of_responses_tell_nothing(bare: list[Sizes]) -> None:
    tell_nothing(bare)


def test_without_the_filling_they_tell_nearly_every_answer(bare: list[Sizes]) -> None:
    tell_when_bare(bare)


def test_requests_are_equally_long_whatever_is_answered(a_class: Flask) -> None:
    """Those of the page itself: every radio of a statement sends as many bytes."""
    _, code = open_class(a_class, way="own", lobby=True)
    (pupil,) = pupils(a_class, code, 1)
    page = html5lib.parse(pupil.get(SEAT).get_data(as_text=True), namespaceHTMLElements=False)
    radios = [box for box in page.iter("input") if box.get("type") == "radio"]
    assert radios
    assert len({len(box.get("value", "")) for box in radios}) == 1


@pytest.mark.parametrize("action", ["send", "done", "choice"])
def test_every_response_to_answers_is_filled_by_another_amount(
    a_class: Flask, shipped_catalogue: Catalogue, action: str
) -> None:
    _, code = open_class(a_class, way="own", lobby=True)
    (pupil,) = pupils(a_class, code, 1)
    sent = {f"answer.{shipped_catalogue.statements[0].id}": "a", "action": action}
    fillings = {len(pupil.post(SEAT, data=sent).headers[wire.FILLING]) for _ in range(12)}
    assert len(fillings) > 6
