"""What the Makefile sets up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from quiz import __version__

ROOT = Path(__file__).parents[1]


def test_quiz_is_a_command_in_a_clone_from_any_folder(tmp_path: Path) -> None:
    clone, elsewhere = tmp_path / "a clone", tmp_path / "elsewhere"
    elsewhere.mkdir()
    clone.mkdir()
    shutil.copy(ROOT / "Makefile", clone)
    shutil.copytree(ROOT / "quiz", clone / "quiz")
    subprocess.run(
        ["make", "-s", ".venv/bin/quiz", f"PYTHON={sys.executable}"], cwd=clone, check=True
    )
    link = tmp_path / "quiz"
    link.symlink_to(clone / ".venv/bin/quiz")
    packages = sysconfig.get_path("purelib")  # the clone's own has nothing in it yet
    for command in (clone / ".venv/bin/quiz", link):
        output = subprocess.run(
            [command, "--version"], cwd=elsewhere, check=True, capture_output=True, text=True,
            env=os.environ | {"PYTHONPATH": packages},
        )  # fmt: skip
        assert output.stdout == f"{__version__}\n"
