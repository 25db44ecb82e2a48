"""axe on every kind of page, and what axe cannot see: overflow, targets, no motion."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from quiz.content import Catalogue
from tests.browser.test_journey import at

Open = Callable[..., Page]
PATHS = (
    "", "quiz", "statements", "statements/leave-microsoft-2030", "parties", "parties/volt",
    "matrix", "search?q=cloud", "method", "privacy", "accessibility", "nothing-here",
)  # fmt: skip
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:150]}" for fault in found]


def overflows(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def small_targets(page: Page) -> list[str]:
    """Buttons, summaries and fields below 44 px; links inside a sentence are exempt (WCAG 2.5.8)."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(
             'button, summary, .choice, .double, .skip, .site-nav a, .languages a, .brand, .button, input[type=search]')]
           .filter(e => e.offsetParent !== null && !e.closest('.hidden'))
           .filter(e => { const r = e.getBoundingClientRect(); return r.height < 43.5 || r.width < 43.5 })
           .map(e => e.outerHTML.slice(0, 90))"""
    )
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages(open_page: Open, language: str, width: int, scheme: str) -> None:
    page = open_page(f"/{language}/", width=width, color_scheme=scheme, reduced_motion="reduce")
    for path in PATHS:
        page.goto(f"/{language}/{path}")
        assert violations(page) == [], path
        assert not overflows(page), path
        assert small_targets(page) == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_result(open_page: Open, shipped_catalogue: Catalogue, scheme: str, width: int) -> None:
    page = open_page("/nl/quiz", width=width, color_scheme=scheme, reduced_motion="reduce")
    for number, _ in enumerate(shipped_catalogue.statements):
        at(page, number)
        page.locator(".answers button").nth(number % 3).click()
    at(page, len(shipped_catalogue.statements))
    assert violations(page) == []
    assert not overflows(page)
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    page.wait_for_selector("ol.outcomes")
    assert violations(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert violations(page) == []
    assert not overflows(page)
    assert small_targets(page) == []


def test_forced_colours_and_reduced_motion(open_page: Open) -> None:
    page = open_page("/nl/quiz", forced_colors="active", reduced_motion="reduce")
    assert violations(page) == []
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_long_word_widens_no_page(open_page: Open) -> None:
    page = open_page("/nl/", width=320)
    for path in ("quiz", "statements", "statements/leave-microsoft-2030", "parties"):
        page.goto(f"/nl/{path}")
        changed = page.evaluate(
            """() => [...document.querySelectorAll('.proposal, .party-line > a, .beside a, .sides a')]
               .map(e => e.textContent = 'gegevensbeschermingseffectbeoordelingsverplichting').length"""
        )
        assert changed, path
        assert not overflows(page), path


def test_the_whole_table_fits_a_phone(open_page: Open) -> None:
    page = open_page("/nl/matrix", width=320)
    assert page.evaluate(
        "(() => { const box = document.querySelector('.scroller'); return box.scrollWidth <= box.clientWidth })()"
    )
    roles = page.locator(".matrix").aria_snapshot()
    assert "rowheader" in roles
    assert "columnheader" in roles
