"""The benchmarks run, and their page keeps what others wrote around the engine's part."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from benchmarks import content, engine, files, report, server, steady
from benchmarks.__main__ import PARTS
from benchmarks.timing import Row, paired, ratio


def test_every_benchmark_of_the_engine_runs() -> None:
    rows = list(engine.run(quick=True))
    assert len(rows) >= 10
    assert all(row.value for row in rows)
    assert [row.what for row in rows if row.wanted]


@pytest.mark.slow
@pytest.mark.parametrize("run", [content.run, files.run, server.run, steady.run])
def test_the_others_run_too(run: Callable[..., Iterable[Row]]) -> None:
    assert all(row.value for row in run(quick=True))


def test_the_page_keeps_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "performance.md"
    page.write_text(
        "before\n<!-- engine: written by make bench -->\nold\n<!-- end of engine -->\nafter\n"
    )
    monkeypatch.setattr(report, "PAGE", page)
    report.write(
        "engine", [Row("thing", "1 s", "under 2 s", reached=True), Row("other", "3", "", None)]
    )
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert "| thing | 1 s | under 2 s | yes |" in text


@pytest.mark.parametrize("name", PARTS)
def test_the_real_page_has_a_place_for_each_part(name: str) -> None:
    text = report.PAGE.read_text(encoding="utf-8")
    assert text.count(f"<!-- {name}: written by make bench -->") == 1
    assert text.count(f"<!-- end of {name} -->") == 1


def test_pairs_are_compared_turn_by_turn() -> None:
    order: list[str] = []
    times = paired({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, rounds=2)
    assert order == ["a", "b"] * 3
    assert ratio({"a": [4.0, 9.0, 2.0], "b": [2.0, 3.0, 2.0]}, "a", "b") == 2
    assert {name: len(each) for name, each in times.items()} == {"a": 2, "b": 2}
