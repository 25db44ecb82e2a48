"""The quiz as data: the catalogue, and matching, for anybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from quiz.content.open_data import as_data
from quiz.matching.answers import Answers, AnswersError
from quiz.matching.methods import METHODS
from quiz.matching.saved_result import party_numbers
from quiz.sheets.tables import as_csv, position_header, position_rows
from quiz.web.compress import Page
from quiz.web.display import published
from quiz.web.openapi import describe
from quiz.web.pages import SHARED

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
data = Blueprint("data", __name__, url_prefix="/data")

FIELDS: Final = frozenset({"answers", "double", "method"})


@blueprint.get("/quiz")
def quiz() -> Response:
    """Everything that is shown, as JSON."""
    catalogue = published().catalogue
    return _shared("quiz", lambda: jsonify(as_data(catalogue)).get_data())


@data.get("/quiz.json")
def quiz_json() -> Response:
    """The same, under a name to download."""
    return quiz()


@data.get("/quiz.csv")
def quiz_csv() -> Response:
    """Every position with its quotes as a table, silence included."""
    catalogue = published().catalogue
    header = position_header(catalogue.quiz.languages)
    return _shared(
        "csv", lambda: as_csv(header, position_rows(catalogue)).encode(), "text/csv; charset=utf-8"
    )


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
    title = catalogue.quiz.say(catalogue.quiz.title, catalogue.quiz.languages[0])[0]
    return _shared("openapi", lambda: jsonify(describe(catalogue, title)).get_data())


@blueprint.post("/match")
def match() -> Response:
    """Match answers with the parties. Nothing is kept."""
    now = published()
    try:
        answers, double, method = _read_request()
        vector = Answers.from_words(now.catalogue, answers, double)
        if not vector.number:
            raise AnswersError("answers", "Give at least one answer.")
    except AnswersError as error:
        response: Response = jsonify(error={"field": error.field, "message": str(error)})
        response.status_code = 400
    else:
        kernel = now.kernel(method)
        scores = kernel.score(vector.codes, vector.weights)
        response = jsonify(
            content_hash=now.catalogue.content_hash,
            method=kernel.method.name,
            parties=party_numbers(now.catalogue, scores),
        )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _read_request() -> tuple[dict[str, str], list[str], str | None]:
    try:
        body: Any = json.loads(request.get_data(), object_pairs_hook=_once)
    except AnswersError:
        raise
    except (ValueError, RecursionError):
        raise AnswersError("", "The body is not valid JSON.") from None
    if not isinstance(body, dict):
        raise AnswersError("", 'The body must be an object: {"answers": {…}}.')
    unknown = sorted(set(body) - FIELDS)
    if unknown:
        raise AnswersError(unknown[0][:80], "This field is not known: answers, double, method.")
    answers, double, method = body.get("answers"), body.get("double", []), body.get("method")
    if not isinstance(answers, dict):
        raise AnswersError("answers", "An object of statement ids and answers is needed here.")
    for name, word in answers.items():
        if not isinstance(word, str):
            raise AnswersError(f"answers.{name[:80]}", "An answer is agree, neutral or disagree.")
    if not isinstance(double, list) or not all(isinstance(name, str) for name in double):
        raise AnswersError("double", "A list of statement ids is needed here.")
    if "method" in body and method not in tuple(METHODS):
        raise AnswersError("method", f"A method is one of: {', '.join(METHODS)}.")
    return answers, double, method


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that stands twice: which of the two was meant is not ours to guess."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            field = name if name in FIELDS else f"answers.{name}"
            raise AnswersError(field[:90], "This stands twice in one object.")
        found[name] = value
    return found
