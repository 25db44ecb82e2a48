"""What answers leave on the disk of whoever gives them, as the privacy page says it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page, expect

from quiz.content import Catalogue

Start = Callable[..., AbstractContextManager[BrowserContext]]
DEADLINE = 30


@pytest.fixture
def start(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], site: str, tmp_path: Path
) -> Start:
    """Start the browser with the same profile each time."""

    @contextmanager
    def run(*switches: str) -> Iterator[BrowserContext]:
        arguments = browser_type_launch_args["args"] + list(switches)
        context = browser_type.launch_persistent_context(
            tmp_path, base_url=site, **browser_type_launch_args | {"args": arguments}
        )
        try:
            yield context
        finally:
            context.close()

    return run


def traces(profile: Path, text: str) -> set[str]:
    """Name the files of a profile in which a text stands."""
    forms = (text.encode(), text.encode("utf-16-le"))
    return {
        path.name
        for path in profile.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    }


def answer_one(page: Page) -> None:
    page.goto("/nl/quiz")
    page.wait_for_function("history.state?.at === 0")
    page.locator(".answers button").first.click()
    page.wait_for_function("history.state?.at === 1")
    page.goto("/nl/result")
    page.wait_for_selector("#answers", state="attached")


def test_answers_are_in_no_history_and_gone_when_the_browser_starts_again(
    start: Start, tmp_path: Path, shipped_catalogue: Catalogue
) -> None:
    answer = f"a.{shipped_catalogue.statements[0].revision}"
    with start() as browser:
        answer_one(browser.new_page())
    assert "History" not in traces(tmp_path, answer)
    with start() as browser:
        page = browser.new_page()
        page.goto("/nl/")
        expect(page.locator("#way-back")).to_be_hidden()
        deadline = time.monotonic() + DEADLINE
        while traces(tmp_path, answer) and time.monotonic() < deadline:
            page.wait_for_timeout(100)
    assert traces(tmp_path, answer) == set()


def test_a_browser_that_brings_its_tabs_back_shows_the_result_again(
    start: Start, site: str
) -> None:
    with start() as browser:
        page = browser.new_page()
        answer_one(page)
        headline = page.locator("h1").inner_text()
    with start("--restore-last-session") as browser:
        while not (found := [each for each in browser.pages if each.url == f"{site}/nl/result"]):
            browser.wait_for_event("page")
        expect(found[0].locator("#yours .count")).to_have_text("1")
        expect(found[0].locator("h1")).to_have_text(headline)


def test_clear_everything_leaves_nothing(
    start: Start, tmp_path: Path, shipped_catalogue: Catalogue
) -> None:
    with start() as browser:
        page = browser.new_page()
        answer_one(page)
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Wis alles").click()
        page.wait_for_url("**/nl/")
    assert traces(tmp_path, f"a.{shipped_catalogue.statements[0].revision}") == set()


def test_the_address_of_a_link_stays_in_the_history(
    start: Start, tmp_path: Path, shipped_catalogue: Catalogue
) -> None:
    """Control of the two above as well: what is left behind is found."""
    first = shipped_catalogue.statements[0]
    with start() as browser:
        page = browser.new_page()
        page.goto(f"/nl/result#answers:{first.id}=a.{first.revision}")
        page.wait_for_selector("#answers", state="attached")
    assert "History" in traces(tmp_path, f"{first.id}=a.{first.revision}")
