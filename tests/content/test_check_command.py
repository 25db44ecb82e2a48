"""``quiz check``: what it prints, how it ends, and that it never shows a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quiz.cli import main
from quiz.content.limits import NEAR_MISSES
from quiz.content.yaml import form_faults


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, ["check", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_good_content_ends_well_with_two_tables(content_folder: Path) -> None:
    result = run("--content", content_folder)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert any(line.split() == ["alfa", "1", "1", "0", "2", "67%"] for line in lines)
    row = next(line.split() for line in lines if line.startswith("leave-microsoft "))
    assert row[1:7] == ["1", "0", "1", "1", "6", "4"]
    assert "3 statements in 2 themes, 3 parties, 4 positions (44% of the cells)" in result.output
    assert lines[-1] == "0 errors, 1 warning."
    assert "\x1b" not in result.output


def test_what_is_printed_does_not_hang_on_the_terminal(
    content_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = set()
    for columns, term in (("80", "xterm-256color"), ("20", "dumb"), ("300", "")):
        monkeypatch.setenv("COLUMNS", columns)
        monkeypatch.setenv("TERM", term)
        outputs.add(run("--content", content_folder).output)
    assert len(outputs) == 1


def test_an_error_shows_its_line_with_a_caret(content_folder: Path) -> None:
    spoil(content_folder, "party_answers.yaml", "position: neutral", "position: netral")
    result = run("--content", content_folder)
    assert result.exit_code == 1
    place = f"{content_folder / 'party_answers.yaml'}:25:19"
    assert (
        f"{place}: error: 'netral' is not one of: agree, neutral, disagree.\n"
        "  25 |         position: netral\n"
        "     |                   ^^^^^^\n"
        "     = Did you mean 'neutral'?\n"
        "     @ parties[alfa].answers.ban-datacenters.position\n"
    ) in result.output
    assert result.output.endswith("1 error, 1 warning.\n")


def test_files_below_the_current_folder_are_named_from_there(
    content_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(content_folder, "statements.yaml", "theme: power", "theme: powr")
    monkeypatch.chdir(content_folder.parent)
    assert "\ncontent/statements.yaml:" in "\n" + run("--content", "content").output


def test_the_content_may_be_named_by_the_environment(
    content_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZ_CONTENT", str(content_folder))
    assert "3 statements in 2 themes" in run().output


def test_json_holds_the_same(content_folder: Path) -> None:
    good = json.loads(run("--content", content_folder, "--format", "json").output)
    assert good["ok"] is True
    assert good["counts"]["positions"] == 4
    assert good["counts"]["from_summary"] == 1
    assert good["counts"]["both_sides"] == 1
    assert good["statements"][0]["words"] == {"nl": 6, "en": 4}
    assert good["statements"][0]["ease"]["nl"] == pytest.approx(59.0, abs=30)
    assert len(good["content_hash"]) == 64
    spoil(content_folder, "statements.yaml", "theme: power", "theme: powr")
    result = run("--content", content_folder, "--format", "json")
    bad = json.loads(result.output)
    assert result.exit_code == 1
    assert bad["ok"] is False
    errors = [problem for problem in bad["problems"] if problem["severity"] == "error"]
    assert errors == [
        {
            "severity": "error",
            "file": str(content_folder / "statements.yaml"),
            "line": 27,
            "column": 12,
            "path": "statements[ban-datacenters].theme",
            "message": "There is no theme 'powr'.",
            "hint": "Did you mean 'power'?",
            "source": "    theme: powr",
        }
    ]


def test_github_gets_annotations(content_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(content_folder, "statements.yaml", "theme: power", "theme: powr")
    monkeypatch.chdir(content_folder)
    result = run("--content", ".", "--format", "github")
    assert result.exit_code == 1
    assert (
        "::error file=statements.yaml,line=27,col=12::"
        "There is no theme 'powr'. Did you mean 'power'?" in result.output.splitlines()
    )


def test_a_quote_that_is_not_in_its_source_fails_the_check(
    content_folder: Path, tmp_path: Path
) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "beta.txt").write_text(
        "“Wij zien niets in een verplicht vertrek uit Microsoft.”\n"
        "De partij laat software bouwen aan de markt over.\n",
        encoding="utf-8",
    )
    spoil(
        content_folder,
        "party_answers.yaml",
        "edition: draft",
        "edition: draft\n    file: beta.txt\n    lines: {beta: [1, 2]}",
    )
    good = run("--content", content_folder, "--sources", sources)
    assert good.exit_code == 0
    assert "Found in their sources: 1 quote and 1 from a summary; not at hand: 4." in good.output
    assert "4 quotes cannot be verified: this source has no ‘file’." in good.output
    spoil(content_folder, "party_answers.yaml", "niets in een", "niets in eén")
    bad = run("--content", content_folder, "--sources", sources)
    assert bad.exit_code == 1
    assert "error: This quote is not in its source." in bad.output
    data = json.loads(
        run("--content", content_folder, "--sources", sources, "--format", "json").output
    )
    assert data["verified"] == {"quotes": 0, "summaries": 1, "unverifiable": 4}


def test_a_sources_folder_that_is_not_there_is_said(content_folder: Path) -> None:
    result = run("--content", content_folder, "--sources", content_folder / "nowhere")
    assert result.exit_code == 2
    assert "does not exist" in result.output


def test_content_that_is_not_there_is_said(tmp_path: Path) -> None:
    result = run("--content", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert result.output.count("The file is not there.") == 2


def test_warnings_are_counted_by_kind_and_all_come_when_asked(content_folder: Path) -> None:
    spoil(content_folder, "statements.yaml", "languages: [nl, en]", "languages: [nl, en, sv]")
    short, full = run("--content", content_folder), run("--content", content_folder, "--all")
    assert short.exit_code == full.exit_code == 0
    count = full.output.count("This text is missing in 'sv'.")
    assert count > 10
    assert short.output.count("This text is missing in 'sv'.") == 1
    first = f"{content_folder / 'statements.yaml'}:3:3"
    assert f"{count} × missing translation, first in {first}" in short.output
    assert "Every one of them: --all." in short.output


def test_errors_come_first_and_apart_from_warnings(content_folder: Path) -> None:
    spoil(content_folder, "statements.yaml", ", en: Digital infrastructure}", "}")
    spoil(content_folder, "party_answers.yaml", "position: neutral", "position: netural")
    lines = run("--content", content_folder).output.splitlines()
    kinds = [": error: " in line for line in lines if ": error: " in line or ": warning: " in line]
    assert kinds == sorted(kinds, reverse=True)
    assert kinds.count(True) == 1
    assert False in kinds


def test_thousands_of_errors_take_neither_their_square_nor_the_screen(
    content_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guessed = []

    def guess(word: str, known: object) -> str:
        guessed.append(word)
        return ""

    monkeypatch.setattr(form_faults, "did_you_mean", guess)
    path = content_folder / "statements.yaml"
    unknown = "".join(f"    unknown{number}: x\n" for number in range(10_000))
    path.write_text(path.read_text(encoding="utf-8") + unknown, encoding="utf-8")
    result = run("--content", content_folder)
    assert "… and 9900 more errors." in result.output
    assert result.output.count("is not known here.") == 100
    assert len(guessed) <= 2 * NEAR_MISSES


@pytest.mark.parametrize("name", ["statements.yml", "statements.yaml.txt", "Statements.yaml"])
def test_a_file_of_nearly_the_right_name_is_named(content_folder: Path, name: str) -> None:
    right = content_folder / "statements.yaml"
    (content_folder / name).write_bytes(right.read_bytes())
    beside = run("--content", content_folder)
    assert beside.exit_code == 0
    assert f"warning: ‘{name}’ lies beside it, and is not read." in beside.output
    right.unlink()
    alone = run("--content", content_folder)
    assert f"error: The file is not there, but ‘{name}’ is." in alone.output
    assert "Rename it to ‘statements.yaml’." in alone.output


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("statements.yaml", "min_compared: 2", "min_compared: 3", "No party has 3 positions; 2 is the most."),
        ("statements.yaml", "id: power", "id: 12-3", "takes the id '12-3' for a number or a date"),
        ("statements.yaml", "id: power", "id: mei-2025", "takes the id 'mei-2025' for"),
    ],
)  # fmt: skip
def test_what_would_not_do_what_was_meant_is_warned_of(
    content_folder: Path, file: str, old: str, new: str, says: str
) -> None:
    spoil(content_folder, file, old, new)
    path = content_folder / file
    if new.startswith("id: "):
        path.write_text(path.read_text().replace("theme: power", f"theme: {new[4:]}"))
    assert says in run("--content", content_folder).output


def parties_of(words: str, statements: int, parties: int) -> tuple[str, str]:
    """Return the files of a quiz in which each party says the same on every statement."""
    listed = "".join(
        f"  - {{id: s{number}, theme: t, text: Voorstel {number}., explanation: Zo is het.}}\n"
        for number in range(statements)
    )
    answers = "".join(
        f"      s{number}: {{position: {words}, explicit: true, summary: {{text: x, source: q}}}}\n"
        for number in range(statements)
    )
    return (
        (
            "quiz: {id: q, title: Q, description: Q, languages: [nl]}\nthemes: [{id: t, name: T}]\n"
            f"statements:\n{listed}"
        ),
        "sources: [{id: q, title: Q, edition: summary}]\nparties:\n"
        + "".join(
            f"  - id: p{number}\n    name: P{number}\n    searched: [q]\n    answers:\n"
            + (answers if number < 1 else answers.splitlines(keepends=True)[0])
            for number in range(parties)
        ),
    )


def test_a_party_neutral_nearly_everywhere_and_statements_of_one_party(tmp_path: Path) -> None:
    statements, answers = parties_of("neutral", 6, 3)
    (tmp_path / "statements.yaml").write_text(statements)
    (tmp_path / "party_answers.yaml").write_text(answers)
    output = run("--content", tmp_path).output
    assert "This party is neutral on 6 of its 6 positions (100%)." in output
    assert "5 × statement with one position, first in" in output


def test_every_party_with_fewer_positions_than_min_compared_is_named(tmp_path: Path) -> None:
    statements, answers = parties_of("agree", 4, 3)
    (tmp_path / "statements.yaml").write_text(
        statements.replace("[nl]}", "[nl], matching: {min_compared: 2}}", 1)
    )
    (tmp_path / "party_answers.yaml").write_text(answers)
    output = run("--content", tmp_path, "--all").output
    words = "warning: This party has fewer positions (1) than min_compared (2)."
    lines = [line for line in output.splitlines() if words in line]
    assert [line.split(":")[1] for line in lines] == [
        str(number)
        for number, line in enumerate(answers.splitlines(), 1)
        if line in {"  - id: p1", "  - id: p2"}
    ]
    assert "No party has" not in output


@pytest.mark.parametrize("position", ["[agree]", "{agree: yes}"])
def test_a_list_in_place_of_a_position_is_an_error_in_words(
    content_folder: Path, position: str
) -> None:
    spoil(content_folder, "party_answers.yaml", "position: agree", f"position: {position}")
    result = run("--content", content_folder)
    assert result.exit_code == 1
    assert "party_answers.yaml:18:19: error: " in result.output
