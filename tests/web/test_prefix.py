"""The site below a path of another: every address honours it, whoever takes the path off."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask

from quiz.web.app import create_app
from quiz.web.settings import Settings

HTTPS = "https://krant.example"
ADDRESS = re.compile(r'\s(?:href|src|action|formaction|data-[a-z-]+|content)="([^"]*)"')
LOCAL = re.compile(r"/[a-z.]|https?://krant\.example")


def make(folder: Path, tmp_path: Path, **settings: object) -> Flask:
    database = f"sqlite:///{tmp_path}/classes.sqlite"
    app = create_app(Settings(content=folder, database_url=database, **settings))
    app.testing = True
    return app


class Behind:
    """A browser before a server that passes whole paths on, or takes one off and says so."""

    def __init__(self, app: Flask, *, taken_off: bool) -> None:
        inner = app.wsgi_app

        def server(environ: dict[str, str], start_response: object) -> object:
            if taken_off:
                environ["PATH_INFO"] = environ["PATH_INFO"].removeprefix("/stemhulp")
                environ["HTTP_X_FORWARDED_PREFIX"] = "/stemhulp"
            return inner(environ, start_response)

        app.wsgi_app = server  # type: ignore[method-assign]
        self.client = app.test_client()

    def ask(self, path: str, method: str = "GET", **more: object) -> tuple[int, str, str]:
        response = self.client.open(path, method=method, base_url=HTTPS, **more)
        readable = response.mimetype.startswith("text/") or response.mimetype.endswith(
            ("json", "svg+xml")
        )
        body = response.text if readable else ""
        return response.status_code, body, response.headers.get("Location", "")


@pytest.fixture(params=[False, True], ids=["setting", "header"])
def behind(request: pytest.FixtureRequest, content_folder: Path, tmp_path: Path) -> Behind:
    taken_off = request.param
    settings = {"proxies": 1} if taken_off else {"prefix": "/stemhulp"}
    return Behind(make(content_folder, tmp_path, **settings), taken_off=taken_off)


def addresses(page: str) -> set[str]:
    links = {unescape(link) for link in ADDRESS.findall(page)}
    return {link for link in links if LOCAL.match(link)}


def test_every_address_of_every_page_lies_below_the_path(behind: Behind) -> None:
    pages = ["/stemhulp/", "/stemhulp/nl"]
    for start in pages:
        status, _, place = behind.ask(start)
        assert status in {302, 308}
        assert place.startswith("/stemhulp/nl/")
    waiting, seen = {"/stemhulp/nl/"}, set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        status, body, _ = behind.ask(path)
        assert status in {200, 302, 303, 405, 409}, path
        if "<html" not in body:
            continue
        for address in addresses(body):
            parts = urlsplit(urljoin(HTTPS, address))
            assert parts.path.startswith("/stemhulp/"), f"{address} on {path}"
            if parts.path not in seen:
                waiting.add(parts.path)
    assert len(seen) > 30
    assert any("/static/" in path for path in seen)


def test_results_classes_and_cookies_lie_below_it(behind: Behind) -> None:
    status, page, _ = behind.ask(
        "/stemhulp/nl/result", "POST", data={"answer.leave-microsoft": "agree"}
    )
    assert status == 200
    assert all(link.startswith(("/stemhulp/", HTTPS)) for link in addresses(page))
    opened = {"way": "together", "length": "all"}
    response = behind.client.post("/stemhulp/nl/class", base_url=HTTPS, data=opened)
    assert response.status_code == 303
    place = response.headers["Location"]
    assert place.startswith("/stemhulp/nl/class/")
    assert response.headers.getlist("Set-Cookie")
    for cookie in response.headers.getlist("Set-Cookie"):
        assert cookie.startswith("__Secure-class_host")
        assert "; Path=/stemhulp/" in cookie
    status, board, _ = behind.ask(place)
    assert status == 200
    assert all(urlsplit(link).path.startswith("/stemhulp/") for link in addresses(board))
    assert "krant.example/stemhulp/nl/class" in board


def test_the_api_names_the_path(behind: Behind) -> None:
    _, body, _ = behind.ask("/stemhulp/api/v1/openapi.json")
    assert '"servers":[{"url":"/stemhulp"}]' in re.sub(r"\s", "", body)


@pytest.mark.parametrize(
    "sent", ["//evil.example", "/..", "evil", "/a b", '/"><script>', "/" * 200]
)
def test_a_forwarded_path_that_is_none_is_passed_over(
    content_folder: Path, tmp_path: Path, sent: str
) -> None:
    client = make(content_folder, tmp_path, proxies=1).test_client()
    response = client.get("/", headers={"X-Forwarded-Prefix": sent})
    assert response.headers["Location"] == "/nl/"


def test_no_header_is_believed_without_a_proxy(content_folder: Path, tmp_path: Path) -> None:
    client = make(content_folder, tmp_path).test_client()
    page = client.get("/nl/", headers={"X-Forwarded-Prefix": "/evil"})
    assert "/evil" not in page.text


def test_what_is_kept_for_one_path_is_not_served_below_another(
    content_folder: Path, tmp_path: Path
) -> None:
    client = make(content_folder, tmp_path, proxies=1).test_client()

    def ask(path: str) -> str:
        return client.get("/nl/", headers={"X-Forwarded-Prefix": path}).text

    for number in range(20):
        assert f'href="/p{number}/nl/quiz"' in ask(f"/p{number}")
    assert 'href="/nl/quiz"' in ask("")
    assert 'href="/p0/nl/quiz"' in ask("/p0")


def test_paths_without_end_do_not_fill_the_memory(content_folder: Path, tmp_path: Path) -> None:
    served = make(content_folder, tmp_path).extensions["live"].current
    first = served.below("/p0")
    assert served.below("/p0") is first
    for number in range(1, 20):
        served.below(f"/p{number}")
    assert served.below("/p0") is not first
