"""Whoever cites a result can find the edition of the content that it rests on."""

from __future__ import annotations

import re
from pathlib import Path

from quiz.content import Catalogue

PAGE = Path(__file__).parents[2] / "docs" / "coding.md"


def test_the_hash_of_each_version_is_told(shipped_catalogue: Catalogue) -> None:
    rows = re.findall(
        r"^\| (\d+) \| ([\d-]+) \| `([0-9a-f]{64})` \|$",
        PAGE.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    changes = shipped_catalogue.quiz.changelog
    told = [(int(version), date) for version, date, _ in rows]
    assert told == [(change.version, change.date.isoformat()) for change in changes]
    last_version, _, last_hash = rows[-1]
    assert int(last_version) == shipped_catalogue.quiz.version
    assert last_hash == shipped_catalogue.content_hash
