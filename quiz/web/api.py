"""The public API: the catalogue as data, and matching."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, abort, current_app, jsonify, request
from werkzeug.wrappers import Response

from quiz.content.open_data import as_data
from quiz.matching.answers import AnswersError
from quiz.sheets.data_package import data_package
from quiz.sheets.open_tables import metadata, tables
from quiz.web.api_match import FIELDS, OtherWordsError, match_response, read_request, request_model
from quiz.web.compress import Page
from quiz.web.display import published
from quiz.web.openapi import describe
from quiz.web.pages import SHARED

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
data = Blueprint("data", __name__, url_prefix="/data")

CODING: Final = Path("docs") / "coding"
CSV: Final = "text/csv; charset=utf-8"
CODING_KINDS: Final = {".csv": CSV, ".md": "text/markdown; charset=utf-8"}
PARQUET: Final = "application/vnd.apache.parquet"


@blueprint.get("/quiz")
def quiz() -> Response:
    """Return everything that is shown, as JSON."""
    catalogue = published().catalogue
    return _shared("quiz", lambda: jsonify(as_data(catalogue)).get_data())


@data.get("/<name>")
def download(name: str) -> Response:
    """Offer the quiz as a file: JSON, tables as CSV and Parquet, and their description."""
    catalogue = published().catalogue
    stem, _, end = name.rpartition(".")
    if name == "quiz.json":
        return quiz()
    if name == "datapackage.json":
        return _shared(name, lambda: jsonify(data_package(catalogue)).get_data())
    if name not in data_files():
        abort(404)
    table = tables(catalogue)[stem]
    if end == "csv":
        return _shared(name, lambda: table.csv().encode(), CSV)
    return _shared(name, lambda: table.parquet(metadata(catalogue)), PARQUET)


@data.get("/coding/<name>")
def coding(name: str) -> Response:
    """Offer how the positions were found: the rules, and every reading of the sources."""
    if name not in coding_files():
        abort(404)
    path = Path(current_app.extensions["live"].directory) / CODING / name
    return _shared(f"coding/{name}", path.read_bytes, CODING_KINDS[path.suffix])


@data.app_template_global()
def data_files() -> list[str]:
    """Return the names of the files on offer; Parquet only where pyarrow is installed."""
    names = tables(published().catalogue)
    ends = ["csv", "parquet"] if _has_arrow() else ["csv"]
    return ["quiz.json", "datapackage.json", *[f"{name}.{end}" for end in ends for name in names]]


@data.app_template_global()
def coding_files() -> list[str]:
    """Return the names of the files in ``docs/coding`` beside the content, if any."""
    folder = Path(current_app.extensions["live"].directory) / CODING
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.suffix in CODING_KINDS)


@cache
def _has_arrow() -> bool:
    return find_spec("pyarrow") is not None


def _shared(name: str, make: Callable[[], bytes], kind: str = "application/json") -> Response:
    pages = published().pages
    page = pages.get(("data", name))
    if page is None:
        page = pages["data", name] = Page(make(), kind)
    response = page.response(cache=SHARED)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe this API."""
    catalogue = published().catalogue
    path = request.script_root
    return _shared("openapi", lambda: jsonify(describe(catalogue, path)).get_data())


@blueprint.post("/match")
def match() -> Response:
    """Match answers with the parties. Nothing is kept."""
    now = published()
    model = now.once("match request", lambda: request_model(now.catalogue))
    try:
        body = read_request(model, _body())
        matched = match_response(now.catalogue, now.kernel(body.method), body)
    except AnswersError as error:
        response: Response = jsonify(error={"field": error.field, "message": str(error)})
        response.status_code = 409 if isinstance(error, OtherWordsError) else 400
    else:
        response = jsonify(matched.model_dump())
    response.headers["Cache-Control"] = "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _body() -> Any:
    try:
        return json.loads(request.get_data(), object_pairs_hook=_once)
    except AnswersError:
        raise
    except (ValueError, RecursionError):
        raise AnswersError("", "The body is not valid JSON.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a duplicate name: which of the two was meant is unknown."""
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:
            field = name if name in FIELDS else f"answers.{name}"
            raise AnswersError(field[:90], "This stands twice in one object.")
        fields[name] = value
    return fields
