"""A class on the phones: seats, answers on the way, and a class without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.class_pages import choose, join, more, open_class

Open = Callable[..., Page]


def test_a_seat_is_a_pupil(open_page: Open) -> None:
    """Scanning again, Back and “Doe mee”, a new tab: the same seat, also after joining was locked."""
    board, code = open_class(open_page)
    pupil = join(open_page, code)
    place = pupil.url
    pupil.go_back()
    if pupil.url != place:  # the form as it was; a scanned code leads on by itself
        pupil.get_by_role("button", name="Doe mee").click()
        pupil.wait_for_url(place)
    more(board, "Laat niemand meer meedoen")
    expect(board.get_by_text("Meedoen kan niet meer.")).to_be_visible()
    tab = pupil.context.new_page()
    tab.goto(f"/nl/class/join?code={code.replace(' ', '')}")
    tab.wait_for_url(place)
    expect(board.locator("[data-joined]").first).to_have_text("1")


def test_next_pupil_on_this_device_asks_first(open_page: Open) -> None:
    """And finds nothing of the last pupil, who has looked at the result."""
    board, code = open_class(open_page, "own")
    pupil = join(open_page, code)
    place = pupil.url
    pupil.locator(".choice input").first.check()
    pupil.get_by_role("button", name="Ik ben klaar").click()
    pupil.get_by_role("button", name="Bekijk mijn eigen uitkomst").click()
    pupil.wait_for_selector("#shell", state="attached")
    expect(pupil.locator(".outcome").first).to_be_attached()
    pupil.goto(place)
    expect(pupil.get_by_role("link", name="Naar je uitkomst")).to_be_visible()
    pupil.get_by_role("button", name="Volgende leerling op dit apparaat").click()
    pupil.get_by_role("link", name="Nee, ik blijf").click()
    expect(pupil.locator(".choice input").first).to_be_checked()
    pupil.get_by_role("button", name="Volgende leerling op dit apparaat").click()
    pupil.get_by_role("button", name="Ja, iemand anders gaat verder").click()
    pupil.wait_for_url("**/class/join")
    assert pupil.evaluate("sessionStorage.length") == 0
    pupil.get_by_label("De code op het bord").fill(code)
    pupil.get_by_role("button", name="Doe mee").click()
    expect(pupil.locator(".choice").first).to_be_visible()
    expect(pupil.locator(".choice input:checked")).to_have_count(0)
    expect(pupil.get_by_role("link", name="Naar je uitkomst")).to_be_hidden()
    expect(board.locator("[data-joined]").first).to_have_text("2")


def test_own_answers_stay_through_reload_language_and_the_end(open_page: Open) -> None:
    board, code = open_class(open_page)
    pupils = [join(open_page, code) for _ in range(5)]
    for pupil in pupils:
        choose(pupil, 2)
    expect(board.locator("[data-answered]")).to_have_text("5")
    board.get_by_role("button", name="Sluit en kijk").click()
    pupil = pupils[0]
    expect(pupil.locator(".tally .mine")).to_contain_text("Oneens")
    pupil.reload()
    expect(pupil.locator(".tally .mine")).to_contain_text("Oneens")
    pupil.get_by_role("link", name="English").click()
    expect(pupil.locator(".tally .mine")).to_contain_text("Disagree")
    more(board, "Beëindig de klas")
    board.get_by_role("button", name="Beëindig de klas").click()
    expect(pupil.get_by_role("button", name="Look at my own result")).to_be_visible()


def test_own_pace_sends_each_choice_as_it_is_made(open_page: Open) -> None:
    board, code = open_class(open_page, "own")
    pupils = [join(open_page, code) for _ in range(5)]
    for number, pupil in enumerate(pupils):
        pupil.locator(".choice input").nth(number % 3).check()
        expect(pupil.locator(".sent").first).to_contain_text("Verstuurd")
    expect(pupils[1].locator("#spoken")).to_have_text("Verstuurd.")  # heard where it was sent
    pupils[0].locator(".choice input").nth(1).check()
    expect(pupils[0].locator(".sent").first).to_have_text("Veranderd en verstuurd.")
    expect(pupils[0].locator("#spoken")).to_have_text("Veranderd en verstuurd.")
    pupils[0].locator("fieldset").nth(1).locator("input").first.check()
    expect(board.locator("[data-done]")).to_have_text("1")  # who has answered all is done
    expect(board.locator("[data-begun]")).to_have_text("4")
    pupils[1].get_by_role("button", name="Ik ben klaar").click()
    expect(pupils[1].get_by_text("Je telt mee bij wie klaar is")).to_be_focused()
    expect(board.locator("[data-done]")).to_have_text("2")
    board.get_by_role("button", name="Sluit en kijk").click()
    expect(board.get_by_text("2 van de 5 zijn klaar.")).to_be_visible()
    board.get_by_role("button", name="Sluit en kijk").click()
    board.wait_for_url("**/class/summary/**")
    board.goto(f"{board.url}?screen=all")
    numbers = board.locator(".tally").first.locator(".number").all_inner_texts()
    assert sorted(numbers) == ["1", "1", "3"]  # none was pressed “send”, and none was lost
    for pupil in pupils:
        expect(pupil.get_by_role("button", name="Bekijk mijn eigen uitkomst")).to_be_visible()


def test_offline_is_seen_and_mends_itself(open_page: Open) -> None:
    board, code = open_class(open_page, "own")
    pupil = join(open_page, code)
    for page in (pupil, board):
        page.route(re.compile("/class/(state|seat)/"), lambda route: route.abort())
    pupil.locator(".choice input").first.check()
    expect(pupil.locator(".sent").first).to_have_text("Nog niet verstuurd: geen verbinding.")
    expect(pupil.locator("[data-offline]")).to_be_visible()
    expect(board.locator("[data-offline]")).to_be_visible()
    for page in (pupil, board):
        page.unroute(re.compile("/class/(state|seat)/"))
    expect(pupil.locator("[data-offline]")).to_be_hidden()
    expect(pupil.locator(".sent").first).to_contain_text("Verstuurd")
    expect(board.locator("[data-offline]")).to_be_hidden()
    expect(board.locator("[data-begun]")).to_have_text("1")


def test_a_choice_that_came_too_late_says_so(open_page: Open) -> None:
    board, code = open_class(open_page, "own")
    pupil = join(open_page, code)
    pupil.locator(".choice input").first.check()
    expect(pupil.locator(".sent").first).to_contain_text("Verstuurd")
    pupil.route(re.compile("/class/(state|seat)/"), lambda route: route.abort())
    pupil.locator("fieldset").nth(1).locator("input").first.check()
    expect(pupil.locator(".sent").nth(1)).to_have_text("Nog niet verstuurd: geen verbinding.")
    board.get_by_role("button", name="Sluit en kijk").click()
    board.get_by_role("button", name="Toch sluiten").click()
    board.wait_for_url("**/class/summary/**")
    pupil.unroute(re.compile("/class/(state|seat)/"))
    expect(pupil.get_by_role("heading", name="De klas is klaar")).to_be_visible()
    expect(pupil.locator("main .problem").first).to_contain_text("Te laat")


def test_a_choice_without_a_seat_says_so_and_how_to_join_again(open_page: Open) -> None:
    board, code = open_class(open_page, "own")
    pupil = join(open_page, code)
    more(board, "Maak plaatsen leeg die niet antwoordden")
    board.get_by_role("button", name="Leegmaken").click()
    expect(board.locator("[data-joined]").first).to_have_text("0")
    pupil.locator(".choice input").first.click()  # what it checks is gone with the page
    expect(pupil.get_by_text("Dat antwoord kwam niet aan")).to_be_focused()
    expect(pupil.get_by_text("Te laat")).to_have_count(0)
    pupil.get_by_role("link", name="Doe weer mee").click()
    pupil.get_by_role("button", name="Doe mee").click()
    pupil.locator(".choice input").first.check()
    expect(pupil.locator(".sent").first).to_have_text("Verstuurd.")


def test_without_a_connection_what_was_sent_waits_and_goes_by_itself(open_page: Open) -> None:
    board, code = open_class(open_page)
    pupil = join(open_page, code)
    pupil.get_by_role("button", name="Verstuur").click()  # nothing chosen
    expect(pupil.get_by_text("Je hebt nog niets gekozen.")).to_be_focused()
    for address in ("**/class/seat/**", "**/class/state/**"):
        pupil.route(address, lambda route: route.abort())
    pupil.locator(".choice input").first.check()
    pupil.get_by_role("button", name="Verstuur").click()
    expect(pupil.get_by_text("Nog niet verstuurd, want er is geen verbinding.")).to_be_visible()
    expect(pupil.locator(".choice input").first).to_be_checked()
    for address in ("**/class/seat/**", "**/class/state/**"):
        pupil.unroute(address)
    expect(pupil.get_by_text("Verstuurd: Eens.")).to_be_focused()  # it went by itself
    pupil.get_by_role("button", name="Verstuur").click()  # again is safe
    expect(pupil.get_by_text("Verstuurd: Eens.")).to_be_focused()
    expect(board.locator("[data-answered]")).to_have_text("1")


def test_a_connection_that_swallows_everything_is_seen(open_page: Open) -> None:
    """No error comes then: a request that is not answered within ten seconds counts as lost."""
    board, code = open_class(open_page)
    pupil = join(open_page, code)
    swallowed = re.compile("/class/(state|seat)/")
    for page in (board, pupil):
        page.clock.install()
        page.reload()
        page.wait_for_load_state()
        page.route(swallowed, lambda route: None)
    with board.expect_request(swallowed):
        board.clock.run_for(1_000)
    board.clock.run_for(10_000)
    expect(board.locator("[data-offline]")).to_be_visible()
    pupil.locator(".choice input").first.check()
    with pupil.expect_request("**/class/seat/**"):
        pupil.get_by_role("button", name="Verstuur").click()
    pupil.clock.run_for(10_000)
    expect(pupil.get_by_text("Nog niet verstuurd, want er is geen verbinding.")).to_be_visible()
    for page in (board, pupil):
        page.unroute(swallowed)
        page.clock.run_for(10_000)
    expect(pupil.get_by_text("Verstuurd: Eens.")).to_be_visible()
    expect(board.locator("[data-offline]")).to_be_hidden()


def test_starting_again_shows_every_phone_the_statement_as_new(open_page: Open) -> None:
    board, code = open_class(open_page)
    pupil = join(open_page, code)
    choose(pupil, 0)
    more(board, "Begin deze opnieuw")
    board.get_by_role("button", name="Opnieuw beginnen").click()
    expect(pupil.get_by_text("Verstuurd:")).to_be_hidden()
    expect(pupil.locator("main [data-again]")).to_be_visible()
    expect(pupil.locator("#spoken")).to_contain_text("Je docent is hiermee opnieuw begonnen.")
    expect(pupil.locator("h1.proposal")).to_be_focused()
    expect(pupil.locator(".choice input:checked")).to_have_count(0)
    choose(pupil, 1)
    more(board, "Stellingen overslaan of de volgorde veranderen")
    board.get_by_role("button", name="Sla over").first.click()
    board.get_by_role("button", name="Overslaan").click()
    expect(pupil.get_by_text("Verstuurd:")).to_be_hidden()
    expect(pupil.locator("main [data-again]")).to_be_hidden()  # another statement is not


def test_a_class_over_plain_http_in_a_school(open_page: Open, site: str) -> None:
    """A browser tells such a site nothing but ``Origin``; only this machine's own names get more."""
    port = site.rpartition(":")[2]
    board = open_page(f"http://school.test:{port}/nl/class")
    board.get_by_role("button", name="Open de klas").click()
    board.wait_for_url("**/nl/class/board/**")
    more(board, "Laat niemand meer meedoen")
    board.get_by_text("Meer", exact=True).click()
    expect(board.get_by_role("button", name="Laat leerlingen weer meedoen")).to_be_visible()


def test_new_statements_come_within_two_seconds_after_an_idle_spell(open_page: Open) -> None:
    """The longest wait between two questions of an idle phone, by its own clock."""
    _, code = open_class(open_page)
    pupil = join(open_page, code)
    pupil.clock.install()
    pupil.reload()
    requests: list[str] = []
    pupil.on("request", lambda request: requests.append(request.url))
    for _ in range(30):  # so long nothing happened
        with pupil.expect_response("**/class/state/**"):
            pupil.clock.run_for(1_500)
    assert pupil.evaluate("document.visibilityState") == "visible"
    polls = [url for url in requests if "/class/state/" in url]
    assert len(polls) >= 30  # at least one in each second and a half


@pytest.mark.parametrize("way", ["together", "own"])
def test_without_javascript_hidden_fields_carry(open_page: Open, way: str) -> None:
    _, code = open_class(open_page, way)
    pupil = join(open_page, code, script=False)
    expect(pupil.locator("noscript .note")).to_be_visible()
    pupil.locator(".choice input").first.check()
    name = "Verstuur" if way == "together" else "Ik ben klaar"
    pupil.get_by_role("button", name=name).click()
    expect(pupil.locator("[data-told]")).to_contain_text("Verstuurd")
    expect(pupil.locator("input[name^='mine.']")).to_have_count(1)
