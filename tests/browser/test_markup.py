"""Mark-up in every field of the content and every input, on every page: in a real browser none
runs.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from quiz.web.app import create_app
from quiz.web.settings import Settings
from tests.browser.payloads import ALL, PAYLOADS

NUMBER = len(PAYLOADS)
WATCH = """
window.seen = [];
window.ran = (number) => { window.seen.push("ran " + number); return ""; };
document.addEventListener("securitypolicyviolation", (event) => window.seen.push(event.violatedDirective));
"""
Look = Callable[[str], Page]


def at(place: int) -> str:
    return PAYLOADS[place % NUMBER]


def statements() -> dict[str, Any]:
    quiz = {
        "id": "markup", "title": ALL[:4900], "description": ALL[:4900], "languages": ["nl"],
        "matching": {"method": "city-block", "prior": "10", "double_weight": "2", "min_compared": "1"},
        "version": "1", "as_of": "2025-10-29", "election": ALL[:4900], "contact": "https://example.org/'onfocus=ran(60)'",
        "publisher": {"name": '"><img src=x onerror=ran(61)>', "url": "https://example.org/'onfocus=ran(62)'"},
        "changelog": [{"version": "1", "date": "2025-10-29", "text": text} for text in PAYLOADS],
    }  # fmt: skip
    return {
        "quiz": quiz,
        "themes": [{"id": f"theme-{number}", "name": at(number)} for number in range(NUMBER)],
        "statements": [
            {"id": f"these-{number}", "theme": f"theme-{number}", "text": f"{number} {at(number)}", "explanation": at(number + 1),
             "argument_for": at(number + 2), "argument_against": at(number + 3)}
            for number in range(NUMBER)
        ],
    }  # fmt: skip


def answers() -> dict[str, Any]:
    def entry(party: int, statement: int) -> dict[str, Any]:
        position = ("agree", "neutral", "disagree")[(party + statement) % 3]
        evidence = {
            "text": f"{at(party + statement)} {'x' * 25}",
            "source": f"q-{(party + statement) % NUMBER}",
        }
        shown = {"summary": evidence} if party == 1 else {"quotes": [evidence]}
        return {
            "position": position,
            "explicit": "false",
            "explanation": at(statement + 5),
            **shown,
        }

    return {
        "sources": [
            {"id": f"q-{party}", "title": at(party)[:200], "edition": "final", "url": "https://example.org/?a=" + quote(at(party), safe="'()=;:")}
            for party in range(NUMBER)
        ],
        "parties": [
            {"id": f"party-{party}", "name": f"{party} {at(party)}"[:200], "long_name": at(party + 7)[:200], "searched": ["q-0"],
             "answers": {f"these-{number}": entry(party, number) for number in range(NUMBER) if (number + party) % 10 == 0 or party < 2}}
            for party in range(NUMBER)
        ],
    }  # fmt: skip


def written(folder: Path) -> Path:
    for name, data in (("statements.yaml", statements()), ("party_answers.yaml", answers())):
        (folder / name).write_text(json.dumps(data, indent=1, ensure_ascii=True), encoding="utf-8")
    text = (
        (folder / "statements.yaml")
        .read_text()
        .replace('"as_of": "2025-10-29"', '"as_of": 2025-10-29')
    )
    for number in ("10", "2", "1"):
        text = text.replace(f': "{number}"', f": {number}")
    (folder / "statements.yaml").write_text(text)
    path = folder / "party_answers.yaml"
    path.write_text(path.read_text().replace('"explicit": "false"', '"explicit": false'))
    return folder


@contextmanager
def served(folder: Path, *, preview: bool = False) -> Iterator[str]:
    """Serve content that is nothing but mark-up."""
    settings = Settings(
        content=written(folder), preview=preview, database_url=f"sqlite:///{folder}/classes.sqlite"
    )  # fmt: skip
    app = create_app(settings)
    app.add_url_rule("/bare", view_func=lambda: "<title>x</title><script>ran(0)</script>")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("hostile")) as address:
        yield address


@pytest.fixture
def look(browser: Browser, hostile: str) -> Iterator[Look]:
    """Open addresses one after the other; ``page.found`` lists what ran or was blocked."""
    context = browser.new_context(base_url=hostile, viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_default_navigation_timeout(120_000)  # for the audit on the method page
    faults: list[str] = []
    page.on(
        "console",
        lambda message: faults.append(message.text) if "Content Security" in message.text else None,
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss())[1])
    page.found = faults  # type: ignore[attr-defined]

    def go(path: str) -> Page:
        page.goto(path)
        return page

    yield go
    context.close()


def seen(page: Page) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.emulate_media(media="print")
    page.emulate_media(media="screen")
    return [*page.evaluate("window.seen"), *page.found]  # type: ignore[attr-defined]


PATHS = [
    "/nl/", "/nl/quiz", "/en/quiz", "/nl/statements", "/nl/statements/these-0", "/nl/statements/these-59", "/nl/parties", "/nl/parties/party-0",
    "/nl/parties/party-1", "/nl/matrix", "/en/matrix", "/nl/method", "/nl/privacy", "/nl/accessibility", "/nl/paper", "/nl/class", "/nl/class/join",
    "/nl/class/counted", "/nl/class/recover", "/nl/not-here", "/.well-known/security.txt", "/api/v1/quiz", "/healthz",
]  # fmt: skip


def test_the_detector_sees_a_payload_that_runs(browser: Browser, hostile: str, look: Look) -> None:
    """Control: the policy stops a script in the page and says so; without a policy it runs."""
    assert seen(look("/bare"))
    context = browser.new_context(base_url=hostile, bypass_csp=True)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto("/bare")
    assert page.evaluate("window.seen") == ["ran 0"]
    context.close()


def test_no_payload_runs_on_any_page(look: Look) -> None:
    for path in PATHS:
        page = look(path)
        assert seen(page) == [], path
    assert "<svg onload=ran(14)>" in look("/nl/statements").inner_text("body")


def test_no_payload_runs_in_the_preview(look: Look, tmp_path: Path) -> None:
    with served(tmp_path, preview=True) as address:
        for path in ("/preview", "/nl/", "/nl/quiz"):
            assert seen(look(address + path)) == [], path


@pytest.mark.slow
def test_no_payload_runs_from_an_address(look: Look) -> None:
    for payload in PAYLOADS:
        for path in (
            f"/nl/search?q={quote(payload)}",
            f"/nl/class/join?code={quote(payload)}",
            f"/nl/{quote(payload)}",
        ):
            assert seen(look(path)) == [], path
    assert seen(look(f"/nl/quiz#answers:{quote(ALL)}")) == []
    assert seen(look("/nl/quiz#" + ALL)) == []


def post(page: Page, path: str, fields: list[tuple[str, str]]) -> None:
    """Send a form as a page does, whatever its fields are called."""
    with page.expect_navigation():
        page.evaluate(
            """([path, fields]) => {
              const form = document.createElement("form");
              form.method = "post"; form.action = path;
              for (const [name, value] of fields) {
                const field = document.createElement("input");
                field.type = "hidden"; field.name = name; field.value = value; form.append(field);
              }
              document.body.append(form); form.submit();
            }""",
            [path, fields],
        )


@pytest.mark.slow
def test_no_payload_runs_from_a_form(look: Look) -> None:
    page = look("/nl/")
    good = [
        (f"answer.these-{number}", ("agree", "disagree")[number % 2]) for number in range(NUMBER)
    ]
    picked = [("party", f"party-{number}") for number in range(3)]
    post(page, "/nl/result", [*good, *picked, ("double", "these-1")])
    expect(page.locator(".outcome")).to_have_count(NUMBER)
    assert seen(page) == []
    everywhere = [(f"answer.these-{number}", payload) for number, payload in enumerate(PAYLOADS)]
    post(page, "/nl/result", [*everywhere, ("content", ALL)])
    assert seen(page) == []
    for payload in PAYLOADS[::6]:
        post(page, "/nl/result", [(f"answer.{payload}", "agree"), ("double", payload)])
        assert seen(page) == [], payload
    page = look("/nl/class/join")
    for payload in PAYLOADS:
        for path, name in (("/nl/class/join", "code"), ("/nl/class/recover", "token")):
            post(page, path, [(name, payload)])
            assert seen(page) == [], (path, payload)


@pytest.mark.slow
def test_no_payload_runs_in_a_class(look: Look) -> None:
    page = look("/nl/class")
    post(page, "/nl/class", [("way", "together"), ("length", "all")])
    for action in ("begin", "close", "next", "lock", "end"):
        assert seen(page) == [], action
        post(page, "/nl/class/board", [("action", action), ("sure", "yes")])
        for show in ("join", "order", "parties", "talk", "quotes&party=party-1"):
            assert seen(look(f"/nl/class/board?show={show}")) == [], (action, show)
    assert seen(page) == []
    for screen in ("agreed", "divided", "parties", "questions", "all", "handout"):
        assert seen(look(f"/nl/class/summary?screen={screen}")) == [], screen
    counted = [
        (f"{name}.these-{number}", "7")
        for number in range(NUMBER)
        for name in ("agree", "disagree")
    ]
    page = look("/nl/class/counted")
    post(page, "/nl/class/counted", counted)
    assert seen(page) == []


def test_no_cell_of_the_tables_is_a_formula_or_a_tag_for_a_browser(look: Look) -> None:
    for path in ("/data/quiz.csv", "/data/quiz.json"):
        response = look("/nl/").request.get(path)
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "html" not in response.headers["content-type"]
