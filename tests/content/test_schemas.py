"""The JSON Schemas: as the models are, as committed, and true of the shipped files."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from quiz.cli import main
from quiz.content.jsonschema import FILES, schema_of, schema_text
from quiz.content.paths import shipped
from quiz.content.yaml.reading import read

ROOT = Path(__file__).parent.parent.parent


def validator(name: str) -> Draft202012Validator:
    schema = schema_of(name)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("name", FILES)
def test_the_committed_schema_is_the_models(name: str) -> None:
    committed = (ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(name), "run ‘quiz schema’ and commit what it writes"


def test_the_command_writes_both_and_says_how_to_name_them(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["schema", "--out", str(tmp_path / "new" / "schemas")])
    assert result.exit_code == 0
    assert "# yaml-language-server: $schema=" in result.output
    for name in FILES:
        written = (tmp_path / "new" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
        assert written == schema_text(name)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = CliRunner().invoke(main, ["schema", "--out", str(tmp_path / "file" / "x")])
    assert result.exit_code == 2
    assert "cannot be written" in result.output


@pytest.mark.parametrize("name", FILES)
def test_the_shipped_file_is_valid(name: str) -> None:
    document = read(name, (shipped() / f"{name}.yaml").read_bytes())
    assert document.problems == []
    validator(name).validate(document.data)


@pytest.mark.parametrize("name", FILES)
def test_the_small_quiz_is_valid(name: str, content_texts: dict[str, str]) -> None:
    validator(name).validate(read(name, content_texts[f"{name}.yaml"].encode()).data)


def fields(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for part in [schema, *schema["$defs"].values()]:
        yield from part.get("properties", {}).items()


@pytest.mark.parametrize("name", FILES)
def test_every_field_is_described_in_words(name: str) -> None:
    schema = schema_of(name)
    for key, field in fields(schema):
        named = schema["$defs"][field["$ref"].rsplit("/")[-1]] if "$ref" in field else {}
        assert len((named | field).get("description", "")) > 10, key


SPOILED: list[tuple[str, list[str | int], Any]] = [
    ("statements", ["quiz", "languages"], []),
    ("statements", ["quiz", "languages", 0], "Dutch"),
    ("statements", ["quiz", "as_of"], None),
    ("statements", ["quiz", "contact"], "javascript:alert(1)"),
    ("statements", ["quiz", "colour"], "red"),
    ("statements", ["themes", 0, "name"], {}),
    ("statements", ["themes", 0, "name"], {"Nederlands": "x"}),
    ("statements", ["themes", 0, "name"], ["x"]),
    ("statements", ["statements", 0, "text"], 2030),
    ("statements", ["statements", 0, "status"], "concept"),
    ("party_answers", ["parties", 0, "color"], "red"),
    ("party_answers", ["parties", 0, "answers", "Leave Microsoft"], {}),
    ("party_answers", ["parties", 0, "answers", "leave-microsoft", "position"], "yes"),
    ("party_answers", ["parties", 0, "answers", "leave-microsoft", "explicit"], "yes"),
    ("party_answers", ["parties", 0, "answers", "leave-microsoft", "quotes"], []),
    ("party_answers", ["parties", 1, "answers", "state-software", "quotes"], "x"),
    ("party_answers", ["sources", 0, "file"], "../secret"),
    ("party_answers", ["sources", 0, "lines"], {"alfa": [1]}),
]


@pytest.mark.parametrize(("name", "path", "value"), SPOILED)
def test_the_schema_refuses_what_the_check_refuses(
    name: str, path: list[str | int], value: Any, content_texts: dict[str, str]
) -> None:
    data = copy.deepcopy(read(name, content_texts[f"{name}.yaml"].encode()).data)
    part = data
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    with pytest.raises(ValidationError):
        validator(name).validate(data)


def test_a_text_may_be_plain_or_by_language() -> None:
    schema = validator("statements")
    for text in ("Plain.", {"de": "Ein Satz."}, {"nl": "Een zin.", "pt-BR": "Uma frase."}):
        schema.validate(
            {
                "quiz": {"id": "q", "title": text, "description": text, "languages": ["de"]},
                "themes": [{"id": "t", "name": text}],
                "statements": [{"id": "s", "theme": "t", "text": text, "explanation": text}],
            }
        )
