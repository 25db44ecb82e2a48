"""The API's OpenAPI 3.1 description, made from the models and the published catalogue."""

from __future__ import annotations

from typing import Any, Final

from pydantic.json_schema import models_json_schema

from quiz import __version__
from quiz.content.catalogue import Catalogue
from quiz.web.api_content import QuizResponse
from quiz.web.api_match import ErrorResponse, MatchResponse, request_model

REF: Final = "#/components/schemas/{model}"


def describe(catalogue: Catalogue, path: str = "") -> dict[str, Any]:
    """Return the description as data, ready for JSON. The site lies below ``path`` on its host."""
    quiz, request = catalogue.quiz, request_model(catalogue)
    _, schemas = models_json_schema(
        [
            (request, "validation"),
            *((model, "serialization") for model in (MatchResponse, QuizResponse, ErrorResponse)),
        ],
        ref_template=REF,
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": quiz.say(quiz.title, quiz.languages[0])[0],
            "version": __version__,
            "description": f"Content version {quiz.version}, hash {catalogue.content_hash}. "
            f"The data's licence: {quiz.licence or 'none is given'}. The licence below is the program's.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": path or "/"}],
        "paths": {
            "/api/v1/quiz": {
                "get": {
                    "operationId": "quiz",
                    "summary": "Everything that is shown: statements, parties, positions, quotes",
                    "responses": {"200": _json("The catalogue", "QuizResponse")},
                }
            },
            "/api/v1/match": {
                "post": {
                    "operationId": "match",
                    "summary": "Match answers with the parties; nothing is kept",
                    "requestBody": {"required": True, **_json("", "MatchRequest")},
                    "responses": {
                        "200": _json("Every party with its numbers", "MatchResponse"),
                        "400": _json("What is wrong, and where", "ErrorResponse"),
                        "409": _json("All statements have other words by now", "ErrorResponse"),
                        "413": _json("The body is too large", "ErrorResponse"),
                    },
                }
            },
        },
        "components": {"schemas": schemas["$defs"]},
    }


def _json(description: str, model: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": REF.format(model=model)}}}
    return {"description": description, "content": content}
