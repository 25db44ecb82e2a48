"""From two YAML files to a catalogue: what comes out, and what every fault says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from quiz.content import ContentError, Problem, check, load
from quiz.content.canonical import canonical, digest, from_canonical
from quiz.content.catalogue import AGREE, DISAGREE, NEUTRAL, NONE, Catalogue

Edit = Callable[[str, str, str], None]


@pytest.fixture
def edit(content_folder: Path) -> Edit:
    def replace(file: str, old: str, new: str) -> None:
        path = content_folder / f"{file}.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


def only_error(folder: Path) -> Problem:
    with pytest.raises(ContentError) as caught:
        load(folder)
    assert len(caught.value.problems) == 1, [p.message for p in caught.value.problems]
    return caught.value.problems[0]


def test_the_small_quiz_is_read_whole(catalogue: Catalogue) -> None:
    quiz = catalogue.quiz
    assert quiz.languages == ("nl", "en")
    assert quiz.as_of == dt.date(2025, 10, 29)
    assert (quiz.version, quiz.contact) == (3, "redactie@example.org")
    assert quiz.changelog[0].text["en"] == "A statement more."
    assert [statement.id for statement in catalogue.statements] == [
        "leave-microsoft",
        "ban-datacenters",
        "state-software",
    ]
    np.testing.assert_array_equal(
        catalogue.matrix,
        [[AGREE, NEUTRAL, NONE], [DISAGREE, NONE, DISAGREE], [NONE, NONE, NONE]],
    )
    alfa, beta, _ = catalogue.parties
    assert alfa.positions["leave-microsoft"].quotes[1].text.startswith("Wij kiezen voor <b>")
    assert alfa.positions["leave-microsoft"].quotes[0].page == 12
    assert beta.positions["state-software"].from_summary
    assert beta.color is None


def test_the_small_quiz_has_one_warning(content_folder: Path) -> None:
    assert [warning.message for warning in check(content_folder).warnings] == [
        "This party has no positions."
    ]


def test_drafts_are_served_only_where_they_are_asked_for(content_folder: Path) -> None:
    shown, all_of_it = load(content_folder), load(content_folder, drafts=True)
    assert len(shown.statements) == 3
    assert len(all_of_it.statements) == 4
    assert "national-cloud" not in shown.parties[0].positions
    assert "national-cloud" in all_of_it.parties[0].positions
    assert shown.content_hash != all_of_it.content_hash


def test_a_draft_position_is_left_out(content_folder: Path, edit: Edit) -> None:
    edit("party_answers", "position: neutral", "status: draft\n        position: neutral")
    assert "ban-datacenters" not in load(content_folder).parties[0].positions
    assert load(content_folder, drafts=True).parties[0].positions["ban-datacenters"].draft


def test_a_quiz_of_drafts_only_is_an_error(content_folder: Path) -> None:
    path = content_folder / "statements.yaml"
    text = path.read_text(encoding="utf-8").replace("    status: draft\n", "")
    path.write_text(text.replace("    theme:", "    status: draft\n    theme:"), encoding="utf-8")
    assert only_error(content_folder).message.startswith("Every statement is a draft")
    assert len(load(content_folder, drafts=True).statements) == 4


def test_only_the_required_keys_suffice(tmp_path: Path) -> None:
    (tmp_path / "statements.yaml").write_text(
        "quiz: {id: q, title: Titel, description: Worum es geht, languages: [de]}\n"
        "themes: [{id: t, name: Thema}]\n"
        "statements: [{id: s, theme: t, text: Das Netz gehört allen., explanation: Es ist so.}]\n",
        encoding="utf-8",
    )
    (tmp_path / "party_answers.yaml").write_text(
        "sources: []\nparties: [{id: p, name: P}]\n", encoding="utf-8"
    )
    checked = check(tmp_path)
    assert checked.catalogue is not None
    assert checked.catalogue.quiz.matching.prior == 6
    assert checked.catalogue.statements[0].text == {"de": "Das Netz gehört allen."}
    missing = [warning.message for warning in checked.warnings if warning.path == "quiz"]
    assert len(missing) == 5


def test_forty_parties_with_every_position(tmp_path: Path, content_folder: Path) -> None:
    parties = "".join(
        f"  - id: p{number}\n    name: Partij {number}\n    searched: [x]\n    answers:\n"
        + "".join(
            f"      {name}: {{position: agree, explicit: true, quotes: [{{text: '\"Ja\" & <nee>',"
            " source: x}]}\n"
            for name in ("leave-microsoft", "ban-datacenters", "state-software")
        )
        for number in range(40)
    )
    (content_folder / "party_answers.yaml").write_text(
        f"sources: [{{id: x, title: X, edition: final}}]\nparties:\n{parties}", encoding="utf-8"
    )
    catalogue = load(content_folder)
    assert catalogue.matrix.shape == (40, 3)
    assert (catalogue.matrix == AGREE).all()


def test_the_hash_ignores_style_and_sees_every_text(content_folder: Path, edit: Edit) -> None:
    before = load(content_folder).content_hash
    for name in ("statements.yaml", "party_answers.yaml"):
        path = content_folder / name
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("# a comment\n" + "\n\n".join(lines) + "\n# the end\n", encoding="utf-8")
    edit(
        "statements",
        "{nl: Stroom, en: Power}",
        "\n      en: 'Power'\n      nl: >\n        Stroom\n",
    )
    assert load(content_folder).content_hash == before
    edit("statements", "'Power'", "'Energy'")
    assert load(content_folder).content_hash != before


def test_a_draft_does_not_change_the_hash(content_folder: Path, edit: Edit) -> None:
    before = load(content_folder).content_hash
    edit("statements", "There must be a national cloud.", "There must be a cloud.")
    assert load(content_folder).content_hash == before


def test_where_a_source_lies_does_not_change_the_hash(content_folder: Path, edit: Edit) -> None:
    before = load(content_folder)
    edit("party_answers", "    edition: draft\n", "    edition: draft\n    file: beta.txt\n")
    after = load(content_folder)
    assert after.sources["beta-2025"].file == "beta.txt"
    assert after.content_hash == before.content_hash


@pytest.mark.parametrize("drafts", [False, True])
def test_the_canonical_form_gives_the_catalogue_back(content_folder: Path, drafts: bool) -> None:
    catalogue = load(content_folder, drafts=drafts)
    text = canonical(catalogue)
    assert digest(text) == catalogue.content_hash
    assert from_canonical(text) == catalogue
    np.testing.assert_array_equal(from_canonical(text).matrix, catalogue.matrix)


def test_a_text_that_is_no_catalogue_is_refused() -> None:
    for text in ("[]", "{}", '{"sources": []}', "no json"):
        with pytest.raises(ValueError, match=r"\S"):
            from_canonical(text)


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        load(tmp_path / "nowhere")
    assert [Path(problem.file).name for problem in caught.value.problems] == [
        "statements.yaml",
        "party_answers.yaml",
    ]
    assert "is not there" in str(caught.value)


def test_a_folder_in_place_of_a_file_is_named(content_folder: Path) -> None:
    (content_folder / "statements.yaml").unlink()
    (content_folder / "statements.yaml").mkdir()
    assert only_error(content_folder).message == "This is a folder, not a file."


def test_a_file_that_nobody_ends_is_not_waited_for(content_folder: Path) -> None:
    import os

    (content_folder / "statements.yaml").unlink()
    os.mkfifo(content_folder / "statements.yaml")
    assert "regular file" in only_error(content_folder).message


def test_one_unreadable_file_does_not_flood_the_other(content_folder: Path) -> None:
    (content_folder / "statements.yaml").write_text("quiz: [", encoding="utf-8")
    assert only_error(content_folder).file.endswith("statements.yaml")


def test_every_error_comes_at_once_in_file_order(content_folder: Path, edit: Edit) -> None:
    edit("party_answers", "position: disagree", "position: oneens")
    edit("party_answers", "edition: draft", "edition: concept")
    edit("statements", "theme: power", "theme: powr")
    edit("statements", "version: 3\n", "version: '3'\n")
    with pytest.raises(ContentError) as caught:
        load(content_folder)
    reported = [(Path(p.file).stem, p.path, p.hint) for p in caught.value.problems]
    assert reported == [
        ("statements", "quiz.version", "Digits, unquoted."),
        ("statements", "statements[ban-datacenters].theme", "Did you mean 'power'?"),
        ("party_answers", "sources[beta-2025].edition", "Did you mean 'draft'?"),
        (
            "party_answers",
            "parties[beta].answers.leave-microsoft.position",
            "Did you mean 'disagree'?",
        ),
    ]
    lines = [p.line for p in caught.value.problems]
    assert lines[:2] == sorted(lines[:2])
    assert lines[2:] == sorted(lines[2:])


@pytest.mark.slow
def test_two_hundred_by_two_hundred_with_three_quotes_loads(tmp_path: Path) -> None:
    from benchmarks.content import write

    write(tmp_path, statements=200, parties=200, positions=200, quotes=3)
    catalogue = load(tmp_path)
    assert catalogue.matrix.shape == (200, 200)
    assert sum(len(p.quotes) for party in catalogue.parties for p in party.positions.values()) == (
        120_000
    )
