"""Open data: everything that is shown, for anybody, as described."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from quiz import __version__
from quiz.content import Catalogue
from quiz.content.paths import shipped
from quiz.web.app import create_app
from quiz.web.settings import Settings

APP: Flask = create_app(Settings(content=shipped()))
ABOUT = "the coding; quotes remain the parties'"
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", APP)


@SCHEMA.parametrize()
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_keeps_its_description(case: schemathesis.Case) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(max_examples=4000, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_keeps_its_description_for_long(case: schemathesis.Case) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


def rows_of(client: FlaskClient, name: str) -> list[dict[str, str]]:
    text = client.get(f"/data/{name}.csv").get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_is_a_cell_and_a_quote_has_a_table_of_its_own(
    client: FlaskClient, catalogue: Catalogue
) -> None:
    rows = rows_of(client, "quiz")
    assert [(row["party"], row["statement"]) for row in rows] == [
        (party.id, statement.id)
        for party in catalogue.parties
        for statement in catalogue.statements
    ]
    cells = {(row["party"], row["statement"]): row for row in rows}
    first = cells["alfa", "leave-microsoft"]
    assert (first["position"], first["code"], first["explicit"], first["quotes"]) == (
        "agree", "1", "true", "2",
    )  # fmt: skip
    against = cells["beta", "leave-microsoft"]
    assert (against["position"], against["code"]) == ("disagree", "-1")
    silent = [row for row in rows if row["position"] == "none"]
    assert len(silent) == 3 * 3 - 4
    assert {row["code"] + row["explicit"] for row in silent} == {""}
    quotes = [row["quote"] for row in rows_of(client, "quotes") if row["party"] == "alfa"]
    assert quotes == [
        quote.text
        for position in catalogue.parties[0].positions.values()
        for quote in position.quotes
    ]


def test_the_tables_hold_what_quiz_json_holds(
    shipped_client: FlaskClient, shipped_catalogue: Catalogue
) -> None:
    """Every value of every theme, statement, party and source, in a column of its own."""
    data = shipped_client.get("/data/quiz.json").json
    for name in ("themes", "statements", "parties", "sources"):
        table = rows_of(shipped_client, name)
        assert len(table) == len(data[name])
        for row, entry in zip(table, data[name], strict=True):
            for key, value in entry.items():
                if isinstance(value, dict) and key != "answers":
                    assert {tag: row[f"{key}_{tag}"].removeprefix("'") for tag in value} == value
                elif isinstance(value, list):
                    assert row[key].split() == value
                elif key != "answers":
                    assert row[key] == ("" if value is None else str(value))
    assert all(row["argument_for_nl"] for row in rows_of(shipped_client, "statements"))
    themes = pq.read_table(io.BytesIO(shipped_client.get("/data/themes.parquet").data))
    assert themes["id"].to_pylist() == [theme.id for theme in shipped_catalogue.themes]


def test_every_file_names_its_edition(client: FlaskClient, catalogue: Catalogue) -> None:
    names = client.get("/data/datapackage.json").json
    for name in (resource["name"] for resource in names["resources"]):
        for row in rows_of(client, name):
            assert (row["quiz_version"], row["content_hash"]) == ("3", catalogue.content_hash)
        table = pq.read_table(io.BytesIO(client.get(f"/data/{name}.parquet").get_data()))
        assert table.schema.metadata[b"content_hash"] == catalogue.content_hash.encode()
        assert table.num_rows == len(rows_of(client, name))
    assert names["content_hash"] == client.get("/data/quiz.json").json["content_hash"]
    assert names["version"] == "3"


@pytest.mark.parametrize("licence", ["CC-BY-4.0", "ODbL-1.0", None])
def test_only_a_quiz_with_a_licence_gives_its_data_away(
    content_folder: Path, licence: str | None
) -> None:
    if licence:
        path = content_folder / "statements.yaml"
        path.write_text(
            path.read_text().replace("  id: small\n", f"  id: small\n  licence: {licence}\n")
        )
    client = create_app(Settings(content=content_folder)).test_client()
    page = client.get("/en/method").text
    assert f"you may use and share under {licence}." in page or licence is None
    assert ("you may use and share" in page) == bool(licence)
    stated = client.get("/data/datapackage.json").json.get("licenses")
    assert stated == ([{"name": licence, "title": f"{licence} ({ABOUT})"}] if licence else None)
    table = pq.read_table(io.BytesIO(client.get("/data/quiz.parquet").get_data()))
    assert table.schema.metadata.get(b"licence") == (licence.encode() if licence else None)
    data = client.get("/data/quiz.json").json
    assert (data["quiz"]["licence"], data["standpunt"]) == (licence, __version__)
    described = client.get("/api/v1/openapi.json").json["info"]
    assert described["license"]["identifier"] == "EUPL-1.2", "the program's"
    assert f"The data's licence: {licence or 'none'}" in described["description"]


@pytest.mark.parametrize("source", ["client", "shipped_client"])
def test_the_package_describes_the_files(source: str, request: pytest.FixtureRequest) -> None:
    """Columns, types, allowed values, keys and joins hold for every row of every table."""
    client: FlaskClient = request.getfixturevalue(source)
    package = client.get("/data/datapackage.json").json
    rows = {
        resource["name"]: rows_of(client, resource["name"]) for resource in package["resources"]
    }
    reads = {
        "string": str, "integer": int, "date": dt.date.fromisoformat,
        "boolean": {"true": True, "false": False}.__getitem__,
    }  # fmt: skip
    for resource in package["resources"]:
        table, schema = rows[resource["name"]], resource["schema"]
        parquet = pq.read_table(io.BytesIO(client.get(f"/data/{resource['name']}.parquet").data))
        assert parquet.column_names == [field["name"] for field in schema["fields"]]
        for field in schema["fields"]:
            assert field["description"].endswith(".")
            constraints = field.get("constraints", {})
            read = [
                reads[field["type"]](row[field["name"]]) if row[field["name"]] else None
                for row in table
            ]
            assert not constraints.get("required") or None not in read, field["name"]
            assert set(read) <= {*constraints.get("enum", read), None}
            if field["type"] != "string":
                assert parquet[field["name"]].to_pylist() == read
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in table]
        assert len(set(keys)) == len(keys)
        for join in schema["foreignKeys"]:
            ids = {row["id"] for row in rows[join["reference"]["resource"]]}
            assert {row[join["fields"]] for row in table} <= ids


def test_cells_that_look_like_formulas_are_neutralised(
    content_texts: dict[str, str], tmp_path: object, serve_content: object
) -> None:
    answers = content_texts["party_answers.yaml"].replace(
        "text: De overheid is in 2030 volledig van Microsoft af.",
        "text: '=HYPERLINK(\"https://example.org\") en meer'",
    )
    client = serve_content(content_texts["statements.yaml"], answers)  # type: ignore[operator]
    assert rows_of(client, "quotes")[0]["quote"].startswith("'=HYPERLINK")
    whole = pq.read_table(io.BytesIO(client.get("/data/quotes.parquet").get_data()))
    assert whole["quote"][0].as_py().startswith("=HYPERLINK")


def test_a_file_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    for name in ("nothing.csv", "quiz.xlsx", "quiz", "quiz.", "coding/pass-1.csv"):
        assert client.get(f"/data/{name}").status_code == 404


def test_the_coding_is_offered_where_it_lies_beside_the_content(
    shipped_client: FlaskClient,
) -> None:
    page = shipped_client.get("/en/method").get_data(as_text=True)
    files = [path.name for path in sorted((shipped() / "docs/coding").glob("*.csv"))]
    assert files
    for name in files:
        assert f"/data/coding/{name}" in page
        sent = shipped_client.get(f"/data/coding/{name}").get_data()
        assert sent == (shipped() / "docs/coding" / name).read_bytes()
    for name in ("alpha.py", "..%2fcoding.md", "nothing.csv"):
        assert shipped_client.get(f"/data/coding/{name}").status_code == 404


def test_json_is_what_the_api_gives(client: FlaskClient) -> None:
    assert client.get("/data/quiz.json").json == client.get("/api/v1/quiz").json
