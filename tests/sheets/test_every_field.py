"""A key of the schema is everywhere at once: in YAML, catalogue, diff, tables out and tables in.

Every key of every model is tried, so that one added tomorrow is tried too.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from pydantic import BaseModel

from quiz.content import load
from quiz.content.catalogue import Party, Quiz, QuizTexts, Source, Statement, Theme
from quiz.content.diff import differences
from quiz.content.schema import (
    PartyModel,
    QuizModel,
    SourceModel,
    StatementModel,
    TextsModel,
    ThemeModel,
    text_keys,
)
from quiz.sheets.columns import ENTRIES, Column, Entries, columns_of
from quiz.sheets.files import Files

Quiz_ = Callable[..., Result]

MODELS = [
    (StatementModel, Statement), (ThemeModel, Theme), (SourceModel, Source), (PartyModel, Party),
    (QuizModel, Quiz), (TextsModel, QuizTexts),
]  # fmt: skip
SAID_OTHERWISE = {"status": "draft", "answers": "positions"}
"""Keys of the YAML that have another name in the catalogue."""


@pytest.mark.parametrize(("model", "kind"), MODELS)
def test_every_key_of_the_yaml_is_in_the_catalogue(model: type[BaseModel], kind: type[Any]) -> None:
    keys = {SAID_OTHERWISE.get(name, name) for name in model.model_fields}
    assert keys == {field.name for field in fields(kind)}


def sample(column: Column) -> tuple[Any, str]:
    """Return a value that a key may have in the YAML, and the cell that stands for it."""
    match column.kind:
        case "text":
            return {"nl": "Anders.", "en": "Different."}, "Different."
        case "choice":
            word = next(word for word in reversed(column.words) if word != column.default)
            return word, word
        case "flag":
            return True, "yes"
        case "day":
            return dt.date(2025, 9, 1), "2025-09-01"
        case "list":
            return ["alfa-2025"], "alfa-2025"
        case "ranges":
            return {"gamma": [3, 4]}, "gamma 3-4"
    named = {"theme": "power", "color": "#123456", "url": "https://example.org/x",
             "file": "x.txt", "logo": "logos/x.png"}  # fmt: skip
    value = named.get(column.key, "Een ander woord")
    return value, value


COLUMNS = [
    (entries, column)
    for entries in ENTRIES
    for column in columns_of(entries.model, ("nl", "en"))
    if column.tag != "nl"
]


def edit(folder: Path, entries: Entries, key: str, value: Any) -> None:
    files = Files.read(folder)
    files.data[entries.file][entries.name][-1 if entries.name == "parties" else 0][key] = value
    for name, text in files.texts().items():
        (folder / name).write_bytes(text)


@pytest.mark.parametrize(
    ("entries", "column"), COLUMNS, ids=[f"{entries.key}-{c.name}" for entries, c in COLUMNS]
)
def test_every_key_goes_through_diff_and_tables(
    content_folder: Path, tmp_path: Path, quiz: Quiz_, entries: Entries, column: Column
) -> None:
    (content_folder / "logos").mkdir()
    (content_folder / "logos/x.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    before = load(content_folder, drafts=True)
    untouched = {name: (content_folder / name).read_bytes() for name in ("statements.yaml", "party_answers.yaml")}  # fmt: skip
    value, cell = sample(column)
    edit(content_folder, entries, column.key, value)
    after = load(content_folder, drafts=True)
    if column.key not in {"file", "lines", "explicit"}:  # where evidence is looked up is not served
        assert differences(before, after), "the diff forgets it"
    quiz("export", tmp_path / "t", "--content", content_folder)
    with (tmp_path / "t" / f"{entries.name}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[-1 if entries.name == "parties" else 0][column.name] == cell
    for name, raw in untouched.items():
        (content_folder / name).write_bytes(raw)
    result = quiz("import", tmp_path / "t", "--content", content_folder)
    assert result.exit_code == 0, result.output
    again = load(content_folder, drafts=True)
    assert (again.statements, again.themes, again.sources, again.parties) == (
        after.statements, after.themes, after.sources, after.parties,
    )  # fmt: skip


def test_every_text_of_the_quiz_is_told_by_the_diff(content_folder: Path) -> None:
    before = load(content_folder)
    path = content_folder / "statements.yaml"
    text = path.read_text(encoding="utf-8")
    for model, indent in ((QuizModel, "  "), (TextsModel, "    ")):
        for key in text_keys(model):
            if f"\n  {key}:" in text and model is QuizModel:
                continue
            own = "  texts:\n" if model is TextsModel else ""
            changed = text.replace("  version: 3\n", f"  version: 3\n{own}{indent}{key}: {{nl: Een., en: One.}}\n")  # fmt: skip
            path.write_text(changed, encoding="utf-8")
            changes = [change.what for change in differences(before, load(content_folder))]
            assert any(what.startswith(key) for what in changes), key
