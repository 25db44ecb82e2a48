"""A plain long table fills an empty folder."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.testing import Result
from openpyxl import Workbook

from quiz.content import Catalogue, load
from quiz.sheets.positions import position_of
from quiz.translations import FOLDER, languages

Quiz = Callable[..., Result]
ROWS = [
    ["Partij", "Stelling", "Tekst", "Standpunt", "Toelichting"],
    ["GRÜNE", "Tempolimit", "Er moet een tempolimiet komen.", "Eens", "Dat redt levens, elk jaar weer."],
    ["GRÜNE", "Kernenergie", "Er moeten kerncentrales bij.", "oneens", "Te duur en te laat, vinden wij."],
    ["ÖDP", "Tempolimit", "Er moet een tempolimiet komen.", "1", "n.v.t."],
    ["ÖDP", "Kernenergie", "Er moeten kerncentrales bij.", "", ""],
]  # fmt: skip


WORDS = {"Agree": "agree", "Neither": "neutral", "Disagree": "disagree"}


@pytest.mark.parametrize("tag", languages())
@pytest.mark.parametrize("said", WORDS)
def test_the_interfaces_own_words_for_an_answer_are_read(tag: str, said: str) -> None:
    path = FOLDER / tag / "LC_MESSAGES" / "messages.po"
    shown = said
    if path.exists():
        message = read_po(BytesIO(path.read_bytes())).get(said)
        assert message
        shown = str(message.string)
    assert {position_of(word) for word in (shown, shown.lower(), shown.upper())} == {WORDS[said]}


def long_csv(folder: Path, rows: list[list[str]]) -> Path:
    path = folder / "antwoorden.csv"
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    return path


def made(quiz: Quiz, folder: Path, *arguments: object) -> tuple[Catalogue, str]:
    result = quiz("import", *arguments, "--content", folder)
    assert result.exit_code == 0, result.output
    return load(folder), result.output


def test_a_long_table_becomes_a_quiz(tmp_path: Path, quiz: Quiz) -> None:
    catalogue, output = made(
        quiz, tmp_path / "new", long_csv(tmp_path, ROWS), "--title", "Onze stad", "--language", "nl",
        "--source", "Enquête maart", "--id", "stad-2026",
    )  # fmt: skip
    assert (catalogue.quiz.id, catalogue.quiz.title, catalogue.quiz.languages) == (
        "stad-2026", {"nl": "Onze stad"}, ("nl",),
    )  # fmt: skip
    assert [party.id for party in catalogue.parties] == ["grune", "odp"]
    assert catalogue.matrix.tolist() == [[1, -1], [1, 2]]
    assert catalogue.statements[0].text == {"nl": "Er moet een tempolimiet komen."}
    first = catalogue.parties[0].positions["tempolimit"]
    assert (first.quotes[0].text, first.explicit, first.from_summary) == (
        "Dat redt levens, elk jaar weer.", True, False,
    )  # fmt: skip
    assert catalogue.parties[1].positions["tempolimit"].from_summary  # "n.v.t." is no quote
    assert next(iter(catalogue.sources.values())).title == "Enquête maart"
    assert "Eens → agree: 1 ×" in output
    assert "read its terms before you publish it" in output


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (ROWS, "A new quiz: 2 statements, 2 parties."),
        (ROWS[:2], "A new quiz: 1 statement, 1 party."),
    ],
)
def test_a_new_quiz_is_counted(
    tmp_path: Path, quiz: Quiz, rows: list[list[str]], told: str
) -> None:
    _, output = made(quiz, tmp_path / "new", long_csv(tmp_path, rows))
    assert told in output


def test_prior_is_nought_only_where_every_party_answered_everything(
    tmp_path: Path, quiz: Quiz
) -> None:
    some, _ = made(quiz, tmp_path / "some", long_csv(tmp_path, ROWS))
    every, _ = made(
        quiz, tmp_path / "every", long_csv(tmp_path, [*ROWS[:-1], [*ROWS[-1][:3], "0", ""]])
    )
    assert (some.quiz.matching.prior, every.quiz.matching.prior) == (6, 0)


def test_columns_of_a_large_data_set_are_read_like_any_other(tmp_path: Path, quiz: Quiz) -> None:
    book = Workbook()
    book.active.title = "Hinweise"
    book.active.append(["Bitte lesen."])
    sheet = book.create_sheet("Datensatz")
    sheet.append(["Partei: Nr.", "Partei: Kurzbezeichnung", "Partei: Name", "These: Nr.",
                  "These: Titel", "These: These", "Position: Position", "Position: Begründung"])  # fmt: skip
    sheet.append([1, "A", "Partei A", 1, "Netz", "Das Netz gehört allen.", "stimme nicht zu", "Weil es teuer wird."])  # fmt: skip
    book.save(tmp_path / "d.xlsx")
    catalogue, output = made(quiz, tmp_path / "new", tmp_path / "d.xlsx", "--language", "de")
    assert "Hinweise: left out" in output
    assert catalogue.parties[0].long_name == "Partei A"
    assert catalogue.statements[0].id == "1-netz"
    assert catalogue.matrix.tolist() == [[-1]]


def test_texts_in_several_languages_stand_in_rows_of_their_own(tmp_path: Path, quiz: Quiz) -> None:
    rows = [
        ["party", "statement", "text", "position", "reason", "language"],
        ["A", "net", "The network belongs to all.", "agree", "Because it does, we say.", "en"],
        ["A", "net", "Het net is van iedereen.", "agree", "Omdat het zo is.", "nl"],
    ]
    catalogue, output = made(quiz, tmp_path / "new", long_csv(tmp_path, rows))
    assert catalogue.statements[0].text == {
        "en": "The network belongs to all.", "nl": "Het net is van iedereen.",
    }  # fmt: skip
    assert catalogue.quiz.languages == ("en", "nl")
    assert "Left out: a reason in a further language or row." in output


def test_rows_that_contradict_are_both_named(tmp_path: Path, quiz: Quiz) -> None:
    rows = [*ROWS, ["GRÜNE", "Tempolimit", "Er moet een tempolimiet komen.", "oneens", ""]]
    result = quiz("import", long_csv(tmp_path, rows), "--content", tmp_path / "new")
    assert result.exit_code == 1
    assert "row 6" in result.output
    assert "in row 2 for the same position" in result.output


def test_ids_that_cannot_be_made_of_letters_are_numbered_and_shown(
    tmp_path: Path, quiz: Quiz
) -> None:
    rows = [ROWS[0], ["حزب", "Net", "Het net is van iedereen.", "eens", ""]]
    catalogue, output = made(quiz, tmp_path / "new", long_csv(tmp_path, rows))
    assert catalogue.parties[0].id == "party-1"
    assert "حزب has the id party-1." in output


def test_a_folder_with_a_quiz_is_left_alone(
    content_folder: Path, tmp_path: Path, quiz: Quiz
) -> None:
    result = quiz(
        "import", long_csv(tmp_path, ROWS), "--layout", "long", "--content", content_folder
    )
    assert (result.exit_code, "holds a quiz already" in result.output) == (2, True)


@pytest.mark.parametrize("name", ["Twee", "twee"])
def test_one_sheet_of_several_is_named(tmp_path: Path, quiz: Quiz, name: str) -> None:
    book = Workbook()
    for title, position in (("Een", "agree"), ("Twee", "disagree")):
        sheet = book.create_sheet(title)
        sheet.append(["party", "statement", "position"])
        sheet.append(["A", "Het net is van iedereen.", position])
    book.save(tmp_path / "t.xlsx")
    several = quiz("import", tmp_path / "t.xlsx", "--content", tmp_path / "new")
    assert "Several sheets: Een, Twee. Name one with --sheet." in several.output
    catalogue, _ = made(quiz, tmp_path / "new", tmp_path / "t.xlsx", "--sheet", name)
    assert catalogue.matrix.tolist() == [[-1]]
