"""What changed since voters last saw the content."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.content.test_check_command import run, spoil


def published(content_folder: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "published"
    shutil.copytree(content_folder, folder)
    return folder


def test_a_position_that_changed_on_the_same_evidence_is_warned_of(
    content_folder: Path, tmp_path: Path
) -> None:
    before = published(content_folder, tmp_path)
    spoil(content_folder, "party_answers.yaml", "position: neutral", "position: disagree")
    warned = run("--content", content_folder, "--published", before)
    assert "This was neutral, and the evidence is still the same." in warned.output
    assert f"{content_folder / 'party_answers.yaml'}:25:19: warning:" in warned.output
    spoil(content_folder, "party_answers.yaml", "waar het stroomnet het aankan", "nooit en nergens")
    looked_at = run("--content", content_folder, "--published", before)
    assert "the evidence is still the same" not in looked_at.output


def test_the_last_commit_counts_as_published(content_folder: Path) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(content_folder)]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *words], check=True)
    assert "the evidence is still the same" not in run("--content", content_folder).output
    spoil(content_folder, "party_answers.yaml", "position: neutral", "position: disagree")
    assert "the evidence is still the same" in run("--content", content_folder).output
