"""A sample of what ``make mutants`` does: small changes in what a result is made of are noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants import WANTED, caught, run


@pytest.mark.slow
def test_small_changes_in_a_result_are_noticed(tmp_path: Path) -> None:
    modules = run(["quiz/matching/result.py"], tmp_path, tests=["tests/matching"])
    assert sum(module.number for module in modules) > 50
    assert caught(modules) >= WANTED, [name for module in modules for name in module.survivors]
