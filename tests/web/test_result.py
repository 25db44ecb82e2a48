"""The way of an answer through the pages: good input, bad input, and what is kept."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from quiz.cli import main
from quiz.content import Catalogue

GOOD = {"answer.leave-microsoft": "agree", "answer.ban-datacenters": "disagree"}


def text_of(response: object) -> str:
    return re.sub(r"\s+", " ", unescape(response.get_data(as_text=True)))  # type: ignore[attr-defined]


def checked(page: str) -> dict[str, str]:
    """Return the letter of each radio that is chosen."""
    return dict(re.findall(r'name="(answer\.[a-z-]+)" value="(\w)\.\w+" checked', page))


def test_result_without_javascript_can_be_changed_and_translated(client: FlaskClient) -> None:
    page = text_of(client.post("/nl/result", data=GOOD))
    assert checked(page) == {"answer.leave-microsoft": "a", "answer.ban-datacenters": "d"}
    assert 'formaction="/en/result"' in page
    assert checked(text_of(client.post("/en/quiz", data=GOOD))) == checked(page)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "Beantwoord minstens één stelling"),
        ({"answer.leave-microsoft": "skip"}, "Beantwoord minstens één stelling"),
        (GOOD | {"answer.nothing": "agree"}, "We kennen geen stelling ‘nothing’"),
        (GOOD | {"double": "nothing"}, "We kennen geen stelling ‘nothing’"),
        (GOOD | {"answer.state-software": "perhaps"}, "Dit antwoord kennen we niet"),
        (GOOD | {"answer.state-software": "١"}, "Dit antwoord kennen we niet"),
        (GOOD | {"answer.state-software": ["agree", "disagree"]}, "twee antwoorden"),
        (GOOD | {"answer.state-software": ["agree", "agree"]}, "twee antwoorden"),
        (GOOD | {f"answer.x{number}": "agree" for number in range(300)}, "meer velden"),
    ],
)
def test_bad_forms_say_what_is_wrong_and_keep_the_rest(
    client: FlaskClient, body: dict[str, object], words: str
) -> None:
    response = client.post("/nl/result", data=body)
    page = text_of(response)
    assert response.status_code == 400
    assert words in page
    if len(body) < 50:
        for name in GOOD.keys() & body.keys() - {"answer.leave-microsoft"}:
            assert checked(page)[name] == "d"


def test_ten_thousand_fields_and_ten_megabytes_are_refused(client: FlaskClient) -> None:
    many = "&".join(f"answer.x{number}=agree" for number in range(10_000))
    kind = "application/x-www-form-urlencoded"
    assert client.post("/nl/result", data=many[:200_000], content_type=kind).status_code == 400
    large = client.post("/nl/result", data=b"a=" + b"x" * 10_000_000, content_type=kind)
    assert large.status_code == 413
    assert "Dat was te veel" in text_of(large)


def test_broken_utf8_and_odd_types_are_refused_kindly(client: FlaskClient) -> None:
    kind = "application/x-www-form-urlencoded"
    body = b"answer.ban-datacenters=disagree&answer.leave-microsoft="
    encoded = client.post("/nl/result", data=body + b"%FF%FE", content_type=kind)
    assert encoded.status_code == 400
    assert "Dit antwoord kennen we niet" in text_of(encoded)
    assert checked(text_of(encoded)) == {"answer.ban-datacenters": "d"}
    raw = client.post("/nl/result", data=body + b"\xff\xfe", content_type=kind)
    assert raw.status_code == 400
    assert "We konden niet lezen" in text_of(raw)
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain", ""):
        response = client.post("/nl/result", data=b"--x\r\nnonsense", content_type=kind)
        assert response.status_code == 400


def test_a_form_of_older_content_is_scored_on_what_is_left(client: FlaskClient) -> None:
    body = GOOD | {"answer.gone": "agree", "content": "0" * 64}
    page = text_of(client.post("/nl/result", data=body))
    assert "Niet meer in de quiz, en dus niet meegeteld: gone. De andere antwoorden" in page
    assert '<span class="count">2</span>' in page


def test_saved_result_holds_answers_hash_and_numbers(
    client: FlaskClient, catalogue: Catalogue
) -> None:
    response = client.post("/nl/result.json", data=GOOD | {"double": "leave-microsoft"})
    assert "attachment" in response.headers["Content-Disposition"]
    saved = json.loads(response.get_data())
    assert saved["answers"] == {"leave-microsoft": "agree", "ban-datacenters": "disagree"}
    assert saved["double"] == ["leave-microsoft"]
    assert saved["content_hash"] == catalogue.content_hash
    assert {party["id"] for party in saved["parties"]} == {"alfa", "beta", "gamma"}


def test_saved_result_is_verified_by_the_command(
    shipped_client: FlaskClient, shipped_catalogue: Catalogue, tmp_path: Path
) -> None:
    body = {
        f"answer.{entry.id}": ("agree", "neutral", "disagree")[number % 3]
        for number, entry in enumerate(shipped_catalogue.statements)
    }
    path = tmp_path / "result.json"
    path.write_bytes(shipped_client.post("/nl/result.json", data=body).get_data())
    good = CliRunner().invoke(main, ["verify", str(path)])
    assert good.exit_code == 0, good.output
    saved = json.loads(path.read_text())
    saved["parties"][0]["match"] += 0.001
    path.write_text(json.dumps(saved))
    assert CliRunner().invoke(main, ["verify", str(path)]).exit_code == 1


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"double": "leave-microsoft"}, "Answer at least one statement; then we can compare you"),
        (
            {"answer.leave-microsoft": "skip"},
            "Answer at least one statement; then we can compare you",
        ),
        ({}, "Answer at least one statement; then we can compare you with the parties."),
    ],
)
def test_without_an_answer_the_page_asks_for_one(
    client: FlaskClient, form: dict[str, str], message: str
) -> None:
    response = client.post("/en/result", data=form)
    assert response.status_code == 400
    assert message in unescape(response.text)


def test_a_body_that_is_no_form_cannot_be_read(client: FlaskClient) -> None:
    response = client.post("/en/result", data=b"[1]", content_type="application/json")
    assert response.status_code == 400
    assert "We could not read what was sent. Go back, and try again." in unescape(response.text)
