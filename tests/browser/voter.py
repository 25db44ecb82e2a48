"""A voter at a browser: answers, goes on, looks at the result."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

Open = Callable[..., Page]


def settled(page: Page) -> None:
    """Wait until the statement has changed, as somebody who reads it does."""
    expect(page.locator(".stepping #answers:not(.changing)")).to_be_visible()


def choose(page: Page, number: int) -> None:
    """Tap an answer: 0 agree, 1 neither, 2 disagree; 3 skips."""
    settled(page)
    page.locator(".answer-buttons button, .step-buttons .next").nth(number).click()


def answer_all(page: Page) -> int:
    """Answer four in five statements; return the number of taps."""
    count = page.locator("fieldset.statement").count()
    for number in range(count):
        choose(page, 3 if number % 5 == 4 else number % 3)
    settled(page)
    return count


def show_result(page: Page) -> None:
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    page.wait_for_url("**/nl/result")
    expect(page.locator("#yours")).to_be_attached()


def kept_answers(page: Page) -> dict[str, str]:
    """Return the voter's own answers in this tab."""
    answers: dict[str, str] = page.evaluate(
        """() => Object.entries(sessionStorage).filter(([key]) => !key.endsWith(':link'))
             .map(([, value]) => JSON.parse(value).answers ?? {})[0] ?? {}"""
    )
    return answers


def chosen(page: Page) -> dict[str, str]:
    """Return the answers in the form on the page."""
    return dict(
        page.locator("#answers .choice input:checked").evaluate_all(
            "all => all.map(one => [one.name.slice(7), one.value])"
        )
    )
