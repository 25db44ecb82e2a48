"""Every text of the interface is there in every language."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from quiz import translations as tongues
from quiz.translations.check import fault_of

ROOT = Path(__file__).parents[2]
FILES = sorted(tongues.FOLDER.glob("*/LC_MESSAGES/messages.po"))


def extracted(folder: Path) -> set[str]:
    target = folder / "messages.pot"
    subprocess.run(
        [str(Path(sys.executable).with_name("pybabel")), "-q", "extract", "-F", "babel.cfg",
         "-o", str(target), "."],
        cwd=ROOT, check=True,
    )  # fmt: skip
    with target.open("rb") as file:
        return {_key(message.id) for message in read_po(file) if message.id}


def _key(identifier: str | tuple[str, ...]) -> str:
    return identifier if isinstance(identifier, str) else identifier[0]


@pytest.mark.parametrize("path", FILES, ids=[path.parts[-3] for path in FILES])
def test_translation_is_complete_and_keeps_its_placeholders(path: Path, tmp_path: Path) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file)
    known = {_key(message.id) for message in catalogue if message.id}
    assert extracted(tmp_path) == known, "make translations, and translate what is new"
    for message in catalogue:
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), f"{message.id!r} is not translated"
        assert fault_of(message) is None, message.id
