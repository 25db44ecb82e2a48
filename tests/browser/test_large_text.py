"""Text at twice its size, as a reader sets it in the browser, on a phone of 320 pixels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from quiz.content import Catalogue
from tests.browser.quiz_pages import at
from tests.browser.test_result_address import give

PAGES = (
    "", "quiz", "statements", "statements/{statement}", "parties", "parties/{party}", "matrix", "method",
    "search?q=data", "privacy", "accessibility", "class", "class/join", "class/recover", "class/counted", "class/plan", "paper", "nowhere",
)  # fmt: skip


@pytest.fixture
def large(
    playwright: Playwright, tmp_path: Path, browser_type_launch_args: dict[str, Any]
) -> Iterator[Page]:
    """A browser whose reader has set 32 pixels in place of 16."""
    arguments = [*browser_type_launch_args["args"], "--blink-settings=defaultFontSize=32"]
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "profile", viewport={"width": 320, "height": 640},
        **(browser_type_launch_args | {"args": arguments}),
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


WIDE = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width && box.right > innerWidth + 1 && !one.closest("svg, .scroller, .table-scroll, .formula");
}).map((one) => `${one.tagName}.${one.className} ${one.textContent.slice(0, 30)}`)"""


def holds(large: Page) -> None:
    large.wait_for_load_state()
    assert large.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 32
    assert large.evaluate(WIDE) == [], large.url
    assert large.evaluate("document.documentElement.scrollWidth <= innerWidth"), large.url


def test_nothing_runs_off_the_edge(large: Page, site: str, shipped_catalogue: Catalogue) -> None:
    names = {
        "statement": shipped_catalogue.statements[0].id, "party": shipped_catalogue.parties[0].id,
    }  # fmt: skip
    for path in PAGES:
        large.goto(f"{site}/nl/{path.format(**names)}")
        holds(large)


def test_nothing_runs_off_the_edge_from_the_first_statement_to_the_result(
    large: Page, site: str, shipped_catalogue: Catalogue
) -> None:
    large.goto(f"{site}/nl/quiz")
    at(large, 0)
    holds(large)
    # the bar stands below the statement, and covers none of it
    assert large.evaluate(
        """() => document.querySelector("#steps").getBoundingClientRect().top
             >= document.querySelector(".statement.now").getBoundingClientRect().bottom - 1"""
    )
    large.goto(f"{site}/nl/")
    give(large, shipped_catalogue, at=len(shipped_catalogue.statements))
    large.goto(f"{site}/nl/quiz")
    at(large, len(shipped_catalogue.statements))
    expect(large.locator("#overview")).to_be_visible()
    holds(large)
    large.goto(f"{site}/nl/result")
    expect(large.locator("html")).to_have_class("js")
    large.locator("#result .outcome summary").first.click()
    expect(large.locator(".positions blockquote").first).to_be_visible()
    for fold in ("#yours", "#compare", "#sure"):
        large.locator(f"{fold} > summary").click()
    large.locator("button[name=compare]").click()
    expect(large.locator(".side-by-side").first).to_be_visible()
    holds(large)


def test_nothing_runs_off_the_edge_in_what_a_class_found(large: Page, site: str) -> None:
    large.goto(f"{site}/nl/class")
    large.get_by_role("button", name="Oefen eerst alleen").click()
    expect(large.locator("#views")).to_be_attached()
    with large.expect_navigation():
        large.evaluate("""() => { const form = document.getElementById("views");
          form.elements.phase.value = "ended"; form.submit(); }""")
    for screen in ("agreed", "divided", "parties", "questions"):
        if screen != "agreed":
            with large.expect_navigation():
                large.locator(f".board-actions [value={screen}]").click()
        holds(large)


def test_nothing_runs_off_the_edge_in_class(large: Page, site: str) -> None:
    large.goto(f"{site}/nl/class")
    with large.expect_navigation():
        large.get_by_role("button", name="Open de klas").click()
    holds(large)
    board = large.url
    large.goto(
        f"{site}/nl/class/join?code={large.locator('.board-code').inner_text().replace(' ', '')}"
    )
    with large.expect_navigation():
        large.get_by_role("button", name="Doe mee").click()
    holds(large)
    seat = large.url
    large.goto(board)
    with large.expect_navigation():
        large.get_by_role("button", name="Begin met de eerste stelling").click()
    holds(large)
    large.get_by_text("Meer", exact=True).click()
    holds(large)
    large.goto(seat)
    holds(large)
    large.goto(board)
    with large.expect_navigation():
        large.get_by_role("button", name="Sluit en kijk").click()
    holds(large)
