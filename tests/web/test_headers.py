"""The header policy, pinned on every kind of response, and what two public scanners ask of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from quiz.web.app import create_app
from quiz.web.settings import Settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
POLICY = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Strict-Transport-Security": "max-age=63072000",
}
HTTPS = "https://quiz.example"
CSS = "/static/{version}/standpunt.css"


@pytest.fixture
def secure(content_folder: Path, tmp_path: Path) -> FlaskClient:
    """A client of the app behind https, on its own host."""
    app = create_app(
        Settings(
            content=content_folder,
            trusted_hosts=("quiz.example",),
            database_url=f"sqlite:///{tmp_path}/classes.sqlite",
        )
    )
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/crash", view_func=lambda: 1 / 0)
    return app.test_client()


def ask(client: FlaskClient, method: str, path: str, **more: object) -> TestResponse:
    if "{version}" in path:
        page = client.get("/nl/", base_url=HTTPS).get_data(as_text=True)
        version = re.search(r"/static/([^/]+)/", page)
        assert version
        path = path.format(version=version[1])
    return client.open(path, method=method, **({"base_url": HTTPS} | more))


KINDS = {
    "redirect": ("GET", "/", {}, 302),
    "redirect by the router": ("GET", "/nl", {}, 308),
    "page": ("GET", "/nl/", {}, 200),
    "page, head": ("HEAD", "/nl/quiz", {}, 200),
    "options": ("OPTIONS", "/nl/result", {}, 200),
    "result": ("POST", "/nl/result", {"data": {"answer.leave-microsoft": "agree"}}, 200),
    "result without answers": ("POST", "/nl/result", {}, 400),
    "saved result": ("POST", "/nl/result.json", {"data": {"answer.leave-microsoft": "agree"}}, 200),
    "not there": ("GET", "/nl/nothing", {}, 404),
    "wrong method": ("DELETE", "/nl/quiz", {}, 405),
    "too large": ("POST", "/nl/result", {"data": b"x" * 300_000}, 413),
    "wrong host": ("GET", "/nl/", {"base_url": "https://evil.example"}, 400),
    "crash": ("GET", "/crash", {}, 500),
    "style sheet": ("GET", CSS, {}, 200),
    "no such file": ("GET", "/static/x/y.css", {}, 404),
    "api": ("GET", "/api/v1/quiz", {}, 200),
    "api description": ("GET", "/api/v1/openapi.json", {}, 200),
    "api match": ("POST", "/api/v1/match", {"json": {"answers": {"leave-microsoft": "agree"}}}, 200),
    "api refusal": ("POST", "/api/v1/match", {"json": []}, 400),
    "api not there": ("GET", "/api/v1/nothing", {}, 404),
    "api wrong method": ("GET", "/api/v1/match", {}, 405),
    "table": ("GET", "/data/quiz.csv", {}, 200),
    "health": ("GET", "/healthz", {}, 200),
    "security.txt": ("GET", "/.well-known/security.txt", {}, 200),
    "class": ("GET", "/nl/class", {}, 200),
    "class opened": ("POST", "/nl/class", {"data": {"way": "own", "length": "all"}}, 303),
    "class form from elsewhere": (
        "POST", "/nl/class", {"headers": {"Sec-Fetch-Site": "cross-site"}}, 403,
    ),
    "class refused": ("GET", "/nl/class/summary", {}, 409),
    "class state": ("GET", "/class/state/x", {}, 404),
    "paper": ("GET", "/nl/paper", {}, 200),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_whole_policy_stands_on_every_kind_of_response(secure: FlaskClient, kind: str) -> None:
    method, path, more, status = KINDS[kind]
    response = ask(secure, method, path, **more)
    assert response.status_code == status
    names = set(POLICY) | {"Content-Security-Policy-Report-Only", "Server", "X-Powered-By"}
    assert {name: response.headers[name] for name in names if name in response.headers} == POLICY
    assert all(len(response.headers.getlist(name)) == 1 for name in POLICY)
    if method != "HEAD" and response.get_data() and status not in {302, 303, 308}:
        assert re.fullmatch(
            r"(text/(html|css|csv|plain); charset=utf-8|application/json)",
            response.headers["Content-Type"],
        )


def test_a_page_not_from_the_cache_and_one_from_it_carry_the_policy(secure: FlaskClient) -> None:
    first = ask(secure, "GET", "/nl/quiz")
    again = ask(secure, "GET", "/nl/quiz", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert POLICY.items() <= dict(again.headers).items()


def test_over_plain_http_there_is_no_hsts(secure: FlaskClient) -> None:
    response = secure.get("/nl/", base_url="http://quiz.example")
    assert "Strict-Transport-Security" not in response.headers


def sources(header: str) -> dict[str, set[str]]:
    parts = (part.split() for part in header.split(";") if part.strip())
    return {name: set(values) for name, *values in parts}


def observatory(response: TestResponse) -> dict[str, int]:
    """Score a response over https by the HTTP Observatory's rules: test → points.

    The rules are those of github.com/mdn/mdn-http-observatory, ``src/analyzer/tests`` and
    ``src/grader/charts.js``, as described at developer.mozilla.org/observatory/docs/tests_and_scoring.
    Every test of its list is here; each gives the best or the worst of its results, which is
    coarser, and stricter, than the original. What only the operator can do is left to docs/security.md:
    the redirect from http to https (a fault: -20) and the preload list (a bonus: 5).
    """
    csp = sources(response.headers.get("Content-Security-Policy", ""))
    broad = {"*", "http:", "https:", "ftp:", "data:", "'unsafe-inline'", "'unsafe-eval'"}
    safe = csp.get("default-src") == {"'none'"} and not broad & set().union(*csp.values())
    hsts = re.match(r"max-age=(\d+)", response.headers.get("Strict-Transport-Security", ""))
    age = int(hsts[1]) if hsts else 0
    cookies = response.headers.getlist("Set-Cookie")
    strict = all(
        "; Secure" in cookie
        and "; HttpOnly" in cookie
        and re.search("SameSite=(Lax|Strict)", cookie)
        for cookie in cookies
    )
    scripts = re.findall(r"<script[^>]*\ssrc=[^>]*>", response.get_data(as_text=True))
    own = all(re.search(r'src="/[^/]', tag) for tag in scripts)
    shared = response.headers.get("Access-Control-Allow-Credentials") == "true"
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    return {
        "content-security-policy": 10 if safe and csp.get("form-action", set()) else -25,
        "cookies": (5 if strict else -40) if cookies else 0,
        "cross-origin-resource-sharing": -50 if shared else 0,
        "referrer-policy": 5 if response.headers.get("Referrer-Policy") in private else -5,
        "strict-transport-security": 0 if age >= 31_536_000 else -20,
        "subresource-integrity": (5 if all("integrity=" in tag for tag in scripts) else 0)
        if scripts and own
        else (0 if own else -50),
        "x-content-type-options": 0
        if response.headers.get("X-Content-Type-Options") == "nosniff"
        else -5,
        "x-frame-options": 5 if csp.get("frame-ancestors") == {"'none'"} else -20,
        "cross-origin-resource-policy": 10
        if response.headers.get("Cross-Origin-Resource-Policy") in {"same-origin", "same-site"}
        else 0,
    }


def test_the_observatory_takes_nothing_off_and_gives_its_bonuses(secure: FlaskClient) -> None:
    start = observatory(ask(secure, "GET", "/nl/"))
    assert 100 + sum(start.values()) == 135
    quiz = observatory(ask(secure, "GET", "/nl/quiz"))
    assert 100 + sum(quiz.values()) == 135
    opened = ask(secure, "POST", "/nl/class", data={"way": "together", "length": "all"})
    assert 100 + sum(observatory(opened).values()) == 135
    board = observatory(ask(secure, "GET", "/nl/class/board"))
    assert all(points >= 0 for points in (*start.values(), *quiz.values(), *board.values()))


def test_the_observatorys_list_sees_what_is_missing(app: Flask) -> None:
    bare = app.response_class("<script src=https://cdn.example/x.js></script>")
    points = observatory(bare)  # type: ignore[arg-type]
    assert {name for name, value in points.items() if value < 0} == {
        "content-security-policy", "referrer-policy", "strict-transport-security",
        "subresource-integrity", "x-content-type-options", "x-frame-options",
    }  # fmt: skip


def test_internet_nl_finds_nothing_to_say_about_the_application(secure: FlaskClient) -> None:
    """What internet.nl checks of the application itself, by ``checks/tasks`` of its source.

    github.com/internetstandards/Internet.nl: ``http_headers.py`` and ``securitytxt.py``. IPv6, DNSSEC,
    TLS, routing and the redirect to https are the host's and stand in docs/security.md.
    """
    headers = ask(secure, "GET", "/nl/").headers
    hsts = headers["Strict-Transport-Security"]
    assert int(hsts.partition(";")[0].removeprefix("max-age=")) >= 31_536_000
    assert headers["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
    csp = sources(headers["Content-Security-Policy"])
    assert csp["default-src"] <= {"'none'", "'self'"}
    for name in ("base-uri", "form-action", "frame-ancestors"):
        assert csp[name] <= {"'none'", "'self'"}, name
    everything = set().union(*csp.values())
    assert everything == {"'none'", "'self'"}  # no unsafe-*, no scheme, no host, no data:
    assert ask(secure, "GET", "/.well-known/security.txt").status_code == 200


def fields(response: TestResponse) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in response.get_data(as_text=True).splitlines())


def test_security_txt_follows_the_standard(secure: FlaskClient) -> None:
    response = ask(secure, "GET", "/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    names = fields(response)
    assert list(names) == ["Contact", "Expires", "Preferred-Languages", "Canonical"]
    assert names["Contact"] == "mailto:redactie@example.org"
    assert names["Preferred-Languages"] == "nl, en"
    assert names["Canonical"] == "https://quiz.example/.well-known/security.txt"
    left = datetime.fromisoformat(names["Expires"]) - datetime.now(UTC)
    assert timedelta(days=90) < left < timedelta(days=365)


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("https://example.org/meld?a=b", "https://example.org/meld?a=b"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("rené@example.org", "mailto:ren%C3%A9@example.org"),
        ("http://example.org/meld", None),
        (None, None),
    ],
)
def test_security_txt_names_only_what_the_standard_allows(
    content_folder: Path, contact: str | None, expected: str | None
) -> None:
    path = content_folder / "statements.yaml"
    line = "  contact: redactie@example.org\n"
    text = path.read_text(encoding="utf-8")
    assert line in text
    path.write_text(text.replace(line, f"  contact: {contact}\n" if contact else ""))
    response = (
        create_app(Settings(content=content_folder)).test_client().get("/.well-known/security.txt")
    )
    if expected is None:
        assert response.status_code == 404
    else:
        assert fields(response)["Contact"] == expected
        assert "Canonical" not in fields(response)
