"""Spreadsheets out and in: nothing lost, nothing touched that did not change, hostile files refused."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from difflib import ndiff
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from quiz.cli import main
from quiz.content import load
from quiz.content.paths import shipped

FILES = ("statements.yaml", "party_answers.yaml")


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def texts(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in FILES]


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A copy of the shipped content, with its comments."""
    folder = tmp_path / "ours"
    folder.mkdir()
    for name in FILES:
        (folder / name).write_bytes((shipped() / name).read_bytes())
    return folder


@pytest.mark.parametrize("out", ["tables", "tables.xlsx"])
@pytest.mark.parametrize("which", ["ours", "content_folder"])
def test_round_trip_leaves_every_byte(
    request: pytest.FixtureRequest, tmp_path: Path, out: str, which: str
) -> None:
    folder: Path = request.getfixturevalue(which)
    before = texts(folder)
    assert run("export", tmp_path / out, "--content", folder).exit_code == 0
    result = run("import", tmp_path / out, "--content", folder)
    assert "Nothing differs" in result.output
    assert texts(folder) == before


def edit(path: Path, change: Callable[[list[str], dict[str, int]], None]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    columns = {name: index for index, name in enumerate(rows[0])}
    for row in rows[1:]:
        change(row, columns)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def test_one_changed_cell_changes_one_line_and_keeps_comments(ours: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "t", "--content", ours)
    party, statement = next(
        (party.id, statement)
        for party in load(ours).parties
        for statement, position in party.positions.items()
        if position.name == "agree"
    )

    def change(row: list[str], columns: dict[str, int]) -> None:
        if (row[columns["party"]], row[columns["statement"]]) == (party, statement):
            row[columns["position"]] = "neutral"

    edit(tmp_path / "t/positions.csv", change)
    before = texts(ours)
    assert run("import", tmp_path / "t", "--content", ours).exit_code == 0
    assert texts(ours)[0] == before[0]
    changes = [
        line
        for line in ndiff(before[1].decode().splitlines(), texts(ours)[1].decode().splitlines())
        if line[0] in "+-"
    ]
    assert changes == [
        "+         status: draft", "-         position: agree", "+         position: neutral",
    ]  # fmt: skip
    changed = load(ours, drafts=True)
    assert changed.parties[changed.party_index[party]].positions[statement].name == "neutral"


def test_positions_can_be_added_and_taken_out(content_folder: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "t", "--content", content_folder)

    def change(row: list[str], columns: dict[str, int]) -> None:
        cell = (row[columns["party"]], row[columns["statement"]])
        if cell == ("gamma", "leave-microsoft"):
            row[columns["position"]], row[columns["explicit"]] = "agree", "yes"
            row[columns["quote"]], row[columns["source"]] = "Weg ermee, en wel meteen.", "beta-2025"
            row[columns["page"]] = "7"
        if cell == ("alfa", "ban-datacenters"):
            row[columns["position"]] = "none"

    edit(tmp_path / "t/positions.csv", change)
    assert run("import", tmp_path / "t", "--content", content_folder).exit_code == 0
    catalogue = load(content_folder)
    gamma = catalogue.parties[2].positions["leave-microsoft"]
    assert (gamma.name, gamma.quotes[0].page) == ("agree", 7)
    assert "ban-datacenters" not in catalogue.parties[0].positions


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("party", "alpha", "positions.csv, row 2, column party: 'alpha' is not known here. Did you mean 'alfa'?"),
        ("statement", "leave-microsft", "row 2, column statement"),
        ("position", "maybe", "row 2, column position"),
        ("explicit", "perhaps", "row 2, column explicit"),
        ("source", "", "row 2, column source: This cell is empty."),
        ("quote", "", "row 2, column quote: A position needs a quote."),
        ("page", "twelve", "row 2, column page: 'twelve' is not a whole number."),
    ],
)  # fmt: skip
def test_wrong_cells_are_named_and_nothing_is_written(
    content_folder: Path, tmp_path: Path, column: str, value: str, says: str
) -> None:
    run("export", tmp_path / "t", "--content", content_folder)
    done = []

    def change(row: list[str], columns: dict[str, int]) -> None:
        if not done:
            row[columns[column]] = value
            done.append(True)

    edit(tmp_path / "t/positions.csv", change)
    before = texts(content_folder)
    result = run("import", tmp_path / "t", "--content", content_folder)
    assert result.exit_code == 1
    assert says in result.output
    assert texts(content_folder) == before


def test_content_that_would_not_pass_the_check_is_not_written(
    content_folder: Path, tmp_path: Path
) -> None:
    run("export", tmp_path / "t", "--content", content_folder)

    def change(row: list[str], columns: dict[str, int]) -> None:
        row[columns["theme"]] = "nowhere"

    edit(tmp_path / "t/statements.csv", change)
    before = texts(content_folder)
    result = run("import", tmp_path / "t", "--content", content_folder)
    assert result.exit_code == 1
    assert "There is no theme 'nowhere'" in result.output
    assert texts(content_folder) == before


def test_matrix_marks_what_has_no_quote(content_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(
        "party;leave-microsoft;ban-datacenters\nalfa;neutral;\ngamma;disagree;none\n"
    )
    assert (
        run(
            "import", tmp_path / "m.csv", "--layout", "matrix", "--content", content_folder
        ).exit_code
        == 0
    )
    catalogue = load(content_folder, drafts=True)
    assert catalogue.parties[0].positions["leave-microsoft"].name == "neutral"
    assert catalogue.parties[0].positions["leave-microsoft"].draft
    assert "ban-datacenters" not in catalogue.parties[0].positions
    gamma = catalogue.parties[2].positions["leave-microsoft"]
    assert gamma.from_summary
    assert "row 3, column leave-microsoft" in gamma.quotes[0].text
    (tmp_path / "m.csv").write_text("party,leave-microsft\nalfa,agree\n")
    wrong = run("import", tmp_path / "m.csv", "--layout", "matrix", "--content", content_folder)
    assert "Did you mean 'leave-microsoft'?" in wrong.output


def test_hostile_files_are_refused_before_they_are_read(
    content_folder: Path, tmp_path: Path
) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    assert bomb.stat().st_size < 200_000
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(21_000_000)
    wide = tmp_path / "positions.csv"
    wide.write_text("party\n" + "," * 600_000 + "\n")
    formula = tmp_path / "formula.xlsx"
    book = Workbook()
    book.active.title = "positions"
    book.active.append(["party", "statement", "position"])
    book.active.append(["=1+1", "x", "agree"])
    book.save(formula)
    junk = tmp_path / "junk.xlsx"
    junk.write_bytes(b"PK\x03\x04 nonsense")
    for path, says in (
        (bomb, "larger than 60 MB"), (large, "larger than 20 MB"), (wide, "more than 500000 cells"),
        (formula, "row 2, column party: This is a formula"), (junk, "not an XLSX file"),
        (tmp_path, "larger than 20 MB"),
    ):  # fmt: skip
        result = run("import", path, "--content", content_folder)
        assert result.exit_code == 1, path
        assert says in result.output


def test_exported_cells_are_no_formulas(content_folder: Path, tmp_path: Path) -> None:
    path = content_folder / "statements.yaml"
    path.write_text(path.read_text().replace("Dat kost veel geld.", "'=1+1 kost geld'"))
    run("export", tmp_path / "t.xlsx", "--content", content_folder)
    sheet = load_workbook(tmp_path / "t.xlsx")["statements"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert "'=1+1 kost geld" in {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)
    run("import", tmp_path / "t.xlsx", "--content", content_folder)
    assert load(content_folder).statements[0].argument_against == {
        "nl": "=1+1 kost geld", "en": "That costs much money.",
    }  # fmt: skip
