"""The app on the small quiz and on the shipped one, and a client that checks every page."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import brotli
import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from quiz.content.paths import shipped
from quiz.web.app import create_app
from quiz.web.compress import zstd
from quiz.web.security import HEADERS
from quiz.web.settings import Settings

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"


class CheckingClient(FlaskClient):
    """Checks what must hold for every answer, and more for every page."""

    def open(self, *args: object, **kwargs: object) -> TestResponse:
        response = super().open(*args, **kwargs)
        for name, value in HEADERS.items():
            assert response.headers.get(name) == value, f"{name} on {response.request.path}"
        assert "Set-Cookie" not in response.headers
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 304, 308}:
            body = response.get_data()
            if response.headers.get("Content-Encoding") == "br":
                body = brotli.decompress(body)
            elif response.headers.get("Content-Encoding") == "zstd":
                body = zstd.decompress(body)
            elif response.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            check_page(body.decode(), response.request.path)
        return response


def check_page(html: str, path: str) -> None:
    """HTML that parses, a title, one h1, a language, nothing inline, ids that are unique, pictures in words."""
    parser = html5lib.HTMLParser(strict=True)
    document = parser.parse(html)
    assert re.fullmatch("[a-z]{2,3}(-[A-Za-z0-9]+)*", document.get("lang") or ""), path
    assert document.get("dir") in {"ltr", "rtl"}, path
    assert (document.findtext(f".//{XHTML}title") or "").strip(), path
    headings = document.findall(f".//{XHTML}h1")
    assert len(headings) == 1, f"{len(headings)} h1 on {path}"
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), f"an id stands twice on {path}"
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.get("style") is None, f"inline style on {path}"
        assert not [name for name in element.keys() if name.startswith("on")], path  # noqa: SIM118
        if element.tag == f"{XHTML}script":
            assert element.get("src"), f"inline script on {path}"
            assert not (element.text or "").strip()
        assert element.tag != f"{XHTML}style", path
        if element.tag == f"{XHTML}img":
            assert element.get("alt") is not None
    for picture in document.iter(f"{SVG}svg"):
        named = picture.get("aria-label") or picture.get("aria-labelledby")
        assert picture.get("aria-hidden") == "true" or named, f"a picture without a name on {path}"
    for figure in document.iter(f"{XHTML}figure"):
        if figure.find(f".//{SVG}svg[@class='chart']") is not None:
            assert figure.find(f".//{XHTML}table") is not None, f"a chart without a table on {path}"
    for element in document.iter():
        target = element.get("href") or ""
        if target.startswith("#"):
            assert target[1:] in ids, f"{target} leads nowhere on {path}"


def make_app(folder: Path) -> Flask:
    app = create_app(Settings(content=folder))
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.test_client_class = CheckingClient
    return app


@pytest.fixture
def app(content_folder: Path) -> Flask:
    """The app on the small quiz."""
    return make_app(content_folder)


@pytest.fixture(scope="session")
def shipped_app() -> Flask:
    """The app on the shipped content."""
    return make_app(shipped())


@pytest.fixture
def shipped_client(shipped_app: Flask) -> FlaskClient:
    return shipped_app.test_client()


@pytest.fixture
def serve_content(tmp_path: Path) -> Callable[[str, str], FlaskClient]:
    """Serve two YAML texts and return a client."""

    def serve(statements: str, answers: str) -> FlaskClient:
        (tmp_path / "statements.yaml").write_text(statements, encoding="utf-8")
        (tmp_path / "party_answers.yaml").write_text(answers, encoding="utf-8")
        return make_app(tmp_path).test_client()

    return serve
