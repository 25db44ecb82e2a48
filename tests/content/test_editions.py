"""Whoever cites a result can find the edition of the content that it rests on."""

from __future__ import annotations

from pathlib import Path

from quiz.content import Catalogue

PAGE = Path(__file__).parents[2] / "docs" / "coding.md"


def test_the_hash_of_this_edition_is_told(shipped_catalogue: Catalogue) -> None:
    assert f"`{shipped_catalogue.content_hash[:16]}`" in PAGE.read_text(encoding="utf-8")
