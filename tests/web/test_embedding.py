"""Frames: open to those whom the content names, on the voter's pages, and to nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from quiz.web.app import create_app
from quiz.web.settings import Settings

NAMED = ("https://krant.example", "https://www.radio.example:8443")


def client_of(folder: Path, *origins: str) -> FlaskClient:
    path = folder / "statements.yaml"
    text = path.read_text(encoding="utf-8")
    quoted = ", ".join(f'"{origin}"' for origin in origins)
    path.write_text(text.replace("  id: small\n", f"  id: small\n  embed: [{quoted}]\n", 1))
    database = f"sqlite:///{folder.parent}/classes.sqlite"
    return create_app(Settings(content=folder, database_url=database)).test_client()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"), ("GET", "/nl/"), ("GET", "/en/quiz"), ("POST", "/nl/result"),
        ("GET", "/nl/statements/ban-datacenters"), ("GET", "/nl/method"), ("GET", "/nl/search?q=a"),
    ],
)  # fmt: skip
def test_voters_pages_may_be_framed_by_whom_the_content_names(
    content_folder: Path, method: str, path: str
) -> None:
    client = client_of(content_folder, *NAMED)
    response = client.open(path, method=method, data={"answer.leave-microsoft": "agree"})
    policy = response.headers["Content-Security-Policy"]
    assert policy.endswith(f"; frame-ancestors {' '.join(NAMED)}")
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "X-Frame-Options" not in response.headers
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/nl/class", "/nl/class/join", "/nl/class/board", "/nl/class/seat", "/nl/paper",
        "/api/v1/quiz", "/healthz", "/nowhere", "/embed.js", "/robots.txt",
    ],
)  # fmt: skip
def test_nothing_else_may_be_framed(content_folder: Path, path: str) -> None:
    response = client_of(content_folder, *NAMED).get(path)
    assert response.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert response.headers["X-Frame-Options"] == "DENY"


def test_without_a_name_nobody_frames_and_there_is_no_script(content_folder: Path) -> None:
    client = client_of(content_folder)
    response = client.get("/nl/quiz")
    assert response.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "frame.js" not in response.text
    assert client.get("/embed.js").status_code == 404


def test_the_script_may_be_loaded_by_another_sites_page(content_folder: Path) -> None:
    response = client_of(content_folder, *NAMED).get("/embed.js")
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Content-Type"].startswith("text/javascript")


def test_a_page_names_its_frames_to_its_own_script(content_folder: Path) -> None:
    page = client_of(content_folder, *NAMED).get("/nl/quiz").text
    assert f'<meta name="embed" content="{" ".join(NAMED)}">' in page
    assert "target=_top>In de klas" in page.replace("\n", "")
