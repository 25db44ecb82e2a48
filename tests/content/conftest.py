"""A folder with one statement, and the sources of its quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.quoted import DOCUMENT, PROGRAMME


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "statements.yaml").write_text(
        "quiz: {id: q, title: T, description: D, languages: [nl]}\n"
        "themes: [{id: t, name: T}]\n"
        "statements: [{id: s, theme: t, text: Stelling., explanation: Uitleg.}]\n",
        encoding="utf-8",
    )
    sources = tmp_path / "sources"
    (sources / "programmes").mkdir(parents=True)
    (sources / "document.txt").write_text(DOCUMENT, encoding="utf-8")
    (sources / "programmes" / "alfa.txt").write_text(PROGRAMME, encoding="utf-8")
    return tmp_path
