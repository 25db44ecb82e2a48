"""The suite on the other versions of Python that are at hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
UV = Path(sys.executable).with_name("uv")
LEFT_OUT = ("tests/browser", "tests/deploy", "tests/fuzz")
"""What tests a browser, nginx or with numbers, and no version of Python."""


def at_hand(version: str) -> str | None:
    """Return an interpreter of this version that runs, from the path or where pyenv keeps them."""
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    on_path = shutil.which(f"python{version}")
    for found in [on_path, *sorted(versions.glob(f"{version}.*/bin/python"))]:
        if (
            found
            and subprocess.run([found, "-c", ""], check=False, capture_output=True).returncode == 0
        ):
            return str(found)
    return None


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.12", "3.13", "3.14"])
def test_the_suite_passes_on(version: str, tmp_path: Path) -> None:
    interpreter = at_hand(version)
    if interpreter is None:
        pytest.skip(f"Python {version} is not here")
    python = tmp_path / "venv/bin/python"
    for command in (
        [UV, "venv", "--quiet", "--python", interpreter, tmp_path / "venv"],
        [UV, "pip", "install", "--quiet", "--python", python, "--require-hashes",
         "-r", ROOT / "requirements/test.txt"],
    ):  # fmt: skip
        subprocess.run([str(word) for word in command], check=True, cwd=ROOT)
    ended = subprocess.run(
        [str(python), "-m", "pytest", "-n", str(os.cpu_count()), "--dist", "loadfile", "--quiet",
         "-p", "no:cacheprovider", "-m", "not slow and not browser", "-k", "not postgres",
         *[f"--ignore={folder}" for folder in LEFT_OUT]],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout[-5000:]
    assert " passed" in ended.stdout
