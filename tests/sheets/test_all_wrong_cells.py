"""All wrong cells at once, each with sheet, row and column: those that cannot be read, and those
that only the check of the content finds.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import load_workbook

from tests.sheets.conftest import Rows

Quiz = Callable[..., Result]
Edit = Callable[[str, Callable[[Rows], object]], None]
NOTHING = "Nothing was written."


def places(result: Result) -> list[str]:
    """Return where the faults are: the part of each line before the message."""
    assert result.exit_code == 1
    *lines, last = result.output.splitlines()
    assert last == NOTHING
    return [line.split(": ")[0] for line in lines]


def test_cells_of_every_sheet_are_listed_together(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit
) -> None:
    def statements(rows: Rows) -> None:
        rows[0] |= {"theme": "nowhere"}
        rows[1] |= {"status": "half", "text:nl": "", "explanation:nl": "x" * 5001}

    def parties(rows: Rows) -> None:
        rows[0] |= {"color": "rood", "name": "x" * 201}
        rows[1] |= {"party": "50+", "searched": "nope, nada"}
        rows[2] |= {"name": "", "url": "www.gamma.nl"}

    def sources(rows: Rows) -> None:
        rows[0] |= {"edition": "first", "url": "no address", "date": "gisteren"}

    def positions(rows: Rows) -> None:
        rows[0] |= {"page": "0", "position": "perhaps"}

    before = [path.read_bytes() for path in sorted(content_folder.iterdir())]
    for name, how in (("statements", statements), ("parties", parties), ("sources", sources)):
        edit(f"{name}.csv", how)
    edit("positions.csv", positions)
    result = quiz("import", tables, "--content", content_folder)
    assert set(places(result)) >= {
        "statements.csv, row 2, column theme",
        "statements.csv, row 3, column status",
        "statements.csv, row 3, column text:nl",
        "statements.csv, row 3, column explanation:nl",
        "parties.csv, row 2, column color",
        "parties.csv, row 2, column name",
        "parties.csv, row 3, column party",
        "parties.csv, row 3, column searched",
        "parties.csv, row 4, column name",
        "parties.csv, row 4, column url",
        "sources.csv, row 2, column edition",
        "sources.csv, row 2, column url",
        "sources.csv, row 2, column date",
        "positions.csv, row 2, column position",
        "positions.csv, row 2, column page",
    }
    assert "'nope'" in result.output
    assert "'nada'" in result.output
    assert [path.read_bytes() for path in sorted(content_folder.iterdir())] == before


def test_a_workbook_names_its_sheet(content_folder: Path, tmp_path: Path, quiz: Quiz) -> None:
    quiz("export", tmp_path / "t.xlsx", "--content", content_folder)
    book = load_workbook(tmp_path / "t.xlsx")
    head = [cell.value for cell in book["parties"][1]]
    book["parties"].cell(2, head.index("color") + 1).value = "rood"
    book.save(tmp_path / "t.xlsx")
    result = quiz("import", tmp_path / "t.xlsx", "--content", content_folder)
    assert places(result) == ["parties, row 2, column color"]
    assert "'rood' is not a colour." in result.output


@pytest.mark.parametrize(
    ("table", "row", "cells", "column"),
    [
        ("statements", 0, {"theme": "nowhere"}, "theme"),
        ("statements", 0, {"argument_for:nl": "", "argument_for:en": "Only here."}, "argument_for:nl"),
        ("themes", 0, {"theme": "Not an id"}, "theme"),
        ("parties", 0, {"logo": "/etc/passwd"}, "logo"),
        ("sources", 0, {"lines": "alfa 9-3"}, "lines"),
        ("positions", 0, {"page": "0"}, "page"),
        ("positions", 0, {"quote": "x" * 5001}, "quote"),
        ("positions", 0, {"explanation:nl": "x" * 5001}, "explanation:nl"),
    ],
)  # fmt: skip
def test_what_the_check_finds_is_named_by_its_cell(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit,
    table: str, row: int, cells: dict[str, str], column: str,
) -> None:  # fmt: skip
    edit(f"{table}.csv", lambda rows: rows[row].update(cells))
    result = quiz("import", tables / f"{table}.csv", "--content", content_folder)
    assert places(result)[0] == f"{table}.csv, row {row + 2}, column {column}"


def test_a_wrong_cell_hides_no_other_of_its_row(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit
) -> None:
    """A row whose party or id is unknown is not taken over, but all of it is read."""

    def positions(rows: Rows) -> None:
        rows[0] |= {"party": "nobody", "page": "0", "explicit": "perhaps", "quote": "x" * 5001}
        rows[1] |= {"statement": "what", "source": "nowhere", "page": "twelve"}

    def parties(rows: Rows) -> None:
        rows[1] |= {"party": rows[0]["party"], "color": "rood"}
        rows[2] |= {"party": "", "url": "no address"}

    edit("positions.csv", positions)
    named = places(quiz("import", tables / "positions.csv", "--content", content_folder))
    assert sorted(named) == [
        f"positions.csv, row {place}"
        for place in (
            "2, column explicit", "2, column page", "2, column party", "2, column quote",
            "3, column page", "3, column source", "3, column statement",
        )
    ]  # fmt: skip
    edit("parties.csv", parties)
    for more in ([], ["--delete"]):
        named = places(quiz("import", tables / "parties.csv", *more, "--content", content_folder))
        assert sorted(named) == [
            f"parties.csv, row {place}"
            for place in ("3, column color", "3, column party", "4, column party", "4, column url")
        ]


def test_each_mistake_is_told_once(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit
) -> None:
    """What the check misses because a wrong cell was not taken over is no further fault."""
    edit("sources.csv", lambda rows: rows.append(dict.fromkeys(rows[0], "") | {
        "source": "fresh", "title": "Fresh", "edition": "first",
    }))  # fmt: skip
    result = quiz("import", tables / "sources.csv", "--content", content_folder)
    row = len((tables / "sources.csv").read_text().splitlines())
    assert places(result) == [f"sources.csv, row {row}, column edition"]


def test_a_column_that_a_new_entry_needs_is_named(
    content_folder: Path, tmp_path: Path, quiz: Quiz
) -> None:
    (tmp_path / "sources.csv").write_text("source,title\nfresh,Fresh\n")
    result = quiz("import", tmp_path / "sources.csv", "--content", content_folder)
    assert places(result) == ["sources.csv, row 2, column edition"]


def test_what_no_cell_says_is_named_by_its_entry(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit
) -> None:
    """A source is gone, and positions that no table holds still quote it."""
    edit("sources.csv", lambda rows: rows.pop(0))
    result = quiz("import", tables / "sources.csv", "--delete", "--content", content_folder)
    answers = content_folder / "party_answers.yaml"
    assert result.exit_code == 1
    assert f"{answers}: error: parties[alfa]." in result.output
    assert NOTHING in result.output


def test_a_plain_list_names_its_cells_too(tmp_path: Path, quiz: Quiz) -> None:
    rows = [
        "party,party name,statement,position,language",
        f"Alfa,{'x' * 201},Less tax,yes,nl",
        "Beta,Beta,Less tax,perhaps,nl",
        "Gamma,Gamma,Less tax,no,Dutch!",
        ",,Less tax,yes,nl",
    ]
    (tmp_path / "list.csv").write_text("\n".join(rows) + "\n")
    result = quiz("import", tmp_path / "list.csv", "--content", tmp_path / "new")
    assert places(result) == [
        f"list.csv, row {place}"
        for place in ("2, column long_name", "3, column position", "4, column language", "5, column party")
    ]  # fmt: skip
    assert not (tmp_path / "new").exists()


def test_a_plain_list_names_the_statement_that_lacks_the_first_language(
    tmp_path: Path, quiz: Quiz
) -> None:
    rows = ["party,statement,position,language", "Alfa,Less tax,yes,nl", "Alfa,More rail,no,en"]
    (tmp_path / "list.csv").write_text("\n".join(rows) + "\n")
    result = quiz("import", tmp_path / "list.csv", "--content", tmp_path / "new")
    assert places(result) == ["list.csv, row 3, column statement"]


def test_what_is_cut_is_told(tmp_path: Path, quiz: Quiz) -> None:
    rows = ["party,statement,position,reason", f"{'A' * 201},Less tax,yes,{'r' * 5001}"]
    (tmp_path / "list.csv").write_text("\n".join(rows) + "\n")
    result = quiz("import", tmp_path / "list.csv", "--content", tmp_path / "new")
    assert result.exit_code == 0
    for most in (200, 5000):
        assert f"Left out: the end of a text of more than {most} characters." in result.output


def test_a_colour_may_keep_the_quotation_marks_of_the_yaml(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit
) -> None:
    edit("parties.csv", lambda rows: rows[0].update({"color": '"#123456"'}))
    result = quiz("import", tables / "parties.csv", "--content", content_folder)
    assert result.exit_code == 0
    assert "#123456" in (content_folder / "party_answers.yaml").read_text()
