"""What becomes of a form: a file to keep, or the statements again with what is wrong."""

from __future__ import annotations

from collections.abc import Callable

import html5lib
import pytest
from flask.testing import FlaskClient

from tests.web.voter.by_hand import PARTIES, STATEMENTS, VOTER, answers_yaml, words

Serve = Callable[[str, str], FlaskClient]


def test_a_saved_result_has_the_quizs_name_and_is_kept_by_nobody(serve_content: Serve) -> None:
    client = serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(PARTIES))
    response = client.post("/nl/result.json", data=VOTER)
    assert response.headers["Content-Disposition"] == 'attachment; filename="by-hand.json"'
    assert response.headers["Cache-Control"] == "no-store"
    assert response.json["answers"] == {"one": "agree", "two": "agree", "three": "disagree"}
    assert response.json["double"] == ["one"]


@pytest.mark.parametrize("address", ["/en/result", "/en/result.json"])
def test_a_form_without_an_answer_is_shown_again_with_why(
    serve_content: Serve, address: str
) -> None:
    client = serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(PARTIES))
    none = "Answer at least one statement; then we can compare you with the parties."
    unread = "We could not read what was sent. Go back, and try again."
    gone = "No longer in the quiz, and so not counted: gone. The other answers are still here."
    unknown = "We do not know this answer. Your other answers are still here."
    for sent, told in (
        ({}, [none]),
        ({"data": {"double": "one"}}, [none]),
        ({"data": {"answer.gone": "a", "content": "0" * 64}}, [none, gone]),
        ({"data": b"[1]", "content_type": "application/json"}, [unread]),
        ({"data": {"answer.one": "?"}}, [unknown]),
    ):
        response = client.post(address, **sent)
        assert response.status_code == 400
        assert response.headers["Cache-Control"] == "no-store"
        root = html5lib.parse(response.text, namespaceHTMLElements=False)
        listed = root.findall(".//*[@id='problems']//li")
        assert [words(item) for item in listed] == told, sent
