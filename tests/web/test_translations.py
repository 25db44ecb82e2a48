"""Every text of the interface is there in every language, and a new language is one file."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from quiz import translations as tongues
from quiz.web import i18n
from quiz.web.app import create_app
from quiz.web.settings import Settings

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
        for text in strings:
            assert text, f"{message.id!r} is not translated"
            marks = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
            assert set(marks.findall(text)) == set(marks.findall(_key(message.id))), message.id


def test_a_third_language_needs_one_file(
    tmp_path: Path, content_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(tongues.FOLDER, tmp_path / "translations")
    folder = tmp_path / "translations/ar/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Start"\nmsgstr "ابدأ"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(tongues, "FOLDER", tmp_path / "translations")
    tongues.languages.cache_clear()
    i18n.translations.cache_clear()
    try:
        client = create_app(Settings(content=content_folder)).test_client()
        page = client.get("/ar/").get_data(as_text=True)
        assert '<html lang="ar" dir="rtl">' in page
        assert "ابدأ" in page
        assert '<span lang="nl">Digitale infrastructuur</span>' in page
        assert 'hreflang="ar"' in client.get("/nl/").get_data(as_text=True)
    finally:
        tongues.languages.cache_clear()
        i18n.translations.cache_clear()
