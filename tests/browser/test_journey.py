"""The quiz in a real browser: one tap a statement, the overview, and without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from quiz.content import Catalogue
from tests.browser.quiz_pages import answer_all, at, kept, settled

Open = Callable[..., Page]
ANSWERS = ("Eens", "Geen van beide", "Oneens")
LARGEST = 12 * 1024 + 2 * 1024
"""What a result may weigh: its body, and its headers with up to 1,024 bytes of filling."""


def test_one_tap_a_statement(open_page: Open, shipped_catalogue: Catalogue) -> None:
    page = open_page("/nl/quiz")
    taps = answer_all(page, shipped_catalogue)
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    page.wait_for_selector("ol.outcomes")
    assert taps + 1 <= len(shipped_catalogue.statements) + 4
    letters = "and"
    assert kept(page, shipped_catalogue)["answers"] == {
        entry.id: f"{letters[number % 3]}.{entry.revision}"
        for number, entry in enumerate(shipped_catalogue.statements)
    }


def test_after_the_tap_only_the_result_is_fetched(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    """The result page's shell, styles and scripts are loaded beforehand; it is one small
    response.
    """
    page = open_page("/nl/quiz")
    answer_all(page, shipped_catalogue)
    page.wait_for_function(
        """() => [...document.querySelectorAll("link[rel=prefetch]")].every((link) =>
             performance.getEntriesByName(link.href).some((entry) => entry.responseEnd))"""
    )
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    page.wait_for_selector("ol.outcomes")
    found = page.evaluate(
        """() => performance.getEntriesByType("resource").filter((entry) => entry.transferSize)
             .map((entry) => [new URL(entry.name).pathname, entry.transferSize])"""
    )
    assert [path for path, _ in found] == ["/nl/result"]
    assert found[0][1] <= LARGEST


def test_a_second_click_answers_nothing_unseen(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/quiz")
    at(page, 0)
    first = shipped_catalogue.statements[0].id
    page.locator(".answers button").first.dblclick()
    at(page, 1)
    assert list(kept(page, shipped_catalogue)["answers"]) == [first]  # type: ignore[call-overload]
    page.locator("#next").dblclick()
    at(page, 2)
    # two taps that come before the next statement is painted
    page.locator(".answers button").nth(2).evaluate("(one) => { one.click(); one.click(); }")
    at(page, 3)
    assert len(kept(page, shipped_catalogue)["answers"]) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize("touch", [False, True])
def test_a_second_click_does_nothing_on_the_overview(
    open_page: Open, shipped_catalogue: Catalogue, touch: bool
) -> None:
    page = open_page("/nl/quiz", has_touch=touch)
    answer_all(page, shipped_catalogue)
    last = len(shipped_catalogue.statements)
    before = kept(page, shipped_catalogue)
    unseen = ("#show-result", "#overview-back", "#list button", "#list input", "#clear")
    for second in unseen:
        page.locator("#overview-back").click()
        at(page, last - 1)
        # a click that comes before the overview is painted
        page.evaluate(
            """([second]) => {
              const click = (one) => document.querySelector(one).click();
              click("#next");
              click(second);
            }""",
            [second],
        )
        at(page, last)
        expect(page.locator("#trouble")).to_be_hidden()
        assert kept(page, shipped_catalogue) == before
    # two clicks that come before the browser has gone back to the overview
    page.locator("#list button").nth(4).click()
    at(page, 4)
    page.locator(".answers button").nth(1).evaluate("(one) => { one.click(); one.click(); }")
    at(page, last)
    settled(page)
    assert kept(page, shipped_catalogue) == before
    # a double click whose second click finds the overview
    page.locator("#overview-back").click()
    at(page, last - 1)
    page.locator("#next").click()
    at(page, last)
    page.locator("#show-result").hover()
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    settled(page)
    expect(page.locator("#trouble")).to_be_hidden()
    page.locator("#show-result").click()  # and one that begins there counts
    expect(page.locator("#result h1")).to_be_visible()


def test_back_shows_the_answer_and_another_replaces_it(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    at(page, 0)
    agree, _, disagree = (page.get_by_role("button", name=word, exact=True) for word in ANSWERS)
    agree.click()
    at(page, 1)
    page.get_by_role("button", name="Terug").click()
    at(page, 0)
    expect(agree).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#next")).to_have_text("Volgende")
    disagree.click()
    at(page, 1)
    page.go_back()
    at(page, 0)
    expect(disagree).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Wis antwoord").click()
    expect(disagree).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#next")).to_have_text("Sla over")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_buttons_do_not_jump(open_page: Open, shipped_catalogue: Catalogue, width: int) -> None:
    page = open_page("/nl/quiz", width=width, height=740)
    at(page, 0)
    places = set()
    for number, _ in enumerate(shipped_catalogue.statements):
        boxes = page.locator(".answers button").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(box => [box.x, box.y, box.height].map(Math.round))"
        )
        places.add(json.dumps(boxes))
        details = page.locator(".statement.now details").first.bounding_box()
        steps = page.locator("#steps").bounding_box()
        assert details
        assert steps
        assert steps["y"] + steps["height"] <= 740
        page.locator("#next").click()
        at(page, number + 1)
    assert len(places) == 1, places


def test_overview_shows_the_way_to_the_result_and_counts_double(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/quiz")
    answer_all(page, shipped_catalogue)
    result = page.get_by_role("button", name="Bekijk mijn uitkomst")
    expect(page.get_by_role("heading", name="Je antwoorden op een rij")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Tab")
        if result.evaluate("one => one === document.activeElement"):
            break
    expect(result).to_be_focused()
    for place in (0, 500, 100_000):
        page.evaluate("place => scrollTo(0, place)", place)
        expect(result).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    page.locator("#list li").nth(1).get_by_role("checkbox").check()
    expect(page.locator("#progress i").nth(1)).to_have_class("answered twice passed")
    page.locator("#list button").nth(4).click()
    at(page, 4)
    page.get_by_role("button", name="Oneens", exact=True).click()
    at(page, len(shipped_catalogue.statements))
    expect(page.locator("#list button").nth(4)).to_contain_text("Oneens")
    result.click()
    page.wait_for_selector("ol.outcomes")
    second = shipped_catalogue.statements[1].id
    assert kept(page, shipped_catalogue)["double"] == [second]
    assert "=" not in page.url


def test_without_an_answer_the_message_stands_where_one_is(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/quiz")
    at(page, 0)
    for number, _ in enumerate(shipped_catalogue.statements):
        page.locator("#next").click()
        at(page, number + 1)
    page.evaluate("scrollTo(0, 100000)")
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    expect(page.get_by_role("alert")).to_contain_text("minstens één stelling")
    expect(page.get_by_role("alert")).to_be_in_viewport()


def test_a_dead_connection_loses_nothing_and_says_so_in_sight(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/quiz")
    answer_all(page, shipped_catalogue)
    dead = [True]
    page.route("**/readyz", lambda route: route.abort() if dead[0] else route.continue_())
    page.evaluate("scrollTo(0, 100000)")
    result = page.get_by_role("button", name="Bekijk mijn uitkomst")
    result.click()
    expect(page.get_by_role("alert")).to_contain_text("Geen verbinding")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    # whoever goes back to change an answer meanwhile is not thrown onto the result
    page.locator("#list button").nth(2).click()
    at(page, 2)
    dead[0] = False
    page.evaluate("dispatchEvent(new Event('online'))")
    settled(page)
    assert page.url.endswith("/nl/quiz")
    page.go_back()
    result.click()
    page.wait_for_selector("ol.outcomes")


def test_clear_everything_can_be_undone(open_page: Open, shipped_catalogue: Catalogue) -> None:
    page = open_page("/nl/quiz")
    answer_all(page, shipped_catalogue)
    before = kept(page, shipped_catalogue)["answers"]
    page.get_by_role("button", name="Wis alles").click()
    assert not kept(page, shipped_catalogue).get("answers")
    page.get_by_role("button", name="Maak ongedaan").click()
    assert kept(page, shipped_catalogue)["answers"] == before
    page.get_by_role("button", name="Wis alles").click()
    page.reload()
    at(page, 0)
    assert not kept(page, shipped_catalogue).get("answers")


def test_another_language_keeps_answers_and_place(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/quiz")
    at(page, 0)
    for number in range(3):
        page.locator(".answers button").first.click()
        at(page, number + 1)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/en/quiz")
    at(page, 3)
    expect(page.locator(".statement.now .kicker")).to_contain_text(
        f"4/{len(shipped_catalogue.statements)}"
    )
    page.get_by_role("button", name="Back").click()
    at(page, 2)
    expect(page.get_by_role("button", name="Agree", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    assert not any(sent)


def test_quotes_open_in_place_on_request(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    details = page.locator(".statement.now details", has_text="Wat zeggen de partijen?")
    expect(details.locator("blockquote")).to_have_count(0)
    details.locator("summary").click()
    expect(details.locator("blockquote").first).to_be_visible()


def test_without_javascript(open_page: Open, shipped_catalogue: Catalogue) -> None:
    page = open_page("/nl/quiz", java_script_enabled=False)
    boxes = page.locator("fieldset.statement")
    expect(boxes).to_have_count(len(shipped_catalogue.statements))
    expect(page.locator("#steps")).to_be_hidden()
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    expect(page.get_by_role("alert")).to_contain_text("Beantwoord minstens één stelling")
    for number in range(0, len(shipped_catalogue.statements), 2):
        boxes.nth(number).locator(".choice input").nth(number % 3).check()
    boxes.nth(0).get_by_label("Telt dubbel").check()
    page.get_by_role("button", name="English").click()
    expect(boxes.nth(0).get_by_label("Agree", exact=True)).to_be_checked()
    page.get_by_role("button", name="Show my result").click()
    expect(page.locator("ol.outcomes")).to_be_visible()
    page.goto("/nl/result")
    page.get_by_role("link", name="Naar de stellingen").click()
    page.wait_for_url("**/nl/quiz")


def test_nothing_jumps_when_the_script_takes_over(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    at(page, 0)
    shifted = page.evaluate(
        """() => new Promise((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value })
            .observe({type: "layout-shift", buffered: true});
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
        })"""
    )
    assert shifted < 0.05
