"""docs/data.md: its examples run, and its tables are those that are served."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from werkzeug.serving import make_server

from quiz.batch import COLUMNS
from quiz.content import Catalogue
from quiz.content.paths import shipped
from quiz.sheets.open_tables import tables
from quiz.web.app import create_app
from quiz.web.settings import Settings

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/data.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```(sh|python|r)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
RUN = {"sh": ["sh", "-c"], "python": [sys.executable, "-c"], "r": ["Rscript", "-e"]}


@pytest.fixture
def site() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(Settings(content=shipped())))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("language", "example"), EXAMPLES)
def test_examples_run(language: str, example: str, site: str, shipped_catalogue: Catalogue) -> None:
    if not shutil.which(RUN[language][0]) or (language == "sh" and not shutil.which("curl")):
        pytest.skip(f"there is no interpreter for {language} here")
    code = example.replace("https://quiz.example", site)
    done = subprocess.run(
        [*RUN[language], code], cwd=ROOT, env={"PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for party in shipped_catalogue.parties:
        assert party.id in done.stdout


def test_there_is_an_example_for_each_language() -> None:
    assert [language for language, _ in EXAMPLES] == ["sh", "python", "r", "python"]


def test_the_tables_are_described_as_they_are(catalogue: Catalogue) -> None:
    described = PAGE[PAGE.index("<!-- tables") : PAGE.index("<!-- end of tables")]
    parts = re.split(r"^\*\*(\w+)\*\*", described, flags=re.MULTILINE)[1:]
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    assert list(sections) == list(tables(catalogue))
    for table in tables(catalogue).values():
        rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.*) \|$", sections[table.name], re.MULTILINE)
        expected = {}
        for column in table.columns:
            name, text = column.name, column.description
            for tag in catalogue.quiz.languages:
                if name.endswith(f"_{tag}"):
                    name, text = f"{name.removesuffix(tag)}LANG", text.replace(f" ({tag})", "")
            if name not in {"quiz_version", "content_hash"}:
                expected[name] = (name, column.kind, text)
        assert rows == list(expected.values())


def test_every_column_of_scores_is_described() -> None:
    described = PAGE[PAGE.index("The output has one row per voter") :]
    for name in COLUMNS:
        assert f"`{name}:" in described
