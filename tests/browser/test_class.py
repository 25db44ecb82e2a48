"""A lesson with a board and three pupils, one of them without JavaScript, in both ways."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

Open = Callable[..., Page]


def open_class(open_page: Open, way: str) -> tuple[Page, str]:
    board = open_page("/nl/class", width=1280, height=720, reduced_motion="reduce")
    board.locator(f"input[name=way][value={way}]").check()
    board.locator("input[name=length][value='15']").check()
    board.get_by_role("button", name="Open de klas").click()
    board.wait_for_url("**/nl/class/board")
    code = board.locator(".board-code").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{3} [0-9A-Z]{4}", code)
    return board, code


def join(open_page: Open, code: str, *, script: bool = True) -> Page:
    pupil = open_page(f"/nl/class/join?code={code.replace(' ', '')}", java_script_enabled=script)
    pupil.get_by_role("button", name="Doe mee").click()
    expect(pupil.locator(".proposal").first).to_be_visible()
    return pupil


def clean(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found]


def test_together(open_page: Open) -> None:
    board, code = open_class(open_page, "together")
    assert clean(board) == []
    pupils = [join(open_page, code), join(open_page, code), join(open_page, code, script=False)]
    pupils += [join(open_page, code, script=False) for _ in range(2)]
    assert clean(pupils[0]) == []
    for number, pupil in enumerate(pupils):
        if number == 4:
            board.wait_for_timeout(4000)  # however long nothing happened
        pupil.locator(".choice input").nth(number % 3).check()
        pupil.get_by_role("button", name="Verstuur").click()
        expect(pupil.get_by_text("Verstuurd:")).to_be_visible()
    expect(board.locator("[data-answered]")).to_have_text("5", timeout=2_000)
    expect(board.locator("[data-joined]").first).to_have_text("5")
    expect(board.locator(".chart")).to_have_count(0)
    first = board.locator("h1").inner_text()
    board.locator("body").click(position={"x": 5, "y": 300})
    board.keyboard.press("Space")
    expect(board.locator(".chart")).to_be_visible()
    assert clean(board) == []
    expect(pupils[0].get_by_role("heading", name="Kijk naar het bord")).to_be_visible(
        timeout=15_000
    )
    board.keyboard.press("ArrowRight")
    expect(board.locator("h1")).not_to_have_text(first)
    expect(pupils[0].locator(".choice").first).to_be_visible(timeout=15_000)
    pupils[2].get_by_role("button", name="Verstuur").click()
    expect(pupils[2].locator(".proposal").first).to_be_visible()
    board.get_by_role("button", name="Beëindig de klas").click()
    expect(board.get_by_role("heading", name="Wat de klas vond")).to_be_visible()
    assert clean(board) == []
    expect(pupils[0].get_by_role("heading", name="De klas is klaar")).to_be_visible(timeout=15_000)
    pupils[0].get_by_role("button", name="Bekijk mijn eigen uitkomst").click()
    expect(pupils[0].get_by_role("heading", name="Je uitkomst")).to_be_visible()


def test_a_slow_answer_to_the_board_is_waited_for(open_page: Open) -> None:
    """The board asks every 0.7 seconds whether the class has changed; here it has, by that answer."""
    board, _ = open_class(open_page, "together")

    def late(route: Route) -> None:
        answer = route.fetch(max_redirects=0)
        for _ in range(2):  # the board hears that the class has ended, and asks on
            with board.expect_request("**/class/state/**", timeout=10_000):
                pass
        route.fulfill(response=answer)

    board.route(
        "**/class/board",
        lambda route: late(route) if route.request.method == "POST" else route.continue_(),
    )
    board.get_by_role("button", name="Beëindig de klas").click()
    board.wait_for_url("**/nl/class/summary")
    expect(board.get_by_role("heading", name="Wat de klas vond")).to_be_visible()


def test_own_pace(open_page: Open) -> None:
    board, code = open_class(open_page, "own")
    pupils = [join(open_page, code, script=number > 0) for number in range(3)]
    for pupil in pupils:
        for box in pupil.locator("fieldset.statement").all():
            box.locator(".choice input").first.check()
        pupil.get_by_role("button", name="Verstuur").click()
        expect(pupil.get_by_role("button", name="Bekijk mijn eigen uitkomst")).to_be_visible()
    expect(board.locator("[data-answered]")).to_have_text("3", timeout=15_000)
    board.get_by_role("button", name="Sluit en kijk").click()
    expect(board.get_by_role("heading", name="Wat de klas vond")).to_be_visible()
    expect(board.get_by_text("Minder dan vijf leerlingen antwoordden.").first).to_be_visible()


def test_without_a_connection_what_was_chosen_stays_and_can_be_sent_again(open_page: Open) -> None:
    board, code = open_class(open_page, "together")
    pupil = join(open_page, code)
    pupil.route("**/class/seat", lambda route: route.abort())
    pupil.locator(".choice input").first.check()
    pupil.get_by_role("button", name="Verstuur").click()
    expect(pupil.get_by_text("Dat kwam niet aan: de verbinding lukte niet.")).to_be_visible()
    expect(pupil.get_by_text("Verstuurd:")).to_have_count(0)
    expect(pupil.locator(".choice input").first).to_be_checked()
    expect(board.locator("[data-answered]")).to_have_text("0")
    pupil.unroute("**/class/seat")
    for _ in range(2):  # again is safe
        pupil.get_by_role("button", name="Verstuur").click()
        expect(pupil.get_by_text("Verstuurd: Eens.")).to_be_focused()
    expect(board.locator("[data-answered]")).to_have_text("1", timeout=2_000)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (1024, 768)])
def test_the_board_fits_a_projector(open_page: Open, width: int, height: int) -> None:
    """Code, counts and buttons stand on the screen; the code is a tenth of it high or nearly so."""
    board = open_page("/nl/class", width=width, height=height)
    board.locator("input[name=length][value=all]").check()
    board.get_by_role("button", name="Open de klas").click()
    for name in (".board-code", ".qr", ".board-count", ".board-joined", ".board-actions"):
        box = board.locator(name).bounding_box()
        assert box
        assert box["y"] + box["height"] <= height, name
        assert box["x"] + box["width"] <= width, name
    code, picture = (board.locator(name).bounding_box() for name in (".board-code", ".qr"))
    assert code
    assert picture
    assert code["height"] >= 0.075 * height
    assert code["y"] >= picture["y"] + picture["height"]
    assert board.evaluate(
        "e => { const r = document.createRange(); r.selectNodeContents(e);"
        "return r.getBoundingClientRect().width <= e.clientWidth && r.getClientRects().length === 1 }",
        board.locator(".board-code").element_handle(),
    )


def test_what_is_ticked_is_meant(open_page: Open) -> None:
    teacher = open_page("/nl/class", width=1280, height=720)
    teacher.get_by_text("Kies stellingen").click()
    teacher.get_by_label("Dit hele thema:").first.check()
    expect(teacher.locator("input[name=length][value=picked]")).to_be_checked()
    teacher.get_by_role("button", name="Open de klas").click()
    expect(teacher.locator(".kicker")).to_contain_text("Stelling 1 van")
    expect(teacher.locator(".kicker")).not_to_contain_text("van 9 ")
    expect(teacher.locator(".kicker")).to_contain_text("nog ongeveer")


def test_next_pupil_on_this_device(open_page: Open) -> None:
    board, code = open_class(open_page, "together")
    pupil = join(open_page, code)
    pupil.get_by_role("button", name="Volgende leerling op dit apparaat").click()
    pupil.wait_for_url("**/class/join")
    pupil.get_by_label("De code op het bord").fill(code)
    pupil.get_by_role("button", name="Doe mee").click()
    expect(pupil.locator(".choice input:checked")).to_have_count(0)
    expect(board.locator("[data-joined]").first).to_have_text("2", timeout=15_000)


def test_a_class_over_plain_http_in_a_school(open_page: Open, site: str) -> None:
    """A browser tells such a site nothing but ``Origin``; only this machine's own names get more."""
    port = site.rpartition(":")[2]
    board = open_page(f"http://school.test:{port}/nl/class")
    board.get_by_role("button", name="Open de klas").click()
    board.wait_for_url("**/nl/class/board")
    board.get_by_role("button", name="Laat niemand meer meedoen").click()
    expect(board.get_by_role("button", name="Laat leerlingen weer meedoen")).to_be_visible()
