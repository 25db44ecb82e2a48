"""The quiz as data."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from quiz import __version__
from quiz.content import Catalogue


def test_quiz_gives_everything_that_is_shown(client: FlaskClient, catalogue: Catalogue) -> None:
    data = client.get("/api/v1/quiz").json
    assert data["content_hash"] == catalogue.content_hash
    assert [statement["id"] for statement in data["statements"]] == [
        "leave-microsoft", "ban-datacenters", "state-software",
    ]  # fmt: skip
    alfa = data["parties"][0]
    assert alfa["answers"]["leave-microsoft"]["quotes"][0]["page"] == 12
    assert "national-cloud" not in alfa["answers"]


def test_match_gives_unrounded_numbers_for_every_party(client: FlaskClient) -> None:
    response = client.post(
        "/api/v1/match",
        json={
            "answers": {"leave-microsoft": "agree", "ban-datacenters": "disagree"},
            "double": ["leave-microsoft"],
        },
    )
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    parties = {party["id"]: party for party in response.json["parties"]}
    # (A + κμ) / (K + κ): A = 2·1 + ½, K = 3, κ = 10·3/2 = 15, μ = ½
    assert parties["alfa"]["match"] == (2.5 + 7.5) / 18
    assert parties["alfa"]["agreement"] == 2.5 / 3
    assert parties["alfa"]["compared"] == 2
    assert (parties["beta"]["rank"], parties["beta"]["compared"]) == (None, 1)
    assert (parties["gamma"]["agreement"], parties["gamma"]["low"]) == (None, 0.0)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"answers": {"nothing": "agree"}}, "answers.nothing"),
        ({"answers": {"leave-microsoft": "yes"}}, "answers.leave-microsoft"),
        ({"answers": {"leave-microsoft": 1}}, "answers.leave-microsoft"),
        ({"answers": []}, "answers"),
        ({"answers": {}}, "answers"),
        ({}, "answers"),
        ({"answers": {"leave-microsoft": "agree"}, "double": ["x"]}, "double"),
        ({"answers": {"leave-microsoft": "agree"}, "double": "x"}, "double"),
        ({"answers": {"leave-microsoft": "agree"}, "double": [1]}, "double"),
        ({"answers": {"leave-microsoft": "agree"}, "double": {}}, "double"),
        ({"answers": {"leave-microsoft": "agree"}, "method": None}, "method"),
        ({"answers": {"leave-microsoft": "agree"}, "method": "best"}, "method"),
        ({"answers": {"leave-microsoft": "agree"}, "method": []}, "method"),
        ({"answers": {"leave-microsoft": "agree"}, "extra": 1}, "extra"),
        ([], ""),
        (None, ""),
    ],
)
def test_bad_requests_name_the_field(client: FlaskClient, body: object, field: str) -> None:
    response = client.post("/api/v1/match", json=body)
    assert response.status_code == 400
    assert response.json["error"]["field"] == field
    assert response.json["error"]["message"]


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"answers": {"a": NaN}}', b"null", b"9" * 5000],
)
def test_bodies_that_are_no_json_are_refused(client: FlaskClient, raw: bytes) -> None:
    response = client.post("/api/v1/match", data=raw, content_type="application/json")
    assert response.status_code == 400
    assert "error" in response.json


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ('{"answers": {"ban-datacenters": "agree", "ban-datacenters": "disagree"}}',
         "answers.ban-datacenters"),
        ('{"answers": {"ban-datacenters": "agree"}, "answers": {}}', "answers"),
    ],
)  # fmt: skip
def test_a_name_that_stands_twice_is_refused(client: FlaskClient, raw: str, field: str) -> None:
    response = client.post("/api/v1/match", data=raw, content_type="application/json")
    assert response.status_code == 400
    assert response.json["error"] == {"field": field, "message": "This stands twice in one object."}


def test_the_response_says_by_which_rule_and_content(
    client: FlaskClient, catalogue: Catalogue
) -> None:
    body = {"answers": {"leave-microsoft": "agree", "ban-datacenters": "disagree"}}
    matched = client.post("/api/v1/match", json=body).json
    assert matched["content_hash"] == catalogue.content_hash
    assert {name: matched[name] for name in matched if name not in {"content_hash", "parties"}} == {
        "quiz": "small", "version": 3, "method": "city-block", "prior": 10, "min_compared": 2,
        "double_weight": 2, "answered": 2, "changed": [], "named": [], "standpunt": __version__,
    }  # fmt: skip
    # one of three parties is ranked: nobody is named, though it comes first
    assert [(party["id"], party["rank"], party["leading"]) for party in matched["parties"]] == [
        ("alfa", 1, True), ("beta", None, False), ("gamma", None, False),
    ]  # fmt: skip


def test_one_statement_that_counts_double_needs_no_list(client: FlaskClient) -> None:
    """R turns a list of one into a plain text."""
    body = {"answers": {"leave-microsoft": "agree", "ban-datacenters": "disagree"}}
    response = client.post("/api/v1/match", json=body | {"double": "leave-microsoft"})
    assert (
        response.json
        == client.post("/api/v1/match", json=body | {"double": ["leave-microsoft"]}).json
    )
    assert response.json["parties"][0]["match"] == (2.5 + 7.5) / 18


def test_an_answer_to_other_words_is_not_counted(client: FlaskClient) -> None:
    statements = client.get("/api/v1/quiz").json["statements"]
    now = {statement["id"]: statement["revision"] for statement in statements}
    answers = {"leave-microsoft": "agree", "ban-datacenters": "disagree"}
    same = client.post("/api/v1/match", json={"answers": answers, "revisions": now}).json
    assert (same["answered"], same["changed"]) == (2, [])
    old = now | {"ban-datacenters": "000000"}
    body = {"answers": answers, "revisions": old}
    matched = client.post("/api/v1/match", json=body | {"double": ["ban-datacenters"]}).json
    assert (matched["answered"], matched["changed"]) == (1, ["ban-datacenters"])
    fewer = client.post("/api/v1/match", json={"answers": {"leave-microsoft": "agree"}}).json
    assert matched["parties"] == fewer["parties"]
    gone = client.post(
        "/api/v1/match", json={"answers": {"ban-datacenters": "agree"}, "revisions": old}
    )
    assert (gone.status_code, gone.json["error"]["field"]) == (409, "revisions")
    wrong = client.post("/api/v1/match", json={"answers": answers, "revisions": {"x": "y"}})
    assert (wrong.status_code, wrong.json["error"]["field"]) == (400, "revisions")


def test_every_field_is_described_with_an_example(client: FlaskClient) -> None:
    schemas = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    for name, schema in schemas.items():
        for field, described in schema["properties"].items():
            assert "$ref" in described or described.get("description"), f"{name}.{field}"
            if "$ref" not in json.dumps(described):  # else the model it refers to has examples
                assert described.get("examples"), f"{name}.{field}"
    answers = schemas["MatchRequest"]["properties"]["answers"]
    assert answers["propertyNames"]["enum"] == [
        "leave-microsoft",
        "ban-datacenters",
        "state-software",
    ]
    assert answers["additionalProperties"]["enum"] == ["agree", "neutral", "disagree"]
    assert schemas["MatchRequest"]["properties"]["method"]["default"] == "city-block"
    assert schemas["PartyMatch"]["properties"]["match"]["maximum"] == 1


def test_every_field_that_the_quiz_gives_is_described(client: FlaskClient) -> None:
    data = client.get("/api/v1/quiz").json
    models = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    party = data["parties"][0]
    position = party["answers"]["leave-microsoft"]
    for model, given in {
        "QuizResponse": data, "ThemeData": data["themes"][0], "StatementData": data["statements"][0],
        "SourceData": data["sources"][0], "PartyData": party, "PositionData": position,
        "QuoteData": position["quotes"][0],
    }.items():  # fmt: skip
        assert set(given) == set(models[model]["properties"]), model


def test_methods_can_be_chosen_per_request(client: FlaskClient) -> None:
    body = {"answers": {"leave-microsoft": "neutral"}}
    halves = client.post("/api/v1/match", json=body).json["parties"][0]
    exact = client.post("/api/v1/match", json=body | {"method": "exact"}).json
    assert exact["method"] == "exact"
    assert (halves["agreement"], exact["parties"][0]["agreement"]) == (0.5, 0.0)


def test_errors_are_json_too(client: FlaskClient) -> None:
    for response, code in (
        (client.get("/api/v1/nothing"), 404),
        (client.get("/api/v1/match"), 405),
        (client.post("/api/v1/match", data=b"x" * 10_000_000), 413),
    ):
        assert response.status_code == code
        assert response.json["error"]["message"]
