"""Quizzes of other programs come in whole; what has no place here is listed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from quiz.content import load

Quiz = Callable[..., Result]

COMPASS: dict[str, Any] = {
    "version": "1",
    "languages": [{"name": "Deutsch", "code": "de"}, {"name": "English", "code": "en"}],
    "title": {"de": "Unsere Stadt", "en": "Our town"},
    "subtitle": {"de": "Ein Test", "en": "A test"},
    "parties": [
        {"alias": "ll", "name": {"de": "Lange Liste"}, "short": {"de": "LL"}, "logo": "data:x"},
        {"alias": "kk", "name": {"de": "Kurze Kandidaten"}, "short": {"de": "KK"}},
    ],
    "theses": [
        {
            "title": {"de": "Busse", "en": "Buses"},
            "statement": {"de": "Busse sollen umsonst sein", "en": "Buses should be free"},
            "positions": {
                "ll": {"position": "approve", "explanation": {"de": "Weil alle fahren sollen."}},
                "kk": {"position": "partly", "explanation": {}},
            },
        },
        {
            "title": {"de": "Bäume", "en": "Trees"},
            "statement": {"de": "Mehr Bäume", "en": "More trees"},
            "positions": {"ll": {"position": "reject"}, "kk": {"position": "skip"}},
        },
    ],
}

KALKULACKA: dict[str, Any] = {
    "questions.json": [
        {"id": "q1", "title": "Euro", "statement": "Česko má přijmout euro.", "detail": "Teď je koruna.", "tags": ["Ekonomika"]},
        {"id": "q2", "title": "Mýto", "statement": "Mýto má být vyšší.", "tags": ["Doprava", "Daně"]},
    ],
    "candidates.json": [{"id": "c1", "number": 2, "references": [{"id": "o1", "type": "organization"}]}],
    "organizations.json": [{"id": "o1", "name": "Strana jedna", "shortName": "S1"}],
    "candidates-answers.json": {
        "c1": [
            {"questionId": "q1", "answer": True, "comment": "Ano, bez odkladu a hned."},
            {"questionId": "q2", "answer": None},
            {"questionId": "q9", "answer": False},
        ]
    },
}  # fmt: skip

OPENVAA: dict[str, Any] = {
    "questions": [
        {
            "id": "q1", "type": "singleChoiceOrdinal", "name": {"en": "Debt", "fi": "Velka"},
            "text": {"en": "Take on more debt.", "fi": "Otetaan lisää velkaa."}, "categoryId": "c",
            "choices": [
                {"id": "5", "label": {"en": "Fully agree"}, "normalizableValue": 5},
                {"id": "1", "label": {"en": "Fully disagree"}, "normalizableValue": 1},
                {"id": "2", "label": {"en": "Rather disagree"}, "normalizableValue": 2},
                {"id": "3", "label": {"en": "Neutral"}, "normalizableValue": 3},
                {"id": "4", "label": {"en": "Rather agree"}, "normalizableValue": 4},
            ],
        },
        {
            "id": "q2", "type": "singleChoiceOrdinal", "name": {"en": "Schools first."},
            "choices": [
                {"id": "a", "label": "no", "normalizableValue": 1},
                {"id": "b", "label": "so-so", "normalizableValue": 2},
                {"id": "c", "label": "yes", "normalizableValue": 3},
            ],
        },
        {"id": "q3", "type": "text", "name": {"en": "Why you?"}},
    ],
    "questionCategories": [{"id": "c", "name": {"en": "Money"}}],
    "organizations": [
        {
            "id": "o", "name": {"en": "Party of One"}, "shortName": {"en": "One"},
            "answers": {"q1": {"value": "2", "info": {"en": "We have borrowed enough."}}, "q2": {"value": "c"}},
        }
    ],
    "candidates": [{"id": "p"}, {"id": "r"}],
    "constituencies": [{"id": "k"}],
}  # fmt: skip


def step(value: int, words: str) -> dict[str, Any]:
    return {"text_content": words, "value": value, "is_skip": value == 99}


FIVE_STEPS: dict[str, Any] = {
    "stellingen.json": [
        {"id": number, "statement": f"Stelling {number}.", "theme": {"name": "Zorg"}, "axis": "y",
         "order": number}
        for number in (1, 2, 3)
    ],
    "antwoorden.json": [
        {
            "id": 7, "name": "Zeven", "short_name": "z",
            "answers": [
                {"statement": 1, "answer": step(2, "Helemaal mee eens")},
                {"statement": 2, "answer": step(-1, "Niet mee eens")},
                {"statement": 3, "answer": step(99, "Geen mening")},
            ],
        }
    ],
}  # fmt: skip

MAT_O_WAHL = {
    "fragen.csv": '"Farbe";"Die beste Farbe ist <b>gelb</b>."\n"Form";"Alles soll rund sein."\n',
    "parteien.csv": (
        'Partei_kurz:;"APP"\nPartei_lang:;"Apfelpartei"\nPartei_Beschreibung:;"Obst."\n'
        'Partei_URL:;"https://apfel.example"\nPartei_Bild:;"x.jpg"\n'
        '-1;"Rot ist viel besser, immer!"\n1;""\n#\n'
        'Partei_kurz:;"BAN"\nPartei_lang:;"Bananen"\n0;"Egal ist uns das nicht."\n99;""\n'
    ),
}


def write(folder: Path, files: dict[str, Any]) -> Path:
    folder.mkdir()
    for name, data in files.items():
        text = data if isinstance(data, str) else json.dumps(data)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("files", "matrix", "remarks"),
    [
        ({"compass.json": COMPASS}, [[1, -1], [0, 2]],
         ["approve → agree: 1 ×", "partly → neutral: 1 ×", "skip → no position: 1 ×",
          "Left out: party → logo.", "Left out: quiz → subtitle."]),
        (KALKULACKA, [[1, 0]],
         ["true → agree: 1 ×", "null → neutral: 1 ×", "Left out: a further tag of a question.",
          "Left out: an answer to a question that is not there.", "candidate → number"]),
        ({"openvaa.json": OPENVAA}, [[-1, 1]],
         ["Rather disagree → disagree: 1 ×", "yes → agree: 1 ×", "Left out: candidates (2 ×).",
          "Left out: constituencies.", "Left out: a question that is not in steps."]),
        (FIVE_STEPS, [[1, -1, 2]],
         ["Helemaal mee eens (2) → agree: 1 ×", "Niet mee eens (-1) → disagree: 1 ×",
          "Geen mening (99) → no position: 1 ×", "Left out: statement → axis (3 ×)."]),
        (MAT_O_WAHL, [[-1, 1], [0, 2]],
         ["-1 → disagree: 1 ×", "99 → no position: 1 ×", "Left out: Partei_Beschreibung."]),
    ],
)  # fmt: skip
def test_a_quiz_of_another_program_comes_in_whole(
    tmp_path: Path, quiz: Quiz, files: dict[str, Any], matrix: list[list[int]], remarks: list[str]
) -> None:
    result = quiz("import", write(tmp_path / "theirs", files), "--content", tmp_path / "new")
    assert result.exit_code == 0, result.output
    assert load(tmp_path / "new").matrix.tolist() == matrix
    assert [line for line in remarks if line not in result.output] == []


@pytest.mark.parametrize("out", ["again", "again.xlsx"])
def test_what_came_in_goes_out_as_ours_and_in_again(tmp_path: Path, quiz: Quiz, out: str) -> None:
    quiz("import", write(tmp_path / "theirs", KALKULACKA), "--content", tmp_path / "new")
    quiz("export", tmp_path / out, "--content", tmp_path / "new")
    result = quiz("import", tmp_path / out, "--content", tmp_path / "new")
    assert "Nothing differs" in result.output


def test_reasons_are_quotes_and_texts_keep_their_languages(tmp_path: Path, quiz: Quiz) -> None:
    quiz("import", write(tmp_path / "t", {"c.json": COMPASS}), "--content", tmp_path / "new")
    catalogue = load(tmp_path / "new")
    assert catalogue.quiz.languages == ("de", "en")
    assert catalogue.statements[1].text == {"de": "Mehr Bäume", "en": "More trees"}
    assert catalogue.parties[0].positions["busse"].quotes[0].text == "Weil alle fahren sollen."
    assert catalogue.parties[1].positions["busse"].from_summary


def test_questions_alone_take_the_parties_that_are_named(tmp_path: Path, quiz: Quiz) -> None:
    folder = write(tmp_path / "t", {"q.json": [{"en": "More debt.", "fi": "Lisää velkaa."}]})
    alone = quiz("import", folder, "--content", tmp_path / "new")
    assert "Name them with --parties." in alone.output
    result = quiz("import", folder, "--content", tmp_path / "new", "--parties", "One, Two")
    assert result.exit_code == 0, result.output
    assert [party.name for party in load(tmp_path / "new").parties] == ["One", "Two"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "x.json:1: This is not valid JSON"),
        ('{"a": 1}', "This JSON is none of: open-election-compass"),
        ('{"parties": 3, "theses": []}', "something in it is not as it should be"),
        ('{"parties": [{"alias": "a", "name": "A"}], "theses": [{"statement": "S", "positions": {"a": {"position": "perhaps"}}}]}',
         "KeyError 'perhaps'"),
        ("[" * 100_000, "This is not valid JSON"),
    ],
)  # fmt: skip
def test_other_json_is_refused_in_words(tmp_path: Path, quiz: Quiz, text: str, says: str) -> None:
    (tmp_path / "x.json").write_text(text)
    result = quiz("import", tmp_path / "x.json", "--content", tmp_path / "new")
    assert result.exit_code == 1
    assert says in result.output
    assert not (tmp_path / "new").exists()


def test_the_theses_of_a_mat_o_wahl_are_asked_for(tmp_path: Path, quiz: Quiz) -> None:
    folder = write(tmp_path / "t", {"parteien.csv": MAT_O_WAHL["parteien.csv"]})
    result = quiz("import", folder, "--content", tmp_path / "new")
    assert "The file of the theses is missing." in result.output
