"""The commands speak Dutch to who reads it, and every text of theirs has its Dutch."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from click.testing import CliRunner

from quiz.cli import main
from quiz.translations import FOLDER, commands

QUIZ = Path(__file__).parents[2] / "quiz"
KEYWORDS = {"tr": None, "ntr": (1, 2), "later": None}
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")


def said() -> set[str]:
    entries = extract_from_dir(str(QUIZ), [("**.py", "python")], keywords=KEYWORDS)  # type: ignore[arg-type]
    texts = {entry[2] for entry in entries}
    return {text if isinstance(text, str) else text[0] for text in texts}


def dutch() -> Catalog:
    with (FOLDER / "nl/LC_MESSAGES/commands.po").open("rb") as file:
        return read_po(file, locale="nl")


def test_every_text_has_its_dutch_with_the_same_values() -> None:
    entries = {
        message.id if isinstance(message.id, str) else message.id[0]: message
        for message in dutch()
        if message.id
    }
    assert said() - entries.keys() == set()
    assert entries.keys() - said() == set(), "these texts are said no more"
    for english, message in entries.items():
        texts = [message.string] if isinstance(message.string, str) else message.string
        for text in texts:
            assert text, english
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(english))


def run(*arguments: object, **environment: str) -> str:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


def test_the_shell_or_an_option_chooses_the_language(content_folder: Path) -> None:
    path = content_folder / "party_answers.yaml"
    path.write_text(path.read_text().replace("position: neutral", "position: netural"))
    english = run("check", "--content", content_folder, LANGUAGE="", LC_ALL="C.UTF-8")
    assert "error: 'netural' is not one of: agree, neutral, disagree." in english
    for text in (
        run("--language", "nl", "check", "--content", content_folder),
        run("check", "--content", content_folder, LANGUAGE="", LC_ALL="nl_NL.UTF-8"),
        run("check", "--content", content_folder, LANGUAGE="pl:nl_BE:en"),
    ):
        assert "fout: 'netural' hoort niet bij: agree, neutral, disagree." in text
        assert "Bedoel je 'neutral'?" in text
        assert "1 fout, 1 waarschuwing." in text
    assert "is not one of" in run("--language", "en", "check", "--content", content_folder)


@pytest.mark.parametrize("language", ["xx", "", "C", "de_DE.UTF-8@euro"])
def test_a_language_that_is_not_there_is_english(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    for name in commands.SHELL:
        monkeypatch.setenv(name, language)
    if language.startswith("de"):
        monkeypatch.setattr(commands, "languages", lambda: ("nl", "en"))
    assert commands.shell_language() == "en"
