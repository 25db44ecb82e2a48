"""Read from the back row, printed on one page, and clean for axe, on every page of class mode."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.class_pages import choose, join, open_class

Open = Callable[..., Page]
READ = (
    "h1, h2, .options li, .explain p, .board-parties button, .board-none, .questions li, .tally th,"
    " .places li > span:not(.basis), blockquote, .counts, .board-code, .board-address b"
)
SMALLEST = """selector => Math.min(...[...document.querySelectorAll(selector)]
  .filter(e => e.checkVisibility() && !e.closest('.board-side'))
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
FITS = "document.documentElement.scrollHeight <= innerHeight + 1"


def clean(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found]


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
            board.keyboard.press("PageDown")
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_lesson(open_page: Open, scheme: str) -> None:
    found: list[tuple[str, str]] = []

    def look(page: Page, name: str) -> None:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found.extend((name, fault) for fault in clean(page))

    through_the_lesson(open_page, look)
    assert found == []


PATHS = ("class", "class/join?code=ABC", "class/recover", "class/counted", "class/plan", "paper")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing_on_the_other_pages(open_page: Open, language: str, width: int) -> None:
    page = open_page(f"/{language}/class", width=width)
    found = []
    for path in PATHS:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(f"/{language}/{path}")
            found += [(path, fault) for fault in clean(page)]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert found == []


TOO_SMALL = """() => [...document.querySelectorAll('button, summary, input, a.button')]
  .filter(e => e.checkVisibility())
  .map(e => [e.outerHTML.slice(0, 80), (e.closest('label') ?? e).getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 || box.width < 43.5).map(([html]) => html)"""


def test_every_control_is_large_enough_for_a_finger(open_page: Open) -> None:
    def look(page: Page, name: str) -> None:
        assert page.evaluate(TOO_SMALL) == [], name

    through_the_lesson(open_page, look)
    page = open_page("/nl/class")
    for path in PATHS:
        page.goto(f"/nl/{path}")
        look(page, path)
