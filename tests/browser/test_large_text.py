"""Text at twice its size, as a reader sets it in the browser, on a phone of 320 pixels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright

from quiz.content import Catalogue

PAGES = (
    "", "quiz", "statements", "statements/{statement}", "parties", "parties/{party}", "method",
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
  return box.width && box.right > innerWidth + 1 && !one.closest("svg, .scroller, .formula");
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
