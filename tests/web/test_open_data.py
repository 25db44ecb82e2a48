"""Open data: everything that is shown, for anybody, as described."""

from __future__ import annotations

import csv
import io

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from quiz.content import Catalogue
from quiz.content.paths import shipped
from quiz.web.app import create_app
from quiz.web.settings import Settings

APP: Flask = create_app(Settings(content=shipped()))
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", APP)


@SCHEMA.parametrize()
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_keeps_its_description(case: schemathesis.Case) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(max_examples=4000, deadline=1000, suppress_health_check=list(HealthCheck))
def test_the_api_keeps_its_description_for_long(case: schemathesis.Case) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


def test_csv_has_a_row_for_every_cell(client: FlaskClient, catalogue: Catalogue) -> None:
    text = client.get("/data/quiz.csv").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text)))
    cells = {(row["party"], row["statement"]) for row in rows}
    assert cells == {
        (party.id, statement.id)
        for party in catalogue.parties
        for statement in catalogue.statements
    }
    silent = [row for row in rows if row["position"] == "none"]
    assert len(silent) == 3 * 3 - 4
    quotes = [row["quote"] for row in rows if row["party"] == "alfa" and row["quote"]]
    assert quotes == [
        quote.text
        for position in catalogue.parties[0].positions.values()
        for quote in position.quotes
    ]


def test_cells_that_look_like_formulas_are_neutralised(
    content_texts: dict[str, str], tmp_path: object, serve_content: object
) -> None:
    answers = content_texts["party_answers.yaml"].replace(
        "text: De overheid is in 2030 volledig van Microsoft af.",
        "text: '=HYPERLINK(\"https://example.org\") en meer'",
    )
    client = serve_content(content_texts["statements.yaml"], answers)  # type: ignore[operator]
    text = client.get("/data/quiz.csv").get_data(as_text=True)
    assert "'=HYPERLINK" in text
    assert ",=HYPERLINK" not in text


def test_json_is_what_the_api_gives(client: FlaskClient) -> None:
    assert client.get("/data/quiz.json").json == client.get("/api/v1/quiz").json
