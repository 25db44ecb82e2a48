"""The operator's name, mark, colours and pictures: shown where ours stand, and checked before."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from quiz.cli import main
from quiz.content import ContentError
from quiz.web.static_files import FOLDER
from tests.web.conftest import make_app

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
PNG = b"\x89PNG\r\n\x1a\n" + 40 * b"\0"
COLORS = (FOLDER / "colors.css").read_text(encoding="utf-8")


def branded(folder: Path, name: str, body: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return path


def with_logo(folder: Path, name: str) -> None:
    path = folder / "party_answers.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('    color: "#502379"\n', f"    logo: {name}\n", 1))


def test_the_operators_files_stand_where_ours_do(content_folder: Path) -> None:
    branded(content_folder, "brand/colors.css", COLORS.replace("#faf7f0", "#fffdf8"))
    branded(content_folder, "brand/mark.svg", SVG)
    branded(content_folder, "brand/preview.png", PNG)
    branded(content_folder, "logos/alfa.svg", SVG)
    with_logo(content_folder, "logos/alfa.svg")
    path = content_folder / "statements.yaml"
    path.write_text(path.read_text().replace("  id: small\n", "  id: small\n  name: Stemhulp\n", 1))
    client = make_app(content_folder).test_client()
    page = client.get("/nl/").text
    for name in ("brand/colors.css", "brand/mark.svg", "brand/preview.png"):
        assert f"/{name}" in page
    assert "<span>Stemhulp</span>" in page
    assert "/logos/alfa.svg" in client.get("/nl/parties").text
    assert client.get("/favicon.ico").headers["Location"].endswith("/brand/mark.svg")
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    sheet = client.get(address)
    assert "#fffdf8" in sheet.text
    assert sheet.content_type == "text/css; charset=utf-8"
    assert "immutable" in sheet.headers["Cache-Control"]
    assert client.get(address.replace("colors.css", "other.css")).status_code == 404


def test_without_them_ours_stand_there(app: object, client: FlaskClient) -> None:
    page = client.get("/nl/").text
    assert "<span>Standpunt</span>" in page
    assert "/colors.css" in page
    assert client.get("/favicon.ico").headers["Location"].endswith("/mark.svg")


def test_a_changed_brand_is_taken_over_and_a_broken_one_is_not(content_folder: Path) -> None:
    app = make_app(content_folder)
    live, client = app.extensions["live"], app.test_client()
    branded(content_folder, "brand/mark.svg", SVG)
    assert live.look()
    assert "/brand/mark.svg" in client.get("/nl/").text
    branded(content_folder, "brand/mark.svg", SVG.replace("<path", "<script/><path"))
    assert live.look()
    assert live.last.problems
    assert "<path" in client.get(client.get("/favicon.ico").headers["Location"]).text
    assert "script" not in client.get(client.get("/favicon.ico").headers["Location"]).text


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<html></html>", "This is no SVG file."),
        (SVG.replace("<path", "<script>alert(1)</script><path"), "runs or fetches"),
        (SVG.replace("<path", '<path onload="alert(1)"'), "runs or fetches"),
        (
            SVG.replace("<path", '<use href="https://evil.example/x.svg#a"/><path'),
            "runs or fetches",
        ),
        (SVG.replace("<path", "<style>@import 'x.css';</style><path"), "runs or fetches"),
        (SVG.replace("<path", '<path fill="url(https://evil.example/)"'), "runs or fetches"),
        (SVG + " " * 60_000, "larger than 50 kB"),
    ],
)
def test_a_mark_that_is_none_is_an_error(content_folder: Path, body: str, message: str) -> None:
    branded(content_folder, "brand/mark.svg", body)
    result = CliRunner().invoke(main, ["check", "--content", str(content_folder)])
    assert result.exit_code == 1
    flat = " ".join(result.output.split())
    assert message in flat
    assert "mark.svg" in flat
    with pytest.raises(ContentError):
        make_app(content_folder)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("#faf7f0;", "url(https://evil.example/);", "not a plain colour"),
        (
            "#faf7f0;",
            "#faf7f0; --standpunt-color-papr: #fff;",
            "'--standpunt-color-papr' is not used",
        ),
        ("--standpunt-color-paper: #faf7f0;", "", "--standpunt-color-paper is missing"),
        (":root {", "body { display: none } :root {", "Only “:root"),
        (":root {", "@import 'https://evil.example/'; :root {", "Only “:root"),
    ],
)
def test_colours_that_are_none_are_an_error(
    content_folder: Path, old: str, new: str, message: str
) -> None:
    branded(content_folder, "brand/colors.css", COLORS.replace(old, new, 1))
    result = CliRunner().invoke(main, ["check", "--content", str(content_folder)])
    assert result.exit_code == 1
    assert message in " ".join(result.output.split())
    assert "colors.css" in result.output


def test_faint_colours_and_unused_files_are_warned_of(content_folder: Path) -> None:
    branded(content_folder, "brand/colors.css", COLORS.replace("#4a4740", "#cccccc"))
    branded(content_folder, "brand/logo.svg", SVG)
    result = CliRunner().invoke(main, ["check", "--content", str(content_folder)])
    flat = " ".join(result.output.split())
    assert result.exit_code == 0
    assert "quiet #cccccc on paper #faf7f0 has a contrast of 1.5; 4.5 is needed" in flat
    assert "Nothing uses this file." in flat
