"""Files as survey programs, spreadsheets and people write them: read right, or refused in words."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from quiz.batch.cells import answers_table
from quiz.cli import main
from quiz.content.catalogue import AGREE, DISAGREE, NEUTRAL, NONE

A, B, C = "leave-microsoft", "ban-datacenters", "state-software"
HEAD = f"{A},{B},{C}"
PLAIN = f"{HEAD}\nagree,disagree,\nneutral,agree,agree\n"
FIVE = "--values=1=disagree,2=disagree,3=neutral,4=agree,5=agree"


@dataclass(frozen=True)
class Messy:
    """A file, with what it holds or the message that refuses it."""

    name: str
    content: str | bytes
    options: Sequence[str] = ()
    refused: str | None = None
    exit_code: int = 1


READ = [
    Messy("plain", PLAIN),
    Messy("utf-8 mark", "\ufeff" + PLAIN),
    Messy("windows line ends", PLAIN.replace("\n", "\r\n")),
    Messy("old mac line ends", PLAIN.replace("\n", "\r")),
    Messy("mixed line ends", PLAIN.replace("\n", "\r\n", 1)),
    Messy("no last line end", PLAIN.rstrip()),
    Messy("blank lines at the end", PLAIN + "\n\n\n"),
    Messy("utf-16", PLAIN.encode("utf-16")),
    Messy("utf-16 big-endian", "\ufeff".encode("utf-16-be") + PLAIN.encode("utf-16-be")),
    Messy("utf-16 without a mark", PLAIN.encode("utf-16-le")),
    Messy("utf-16 with windows line ends", PLAIN.replace("\n", "\r\n").encode("utf-16")),
    Messy("utf-16 with tabs, Excel's Unicode text", PLAIN.replace(",", "\t").encode("utf-16")),
    Messy("semicolons", PLAIN.replace(",", ";")),
    Messy("tabs", PLAIN.replace(",", "\t")),
    Messy("Excel's note on the delimiter", "sep=;\r\n" + PLAIN.replace(",", ";")),
    Messy("all quoted", "\n".join(",".join(f'"{c}"' for c in line.split(",")) for line in PLAIN.split("\n")[:3])),
    Messy("spaces in the header", PLAIN.replace(HEAD, f" {A} , {B}, {C} ")),
    Messy("capitals", PLAIN.replace("agree", "Agree").replace("neutral", "NEUTRAL")),
    Messy("spaces around", PLAIN.replace("neutral,agree,", " neutral , agree\t,")),
    Messy("numbers", f"{HEAD}\n1,-1,\n0,1,1\n"),
    Messy("floats", f"{HEAD}\n1.0,-1.0,\n0.0,1.0,1.0\n"),
    Messy("two decimals", f"{HEAD}\n1.00,-1.00,\n0.00,1.00,1.00\n"),
    Messy("plus signs", f"{HEAD}\n+1,-1,\n0,+1,+1\n"),
    Messy("R's NA", f"{HEAD}\nagree,disagree,NA\nneutral,agree,agree\n"),
    Messy("pandas' nan", f"{HEAD}\n1.0,-1.0,nan\n0.0,1.0,1.0\n"),
    Messy("NaN", f"{HEAD}\n1.0,-1.0,NaN\n0.0,1.0,1.0\n"),
    Messy("99 for no answer", f"{HEAD}\n1,-1,99\n0,1,1\n", ["--missing", "NA,99,-"]),
    Messy("a dash for no answer", f"{HEAD}\nagree,disagree,-\nneutral,agree,agree\n", ["--missing", "NA,99,-"]),
    Messy("a dot for no answer, as SAS writes", f"{HEAD}\n1,-1,.\n0,1,1\n", ["--missing", "."]),
    Messy("SPSS writes a space for no answer", f"{HEAD}\n1.00,-1.00, \n.00,1.00,1.00\n"),
    Messy("SPSS in a Dutch locale", f"{A};{B};{C}\n1,00;-1,00; \n,00;1,00;1,00\n"),
    Messy("a Dutch locale that writes the zero, quoted", f'{HEAD}\n"1,00","-1,00",\n"0,00","1,00","1,00"\n'),
    Messy("a scale of five", f"{HEAD}\n5,1,\n3,4,4\n", [FIVE]),
    Messy("a scale of five as floats", f"{HEAD}\n5.0,2.0,\n3.0,4.0,5.0\n", [FIVE]),
    Messy("Dutch words", f"{HEAD}\nEens,Oneens,Weet niet\nNeutraal,Eens,Eens\n", ["--values", "eens=agree,oneens=disagree,neutraal=neutral", "--missing", "weet niet"]),
    Messy("SPSS labels with commas", f'{HEAD}\n"Eens","Oneens",\n"Neutraal","Eens","Eens"\n', ["--values", "eens=agree,oneens=disagree,neutraal=neutral"]),
    Messy("SPSS with its mark and semicolons", "\ufeff" + f"{HEAD}\n1,-1,\n0,1,1\n".replace(",", ";")),
    Messy(
        "Qualtrics",
        f'StartDate,{HEAD},Q_Lang\nStart Date,"Leave, now?","Two\nlines","Build ""own"""," "\n'
        '"{""ImportId"":""startDate""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}",'
        '"{""ImportId"":""QID3""}","{}"\n2025-01-01,agree,disagree,,nl\n2025-01-02,neutral,agree,agree,nl\n',
        ["--header-rows", "3", "--drop-others"],
    ),
    Messy("columns of others dropped", f"id,id,{HEAD}\n1,1,agree,disagree,\n2,2,neutral,agree,agree\n", ["--drop-others"]),
    Messy("columns in another order", f"{C},{A},{B}\n,agree,disagree\nagree,neutral,agree\n"),
    Messy("an index column of pandas", f",{HEAD}\n0,agree,disagree,\n1,neutral,agree,agree\n", ["--drop-others"]),
    Messy("a bad row passed over", PLAIN + "perhaps,agree,agree\n", ["--on-error", "skip"]),
    Messy("a row that is too short, passed over", PLAIN + "agree\n", ["--on-error", "cell"]),
    Messy("weights", f"{HEAD},{A}:weight\nagree,disagree,,1.0\nneutral,agree,agree,NA\n"),
]  # fmt: skip
REFUSED = [
    Messy("nothing", "", refused="must be a header"),
    Messy("only zeros", b"\0" * 500, refused="must be a header"),
    Messy("a header alone", HEAD, refused="no answers below the header"),
    Messy("blank answers", f"{HEAD}\n,,\n,,\n", refused="no row has an answer"),
    Messy("all codes unknown", f"{HEAD}\n5,1,\n3,4,4\n", ["--on-error", "cell", "--missing", "1"], "cannot mean two", 2),
    Messy("a scale without its meaning", f"{HEAD}\n5,1,\n", refused="--values"),
    Messy("every row wrong", f"{HEAD}\n5,1,\n3,4,4\n", ["--on-error", "skip"], "none of the 2 rows"),
    Messy("a bad cell", PLAIN + "perhaps,agree,agree\n", refused="row 4, column leave-microsoft"),
    Messy("Latin-1", PLAIN.encode() + "è,agree,agree\n".encode("latin-1"), refused="not UTF-8"),
    Messy("Latin-1 header", "identité,".encode("latin-1") + PLAIN.encode(), refused="CSV UTF-8"),
    Messy("half a UTF-16 sign", PLAIN.encode("utf-16") + b"\0\xd8", refused="CSV UTF-8"),
    Messy("other columns", PLAIN.replace(HEAD, f"{A},{B},age"), refused="--drop-others"),
    Messy("a near miss", PLAIN.replace(A, "leave_microsoft"), refused="Did you mean 'leave-microsoft'?"),
    Messy("a column twice", PLAIN.replace(B, A), refused="2 times"),
    Messy("an open quote", PLAIN + '"agree,agree,agree\n', refused="not closed"),
    Messy("an open quote in the header", f'"{HEAD}\nagree\n', ["--header-rows", "3"], "must be a header"),
    Messy("fewer rows than the header is said to have", HEAD, ["--header-rows", "3"], "must be a header"),
    Messy("Qualtrics without its rows named", f'{HEAD}\nQ1,Q2,Q3\n"{{}}","{{}}","{{}}"\n1,1,1\n', refused="row 2"),
    Messy("a word that is no answer", PLAIN, ["--values", "1=maybe"], "'maybe' is not an answer", 2),
    Messy("values without a meaning", PLAIN, ["--values", "1,2"], "CELL=ANSWER", 2),
    Messy("a code with two meanings", PLAIN, ["--values", "agree=disagree"], "two things", 2),
    Messy("a web page", "<!doctype html>\n<title>Sign in</title>\n", refused="not a statement"),
    Messy("JSON", '{"answers": [1, 2]}\n', refused="not a statement"),
    Messy("a spreadsheet renamed", b"PK\x03\x04\x14\0\x06\0\x08\0" + bytes(range(256)), refused="must be a header"),
]  # fmt: skip


def score(folder: Path, content: Path, messy: Messy) -> tuple[int, str]:
    source = folder / "answers.csv"
    source.write_bytes(
        messy.content if isinstance(messy.content, bytes) else messy.content.encode()
    )
    command = ["score", str(source), "--content", str(content), "--out", str(folder / "out.csv")]
    done = CliRunner().invoke(main, [*command, *messy.options])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output
    return done.exit_code, done.output


@pytest.mark.parametrize("messy", READ, ids=lambda messy: messy.name)
def test_what_can_be_read_is_read_right(messy: Messy, tmp_path: Path, content_folder: Path) -> None:
    code, output = score(tmp_path, content_folder, messy)
    assert code == 0, output
    scores = (tmp_path / "out.csv").read_text()
    assert score(tmp_path, content_folder, Messy("plain", PLAIN))[0] == 0
    assert scores == (tmp_path / "out.csv").read_text()
    with (tmp_path / "out.csv").open(newline="") as file:
        assert [row["answered"] for row in csv.DictReader(file)] == ["2", "3"]


@pytest.mark.parametrize("messy", REFUSED, ids=lambda messy: messy.name)
def test_what_cannot_is_refused_in_words(
    messy: Messy, tmp_path: Path, content_folder: Path
) -> None:
    code, output = score(tmp_path, content_folder, messy)
    assert code == messy.exit_code, output
    assert messy.refused
    assert messy.refused in output
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["answers.csv"]


def test_only_faults_of_values_and_missing_are_called_so(
    tmp_path: Path, content_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_args: object, **_options: object) -> None:
        msg = "something else"
        raise ValueError(msg)

    monkeypatch.setattr("quiz.cli.score.score_file", fault)
    with pytest.raises(AssertionError, match="something else"):
        score(tmp_path, content_folder, Messy("plain", PLAIN))


def test_what_a_cell_means() -> None:
    table = answers_table()
    meanings = {
        AGREE: ("agree", " AGREE ", "1", "1.0", "1,00", "+1", 1, 1.0),
        NEUTRAL: ("neutral", "0", "-0", ".00", ",00", "0,00", "-.0", 0, 0.0),
        DISAGREE: ("disagree", "-1", "-1.00", "-1,00", -1), NONE: ("skip", "", " ", None, "NA", "nan", "Na"),
    }  # fmt: skip
    for code, cells in meanings.items():
        assert {cell: table[cell] for cell in cells} == dict.fromkeys(cells, code)
    for cell in (
        "yes",
        "0.5",
        "0,5",
        ".5",
        ".",
        ",",
        "1,",
        "1.0,0",
        0.5,
        "1e0",
        "٣",
        "1_0",
        2,
        10**400,
        float("inf"),
        b"agree",
        True and "True",
    ):
        assert table[cell] not in {AGREE, NEUTRAL, DISAGREE, NONE}, cell
    coded = answers_table({"1": "disagree", "5": "agree"}, ["99", "Weet niet"])
    assert [coded[cell] for cell in ("1", 5.0, 99, "weet niet ", "agree")] == [
        DISAGREE, AGREE, NONE, NONE, AGREE,
    ]  # fmt: skip
    assert coded["0"] == coded["-1"] == table["perhaps"]
