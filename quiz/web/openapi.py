"""The description of the API, OpenAPI 3.1, made from the catalogue that is served."""

from __future__ import annotations

from typing import Any

from quiz import __version__
from quiz.content.catalogue import CODES, Catalogue
from quiz.matching.methods import METHODS


def describe(catalogue: Catalogue, title: str) -> dict[str, Any]:
    """Return the description as data, ready for JSON."""
    ids = [statement.id for statement in catalogue.statements]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": __version__,
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "paths": {
            "/api/v1/quiz": {
                "get": {
                    "operationId": "quiz",
                    "summary": "Everything that is shown: statements, parties, positions, quotes",
                    "responses": {
                        "200": _json("The catalogue", {"$ref": "#/components/schemas/Quiz"})
                    },
                }
            },
            "/api/v1/match": {
                "post": {
                    "operationId": "match",
                    "summary": "Match answers with the parties; nothing is kept",
                    "requestBody": {
                        "required": True,
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Answers"}}
                        },
                    },
                    "responses": {
                        "200": _json(
                            "Every party with its numbers", {"$ref": "#/components/schemas/Match"}
                        ),
                        "400": _json(
                            "What is wrong, and where", {"$ref": "#/components/schemas/Error"}
                        ),
                        "413": _json(
                            "The body is too large", {"$ref": "#/components/schemas/Error"}
                        ),
                    },
                }
            },
        },
        "components": {"schemas": _schemas(ids)},
    }


def _json(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _schemas(ids: list[str]) -> dict[str, Any]:
    share = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
    return {
        "Answers": {
            "type": "object",
            "required": ["answers"],
            "additionalProperties": False,
            "properties": {
                "answers": {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": False,
                    "properties": {name: {"enum": list(CODES)} for name in ids},
                },
                "double": {"type": "array", "items": {"enum": ids}},
                "method": {"enum": list(METHODS)},
            },
        },
        "Match": {
            "type": "object",
            "required": ["content_hash", "method", "parties"],
            "properties": {
                "content_hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "method": {"enum": list(METHODS)},
                "parties": {"type": "array", "items": {"$ref": "#/components/schemas/PartyMatch"}},
            },
        },
        "PartyMatch": {
            "type": "object",
            "required": ["id", "rank", "match", "low", "high", "agreement", "coverage", "compared"],
            "properties": {
                "id": {"type": "string"},
                "rank": {
                    "type": ["integer", "null"],
                    "minimum": 1,
                    "description": "null where too little is known",
                },
                "match": share | {"description": "orders the parties"},
                "low": share,
                "high": share,
                "agreement": share | {"description": "null where nothing was compared"},
                "coverage": share,
                "compared": {"type": "integer", "minimum": 0},
            },
        },
        "Error": {
            "type": "object",
            "required": ["error"],
            "properties": {
                "error": {
                    "type": "object",
                    "required": ["field", "message"],
                    "properties": {
                        "field": {"type": ["string", "null"]},
                        "message": {"type": "string"},
                    },
                }
            },
        },
        "Quiz": {
            "type": "object",
            "required": ["content_hash", "quiz", "themes", "statements", "sources", "parties"],
            "properties": {
                "content_hash": {"type": "string"},
                "quiz": {"type": "object"},
                **{
                    name: {"type": "array", "items": {"type": "object"}}
                    for name in ("themes", "statements", "sources", "parties")
                },
            },
        },
    }
