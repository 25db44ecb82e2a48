"""Parties' logos are pictures and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.content import check, load
from quiz.content.limits import LOGO_BYTES

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9" fill="#502379"/></svg>'
PNG = b"\x89PNG\r\n\x1a\n"


def with_logo(folder: Path, name: str, raw: bytes | None) -> list[tuple[int, str]]:
    answers = folder / "party_answers.yaml"
    text = answers.read_text(encoding="utf-8")
    answers.write_text(text.replace("    name: Gamma\n", f"    name: Gamma\n    logo: {name}\n"))
    if raw is not None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(raw)
    return [(problem.line, problem.message) for problem in check(folder).errors]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("logos/g.svg", SVG),
        ("g.png", PNG),
        ("g.jpg", b"\xff\xd8\xff\xe0"),
        ("g.svg", b'<?xml version="1.0"?>' + SVG.replace(b"#502379", b"url(#a)")),
    ],
)
def test_pictures_pass(content_folder: Path, name: str, raw: bytes) -> None:
    assert with_logo(content_folder, name, raw) == []
    assert load(content_folder).parties[2].logo == name


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("logos/g.svg", None, "This picture is not there."),
        ("../g.svg", None, "is not a picture beside the YAML"),
        ("g.gif", b"GIF89a", "is not a picture beside the YAML"),
        ("g.png", SVG, "This is no PNG file."),
        ("g.svg", PNG, "This is no SVG file."),
        ("g.png", PNG + bytes(LOGO_BYTES), "This picture is larger than 300 kB."),
        ("g.svg", SVG.replace(b"<rect", b"<script>x</script><rect"), "runs or fetches something"),
        ("g.svg", SVG.replace(b"<rect", b'<rect onclick="x"'), "runs or fetches something"),
        ("g.svg", SVG.replace(b"#502379", b"url(https://x.example)"), "runs or fetches something"),
        ("g.svg", SVG.replace(b"<rect", b'<image href="https://x.example/y.png"/><rect'), "runs or fetches"),
    ],
)  # fmt: skip
def test_what_is_no_picture_or_does_more_is_refused(
    content_folder: Path, name: str, raw: bytes | None, says: str
) -> None:
    ((line, message),) = with_logo(content_folder, name, raw)
    assert line == 49
    assert says in message


def test_a_link_out_of_the_folder_is_refused(content_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.svg").write_bytes(SVG)
    (content_folder / "g.svg").symlink_to(tmp_path / "elsewhere.svg")
    ((_, message),) = with_logo(content_folder, "g.svg", None)
    assert message == "This picture lies outside the content folder."
