"""A board and phones in real browsers."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Open = Callable[..., Page]


def open_class(
    open_page: Open, way: str = "together", length: str = "20", *, begin: bool = True, **size: int
) -> tuple[Page, str]:
    board = open_page("/nl/class", **({"width": 1280, "height": 800} | size))
    fill_in(board, way, length)
    board.wait_for_url("**/nl/class/board/**")
    code = board.locator(".board-code").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{3} [0-9A-Z]{4}", code)
    if begin and way == "own":
        board.get_by_role("button", name="Kijk hoever de klas is").click()
        expect(board.locator("[data-done]")).to_be_visible()
    if begin and way == "together":
        board.get_by_role("button", name="Begin met de eerste stelling").click()
        expect(board.locator(".options")).to_be_visible()
    return board, code


def fill_in(board: Page, way: str, length: str) -> None:
    board.locator(f"input[name=way][value={way}]").check()
    board.locator(f"input[name=length][value='{length}']").check()
    board.get_by_role("button", name="Open de klas").click()


def press(board: Page, key: str) -> None:
    """Press a key once the page listens to keys: its script runs after it is drawn."""
    board.wait_for_load_state()
    board.keyboard.press(key)


def join(open_page: Open, code: str, *, script: bool = True) -> Page:
    pupil = open_page(f"/nl/class/join?code={code.replace(' ', '')}", java_script_enabled=script)
    pupil.get_by_role("button", name="Doe mee").click()
    pupil.wait_for_url("**/nl/class/seat/**")
    return pupil


def choose(pupil: Page, number: int) -> None:
    """Choose an answer and send it."""
    pupil.locator(".choice input").nth(number % 3).check()
    pupil.get_by_role("button", name="Verstuur").click()
    expect(pupil.get_by_text("Verstuurd:")).to_be_visible()


def more(board: Page, name: str) -> None:
    """Press a button under “More”."""
    board.get_by_text("Meer", exact=True).click()
    board.get_by_role("button", name=name).click()
