"""What an import leaves as it was: layout, comments, line ends, and whatever has no column."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from quiz.content import load
from tests.sheets.conftest import Rows

Quiz = Callable[..., Result]
Edit = Callable[[str, Callable[[Rows], object]], None]
FILES = ("statements.yaml", "party_answers.yaml")


def rewrite(folder: Path, how: Callable[[str], bytes | str]) -> None:
    for name in FILES:
        text = how((folder / name).read_text(encoding="utf-8"))
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)


def to_explicit(rows: Rows) -> None:
    for row in rows:
        if (row["party"], row["statement"]) == ("alfa", "ban-datacenters"):
            row["explicit"] = "yes"


def block_texts(text: str) -> str:
    return text.replace(
        "    explanation: {nl: Een datacenter is een hal vol computers., en: It is a hall of computers.}\n",
        "    explanation:\n      nl: |\n        Een hal.\n\n        Met computers.\n"
        "      en: >\n        It is a hall\n        of computers.\n",
    )


LAYOUTS: dict[str, Callable[[str], bytes | str]] = {
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "lists without indentation": lambda text: text.replace("\n  - ", "\n- ").replace("\n    ", "\n  "),
    "texts in blocks": block_texts,
    "comments": lambda text: "# top\n" + text.replace("position: neutral", "position: neutral   # hm\n        # so"),
    "spaces in brackets": lambda text: text.replace("{nl: ", "{ nl:  "),
    "spaces around a text": lambda text: text.replace("nl: Dat kost veel geld.", "nl: ' Dat kost  veel. '"),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("out", ["tables", "tables.xlsx"])
def test_a_round_trip_leaves_every_layout(
    content_folder: Path, tmp_path: Path, quiz: Quiz, layout: str, out: str
) -> None:
    rewrite(content_folder, LAYOUTS[layout])
    before = [(content_folder / name).read_bytes() for name in FILES]
    quiz("export", tmp_path / out, "--content", content_folder)
    result = quiz("import", tmp_path / out, "--content", content_folder)
    assert "Nothing differs" in result.output
    assert [(content_folder / name).read_bytes() for name in FILES] == before


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_change_touches_its_own_line_only(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit, layout: str
) -> None:
    edit("positions.csv", to_explicit)
    rewrite(content_folder, LAYOUTS[layout])
    if layout in {"spaces around a text", "texts in blocks"}:
        (tables / "statements.csv").unlink()
    before = [(content_folder / name).read_bytes() for name in FILES]
    result = quiz("import", tables, "--content", content_folder)
    assert "alfa on ban-datacenters: now says it outright" in result.output
    after = [(content_folder / name).read_bytes() for name in FILES]
    assert after[0] == before[0]
    assert after[1] == before[1].replace(b"explicit: false", b"explicit: true")


def test_a_changed_quote_leaves_its_neighbours(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit
) -> None:
    path = content_folder / "party_answers.yaml"
    before = path.read_text(encoding="utf-8").splitlines()

    def change(rows: Rows) -> None:
        rows[1]["quote"] = rows[1]["quote"].replace("kiezen", "kozen")

    edit("positions.csv", change)
    quiz("import", tables, "--content", content_folder)
    after = path.read_text(encoding="utf-8").splitlines()
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert len(changed) == 1
    assert "Wij kozen voor" in changed[0][1]


def test_quotes_can_be_added_and_taken_out(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit
) -> None:
    def change(rows: Rows) -> None:
        rows.append({**rows[1], "quote": "Nog een citaat, met - een streep.", "page": "9"})
        del rows[0]

    edit("positions.csv", change)
    edit(
        "positions.csv",
        lambda rows: rows[0].update({"explanation:nl": "Volledig.", "explanation:en": ""}),
    )
    quiz("import", tables, "--content", content_folder)
    position = load(content_folder).parties[0].positions["leave-microsoft"]
    assert [(quote.text[:9], quote.page) for quote in position.quotes] == [
        ("Wij kieze", None), ("Nog een c", 9),
    ]  # fmt: skip
    assert position.explanation == {"nl": "Volledig."}


def test_a_column_that_is_not_there_says_nothing(
    content_folder: Path, tmp_path: Path, quiz: Quiz
) -> None:
    before = load(content_folder)
    (tmp_path / "statements.csv").write_text(
        "statement,text:nl,text:en\nleave-microsoft,Weg met Microsoft.,Leave Microsoft.\n"
    )
    assert quiz("import", tmp_path / "statements.csv", "--content", content_folder).exit_code == 0
    after = load(content_folder)
    assert after.statements[0].text["nl"] == "Weg met Microsoft."
    assert after.statements[0].argument_for == before.statements[0].argument_for
    (tmp_path / "positions.csv").write_text(
        "party,statement,position\nalfa,leave-microsoft,neutral\n"
    )
    assert quiz("import", tmp_path / "positions.csv", "--content", content_folder).exit_code == 0
    position = load(content_folder, drafts=True).parties[0].positions["leave-microsoft"]
    assert position.name == "neutral"
    assert position.quotes == before.parties[0].positions["leave-microsoft"].quotes
    assert position.explanation == before.parties[0].positions["leave-microsoft"].explanation


def test_a_quote_corrected_without_a_column_for_pages_keeps_its_page(
    content_folder: Path, tmp_path: Path, quiz: Quiz
) -> None:
    (tmp_path / "positions.csv").write_text(
        "party,statement,position,quote,source\n"
        "alfa,ban-datacenters,neutral,Datacenters mogen waar het net het aankan.,alfa-2025\n"
    )
    quiz("import", tmp_path / "positions.csv", "--content", content_folder)
    quote = load(content_folder).parties[0].positions["ban-datacenters"].quotes[0]
    assert (quote.text, quote.page) == ("Datacenters mogen waar het net het aankan.", 3)


@pytest.mark.parametrize(
    ("delimiter", "encoding", "first"),
    [(";", "utf-8-sig", ""), (";", "utf-8", "sep=;\r\n"), ("\t", "utf-8", ""), (",", "utf-8", "")],
)
def test_csv_as_excel_writes_it_in_each_country(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit,
    delimiter: str, encoding: str, first: str,
) -> None:  # fmt: skip
    edit("positions.csv", to_explicit)
    path = tables / "positions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_bytes((first + out.getvalue()).encode(encoding))
    assert quiz("import", tables, "--content", content_folder).exit_code == 0
    assert load(content_folder).parties[0].positions["ban-datacenters"].explicit
    path.write_bytes(out.getvalue().replace("Wij kiezen", "Wij kiézen").encode("cp1252"))
    result = quiz("import", tables, "--content", content_folder)
    assert (result.exit_code, "CSV UTF-8" in result.output) == (1, True)


def test_a_dry_run_says_in_words_what_would_change(
    content_folder: Path, tables: Path, quiz: Quiz, edit: Edit
) -> None:
    edit("positions.csv", to_explicit)
    before = (content_folder / "party_answers.yaml").read_bytes()
    result = quiz("import", tables, "--content", content_folder, "--dry-run")
    assert "alfa on ban-datacenters: now says it outright\nNothing was written." in result.output
    assert (content_folder / "party_answers.yaml").read_bytes() == before


def test_a_file_behind_a_link_is_written_through_it_with_its_permissions(
    content_folder: Path, tables: Path, tmp_path: Path, quiz: Quiz, edit: Edit
) -> None:
    edit("positions.csv", to_explicit)
    real = tmp_path / "real.yaml"
    (content_folder / "party_answers.yaml").rename(real)
    real.chmod(0o640)
    (content_folder / "party_answers.yaml").symlink_to(real)
    quiz("import", tables, "--content", content_folder)
    assert (content_folder / "party_answers.yaml").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "position: neutral\n        explicit: true" in real.read_text()
