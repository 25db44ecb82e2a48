"""What the program is made of: pinned, listed, and asked after."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.known_holes import CLEAN, HOLES, UNKNOWN, verdict

ROOT = Path(__file__).parents[1]
LOCKED = ROOT / "requirements/run.txt"


def pins() -> dict[str, str]:
    return dict(
        re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([^\s;\\]+)", LOCKED.read_text(), re.MULTILINE)
    )


def test_every_package_is_pinned_with_its_hashes_and_without_an_address() -> None:
    for name in ("run.txt", "test.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        entries = re.findall(r"^\S.*(?:\n    .*)*", text, re.MULTILINE)
        assert entries
        for entry in entries:
            assert re.match(r"[\w.-]+(\[[\w,]+\])?==\S+", entry), entry
            assert "--hash=sha256:" in entry, entry
        assert "http" not in text


def test_the_list_of_materials_names_every_package_that_runs(tmp_path: Path) -> None:
    out = tmp_path / "sbom.json"
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", str(LOCKED), "--pyproject",
         str(ROOT / "pyproject.toml"), "--output-reproducible", "--of", "JSON", "--validate", "-o", str(out)],
        check=True, capture_output=True,
    )  # fmt: skip
    bill = json.loads(out.read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == (
        "CycloneDX",
        "standpunt",
    )
    listed = {
        component["name"].lower(): component.get("version") for component in bill["components"]
    }
    assert listed == {name.lower(): version for name, version in pins().items()}
    assert "flask" in listed
    assert all("hashes" in component["externalReferences"][0] for component in bill["components"])


def test_the_file_of_the_container_is_linted() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    ended = subprocess.run(
        [linter, "--failure-threshold", "style", str(ROOT / "Containerfile")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout


HOLE = {"id": "X-1", "fix_versions": ["2"], "aliases": [], "description": ""}


@pytest.mark.parametrize(
    ("dependencies", "status", "words"),
    [
        (
            [{"name": "a", "version": "1", "vulns": []}],
            CLEAN,
            "No hole is known in these 1 packages.",
        ),
        ([{"name": "a", "version": "1", "vulns": [HOLE]}], HOLES, "a 1: X-1, mended in 2"),
        (
            [{"name": "a", "version": "1", "vulns": [HOLE | {"fix_versions": []}]}],
            HOLES,
            "a 1: X-1, mended in no version yet",
        ),
        ([{"name": "a", "skip_reason": "not found"}], UNKNOWN, "no database of known holes"),
        ([], UNKNOWN, "no database of known holes"),
        (
            [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}],
            UNKNOWN,
            "does not know them: b.",
        ),
    ],
)
def test_an_audit_that_could_not_ask_is_no_clean_audit(
    dependencies: list[dict[str, object]], status: int, words: str
) -> None:
    safe, lines = verdict(dependencies)
    assert safe == status
    assert words in "\n".join(lines)
