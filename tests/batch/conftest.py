"""Files of answers: with Arrow and without, and the statements' ids."""

from __future__ import annotations

import sys

import pytest

from quiz.batch import read_csv
from quiz.content import Catalogue


@pytest.fixture(params=["arrow", "plain"])
def road(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read CSV with and without pyarrow."""
    if request.param == "plain":
        monkeypatch.setitem(sys.modules, "pyarrow.csv", None)
    assert (read_csv.arrow_reader() is None) == (request.param == "plain")
    return str(request.param)


@pytest.fixture
def ids(catalogue: Catalogue) -> list[str]:
    return [statement.id for statement in catalogue.statements]
