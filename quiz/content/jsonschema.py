"""JSON Schemas of the two files, made from the models: editors use them to complete and check."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from quiz.content.schema import AnswersFile, StatementsFile

FILES: Final[Mapping[str, type[BaseModel]]] = {
    "statements": StatementsFile,
    "party_answers": AnswersFile,
}
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


class _Plain(GenerateJsonSchema):
    """Omits titles that only repeat a key."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema_of(name: str) -> JsonSchemaValue:
    """Return the JSON Schema of ``statements`` or ``party_answers``."""
    schema = FILES[name].model_json_schema(schema_generator=_Plain)
    for model in schema["$defs"].values():
        model["title"] = model["title"].removesuffix("Model")
    answer = schema["$defs"].get("AnswerModel")
    if answer:
        answer["oneOf"] = [
            {"required": ["quotes"], "properties": {"quotes": {"minItems": 1}}},
            {"required": ["summary"]},
        ]
    return {"$schema": DIALECT, **_tidy(schema), "title": f"{name}.yaml"}


def schema_text(name: str) -> str:
    """Return the JSON Schema as the text of its file."""
    return json.dumps(schema_of(name), indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write both schemas into a folder; return the files. Raises ``OSError`` where it cannot."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name in FILES:
        file = folder / f"{name}.schema.json"
        file.write_text(schema_text(name), encoding="utf-8")
        files.append(file)
    return files


def _tidy(value: Any) -> Any:
    """Make the schema as strict as the check: no ``null`` for an optional key, no malformed key."""
    if isinstance(value, list):
        return [_tidy(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _tidy(inner) for key, inner in value.items()}
    choices = kept.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        choices = [choice for choice in choices if choice != {"type": "null"}]
        del kept["anyOf"]
        kept |= choices[0] if len(choices) == 1 else {"anyOf": choices}
    if kept.get("default", 0) is None:
        del kept["default"]
    patterns = kept.pop("patternProperties", None)
    if isinstance(patterns, dict):
        [(pattern, inner)] = patterns.items()
        kept["propertyNames"] = {"pattern": pattern, **kept.get("propertyNames", {})}
        kept["additionalProperties"] = inner
    return kept
