"""Writing and reading files of answers."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from quiz.batch import BatchError, score_file
from quiz.content import Catalogue


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fails(catalogue: Catalogue, source: Path, **options: object) -> str:
    out = source.with_name("scores.csv")
    with pytest.raises(BatchError) as caught:
        score_file(catalogue, source, out, **options)  # type: ignore[arg-type]
    assert not out.exists()
    assert not list(source.parent.glob("*.part"))
    return str(caught.value)


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "answers.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path
