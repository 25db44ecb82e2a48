"""The commands speak the interface's languages, and every text of theirs is translated into each."""

from __future__ import annotations

import gettext
import json
import os
import re
import tempfile
from importlib import import_module
from inspect import cleandoc
from pathlib import Path

import click
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
    helps = [command.help, *(getattr(parameter, "help", None) for parameter in command.params)]
    translated = {message.id: message.string for message in translations("de")}
    shown = "".join(run("--language", "de", name, "--help").split())
    for text in filter(None, helps):
        assert "".join(translated[cleandoc(text)].split()) in shown


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


def clicks_words(tag: str) -> Catalog:
    with (FOLDER / tag / "LC_MESSAGES" / "click.po").open("rb") as file:
        return read_po(file, locale=tag)


def test_clicks_own_words_are_in_the_language_that_is_spoken(content_folder: Path) -> None:
    before = os.environ.get("LANGUAGE"), gettext.textdomain()
    helped = run("--language", "nl", "serve", "--help")
    assert "Gebruik: main serve" in helped
    assert "Opties:" in helped
    assert "Toon deze uitleg en stop." in helped
    assert "Opdrachten:" in run("--language", "nl", "--help")
    assert "Toon deze uitleg en stop." in run("--language", "nl", "--help")
    for call, words in {
        ("score",): "Er ontbreekt een argument: 'ANSWERS'.",
        ("check", "--contnt", "x"): "De optie '--contnt' is er niet. Bedoel je '--content'?",
        ("serve", "--port", "0"): "Deze waarde kan niet bij '--port': 0 valt buiten 1<=x<=65535.",
        ("serve", "--port", "x"): "'x' is geen",
        ("check", "--format", "x"): "'x' hoort niet bij",
        ("check", "--content"): "Na de optie '--content' moet een waarde komen.",
        ("check", "a", "b"): "Deze argumenten horen er niet bij: a b",
        ("chekc",): "De opdracht 'chekc' is er niet.",
    }.items():
        told = run("--language", "nl", *call)
        assert "Fout: " in told, call
        assert words in told, call
    assert "Uitleg geeft ‘main check --help’." in run("--language", "nl", "check", "--contnt")
    assert (os.environ.get("LANGUAGE"), gettext.textdomain()) == before
    assert commands.spoken() == SOURCE
    assert "Missing argument 'ANSWERS'." in run("score", LANGUAGE="", LC_ALL="C")


def test_every_language_has_the_same_words_of_clicks_with_the_same_values() -> None:
    entries = {tag: list(clicks_words(tag))[1:] for tag in set(languages()) - {SOURCE}}
    ids = {tag: {message.id for message in messages} for tag, messages in entries.items()}
    assert len({frozenset(texts) for texts in ids.values()}) == 1
    of_click = {
        entry[2]
        for entry in extract_from_dir(
            str(Path(click.__file__).parent), keywords={"_": None, "ngettext": (1, 2)}
        )
    }
    assert ids["nl"] - of_click == set(), "click says these no more"
    for message in (message for messages in entries.values() for message in messages):
        given = [message.id] if isinstance(message.id, str) else list(message.id)
        written = [message.string] if isinstance(message.string, str) else list(message.string)
        places = {place for text in given for place in re.findall(r"\{[^}]*\}", text)}
        for text in written:
            assert text, message.id
            assert set(re.findall(r"\{[^}]*\}", text)) <= places, message.id


def test_click_speaks_english_where_nothing_can_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    assert "Error: Missing argument 'ANSWERS'." in run("--language", "nl", "score")


def test_what_programs_read_stays_in_english_and_people_read_their_own(
    content_folder: Path, tmp_path: Path
) -> None:
    call = ["--language", "nl", "audit", "--content", content_folder, "--voters", 300]
    target = tmp_path / "audit.json"
    shown = run(*call, "--json", target)
    data = json.loads(target.read_text(encoding="utf-8"))
    assert data["recommendation"]["words"][0].startswith("With this content, prior")
    assert "Partijen: standpunten, en eerste plaatsen in gelijke delen" in shown
    assert "Bij deze inhoud past prior" in shown
    answers = tmp_path / "a.csv"
    answers.write_text("leave-microsoft\nyes\n")
    out = tmp_path / "out.csv"
    scoring = ["--language", "nl", "score", answers, "--content", content_folder, "--out", out]
    assert "rij 2, kolom leave-microsoft: 'yes' is geen antwoord" in run(*scoring)
    answers.write_text("leave-microsoft\nagree\n")
    assert "Rijen vergeleken: 1" in run(*scoring)
    assert out.read_text().startswith("answered,match:")
    result = tmp_path / "result.json"
    result.write_text('{"format": "standpunt-result"}')
    assert "method: Dit ontbreekt." in run("--language", "nl", "verify", result)
