"""``quiz translations``: a further language from nothing to a page in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from click.testing import CliRunner, Result

from quiz.cli import main
from tests.web.conftest import make_app
from tests.web.test_any_content import parties_yaml, quiz_yaml


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "statements.yaml").write_text(quiz_yaml(["pl"]))
    (tmp_path / "party_answers.yaml").write_text(parties_yaml(2, 3))
    return tmp_path


def run(folder: Path, language: str = "pl") -> Result:
    return CliRunner().invoke(main, ["translations", language, "--content", str(folder)])


def translate(path: Path, *, all_of_it: bool) -> None:
    with path.open("rb") as file:
        catalog = read_po(file)
    for message in catalog:
        if message.id == "Agree":
            message.string = "Za"
        elif message.id and all_of_it and not isinstance(message.id, str):
            message.string = tuple(message.id[1] for _ in message.string)
        elif message.id and all_of_it:
            message.string = message.id
    with path.open("wb") as file:
        write_po(file, catalog)


def test_from_nothing_to_a_page(folder: Path) -> None:
    made = run(folder)
    path = folder / "translations/pl.po"
    assert made.exit_code == 0
    assert f"Wrote {path}: " in made.output
    assert "nplurals=3" in path.read_text(encoding="utf-8")
    translate(path, all_of_it=False)
    left = run(folder)
    assert left.exit_code == 1
    assert "texts are still to translate" in left.output
    page = make_app(folder).test_client().get("/pl/quiz").text
    assert '<html lang="pl"' in page
    assert "<span>Za</span>" in page
    translate(path, all_of_it=True)
    done = run(folder)
    assert (done.exit_code, done.output) == (0, f"{path}: nothing is left to translate.\n")
    assert "Za" in path.read_text(encoding="utf-8")


def test_new_texts_are_added_and_old_ones_go(folder: Path) -> None:
    path = folder / "translations/pl.po"
    path.parent.mkdir()
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    path.write_text(head + 'msgid "Agree"\nmsgstr "Za"\n\nmsgid "Gone"\nmsgstr "Nie ma"\n')
    run(folder)
    text = path.read_text(encoding="utf-8")
    assert 'msgid "Agree"\nmsgstr "Za"' in text
    assert 'msgid "Disagree"\nmsgstr ""' in text
    assert "Gone" not in text


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            'msgid "page %(number)s"\nmsgstr "strona"\n',
            "pl.po:4: The translation lacks %(number)s.",
        ),
        ('msgid "Agree"\nmsgstr "%(x)s"\n', "pl.po:4: The translation has %(x)s"),
        ('msgid "Agree\nmsgstr Za\n', "pl.po"),
    ],
)
def test_a_fault_is_named_with_its_line_and_keeps_the_file_out(
    folder: Path, body: str, message: str
) -> None:
    path = folder / "translations/pl.po"
    path.parent.mkdir()
    path.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{body}')
    before = path.read_bytes()
    result = run(folder)
    assert result.exit_code == 1
    assert message in result.output
    assert path.read_bytes() == before
    checked = CliRunner().invoke(main, ["check", "--content", str(folder)])
    assert checked.exit_code == 1
    assert "pl.po" in checked.output


@pytest.mark.parametrize("language", ["polish!", "xx-yy-zz-..", "qaa", "../pl"])
def test_what_is_no_language_is_told(folder: Path, language: str) -> None:
    result = run(folder, language)
    assert result.exit_code == 2
    assert "is no language tag" in result.output


def test_other_words_in_a_language_that_there_is_need_not_be_complete(folder: Path) -> None:
    path = folder / "translations/nl.po"
    path.parent.mkdir()
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    path.write_text(head + 'msgid "Agree"\nmsgstr "Voor"\n')
    before = path.read_bytes()
    assert run(folder, "nl").exit_code == 0
    assert path.read_bytes() == before
