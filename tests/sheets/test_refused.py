"""Cells and files that are refused, each with its sheet, row and column; never a traceback."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import Workbook, load_workbook

from quiz.content.limits import TABLE_FAULTS
from quiz.sheets import opendocument, workbook
from tests.sheets.conftest import Rows

Quiz = Callable[..., Result]
Edit = Callable[[str, Callable[[Rows], object]], None]
SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


def swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(text: bytes) -> bytes:
        assert old in text
        return text.replace(old, new)

    return change


def retype(kind: bytes) -> Callable[[bytes], bytes]:
    def change(text: bytes) -> bytes:
        assert b't="inlineStr"><is><t>' in text
        text = text.replace(b't="inlineStr"><is><t>', b't="' + kind + b'"><v>')
        return text.replace(b"</t></is>", b"</v>")

    return change


def laughs(_: bytes) -> bytes:
    names = "abcdefghij"
    entities = b'<!ENTITY a "aaaaaaaaaa">' + b"".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'.encode() for before, after in pairwise(names)
    )
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>'
    return b"<!DOCTYPE l [" + entities + b"]>" + HEAD + row + TAIL


def many(columns: int, rows: int) -> Callable[[bytes], bytes]:
    row = b"<row>" + b"<c/>" * columns + b"</row>"
    return lambda _: HEAD + row * rows + TAIL


DAMAGE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut in half": (lambda text: text[: len(text) // 2], "can be read"),
    "shared text that is not there": (retype(b"s"), "can be read"),
    "cell outside any sheet": (swap(b'r="A2"', b'r="ZZZZZ2"'), "can be read"),
    "date that is none": (retype(b"d"), "can be read"),
    "laughs": (laughs, "can be read"),
    "ten million cells": (many(10_000, 1000), "more than 500000 cells"),
    "a million cells": (many(1000, 1000), "more than 500000 cells"),
    "a cell in the far corner": (
        swap(TAIL[:12], b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        "more than 500000 cells",
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_or_hostile_workbook_is_refused_in_words(
    content_folder: Path, tmp_path: Path, quiz: Quiz, damage: str
) -> None:
    change, says = DAMAGE[damage]
    quiz("export", tmp_path / "good.xlsx", "--content", content_folder)
    bad = tmp_path / "bad.xlsx"
    with (
        zipfile.ZipFile(tmp_path / "good.xlsx") as good,
        zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for part in good.infolist():
            text = good.read(part)
            out.writestr(part.filename, change(text) if part.filename == SHEET else text)
    result = quiz("import", bad, "--content", content_folder)
    assert result.exit_code == 1
    assert (
        any(words in result.output for words in says.split("|")) or "can be read" in result.output
    )


def test_cells_are_counted_before_the_workbook_is_opened(
    content_folder: Path, tmp_path: Path, quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("the workbook was opened")

    monkeypatch.setattr(workbook, "load_workbook", never)
    bad = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(SHEET, many(1000, 1000)(b""))
    assert "more than 500000 cells" in quiz("import", bad, "--content", content_folder).output


TEXT = "<table:table-cell {}><text:p>a</text:p></table:table-cell>"
COLUMNS, ROWS = (f'table:number-{what}-repeated="1000"' for what in ("columns", "rows"))
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


@pytest.mark.parametrize(
    "tables",
    [
        ["<table:table-row>" + 600 * TEXT.format(COLUMNS) + "</table:table-row>"],
        2 * [f"<table:table-row {ROWS}>" + 300 * TEXT.format("") + "</table:table-row>"],
        ["<table:table-row>" + 1_500_001 * "<a></a>" + "</table:table-row>"],
    ],
    ids=["one wide row", "two sheets of repeated rows", "tags"],
)
def test_an_ods_that_grows_is_refused_before_it_does(
    content_folder: Path, tmp_path: Path, quiz: Quiz, monkeypatch: pytest.MonkeyPatch,
    tables: list[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(opendocument, "sheet_of", None)  # nothing is written out
    with zipfile.ZipFile(tmp_path / "t.ods", "w", zipfile.ZIP_DEFLATED) as archive:
        sheets = "".join(f'<table:table table:name="x">{rows}</table:table>' for rows in tables)
        archive.writestr("content.xml", f"<office:d {NAMES}>{sheets}</office:d>")
    result = quiz("import", tmp_path / "t.ods", "--content", content_folder)
    assert (result.exit_code, "more than 500000 cells" in result.output) == (1, True)


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("old.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "old or a locked workbook"),
        ("old.xls", b"\xd0\xcf\x11\xe0", "Only .csv, .tsv, .xlsx and .ods files"),
        ("positions.csv", b"", "There are no rows"),
        ("positions.csv", b"party,statement,position\n", "There are no rows"),
        ("positions.csv", b'party,statement\n"alfa,x\n', "not valid CSV"),
        ("positions.csv", b"party,statement\n" + b"a" * 200_000 + b"\n", "not valid CSV"),
        ("positions.csv", b"party,position\nalfa,agree\n", "row 1, column statement: This column is missing"),
        ("Sheet1.csv", b"party,statement\nalfa,x\n", "This table is not known."),
        ("positions.csv", b"party,statement\n" + b"\n" * 600_000, "more than 500000 cells"),
    ],
)  # fmt: skip
def test_files_that_hold_no_table_are_refused_in_words(
    content_folder: Path, tmp_path: Path, quiz: Quiz, name: str, raw: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    result = quiz("import", tmp_path / name, "--content", content_folder)
    assert result.exit_code == 1
    assert says in result.output


def test_of_very_many_wrong_cells_the_first_are_listed(
    content_folder: Path, tmp_path: Path, quiz: Quiz
) -> None:
    rows = [f"alfa,leave-microsoft,agree,word-{number}\n" for number in range(TABLE_FAULTS + 50)]
    (tmp_path / "positions.csv").write_text("party,statement,position,evidence\n" + "".join(rows))
    result = quiz("import", tmp_path / "positions.csv", "--content", content_folder)
    assert (result.exit_code, "… and 50 more." in result.output) == (1, True)
    assert result.output.count("word-") == TABLE_FAULTS


@pytest.mark.parametrize(
    ("table", "row", "cells", "says"),
    [
        ("positions", 0, {"status": "publishd"}, "row 2, column status: 'publishd' is not known here. Did you mean 'published'?"),
        ("positions", 1, {"position": "disagree"}, "row 3, column position: 'disagree' stands here, and 'agree' in row 2"),
        ("positions", 1, {"explanation:nl": "Toch niet."}, "row 3, column explanation:nl: This belongs into row 2."),
        ("positions", 0, {"evidence": "hearsay"}, "row 2, column evidence"),
        ("positions", 0, {"title": "Achteruit"}, "row 2, column title: Change a source's title in"),
        ("positions", 0, {"quote": "#NAME?"}, "row 2, column quote: The spreadsheet could not compute this"),
        ("positions", 0, {"quote": "=A1"}, "row 2, column quote: This is a formula."),
        ("positions", 0, {"position": "Agre"}, "row 2, column position: 'Agre' is not known here. Did you mean 'agree'?"),
        ("positions", 3, {"quote": "Een citaat."}, "row 5, column position: There is a quote, and no position"),
        ("statements", 0, {"status": "half"}, "row 2, column status"),
        ("statements", 1, {"statement": "leave-microsoft"}, "row 3, column statement: 'leave-microsoft' stands in row 2 already."),
    ],
)  # fmt: skip
def test_a_cell_that_would_be_lost_in_silence_is_named(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit,
    table: str, row: int, cells: dict[str, str], says: str,
) -> None:  # fmt: skip
    before = [path.read_bytes() for path in sorted(content_folder.iterdir())]
    edit(f"{table}.csv", lambda rows: rows[row].update(cells))
    result = quiz("import", tables / f"{table}.csv", "--content", content_folder)
    assert result.exit_code == 1
    assert says in result.output
    assert [path.read_bytes() for path in sorted(content_folder.iterdir())] == before


def test_an_error_of_the_spreadsheet_is_no_quote(
    content_folder: Path, tmp_path: Path, quiz: Quiz
) -> None:
    quiz("export", tmp_path / "t.xlsx", "--content", content_folder)
    book = load_workbook(tmp_path / "t.xlsx")
    cell = book["positions"]["G2"]
    cell.value, cell.data_type = "#REF!", "e"
    book.save(tmp_path / "t.xlsx")
    result = quiz("import", tmp_path / "t.xlsx", "--content", content_folder)
    assert "positions, row 2, column quote: The spreadsheet could not compute" in result.output


def test_a_party_stands_once_in_a_matrix(content_folder: Path, tmp_path: Path, quiz: Quiz) -> None:
    (tmp_path / "m.csv").write_text("party;leave-microsoft\nalfa;agree\nalfa;neutral\n")
    result = quiz("import", tmp_path / "m.csv", "--layout", "matrix", "--content", content_folder)
    assert "row 3, column party: 'alfa' stands in row 2 already." in result.output


def test_empty_sheets_beside_a_table_are_passed_over(
    content_folder: Path, tmp_path: Path, quiz: Quiz
) -> None:
    book = Workbook()
    book.active.append(["party", "leave-microsoft"])
    book.active.append(["gamma", "Disagree"])
    book.create_sheet("Blad2")
    book.save(tmp_path / "m.xlsx")
    result = quiz("import", tmp_path / "m.xlsx", "--layout", "matrix", "--content", content_folder)
    assert "gamma on leave-microsoft: no position → disagree" in result.output


def test_a_place_that_cannot_be_written_is_said_shortly(content_folder: Path, quiz: Quiz) -> None:
    for name in ("/nonexistent/a.xlsx", "/dev/null/tables"):
        result = quiz("export", name, "--content", content_folder)
        assert (result.exit_code, result.output.count("\n")) == (2, 1)
        assert "cannot be written" in result.output
