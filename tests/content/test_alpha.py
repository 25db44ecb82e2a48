"""Krippendorff's alpha by its published examples, and what the comparison refuses."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parent.parent.parent / "docs" / "coding" / "alpha.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coding_alpha", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["coding_alpha"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("0100000010", "1110010000", 1 - 19 * 4 / (14 * 6)),  # Krippendorff 2011, A: 0.095
        ("aabbdcccedda", "babbbccceddd", 310 / 448),  # Krippendorff 2011, B: 0.692
        ("abcabc", "abcabc", 1.0),
        ("ab", "ba", (3 * 0 - 4) / (12 - 4)),
    ],
)
def test_alpha_is_the_published_figure(
    script: ModuleType, first: str, second: str, expected: float
) -> None:
    assert script.alpha(zip(first, second, strict=True)) == pytest.approx(expected)


def test_alpha_is_not_defined_where_nothing_varies(script: ModuleType) -> None:
    assert script.alpha([("a", "a"), ("a", "a")]) is None
    assert script.alpha([]) is None


HEAD = "party,statement,position,explicit,quote,source,page,note\n"
SETTLED = "party,statement,pass_1,pass_2,settled,reason\n"
ANSWERS = """\
parties:
  - id: alfa
    answers: {one: {position: agree}, two: {position: disagree}}
  - id: beta
    answers: {two: {position: neutral}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pass-1.csv").write_text(
        HEAD + "alfa,one,agree,true,Zo,src,1,\nalfa,two,disagree,,,,,\nbeta,one,none,,,,,\n"
        "beta,two,agree,,,,,\n",
        encoding="utf-8",
    )
    (tmp_path / "pass-2.csv").write_text(
        HEAD + "alfa,one,agree,,,,,\nalfa,two,disagree,,,,,\nbeta,two,neutral,,,,,\n",
        encoding="utf-8",
    )
    (tmp_path / "settled.csv").write_text(
        SETTLED + 'beta,two,agree,neutral,neutral,"Weighs both, on conditions"\n',
        encoding="utf-8",
    )
    (tmp_path / "answers.yaml").write_text(ANSWERS, encoding="utf-8")
    return tmp_path


def run(
    script: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, list[str]]:
    status = script.main([str(folder), "--answers", str(folder / "answers.yaml")])
    out, err = capsys.readouterr()
    return status, out, err.splitlines()


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_two_settled_passes_end_well(
    script: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(script, folder, capsys)
    assert (status, err) == (0, [])
    assert "Cells: 4; both passes found a position in 3." in out
    # three pairs: agree-agree, disagree-disagree, agree-neutral: (5 · 4 − 8) / (30 − 8)
    assert f"where both found a position: {12 / 22:.3f} (below 0.8" in out
    # and none-none beside them: (7 · 6 − 10) / (56 − 10)
    assert f"none as a category: {32 / 46:.3f} (below 0.8" in out
    assert "Cells that differed: 1, opposite in 0." in out
    assert "beta on two: agree / neutral -> neutral. Weighs both, on conditions" in out


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("settled.csv", "beta,two", "beta,three", "settled.csv: beta on two is not settled"),
        ("settled.csv", "agree,neutral,neutral", "agree,agree,neutral", "is settled for agree and"),
        ("settled.csv", "neutral,neutral", "neutral,maybe", "settled.csv:2: 'maybe' is not one of"),
        ("settled.csv", '"Weighs both, on conditions"', "", "beta on two has no reason."),
        ("settled.csv", "reason", "why", "settled.csv: the column 'reason' is missing."),
        ("pass-1.csv", "alfa,one,agree", "alfa,one,eens", "pass-1.csv:2: 'eens' is not one of"),
        ("pass-1.csv", "beta,one", "alfa,one", "alfa on one stands here twice."),
        ("pass-2.csv", "position", "stance", "pass-2.csv: the column 'position' is missing."),
        ("pass-2.csv", "beta,two", "beta,three", "pass-1.csv: the statement 'three' is missing."),
        (
            "answers.yaml",
            "position: neutral",
            "position: agree",
            "answers.yaml: beta on two is agree, but neutral was settled.",
        ),
        (
            "answers.yaml",
            "one:",
            "nine:",
            "answers.yaml: the statement 'nine' was never coded.",
        ),
        ("answers.yaml", "id: beta", "id: gamma", "the party 'gamma' was never coded."),
        ("answers.yaml", "parties:", "partie:", "answers.yaml: cannot be read"),
    ],
)
def test_what_does_not_fit_together_is_an_error(
    script: ModuleType,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    fault: str,
) -> None:
    spoil(folder / file, old, new)
    status, _, err = run(script, folder, capsys)
    assert status == 1
    assert any(fault in line for line in err), err


def test_a_missing_file_is_named(
    script: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "pass-2.csv").unlink()
    status, _, err = run(script, folder, capsys)
    assert status == 1
    assert "pass-2.csv: cannot be read" in err[0]


def test_a_position_that_was_dropped_after_both_passes_agreed_needs_a_reason(
    script: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder / "answers.yaml", ", two: {position: disagree}", "")
    assert run(script, folder, capsys)[2] == [
        "error: answers.yaml: alfa on two is none, but disagree was settled."
    ]
    with (folder / "settled.csv").open("a", encoding="utf-8") as settled:
        settled.write("alfa,two,disagree,disagree,none,Read again: another scope\n")
    status, out, _ = run(script, folder, capsys)
    assert status == 0
    assert "Cells alike in both and settled otherwise by a later reading: 1." in out
    assert "alfa on two: disagree -> none. Read again: another scope" in out


def test_a_position_that_a_later_reading_found_needs_a_reason(
    script: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(
        folder / "answers.yaml",
        "{two: {position: neutral}}",
        "{one: {position: agree}, two: {position: neutral}}",
    )
    assert run(script, folder, capsys)[2] == [
        "error: answers.yaml: beta on one is agree, but none was settled."
    ]
    with (folder / "settled.csv").open("a", encoding="utf-8") as settled:
        settled.write("beta,one,none,none,agree,Read again: a page was missed\n")
    status, out, _ = run(script, folder, capsys)
    assert status == 0
    assert "beta on one: none -> agree. Read again: a page was missed" in out


def test_statements_that_were_dropped_are_listed(
    script: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder / "answers.yaml", "one: {position: agree}, ", "")
    status, out, err = run(script, folder, capsys)
    assert (status, err) == (0, [])
    assert "Coded and not published: one." in out
