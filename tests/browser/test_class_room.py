"""Read from the back row, printed on one page, and clean for axe, on every page of class mode."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.class_pages import choose, join, open_class, press
from tests.browser.looks import cramped, faults

Open = Callable[..., Page]
READ = (
    "h1, h2, .options li, .explain p, .board-parties button, .board-none, .questions li, .tally th,"
    " .places li > span:not(.basis), blockquote, .counts, .board-code, .board-address b"
)
SMALLEST = """selector => Math.min(...[...document.querySelectorAll(selector)]
  .filter(e => e.checkVisibility() && !e.closest('.board-side'))
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
FITS = "document.documentElement.scrollHeight <= innerHeight + 1"


def through_the_lesson(open_page: Open, look: Callable[[Page, str], None], **size: int) -> None:
    """Play a lesson and look at every screen of the board; the phones are small and few."""
    board, code = open_class(open_page, length="45", begin=False, **size)
    look(board, "lobby")
    pupils = [join(open_page, code) for _ in range(5)]
    board.get_by_role("button", name="Begin met de eerste stelling").click()
    for number, pupil in enumerate(pupils):
        choose(pupil, number % 2 * 2)
    expect(board.locator("[data-answered]")).to_have_text("5")
    look(board, "open")
    board.get_by_role("button", name="Sluit en kijk").click()
    expect(board.locator(".tally")).to_be_visible()
    look(board, "chart")
    look(pupils[0], "phone")
    board.get_by_role("button", name="Wat de partijen zeggen").click()
    expect(board.locator(".board-parties")).to_be_visible()
    look(board, "parties")
    board.get_by_role("button", name="Om over te praten").click()
    expect(board.locator(".questions")).to_be_visible()
    look(board, "talk")
    board.get_by_text("Meer", exact=True).click()
    board.get_by_role("button", name="Beëindig de klas").click()
    look(board, "question")
    board.get_by_role("button", name="Beëindig de klas").click()
    board.wait_for_url("**/class/summary/**")
    for screen in ("agreed", "divided", "parties", "questions"):
        if screen != "agreed":
            press(board, "PageDown")
            board.wait_for_url(f"**screen={screen}")
        look(board, screen)
    board.goto(re.sub(r"\?.*", "?screen=handout", board.url))
    look(board, "handout")


@pytest.mark.parametrize(("width", "height", "least"), [(1280, 800, 28), (1920, 1080, 40)])
def test_the_board_is_read_from_the_back_row(
    open_page: Open, width: int, height: int, least: int
) -> None:
    def look(page: Page, name: str) -> None:
        if name in {"phone", "handout"}:
            return
        assert page.evaluate(SMALLEST, READ) >= least, name
        assert page.evaluate(FITS), f"{name} fits one screen"

    through_the_lesson(open_page, look, width=width, height=height)


def test_the_lobby_is_as_large_as_the_screen_allows(open_page: Open) -> None:
    board, _ = open_class(open_page, begin=False)
    large = board.locator(".qr").bounding_box()
    board.get_by_role("button", name="Begin met de eerste stelling").click()
    expect(board.locator(".options")).to_be_visible()
    small = board.locator(".qr").bounding_box()
    board.get_by_role("button", name="Toon de code groot").click()
    expect(board.locator(".join-large")).to_be_visible()
    again = board.locator(".qr").bounding_box()
    assert large
    assert small
    assert again
    assert large["height"] > 0.6 * 800
    assert small["height"] < 0.35 * 800
    assert again["height"] == large["height"]


def test_the_hand_out_is_one_page_without_marks_of_the_screen(open_page: Open) -> None:
    def look(page: Page, name: str) -> None:
        if name != "handout":
            return
        page.emulate_media(media="print")
        expect(page.get_by_role("button")).to_have_count(0)
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1

    through_the_lesson(open_page, look)


def test_every_screen_of_a_lesson_holds_for_everybody(open_page: Open) -> None:
    """In both languages, light and dark, narrow and wide, in a very small window, with spaced text."""
    problems: list[tuple[str, str]] = []

    def look(page: Page, name: str) -> None:
        before = page.viewport_size
        other = page.context.new_page()
        other.goto(page.url.replace("/nl/", "/en/"))
        for each, language in ((page, "nl"), (other, "en")):
            for scheme in ("light", "dark"):
                each.emulate_media(color_scheme=scheme)
                for width in (320, 1280):
                    each.set_viewport_size({"width": width, "height": 800})
                    where = f"{name} {language} {scheme} {width}"
                    problems.extend((where, fault) for fault in faults(each))
            problems.extend((f"{name} {language}", fault) for fault in cramped(each))
        other.close()
        page.set_viewport_size(before)  # type: ignore[arg-type]

    through_the_lesson(open_page, look)
    assert problems == []
