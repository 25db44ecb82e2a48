"""Tables of people who do not know ours: nothing false is kept, nothing is dropped in silence."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import Workbook, load_workbook

from quiz.content import load
from tests.sheets.conftest import Rows

Quiz = Callable[..., Result]
Edit = Callable[[str, Callable[[Rows], object]], None]


def test_a_changed_position_is_a_draft_until_its_quote_is_looked_at(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit
) -> None:
    edit("positions.csv", lambda rows: [row.update(position="disagree") for row in rows[:2]])
    result = quiz("import", tables, "--content", content_folder)
    assert "alfa on leave-microsoft: the position changed, and not all that" in result.output
    assert "leave-microsoft" not in load(content_folder).parties[0].positions
    again = quiz("import", tables, "--content", content_folder)
    assert "alfa on leave-microsoft: stays a draft." in again.output
    assert "leave-microsoft" not in load(content_folder).parties[0].positions
    path = content_folder / "party_answers.yaml"
    path.write_text(path.read_text().replace("status: draft", "status: published", 1))
    last = quiz("import", tables, "--content", content_folder)
    assert "draft" not in last.output
    assert load(content_folder).parties[0].positions["leave-microsoft"].name == "disagree"


@pytest.mark.parametrize(
    ("changed", "published"),
    [
        ("quote explanation", True),
        ("quote", False),
        ("explanation", False),
        ("quote explanation, without explicit", False),
    ],
)
def test_a_changed_position_stands_with_another_quote_and_another_explanation(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit, changed: str, published: bool
) -> None:
    def change(rows: Rows) -> None:
        for number, row in enumerate(rows[:2]):
            row["position"] = "disagree"
            if "quote" in changed:
                row["quote"] = f"Wij blijven bij Microsoft, reden {number}."
        if "explanation" in changed:
            rows[0]["explanation:nl"] = "Zij blijven."
        if "without" in changed:
            for row in rows:
                del row["explicit"]

    edit("positions.csv", change)
    quiz("import", tables, "--content", content_folder)
    stands = load(content_folder).parties[0].positions.get("leave-microsoft")
    assert (stands is not None and stands.name == "disagree") == published
    drafts = load(content_folder, drafts=True).parties[0].positions
    assert drafts["leave-microsoft"].name == "disagree"


def test_tables_may_lie_in_any_order(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit
) -> None:
    edit("statements.csv", lambda rows: rows.append({**rows[0], "statement": "a-new-one"}))
    edit("positions.csv", lambda rows: rows.append({**rows[0], "statement": "a-new-one"}))
    result = quiz("import", tables, "--content", content_folder)
    assert result.exit_code == 0, result.output
    assert "a-new-one" in load(content_folder).parties[0].positions


@pytest.mark.parametrize(
    ("table", "named", "gone"),
    [
        ("statements", "no row for 'ban-datacenters'", "statement ban-datacenters: taken out"),
        ("parties", "no row for 'gamma'", "party gamma: taken out"),
        ("positions", "no row for alfa on ban-datacenters", "neutral → no position"),
        (
            "positions of a party",
            "no row for any position of beta; they stay.",
            "beta on state-software: disagree → no position",
        ),
    ],
)
def test_rows_that_are_gone_are_told_and_go_when_asked(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit, table: str, named: str, gone: str
) -> None:
    def drop(rows: Rows) -> None:
        rows[:] = [
            row
            for row in rows
            if row.get("party") != "gamma" and row.get("statement") != "ban-datacenters"
            if not whole or row.get("party") != "beta"
        ]

    name, _, whole = table.partition(" ")
    edit(f"{name}.csv", drop)
    for other in tables.iterdir():
        if other.stem != name:
            other.unlink()
    result = quiz("import", tables, "--content", content_folder)
    assert named in result.output
    assert "Nothing differs" in result.output
    deleted = quiz("import", tables, "--content", content_folder, "--delete")
    assert gone in deleted.output
    assert deleted.exit_code == 0, deleted.output


@pytest.mark.parametrize("quote", ["---", "n/a", "-", "#N/B?", "…", "X", "geen"])
def test_a_placeholder_is_no_quote(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit, quote: str
) -> None:
    edit("positions.csv", lambda rows: rows[0].update(quote=quote))
    result = quiz("import", tables, "--content", content_folder)
    assert result.exit_code == 1
    assert "row 2, column quote:" in result.output
    assert "is no quote" in result.output


def test_an_empty_position_is_silence(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit
) -> None:
    def empty(rows: Rows) -> None:
        for row in rows:
            if row["statement"] == "ban-datacenters":
                row["position"] = ""

    edit("positions.csv", empty)
    quiz("import", tables, "--content", content_folder)
    assert "ban-datacenters" not in load(content_folder).parties[0].positions


def test_all_wrong_cells_are_listed_at_once(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit
) -> None:
    edit("statements.csv", lambda rows: rows[1].update(status="half", theme=""))
    edit("positions.csv", lambda rows: rows[0].update(party="alpha", page="vier", source="alf"))
    edit("positions.csv", lambda rows: rows[2].update(explicit="wellicht"))
    result = quiz("import", tables, "--content", content_folder)
    places = [
        "statements.csv, row 3, column status", "statements.csv, row 3, column theme",
        "positions.csv, row 2, column party", "positions.csv, row 2, column page",
        "positions.csv, row 2, column source",
        "positions.csv, row 4, column explicit",
    ]  # fmt: skip
    assert [place for place in places if place not in result.output] == []


def test_an_id_may_stand_in_a_column_of_that_name_and_must_stand_somewhere(
    content_folder: Path, tmp_path: Path, quiz: Quiz
) -> None:
    table = tmp_path / "parties.csv"
    table.write_text("id,name\nalfa,Alfa anders\n", encoding="utf-8")
    taken = quiz("import", table, "--content", content_folder)
    assert taken.exit_code == 0, taken.output
    assert load(content_folder).parties[0].name == "Alfa anders"
    table.write_text("name,color\nAlfa,\n", encoding="utf-8")
    refused = quiz("import", table, "--content", content_folder)
    assert "parties.csv, row 1, column party: This column is missing." in refused.output
    assert refused.exit_code == 1


@pytest.mark.parametrize(
    "name",
    ["Gemeentewijzer - positions.csv", "positions (1).csv", "Positions.csv", "Standpunten 2026.csv",
     "export.csv", "Kopie van positions.tsv"],
)  # fmt: skip
def test_a_table_is_known_whatever_its_file_is_called(
    content_folder: Path, tables: Path, tmp_path: Path, quiz: Quiz, name: str
) -> None:
    text = (tables / "positions.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    out = io.StringIO()
    csv.writer(out, delimiter="\t" if name.endswith("tsv") else ";").writerows(rows)
    (tmp_path / name).write_text(out.getvalue(), encoding="utf-8")
    result = quiz("import", tmp_path / name, "--content", content_folder)
    assert "Nothing differs" in result.output


def test_a_title_above_capitals_and_columns_of_ones_own_are_no_harm(
    content_folder: Path, tmp_path: Path, quiz: Quiz
) -> None:
    (tmp_path / "positions.csv").write_text(
        "Onze standpunten;;;;;;\n;;;;;;\nlaatst bijgewerkt;12 maart;;;;;\n"
        "Party;Statement;Position;Explicit;Quote;Source;Wie\n"
        "gamma;leave-microsoft;YES;TRUE;Weg ermee, en wel meteen.;beta-2025;Jan\n"
        "gamma;ban-datacenters;-1;1.0;Geen enkel nieuw datacenter.;beta-2025;Piet\n",
        encoding="utf-8",
    )
    result = quiz("import", tmp_path / "positions.csv", "--content", content_folder)
    assert result.exit_code == 0, result.output
    assert "the column 'Wie' is left out" in result.output
    gamma = load(content_folder).parties[2].positions
    assert {name: (party.name, party.explicit) for name, party in gamma.items()} == {
        "leave-microsoft": ("agree", True), "ban-datacenters": ("disagree", True),
    }  # fmt: skip


def test_a_column_that_is_nearly_ours_is_told_as_a_slip(
    content_folder: Path, tmp_path: Path, quiz: Quiz
) -> None:
    (tmp_path / "positions.csv").write_text("party,statement,position,qoute\nalfa,x,agree,y\n")
    result = quiz("import", tmp_path / "positions.csv", "--content", content_folder)
    assert "row 1, column qoute: This column is not known. Did you mean 'quote'?" in result.output


def opendocument(path: Path, name: str, rows: list[list[str]]) -> None:
    """Write a sheet as LibreOffice does, with a page in a number's cell and empty rows below."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
            if cell.isdigit()
            else f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>"
            for cell in row
        )
        + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        for row in rows
    )
    document = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="{name}">{cells}'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
        "</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", document)


def test_ods_is_read(content_folder: Path, tables: Path, tmp_path: Path, quiz: Quiz) -> None:
    text = (tables / "positions.csv").read_text(encoding="utf-8-sig")
    rows = [[escape(cell) for cell in row] for row in csv.reader(io.StringIO(text))]
    opendocument(tmp_path / "t.ods", "positions", rows)
    result = quiz("import", tmp_path / "t.ods", "--content", content_folder)
    assert "Nothing differs" in result.output


def test_an_ods_with_entities_is_refused(content_folder: Path, tmp_path: Path, quiz: Quiz) -> None:
    with zipfile.ZipFile(tmp_path / "t.ods", "w") as archive:
        archive.writestr("content.xml", '<!DOCTYPE l [<!ENTITY a "aa">]><l>&a;</l>')
    result = quiz("import", tmp_path / "t.ods", "--content", content_folder)
    assert (result.exit_code, "not an ODS file" in result.output) == (1, True)


@pytest.mark.parametrize(
    "part",
    ["xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"],
)
def test_a_workbook_with_huge_styles_or_names_is_refused_before_it_is_read(
    content_folder: Path, tmp_path: Path, quiz: Quiz, part: str
) -> None:
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, b" " * 20_000_000)
    result = quiz("import", tmp_path / "t.xlsx", "--content", content_folder)
    assert (result.exit_code, "too much beside its cells" in result.output) == (1, True)


def test_a_workbook_is_made_for_editing(content_folder: Path, tmp_path: Path, quiz: Quiz) -> None:
    quiz("export", tmp_path / "t.xlsx", "--content", content_folder)
    book = load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["themes", "statements", "parties", "sources", "positions"]
    sheet = book["positions"]
    assert sheet.freeze_panes == "B2"
    choices = {
        str(validation.sqref).split("2:")[0]: validation.formula1
        for validation in sheet.data_validations.dataValidation
    }
    assert choices["A"] == "=parties!$A$2:$A$1000"
    assert choices["B"] == "=statements!$A$2:$A$1000"
    assert choices["C"] == '"agree,neutral,disagree,none"'
    assert sheet.column_dimensions["G"].width == 50


def test_a_whole_quiz_is_made_in_a_spreadsheet(
    content_folder: Path, tables: Path, tmp_path: Path, quiz: Quiz
) -> None:
    """What export writes fills an empty folder with the same quiz, but for what the quiz is."""
    result = quiz("import", tables, "--content", tmp_path / "new", "--title", "Nieuw")
    assert result.exit_code == 0, result.output
    old, new = load(content_folder, drafts=True), load(tmp_path / "new", drafts=True)
    assert (new.themes, new.statements, new.sources, new.parties) == (
        old.themes, old.statements, old.sources, old.parties,
    )  # fmt: skip
    assert new.quiz.title == {"nl": "Nieuw"}


def test_a_sheet_of_remarks_beside_the_tables_is_passed_over(
    content_folder: Path, tmp_path: Path, quiz: Quiz
) -> None:
    book = Workbook()
    book.active.title = "Toelichting"
    book.active.append(["Zo vul je dit in"])
    sheet = book.create_sheet("Partijen")
    sheet.append(["party", "name"])
    sheet.append(["alfa", "Alfa!"])
    book.save(tmp_path / "t.xlsx")
    result = quiz("import", tmp_path / "t.xlsx", "--content", content_folder)
    assert "Toelichting: left out" in result.output
    assert load(content_folder).parties[0].name == "Alfa!"


def test_ids_in_capitals_and_parties_by_their_names_are_known(
    content_folder: Path, tmp_path: Path, quiz: Quiz
) -> None:
    (tmp_path / "positions.csv").write_text(
        "party,statement,position,explicit,quote,source\n"
        'GAMMA,Leave-Microsoft,Eens,ja,"Weg ermee, en wel meteen.",Beta-2025\n',
        encoding="utf-8",
    )
    (tmp_path / "parties.csv").write_text("party,name\nALFA,Alfa en zo\n", encoding="utf-8")
    result = quiz("import", tmp_path, "--content", content_folder)
    assert result.exit_code == 0, result.output
    catalogue = load(content_folder)
    assert [party.id for party in catalogue.parties] == ["alfa", "beta", "gamma"]
    assert catalogue.parties[0].name == "Alfa en zo"
    assert catalogue.parties[2].positions["leave-microsoft"].quotes[0].source == "beta-2025"
    (tmp_path / "m.csv").write_text("Partij,leave-microsoft\nAlfa en zo,\n", encoding="utf-8")
    matrix = quiz("import", tmp_path / "m.csv", "--layout", "matrix", "--content", content_folder)
    assert "row 1, column party: This column is missing." in matrix.output
