"""The quiz by keys: where the focus goes, and which keys answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from quiz.content import Catalogue
from tests.browser.quiz_pages import at, kept, settled
from tests.browser.test_result_address import give

Open = Callable[..., Page]
LISTEN = """() => { window.heard = []; for (const one of document.querySelectorAll("[role=status], [role=alert]"))
  new MutationObserver(() => { if (one.textContent.trim()) window.heard.push(one.textContent) })
    .observe(one, {childList: true, characterData: true, subtree: true}) }"""
"""What is put into a place that was there before, which is all that every screen reader speaks."""


def test_each_step_gives_its_heading_the_focus_and_says_nothing_else(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/quiz")
    at(page, 0)
    page.evaluate(LISTEN)
    for number, entry in enumerate(shipped_catalogue.statements[1:6], 1):
        page.locator(".answers button").first.click()
        at(page, number)
        focused = page.evaluate(
            "document.activeElement.matches('h2') && document.activeElement.textContent"
        )
        assert f"{number + 1}/{len(shipped_catalogue.statements)}" in focused
        assert entry.text["nl"] in focused
    assert page.evaluate("window.heard") == []


def test_that_quotes_are_looked_up_is_heard_and_the_quotes_are_not(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/quiz")
    at(page, 0)
    page.evaluate(LISTEN)
    say = page.locator(".statement.now details", has_text="Wat zeggen de partijen?")
    say.locator("summary").click()
    expect(say.locator("blockquote").first).to_be_visible()
    assert page.evaluate("window.heard") == ["De citaten worden opgezocht …"]
    expect(say.get_by_role("status")).to_be_empty()
    give(page, shipped_catalogue)
    page.goto("/nl/result")
    page.locator("#result .outcome").first.wait_for()
    expect(page.locator("html")).to_have_class("js")
    page.evaluate(LISTEN)
    page.locator("#result .outcome summary").first.click()
    expect(page.locator(".positions blockquote").first).to_be_visible()
    assert page.evaluate("window.heard") == ["De citaten worden opgezocht …"]


def test_keys_answer_only_while_the_statement_has_focus_and_can_be_turned_off(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/quiz", width=1280)
    at(page, 0)
    page.keyboard.press("1")
    settled(page)
    assert (
        "answers" not in kept(page, shipped_catalogue)
        or not kept(page, shipped_catalogue)["answers"]
    )
    page.locator(".answers button").first.click()
    at(page, 1)
    page.keyboard.press("3")
    at(page, 2)
    second = shipped_catalogue.statements[1]
    assert kept(page, shipped_catalogue)["answers"][second.id] == f"d.{second.revision}"  # type: ignore[index]
    expect(page.locator(".key-hint").first).to_be_visible()
    page.get_by_label("Antwoorden met de toetsen").uncheck()
    expect(page.locator(".key-hint").first).to_be_hidden()
    page.locator(".statement.now h2").focus()
    page.keyboard.press("3")
    settled(page)
    assert page.evaluate("history.state.at") == 2
    page.reload()
    at(page, 2)
    expect(page.get_by_label("Antwoorden met de toetsen")).not_to_be_checked()


def test_keys_are_not_told_where_there_is_no_keyboard(open_page: Open) -> None:
    page = open_page("/nl/quiz", has_touch=True, is_mobile=True)
    at(page, 0)
    expect(page.locator(".keys")).to_be_hidden()
    expect(page.locator(".key-hint").first).to_be_hidden()


def test_arrow_keys_destroy_nothing(open_page: Open, shipped_catalogue: Catalogue) -> None:
    page = open_page("/nl/quiz", width=1280)
    at(page, 0)
    page.locator(".answers button").first.click()
    at(page, 1)
    page.go_back()
    at(page, 0)
    before = kept(page, shipped_catalogue)["answers"]
    page.locator(".answers button").first.focus()
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown") * 2:
        page.keyboard.press(key)
    assert kept(page, shipped_catalogue)["answers"] == before
    assert page.evaluate("document.activeElement.matches('.answers button')")


def focused(page: Page) -> str:
    words: str = page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')")
    return words


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Go on with Tab until this has the focus."""
    for _ in range(300):
        page.keyboard.press(key)
        if target.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"{target} takes no focus; at the end {focused(page)!r} has it")


def test_the_whole_quiz_with_the_keyboard_alone(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    """From the start page through every statement to the result, and what can be done there."""
    page = open_page("/nl/", width=1280)
    tab_to(page, page.locator("main .button.primary"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/nl/quiz")
    at(page, 0)
    number = len(shipped_catalogue.statements)
    tab_to(page, page.locator(".answers button").first)
    page.keyboard.press("Enter")
    at(page, 1)
    for place in range(1, number):
        page.keyboard.press("123"[place % 3])
        at(page, place + 1)
    expect(page.locator("#overview h2")).to_be_focused()
    tab_to(page, page.locator("#list input").first)
    page.keyboard.press("Space")
    expect(page.locator("#list input").first).to_be_checked()
    tab_to(page, page.locator("#show-result"), "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nl/result")
    expect(page.locator("html")).to_have_class("js")
    tab_to(page, page.locator("#result .outcome summary").first)
    page.keyboard.press("Enter")
    expect(page.locator(".positions blockquote").first).to_be_visible()
    tab_to(page, page.locator("#result [data-compare]").first)
    page.keyboard.press("Enter")
    expect(page.locator("#compare input:focus")).to_be_checked()
    tab_to(page, page.locator("button[name=compare]"))
    page.keyboard.press("Enter")
    expect(page.locator(".side-by-side").first).to_be_visible()
    expect(page.locator("#compare > summary")).to_be_focused()
    tab_to(page, page.locator("#yours > summary"), "Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#yours .choice input:checked").first)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#moved p")).not_to_be_empty()
    expect(page.locator("#yours .choice input:checked").first).to_be_focused()
    first = shipped_catalogue.statements[0]
    assert kept(page, shipped_catalogue)["answers"][first.id] == f"n.{first.revision}"  # type: ignore[index]
