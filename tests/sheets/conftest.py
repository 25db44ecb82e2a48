"""Running ``quiz`` on spreadsheets, and editing them as somebody with Excel would."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quiz.cli import main

Rows = list[dict[str, str]]


@pytest.fixture
def quiz() -> Callable[..., Result]:
    """Run a command; only a refusal in words may end it."""

    def run(*arguments: object) -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        ended = result.exception is None or isinstance(result.exception, SystemExit)
        assert ended, result.exception
        return result

    return run


@pytest.fixture
def tables(content_folder: Path, tmp_path: Path, quiz: Callable[..., Result]) -> Path:
    """The small quiz as CSV files in a folder of their own."""
    quiz("export", tmp_path / "tables", "--content", content_folder)
    return tmp_path / "tables"


@pytest.fixture
def edit(tables: Path) -> Callable[[str, Callable[[Rows], object]], None]:
    """Change the rows of one of the tables; columns follow the first row."""

    def change(name: str, how: Callable[[Rows], object]) -> None:
        path = tables / name
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        how(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    return change
