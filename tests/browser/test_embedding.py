"""The quiz in a newspaper's frame, in Chromium: taken to its end, as high as it is, storage or none."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import FrameLocator, Page, Playwright, expect
from werkzeug.serving import make_server

from quiz.web.app import create_app
from quiz.web.settings import Settings

PAPER = """<!DOCTYPE html><html lang="nl"><title>De krant</title><h1>De krant</h1>
<p><a class="standpunt" href="{quiz}/nl/quiz">Doe de quiz</a></p>
<script async src="{quiz}/embed.js"></script><p id="below">Meer nieuws</p></html>"""


@dataclass
class Sites:
    """A newspaper and a quiz that it may show: two sites of two hosts."""

    paper: str
    quiz: str


@contextmanager
def served(app: Flask, port: int = 0) -> Iterator[int]:
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()


@pytest.fixture
def sites(content_folder: Path, tmp_path: Path) -> Iterator[Sites]:
    paper = Flask("paper")
    sites = Sites("", "")
    paper.add_url_rule("/", view_func=lambda: PAPER.format(quiz=sites.quiz))
    with served(paper) as port:
        sites.paper = f"http://localhost:{port}"
        path = content_folder / "statements.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("  id: small\n", f'  id: small\n  embed: ["{sites.paper}"]\n', 1)
        )
        settings = Settings(content=content_folder, database_url=f"sqlite:///{tmp_path}/c.sqlite")
        with served(create_app(settings)) as other:
            sites.quiz = f"http://127.0.0.1:{other}"
            yield sites


@pytest.fixture(params=["storage", "no storage"])
def reader(
    request: pytest.FixtureRequest, playwright: Playwright, tmp_path: Path,
    browser_type_launch_args: dict[str, Any],
) -> Iterator[Page]:  # fmt: skip
    """A browser of its own; the second keeps nothing for a site in another's frame."""
    blocked = request.param == "no storage"
    profile = tmp_path / "profile" / "Default"
    profile.mkdir(parents=True)
    preferences = {
        "profile": {"block_third_party_cookies": blocked, "cookie_controls_mode": int(blocked)}
    }
    (profile / "Preferences").write_text(json.dumps(preferences))
    context = playwright.chromium.launch_persistent_context(
        profile.parent, viewport={"width": 800, "height": 700}, **browser_type_launch_args
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.blocked = blocked  # type: ignore[attr-defined]
    yield page
    context.close()


def height(page: Page) -> float:
    box = page.locator("iframe").bounding_box()
    assert box
    return box["height"]


def take(frame: FrameLocator) -> None:
    """Agree throughout, and ask for the result."""
    for number in range(3):
        statement = frame.locator(".statement").nth(number)
        expect(statement).to_be_visible()
        while statement.is_visible():  # a tap before the statement is painted does nothing
            frame.get_by_role("button", name="Eens", exact=True).click()
    frame.get_by_role("button", name=re.compile("uitkomst", re.IGNORECASE)).click()


def test_it_is_taken_to_its_end_in_the_frame(reader: Page, sites: Sites) -> None:
    reader.goto(sites.paper)
    frame = reader.frame_locator("iframe")
    expect(frame.locator(".statement").first).to_be_visible()
    throws = "() => { try { return sessionStorage.length < 0 } catch { return true } }"
    assert reader.frames[1].evaluate(throws) == reader.blocked  # type: ignore[attr-defined]
    expect(reader.get_by_role("link", name="Doe de quiz")).to_be_hidden()
    expect(reader.locator("iframe")).to_have_attribute("title", "Doe de quiz")
    first = height(reader)
    take(frame)
    expect(frame.locator("main")).to_contain_text("Alfa")
    expect(frame.locator("h1")).to_have_count(1)
    as_high = "() => document.documentElement.scrollHeight <= innerHeight"
    reader.wait_for_function(f"{first} != document.querySelector('iframe').offsetHeight")
    assert reader.frames[1].evaluate(as_high)
    assert height(reader) % 120 == 0


def test_other_sites_and_class_pages_open_beside_the_frame(reader: Page, sites: Sites) -> None:
    reader.goto(sites.paper)
    frame = reader.frame_locator("iframe")
    reader.frames[1].goto(f"{sites.quiz}/nl/statements/leave-microsoft")
    for name in ("De Redactie", "In de klas"):
        with reader.context.expect_page():
            frame.get_by_role("link", name=name).first.click()
    assert reader.frames[1].url.startswith(sites.quiz)


def test_where_it_may_not_be_framed_the_link_stays(reader: Page, sites: Sites) -> None:
    reader.goto(sites.paper.replace("localhost", "127.0.0.1"))
    expect(reader.locator("iframe")).to_have_count(1)
    expect(reader.get_by_role("link", name="Doe de quiz")).to_be_visible()
    assert height(reader) == 0


def test_the_height_is_told_to_no_other_page(reader: Page, sites: Sites) -> None:
    reader.goto(sites.paper)
    message = "new Promise((done) => addEventListener('message', (event) => done(event.origin)))"
    listening = reader.evaluate_handle(f"() => ({{ message: {message} }})")
    reader.frames[1].goto(f"{sites.quiz}/nl/parties")
    assert listening.evaluate("async ({ message }) => await message") == sites.quiz
    forged = "postMessage({ standpunt: { height: 5, top: 0 } }, '*')"
    before = height(reader)
    reader.evaluate(
        f"() => new Promise((done) => {{ addEventListener('message', done); {forged} }})"
    )
    assert height(reader) == before
