"""A lesson on the board: opening, counting, the clock, taking over."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.class_pages import choose, fill_in, join, more, open_class, press

Open = Callable[..., Page]


def test_together(open_page: Open) -> None:
    board, code = open_class(open_page, begin=False)
    scripted = [join(open_page, code) for _ in range(3)]
    plain = [join(open_page, code, script=False) for _ in range(2)]
    expect(board.locator("[data-joined]")).to_have_text("5")
    expect(scripted[0].get_by_role("heading", name="Je doet mee")).to_be_visible()
    press(board, "PageDown")
    expect(board.locator(".options")).to_contain_text("Geen van beide")
    for pupil in plain:
        pupil.get_by_role("button", name="Kijk opnieuw").click()
    for number, pupil in enumerate([*scripted, *plain]):
        choose(pupil, number)
    expect(board.locator("[data-answered]")).to_have_text("5")
    expect(board.locator(".tally")).to_have_count(0)
    first = board.locator("h1").inner_text()
    press(board, "Space")
    expect(board.locator(".tally")).to_be_visible()
    # the same chart on the phone, one's own answer marked, and focus on what is new
    heading = scripted[0].get_by_role("heading", name="Hoe de klas antwoordde")
    expect(heading).to_be_focused()
    expect(scripted[0].locator(".tally .mine")).to_contain_text("Eens")
    expect(scripted[1].locator(".tally .mine")).to_contain_text("Geen van beide")
    expect(scripted[0].locator("#spoken")).to_have_text("Kijk naar het bord")
    for shown in (".board-parties", ".questions", ".options"):  # a presenter's clicker goes on
        press(board, "PageDown")
        expect(board.locator(shown)).to_be_visible()
    expect(board.locator("h1")).not_to_have_text(first)
    expect(scripted[0].locator(".choice").first).to_be_visible()
    expect(scripted[0].locator("h1.proposal")).to_be_focused()
    press(board, "PageUp")
    expect(board.locator("h1")).to_have_text(first)
    expect(board.locator(".kicker")).to_contain_text("Terugkijken")
    press(board, "PageDown")
    expect(board.locator(".options")).to_be_visible()
    more(board, "Beëindig de klas")
    expect(board.get_by_role("heading", name="De klas nu beëindigen?")).to_be_visible()
    board.get_by_role("button", name="Beëindig de klas").click()
    board.wait_for_url("**/class/summary/**")
    expect(scripted[0].get_by_role("heading", name="De klas is klaar")).to_be_visible()
    scripted[0].reload()
    scripted[0].get_by_role("button", name="Bekijk mijn eigen uitkomst").click()
    scripted[0].wait_for_selector("#shell", state="attached")  # the result has its own address
    expect(scripted[0].locator(".outcome").first).to_be_attached()
    scripted[0].go_back()
    expect(scripted[0].get_by_role("button", name="Bekijk mijn eigen uitkomst")).to_be_visible()


def test_space_closes_nothing_where_nobody_has_answered(open_page: Open) -> None:
    board, code = open_class(open_page)
    pupil = join(open_page, code)
    expect(board.locator("[data-joined]").first).to_have_text("1")
    press(board, "Space")
    expect(board.locator(".options")).to_be_visible()
    choose(pupil, 0)
    expect(board.locator("[data-answered]")).to_have_text("1")
    board.get_by_text("Meer", exact=True).click()
    keys = board.get_by_role("checkbox", name="Toetsen")
    keys.uncheck()
    board.locator("h1").click()
    press(board, "Space")
    expect(board.locator(".options")).to_be_visible()
    board.reload()  # turned off, it stays off
    press(board, "Space")
    expect(board.locator(".options")).to_be_visible()
    board.get_by_text("Meer", exact=True).click()
    keys.check()
    board.locator("h1").click()
    press(board, "Space")  # one answer: asks first
    expect(board.get_by_role("heading", name="Er is 1 antwoord")).to_be_visible()
    expect(board.locator("#asked")).to_be_focused()
    board.get_by_role("link", name="Wachten").click()
    expect(board.locator(".options")).to_be_visible()


def test_the_count_is_read_out_every_ten_seconds_at_most(open_page: Open) -> None:
    board, code = open_class(open_page, begin=False)
    pupils = [join(open_page, code) for _ in range(3)]
    board.clock.install(time=0)
    board.get_by_role("button", name="Begin met de eerste stelling").click()
    expect(board.locator(".options")).to_be_visible()
    board.clock.pause_at(3_600_000)
    spoken = board.locator("#spoken")

    def answered(number: int) -> None:
        choose(pupils[number], number)
        count = board.locator("[data-answered]")
        for _ in range(80):  # the board asks by its own clock, and is answered by the real one
            if count.inner_text() == str(number + 1):
                return
            board.clock.run_for(100)
            board.wait_for_timeout(50)
        expect(count).to_have_text(str(number + 1))

    answered(0)
    expect(spoken).to_contain_text("1 van 3")
    answered(1)
    expect(spoken).to_contain_text("1 van 3")
    board.clock.run_for(10_000)
    expect(spoken).to_contain_text("2 van 3")  # nothing followed, and the last word is said
    answered(2)
    expect(spoken).to_contain_text("2 van 3")
    board.clock.run_for(10_000)
    expect(spoken).to_contain_text("3 van 3")


def test_two_classes_in_one_browser(open_page: Open) -> None:
    """Closing in one tab leaves the other's statement alone, and both are found again."""
    board, code = open_class(open_page)
    two = board.context.new_page()
    two.goto("/nl/class")
    fill_in(two, "together", "30")
    two.get_by_role("button", name="Begin met de eerste stelling").click()
    pupils = [join(open_page, code) for _ in range(5)]
    for number, pupil in enumerate(pupils):
        choose(pupil, number)
    expect(board.locator("[data-answered]")).to_have_text("5")
    board.get_by_role("button", name="Sluit en kijk").click()
    expect(board.locator(".tally")).to_be_visible()
    two.reload()
    expect(two.locator(".options")).to_be_visible()
    two.goto("/nl/class")
    expect(two.get_by_role("link", name="Terug naar het bord")).to_have_count(2)


def test_a_board_that_is_killed_is_found_again(browser: Browser, open_page: Open) -> None:
    board, code = open_class(open_page)
    kept = board.context.storage_state()
    board.context.close()
    again = open_page("/nl/class", storage_state=kept)
    again.get_by_role("link", name="Terug naar het bord").click()
    expect(again.locator(".options")).to_be_visible()
    expect(again.locator(".board-code")).to_have_text(code)


def test_taking_over_by_a_key_and_the_old_board_says_so(open_page: Open) -> None:
    board, _ = open_class(open_page)
    board.get_by_text("Meer", exact=True).click()
    with board.context.expect_page() as opened:
        board.get_by_role("link", name="Ga verder op een ander apparaat").click()
    secret = opened.value
    expect(secret.locator("#key")).to_have_count(0)  # on request, and never on the board
    secret.get_by_role("button", name="Laat de sleutel zien").click()
    key = secret.locator("#key").inner_text()
    secret.context.grant_permissions(["clipboard-read", "clipboard-write"])
    secret.locator("[data-copy=key]").click()
    expect(secret.locator("#spoken")).to_have_text("Gekopieerd.")
    assert secret.evaluate("navigator.clipboard.readText()") == key
    other = open_page(f"/nl/class/recover#{key.replace(' ', '')}")
    expect(other.get_by_label("De sleutel")).to_have_value(key.replace(" ", ""))
    assert "#" not in other.url
    other.get_by_role("button", name="Neem over").dblclick()
    expect(other.locator(".options")).to_be_visible()
    expect(board.get_by_role("heading", name="Deze klas loopt nu op een ander")).to_be_visible()


def test_a_slow_response_to_the_board_is_waited_for(open_page: Open) -> None:
    """The board asks every 0.7 seconds whether the class has changed; here it has, by that response."""
    board, _ = open_class(open_page)

    def late(route: Route) -> None:
        response = route.fetch(max_redirects=0)
        for _ in range(2):  # the board hears that the class has ended, and asks on
            with board.expect_request("**/class/state/**", timeout=10_000):
                pass
        route.fulfill(response=response)

    more(board, "Beëindig de klas")
    board.get_by_role("link", name="Terug naar de les").click()
    board.route(
        "**/class/board/**",
        lambda route: late(route) if route.request.method == "POST" else route.continue_(),
    )
    more(board, "Laat niemand meer meedoen")
    expect(board.get_by_text("Meedoen kan niet meer.")).to_be_visible()


def test_a_clock_runs_and_closes_nothing(open_page: Open) -> None:
    board, _ = open_class(open_page)
    board.clock.install()
    board.reload()
    board.get_by_role("button", name="30 seconden").click()
    expect(board.locator(".clock-face")).to_have_text("0:30")
    board.clock.run_for(31_000)
    expect(board.locator(".clock-face")).to_have_text("0:00")
    expect(board.locator(".options")).to_be_visible()


def test_the_clock_of_a_rehearsal_stops_with_its_statement(open_page: Open) -> None:
    board = open_page("/nl/class", width=1280, height=800)
    board.get_by_role("button", name="Oefen eerst alleen").click()
    board.get_by_role("button", name="Begin met de eerste stelling").click()
    board.get_by_role("button", name="30 seconden").click()
    expect(board.locator(".clock-face")).to_be_visible()
    board.get_by_role("button", name="Sluit en kijk").click()
    board.get_by_role("button", name="Volgende stelling").click()
    expect(board.locator(".options")).to_be_visible()
    board.wait_for_load_state()
    expect(board.locator(".clock-face")).to_be_hidden()


def test_skipping_and_reordering_during_the_lesson(open_page: Open) -> None:
    board, _ = open_class(open_page, length="30")
    more(board, "Stellingen overslaan of de volgorde veranderen")
    words = board.locator(".board-order .proposal")
    before = words.all_inner_texts()
    board.get_by_role("button", name="Eerder").last.click()
    expect(words.nth(2)).to_have_text(before[3])
    board.get_by_role("button", name="Sla over").nth(1).click()
    board.get_by_role("link", name="Zo laten").click()
    expect(words).to_have_count(4)  # nothing is skipped unasked
    board.get_by_role("button", name="Sla over").nth(1).click()
    expect(board.locator("#asked")).to_be_visible()
    board.get_by_role("button", name="Overslaan").click()
    expect(words).to_have_count(3)
    board.get_by_role("button", name="Terug naar de les").click()
    expect(board.locator(".kicker")).to_contain_text("Stelling 1 van 3")


def test_what_is_ticked_is_meant(open_page: Open) -> None:
    teacher = open_page("/nl/class", width=1280, height=720)
    teacher.get_by_text("Kies stellingen").click()
    teacher.get_by_label("Dit hele thema:").first.check()
    expect(teacher.locator("input[name=length][value=picked]")).to_be_checked()
