"""What ``make figures`` writes into the documents is what the shipped content gives now."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from quiz.content import Catalogue
from quiz.content.catalogue import DISAGREE, NONE

DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture(scope="module")
def figures() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DOCS)
        return import_module("figures")


def test_the_pages_hold_what_the_content_gives(
    figures: ModuleType, shipped_catalogue: Catalogue
) -> None:
    for (page, mark), given in figures.written(shipped_catalogue).items():
        text = (DOCS / page).read_text(encoding="utf-8")
        assert figures.parts(text, mark)[1] == given, f"run make figures: {page}, {mark}"


def test_the_history_of_the_coding_ends_in_this_edition(
    figures: ModuleType, shipped_catalogue: Catalogue
) -> None:
    matrix = shipped_catalogue.matrix
    known = (matrix != NONE).astype(int)
    common = (known @ known.T)[np.triu_indices(len(known), k=1)]
    nobody_against = int((~(matrix == DISAGREE).any(axis=0)).sum())
    compared = figures.compare(DOCS / "coding")
    both, everything = (
        figures.alpha(pairs) for pairs in (compared.found_by_both, compared.all_pairs)
    )
    history = (DOCS / "coding.md").read_text(encoding="utf-8").partition("## History")[2]
    for figure in (
        f"| 36 | {matrix.shape[1]}, of which",
        f"| {shipped_catalogue.position_count}, {figures.percent(known.mean())} |",
        f"| statements with nobody against | 21 | {nobody_against} |",
        f"| {(common >= 5).sum()}, {(common == 0).sum()} |",
        f"| {both:.3f}, {everything:.3f} |",
    ):
        assert figure in history, figure
