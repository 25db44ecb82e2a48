"""An onlooker who sees only lengths learns nothing of the answers; without the filling they would."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quiz.content import Catalogue
from quiz.content.catalogue import CODES
from quiz.web import wire
from tests.web.lengths import Sizes, length, tell_nothing, tell_when_bare


def everything(catalogue: Catalogue) -> dict[str, str]:
    words = list(CODES)
    return {
        f"answer.{entry.id}": wire.value_of(entry, words[number * 7 % 3])
        for number, entry in enumerate(catalogue.statements)
    }


@pytest.fixture(scope="module")
def bare(shipped_app: Flask, shipped_catalogue: Catalogue) -> list[Sizes]:
    """What the three answers to a statement weigh without the filling, all others being the same.

    For every statement with all others answered, then for one that is the voter's only answer.
    """
    rest = everything(shipped_catalogue)
    client = FlaskClient(shipped_app)  # as any client: pages are checked elsewhere
    lengths = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire, "MOST_FILLING", 0)
        for others, statements in (
            (rest, shipped_catalogue.statements),
            ({}, shipped_catalogue.statements[:1]),
        ):
            for statement in statements:
                name = f"answer.{statement.id}"
                sizes = {
                    word: length(
                        client, "/nl/result", others | {name: wire.value_of(statement, word)}
                    )
                    for word in CODES
                }
                lengths.append(sizes)
    return lengths


def test_lengths_of_responses_tell_nothing(bare: list[Sizes]) -> None:
    tell_nothing(bare)


def test_without_the_filling_they_tell_nearly_every_answer(bare: list[Sizes]) -> None:
    tell_when_bare(bare)


@pytest.mark.parametrize("path", ["/nl/result", "/nl/quiz", "/nl/result.json"])
def test_every_response_to_answers_is_filled_by_another_amount(
    shipped_app: Flask, shipped_catalogue: Catalogue, path: str
) -> None:
    sent = everything(shipped_catalogue)
    fillings = {
        len(FlaskClient(shipped_app).post(path, data=sent).headers[wire.FILLING]) for _ in range(20)
    }
    assert len(fillings) > 10
    assert max(fillings) <= wire.MOST_FILLING


def test_every_response_of_the_api_is_filled_by_another_amount(
    shipped_app: Flask, shipped_catalogue: Catalogue
) -> None:
    sent = {"answers": {shipped_catalogue.statements[0].id: "agree"}}
    client = FlaskClient(shipped_app)
    fillings = {
        len(client.post("/api/v1/match", json=sent).headers[wire.FILLING]) for _ in range(20)
    }
    assert len(fillings) > 10


def test_requests_are_equally_long_whatever_is_answered(shipped_catalogue: Catalogue) -> None:
    for statement in shipped_catalogue.statements:
        assert len({len(wire.value_of(statement, word)) for word in CODES}) == 1
