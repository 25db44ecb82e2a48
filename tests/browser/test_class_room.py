"""Read from the back row, printed on one page, and clean for axe, on every page of class mode."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.class_pages import choose, join, open_class, press
from tests.browser.looks import at_every_size, covered_focus

Open = Callable[..., Page]
READ = (
    "h1, h2, .options li, .explain p, .board-parties button, .board-none, .questions li, .tally th,"
    " .places li > span:not(.basis), .too-little, blockquote, .counts, .board-code, .board-address b"
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
    look(pupils[0], "phone in the lobby")
    board.get_by_role("button", name="Begin met de eerste stelling").click()
    expect(pupils[0].locator(".choice").first).to_be_visible()
    look(pupils[0], "phone, open")
    for number, pupil in enumerate(pupils):
        choose(pupil, number % 2 * 2)
    look(pupils[0], "phone, sent")
    expect(board.locator("[data-answered]")).to_have_text("5")
    look(board, "open")
    board.locator(".explain summary").click()
    look(board, "explained")
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
    expect(board.get_by_role("heading", name="De klas nu beëindigen?")).to_be_visible()
    board.wait_for_load_state()
    look(board, "question")
    board.get_by_role("button", name="Beëindig de klas").click()
    board.wait_for_url("**/class/summary/**")
    for screen in ("agreed", "divided", "parties", "questions"):
        if screen != "agreed":
            press(board, "PageDown")
            board.wait_for_url(f"**screen={screen}")
        look(board, screen)
    expect(pupils[0].get_by_role("heading", name="De klas is klaar")).to_be_visible()
    look(pupils[0], "phone at the end")
    board.goto(re.sub(r"\?.*", "?screen=handout", board.url))
    look(board, "handout")


@pytest.mark.parametrize(("width", "height", "least"), [(1280, 800, 28), (1920, 1080, 40)])
def test_the_board_is_read_from_the_back_row(
    open_page: Open, width: int, height: int, least: int
) -> None:
    def look(page: Page, name: str) -> None:
        if name == "handout":
            page.emulate_media(media="print")
            expect(page.get_by_role("button")).to_have_count(0)
            assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
        elif not name.startswith("phone"):
            assert page.evaluate(SMALLEST, READ) >= least, name
            assert page.evaluate(FITS), f"{name} fits one screen"

    through_the_lesson(open_page, look, width=width, height=height)


@pytest.mark.parametrize(("width", "height", "least"), [(1280, 800, 28), (1920, 1080, 40)])
def test_all_parties_fit_one_screen(open_page: Open, width: int, height: int, least: int) -> None:
    """After all statements, so that nearly every party has a place."""
    board = open_page("/nl/class", width=width, height=height)
    board.locator("input[name=length][value=all]").check()
    board.get_by_role("button", name="Oefen eerst alleen").click()
    expect(board.locator("#views")).to_be_attached()
    board.evaluate("""() => { const form = document.getElementById("views");
      form.elements.phase.value = "ended"; form.append(Object.assign(document.createElement("input"),
        { type: "hidden", name: "screen", value: "parties" })); form.submit(); }""")
    expect(
        board.get_by_role("heading", name="Hoe dicht elke partij bij de klas staat")
    ).to_be_visible()
    assert board.locator(".places li").count() > 5
    assert board.evaluate(SMALLEST, READ) >= least
    assert board.evaluate(FITS)


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


def test_nothing_on_board_and_phone_hides_the_focus(open_page: Open) -> None:
    """Not the menu that opens over the board, and not the line that says that one is offline."""
    board, code = open_class(open_page, "own")
    board.get_by_text("Meer", exact=True).click()
    assert covered_focus(board, 25) == []
    board.get_by_text("Meer", exact=True).click()
    board.keyboard.press("Escape")
    expect(board.get_by_role("button", name="Beëindig de klas")).to_be_hidden()
    pupil = join(open_page, code)
    pupil.route("**/class/state/**", lambda route: route.abort())
    expect(pupil.locator("[data-offline]")).to_be_visible()
    assert covered_focus(pupil, 15) == []


@pytest.mark.slow
def test_every_screen_of_a_lesson_holds_for_everybody(open_page: Open) -> None:
    """In both languages, light and dark, narrow and wide, in a very small window, with spaced text."""
    problems: list[str] = []

    def look(page: Page, name: str) -> None:
        other = page.context.new_page()
        other.goto(page.url.replace("/nl/", "/en/"))
        for each, language in ((page, "nl"), (other, "en")):
            problems.extend(at_every_size(each, f"{name} {language}"))
        other.close()

    through_the_lesson(open_page, look)
    assert problems == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_around_a_lesson_holds_for_everybody(open_page: Open, language: str) -> None:
    """Rehearsal, own pace, paper, taking over, and every message of a form."""
    problems: list[str] = []
    board = open_page(f"/{language}/class", width=1280)

    def look(page: Page, name: str) -> None:
        page.wait_for_load_state()
        problems.extend(at_every_size(page, name))

    def press(selector: str) -> None:
        with board.expect_navigation():
            board.locator(selector).first.click()

    board.locator("input[name=length][value=picked]").check()
    press(".open-class button.primary")
    look(board, "nothing picked")
    board.goto(f"/{language}/class")
    press("button[formaction$=rehearsal]")
    for name, button in (
        ("lobby", "[value=begin]"), ("open", "[value=close]"), ("chart", "[value=parties]"),
        ("parties", ".board-parties button"), ("quotes", "[value=parties]"),
        ("parties again", "[value=talk]"), ("talk", ".board-more [value=order]"),
        ("order", ".board-more [value=end]"), ("asking", "form:last-of-type button"),
        ("summary", ".board-more [value=parties]"), ("near", ".board-more [value=handout]"),
    ):  # fmt: skip
        look(board, f"rehearsal, {name}")
        if button.startswith(".board-more"):
            board.locator(".board-more summary").click()
            look(board, f"rehearsal, {name}, more")
        press(button)
    look(board, "rehearsal, hand-out")

    board.goto(f"/{language}/class")
    board.locator("input[name=way][value=own]").check()
    press(".open-class button.primary")
    look(board, "own pace, code")
    code = board.locator(".board-code").inner_text().replace(" ", "")
    press(".board-bar button.primary")
    look(board, "own pace")
    address = board.url
    pupil = open_page(f"/{language}/class/join")
    pupil.locator("#code").fill("222 2222")
    pupil.locator("form.search button").click()
    expect(pupil.locator("#wrong")).to_be_visible()
    look(pupil, "wrong code")
    pupil.goto(address)
    look(pupil, "refused")
    pupil.goto(f"/{language}/class/join?code={code}")
    pupil.locator("form.search button").click()
    pupil.wait_for_url("**/class/seat/**")
    pupil.locator(".choice input").first.check()
    pupil.locator(".finish button").click()
    expect(pupil.locator("[data-told]")).to_be_visible()
    look(pupil, "own pace, done")
    pupil.locator(".leaving button").click()
    expect(pupil.locator("[data-leave]")).to_be_visible()
    look(pupil, "leaving")
    stranger = open_page(pupil.url)
    look(stranger, "no seat")
    pupil.goto(f"/{language}/class")
    look(pupil, "way back to the seat")

    board.goto(re.sub(r"/board/([^?]+).*", r"/key/\1", address))
    look(board, "key")
    press("main form button")
    look(board, "key shown")
    board.goto(f"/{language}/class/recover")
    board.locator("#token").fill("ABCD EFGH JKMN")
    press("form.search button")
    look(board, "wrong key")
    for number, message in (("x", "wrong number"), ("999", "many")):
        board.goto(f"/{language}/class/counted?length=20")
        board.locator(".counted input").first.fill(number)
        press(".finish button")
        look(board, f"paper, {message}")
    board.goto(f"/{language}/class")
    look(board, "classes of this browser")
    board.goto(address)
    late = open_page(f"/{language}/class/join?code={code}")
    late.route("**/*.js", lambda route: route.abort())  # which would send each choice at once
    late.locator("form.search button").click()
    late.wait_for_url("**/class/seat/**")
    late.locator(".choice input").first.check()
    press("[value=close]")
    look(board, "own pace, asking")
    press(".actions form button")
    late.locator(".finish button").click()
    expect(late.get_by_role("alert")).to_be_visible()
    look(late, "too late")
    assert problems == []
