"""Every figure in prose is that of the code, or is listed here with what it is instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.figures import FIGURES, read

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    *(f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG")),
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").glob("**/*.md"))),
]


@pytest.mark.parametrize(
    ("document", "figure"),
    [(name, figure) for name, figures in FIGURES.items() for figure in figures],
)
def test_a_figure_in_prose_is_that_of_the_code(document: str, figure: str) -> None:
    assert figure
    assert figure in " ".join(read(document).split())
