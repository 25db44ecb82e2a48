"""The commands speak the interface's languages, and every text of theirs is translated into each."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from click.testing import CliRunner

from quiz.cli import COMMANDS, main
from quiz.translations import FOLDER, SOURCE, commands, languages

QUIZ = Path(__file__).parents[2] / "quiz"
HELP = "quiz.translations.help_texts:extract"
KEYWORDS = {"tr": None, "ntr": (1, 2), "later": None}
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")


def said() -> set[str]:
    mapping = [("cli/**.py", HELP), ("**.py", "python")]
    entries = extract_from_dir(str(QUIZ), mapping, keywords=KEYWORDS)  # type: ignore[arg-type]
    texts = {entry[2] for entry in entries}
    return {text if isinstance(text, str) else text[0] for text in texts}


def translations(tag: str) -> Catalog:
    with (FOLDER / tag / "LC_MESSAGES" / "commands.po").open("rb") as file:
        return read_po(file, locale=tag)


def test_every_text_is_translated_with_the_same_values_into_every_language() -> None:
    texts = said()
    for tag in set(languages()) - {SOURCE}:
        entries = {
            message.id if isinstance(message.id, str) else message.id[0]: message
            for message in translations(tag)
            if message.id
        }
        assert texts - entries.keys() == set(), tag
        assert entries.keys() - texts == set(), f"{tag}: these texts are said no more"
        for english, message in entries.items():
            forms = [message.string] if isinstance(message.string, str) else message.string
            for text in forms:
                assert text, (tag, english)
                assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(english))
                assert (text[0].isspace(), text[-1].isspace()) == (
                    english[0].isspace(),
                    english[-1].isspace(),
                ), (tag, english)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_in_the_language_that_was_chosen(name: str) -> None:
    command = import_module(COMMANDS[name][0]).command
    english = {command.help, *(getattr(parameter, "help", None) for parameter in command.params)}
    translated = {message.id: message.string for message in translations("de")}
    shown = " ".join(run("--language", "de", name, "--help").split())
    for text in english & translated.keys():
        assert "".join(translated[text].split()) in "".join(shown.split())
    assert english & translated.keys()


def test_the_list_of_commands_and_the_prompts_are_in_the_shells_language(tmp_path: Path) -> None:
    french = run("--help", LANGUAGE="fr")
    assert "Commencer un nouveau quiz dans un dossier vide." in french
    assert "Commencer un nouveau quiz" not in run("--help", LANGUAGE="en")
    answers = "Titre\nfr\nUn parti\n"
    result = CliRunner().invoke(
        main, ["--language", "fr", "new", str(tmp_path / "q")], input=answers
    )
    assert result.exit_code == 0
    assert "Titre du quiz:" in result.output
    assert "Noms des partis, séparés par des virgules:" in result.output


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
