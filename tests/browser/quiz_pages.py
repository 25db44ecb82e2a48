"""Going through the quiz in a browser: steps, answers, and what the tab keeps."""

from __future__ import annotations

import json

from playwright.sync_api import Page

from quiz.content import Catalogue


def settled(page: Page) -> None:
    """Wait until what was asked for is painted."""
    page.evaluate(
        """() => new Promise((done) => requestAnimationFrame(() =>
             requestAnimationFrame(() => requestAnimationFrame(done))))"""
    )


def at(page: Page, number: int) -> None:
    """Wait for the step of this number, the first being 0."""
    page.wait_for_function("number => history.state?.at === number", arg=number)
    settled(page)


def answer_all(page: Page, catalogue: Catalogue) -> int:
    """Answer every statement; return the number of taps."""
    at(page, 0)
    for number, _ in enumerate(catalogue.statements):
        page.locator(".answers button").nth(number % 3).click()
        at(page, number + 1)
    return len(catalogue.statements)


def kept(page: Page, catalogue: Catalogue) -> dict[str, object]:
    text = page.evaluate("id => sessionStorage.getItem('standpunt:' + id)", catalogue.quiz.id)
    memory: dict[str, object] = json.loads(text or "{}")
    return memory
