"""``datapackage.json``: the description of the open data, as a Frictionless Data Package."""

from __future__ import annotations

from typing import Any

from quiz.content.catalogue import Catalogue
from quiz.sheets.open_table import OpenColumn, OpenTable
from quiz.sheets.open_tables import tables


def data_package(catalogue: Catalogue) -> dict[str, Any]:
    """Return ``datapackage.json``, as the Frictionless specification has it (v1)."""
    quiz = catalogue.quiz
    language = quiz.languages[0]
    return {
        "profile": "tabular-data-package",
        "name": quiz.id,
        "title": quiz.say(quiz.title, language)[0],
        "description": quiz.say(quiz.description, language)[0],
        "version": str(quiz.version),
        "content_hash": catalogue.content_hash,
        **({"licenses": [_licence(quiz.licence)]} if quiz.licence else {}),
        "resources": [_resource(catalogue, table) for table in tables(catalogue).values()],
    }


def _licence(name: str) -> dict[str, str]:
    return {"name": name, "title": f"{name} (the coding; quotes remain the parties')"}


def _resource(catalogue: Catalogue, table: OpenTable) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "quiz_version": catalogue.quiz.version,
        "content_hash": catalogue.content_hash,
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": column, "reference": {"resource": other, "fields": "id"}}
                for column, other in table.joins
            ],
        },
    }


def _field(column: OpenColumn) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.values:
        constraints["enum"] = list(column.values)
    field = {"name": column.name, "type": column.kind, "description": column.description}
    return field | ({"constraints": constraints} if constraints else {})
