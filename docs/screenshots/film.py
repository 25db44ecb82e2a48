"""What the README shows in motion, and class mode: a voter's way, then a lesson, both in English."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Page

HERE = Path(__file__).resolve().parent
SIZE = {"width": 800, "height": 500}
BOARD = {"width": 960, "height": 600}
COLUMN = {"width": 672, "height": 600}
MOST_BYTES = 1_000_000
ANSWERS = (2, 0, 1, 0, 0, 2, 0, 2)  # parties of all sides come first
CLASS = ("agree", "agree", "disagree", "agree", "neutral", "disagree", "agree", "disagree")


class Film:
    """Pictures of pages, each with the milliseconds for which it stands."""

    def __init__(self) -> None:
        self._pictures: list[Image.Image] = []
        self._times: list[int] = []

    def take(self, page: Page, milliseconds: int) -> None:
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        self._pictures.append(shot.resize((SIZE["width"], SIZE["height"])))
        self._times.append(milliseconds)

    def save(self, path: Path) -> None:
        first, *rest = self._pictures
        first.save(
            path,
            save_all=True,
            append_images=rest,
            duration=self._times,
            loop=0,
            quality=70,
            method=6,
        )
        assert path.stat().st_size < MOST_BYTES


def film(browser: Browser, address: str) -> None:
    """Answer, see the result, unfold a quote; then the board of a class."""
    context = browser.new_context(viewport=SIZE, base_url=address, reduced_motion="reduce")
    page, shown = context.new_page(), Film()
    answer(page, shown)
    shown.take(page, 2500)
    unfold(page)
    shown.take(page, 3000)
    context.close()
    lesson(browser, address, shown)
    shown.save(HERE / "film.webp")


def answer(page: Page, shown: Film | None = None) -> None:
    """Go through the quiz to its result; the film shows the first three statements."""
    page.goto("/en/quiz")
    count = page.locator("fieldset.statement").count()
    for number in range(count):
        page.wait_for_function(f"document.querySelectorAll('.statement')[{number}].matches('.now')")
        if shown and number < 3:
            shown.take(page, 1500 if number == 0 else 700)
        page.locator("#steps .answers button").nth(ANSWERS[number % len(ANSWERS)]).click()
    page.wait_for_selector("#show-result:visible")
    page.locator("#show-result").click()
    page.wait_for_selector(".outcome summary")


def unfold(page: Page) -> None:
    """Unfold the first party to its quotes."""
    first = page.locator(".outcome summary").first
    first.click()
    page.wait_for_selector(".outcome .stand")
    first.evaluate("it => it.scrollIntoView()")


def picture(browser: Browser, address: str) -> None:
    """Take the README's picture: the parties in order, and beside it one unfolded to its quotes."""
    context = browser.new_context(viewport=COLUMN, base_url=address, reduced_motion="reduce")
    page = context.new_page()
    answer(page)
    width, height = COLUMN["width"], COLUMN["height"]
    wide = Image.new("RGB", (2 * width, height))
    wide.paste(Image.open(io.BytesIO(page.screenshot())), (0, 0))
    unfold(page)
    wide.paste(Image.open(io.BytesIO(page.screenshot())), (width, 0))
    wide.save(HERE / "result-open.png")
    context.close()


def lesson(browser: Browser, address: str, shown: Film) -> None:
    """Open a class, let pupils answer, close the statement."""
    context = browser.new_context(viewport=BOARD, base_url=address, reduced_motion="reduce")
    board = context.new_page()
    board.goto("/en/class")
    board.locator("input[name=way][value=together]").check()
    board.locator("input[name=length][value='20']").check()
    board.get_by_role("button", name="Open the class").click()
    board.wait_for_url("**/en/class/board/**")
    code = board.locator(".board-code").inner_text().replace(" ", "")
    pupils = [
        browser.new_context(base_url=address, viewport={"width": 360, "height": 740}) for _ in CLASS
    ]
    phones = [pupil.new_page() for pupil in pupils]
    for phone in phones:
        phone.goto(f"/en/class/join?{urlencode({'code': code})}")
        phone.get_by_role("button", name="Join").click()
        phone.wait_for_url("**/en/class/seat/**")
    board.reload()
    board.screenshot(path=HERE / "board-lobby-960-light.png")
    shown.take(board, 1500)
    board.get_by_role("button", name="Begin with the first statement").click()
    board.wait_for_selector(".options")
    for number, phone in enumerate(phones):
        phone.reload()
        phone.locator(f".choice input[value^={CLASS[number][0]}]").check()
        if number == 0:
            phone.screenshot(path=HERE / "pupil-360-light.png")
        phone.get_by_role("button", name="Send").click()
        phone.wait_for_selector("text=Sent:")
    board.reload()
    shown.take(board, 1500)
    board.keyboard.press("Space")
    board.wait_for_selector(".tally")
    board.screenshot(path=HERE / "board-960-light.png")
    shown.take(board, 3000)
    for one in (context, *pupils):
        one.close()
