"""The whole quiz in a real browser: with JavaScript, without it, and with the keyboard alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from quiz.content import Catalogue

Open = Callable[..., Page]


def answer_all(page: Page, catalogue: Catalogue) -> None:
    for number, statement in enumerate(catalogue.statements):
        box = page.locator(f"#s-{statement.id}")
        expect(box).to_be_visible()
        if number % 5 != 4:
            box.locator(".choice input").nth(number % 3).check()
        page.locator(".steps button:last-child").click()


def test_one_statement_at_a_time(open_page: Open, shipped_catalogue: Catalogue) -> None:
    page = open_page("/nl/")
    page.get_by_role("link", name="Begin").click()
    first, second = (f"#s-{entry.id}" for entry in shipped_catalogue.statements[:2])
    expect(page.locator(first)).to_be_visible()
    expect(page.locator(second)).to_be_hidden()
    forward = page.locator(".steps button:last-child")
    expect(forward).to_have_text("Sla over")
    page.locator(first).get_by_label("Eens", exact=True).check()
    expect(page.locator(first)).to_be_visible()  # nothing moves on by itself
    expect(forward).to_have_text("Volgende")
    box = page.locator(".steps").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 740
    page.locator(first).get_by_label("Telt dubbel").check()
    forward.click()
    assert page.evaluate("document.activeElement.closest('fieldset').id") == second[1:]
    page.go_back()
    expect(page.locator(first)).to_be_visible()
    page.reload()
    expect(page.locator(first).get_by_label("Eens", exact=True)).to_be_checked()
    expect(page.locator(first).get_by_label("Telt dubbel")).to_be_checked()


def test_whole_quiz_with_overview_and_result(open_page: Open, shipped_catalogue: Catalogue) -> None:
    page = open_page("/nl/quiz")
    answer_all(page, shipped_catalogue)
    overview = page.locator(".overview button")
    expect(overview).to_have_count(len(shipped_catalogue.statements))
    overview.nth(4).click()
    page.locator(f"#s-{shipped_catalogue.statements[4].id}").get_by_label("Oneens").check()
    page.go_back()
    expect(overview.nth(4)).to_contain_text("Oneens")
    page.locator(".overview li").nth(1).get_by_role("checkbox").check()
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    page.wait_for_url("**/nl/result")
    second = page.locator(f"details:has([id='yours.{shipped_catalogue.statements[1].id}']) .said")
    expect(second).to_contain_text("telt dubbel")
    assert "=" not in page.url
    expect(page.locator(".outcome")).to_have_count(len(shipped_catalogue.parties))
    details = page.locator(".outcome details").first
    details.locator("summary").click()
    expect(details.locator("blockquote").first).to_be_visible()
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/en/result")
    expect(page.locator("h1")).to_have_text("Your result")


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
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    expect(page.get_by_role("alert")).to_contain_text("Beantwoord minstens één stelling")
    for number in range(0, len(shipped_catalogue.statements), 2):
        boxes.nth(number).locator(".choice input").nth(number % 3).check()
    boxes.nth(0).get_by_label("Telt dubbel").check()
    page.get_by_role("button", name="English").click()
    expect(boxes.nth(0).get_by_label("Agree", exact=True)).to_be_checked()
    page.get_by_role("button", name="Show my result").click()
    expect(page.locator("h1")).to_have_text("Your result")
    page.locator(".compare details summary").click()
    for name in ("Volt", "SP"):
        page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="Compare these parties").click()
    expect(page.get_by_text("Differences stand first")).to_be_visible()


def test_keyboard_alone(open_page: Open, shipped_catalogue: Catalogue) -> None:
    page = open_page("/en/quiz", width=1280)
    page.locator(".statement.now .choice input").first.focus()
    for number in range(len(shipped_catalogue.statements)):
        page.keyboard.press(["1", "2", "3"][number % 3])
        page.keyboard.press("Enter")
        if number + 1 < len(shipped_catalogue.statements):
            page.keyboard.press("Tab")
    expect(page.get_by_role("heading", name="Your answers at a glance")).to_be_focused()
    for _ in range(2 * len(shipped_catalogue.statements) + 4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Show my result":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/result")


def test_a_dead_connection_loses_nothing(open_page: Open, shipped_catalogue: Catalogue) -> None:
    page = open_page("/nl/quiz")
    page.locator(".statement.now .choice input").first.check()
    for _ in shipped_catalogue.statements:
        page.locator(".steps button:last-child").click()
    reached = []
    page.route("**/healthz", lambda route: route.abort() if len(reached) < 1 else route.continue_())
    page.on("requestfailed", lambda request: reached.append(request.url))
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    page.wait_for_url("**/nl/result")
    assert reached


def test_clear_everything(open_page: Open, shipped_catalogue: Catalogue) -> None:
    page = open_page("/nl/quiz")
    answer_all(page, shipped_catalogue)
    page.get_by_role("button", name="Wis alles").click()
    assert page.locator(".choice input:checked").count() == 0
    assert not json.loads(page.evaluate("JSON.stringify(sessionStorage)")).get("answers")
    page.reload()
    assert page.locator(".choice input:checked").count() == 0


def test_a_shared_link_shows_the_answers_for_confirmation(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    first, second = (entry.id for entry in shipped_catalogue.statements[:2])
    page = open_page(f"/nl/quiz#answers:{first}=a2,{second}=d,gone=n")
    expect(page.get_by_role("heading", name="Je antwoorden op een rij")).to_be_visible()
    assert "#" not in page.url
    expect(page.locator(".overview button").nth(0)).to_contain_text("Eens")
    expect(page.locator(".overview li").nth(0).get_by_role("checkbox")).to_be_checked()
    expect(page.locator(".overview button").nth(1)).to_contain_text("Oneens")
    expect(page.locator(".where, .kicker").first).to_have_text(re.compile("2 van"))


def test_what_was_cleared_does_not_come_back_with_the_back_button(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/quiz")
    answer_all(page, shipped_catalogue)
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    page.wait_for_url("**/nl/result")
    page.get_by_role("button", name="Wis alles").click()
    page.wait_for_url("**/nl/")
    page.go_back()
    page.wait_for_url("**/nl/quiz")
    expect(page.locator(".statement.now")).to_be_visible()
    assert page.locator(".choice input:checked").count() == 0
    assert "agree" not in page.evaluate("JSON.stringify({...sessionStorage})")


def test_a_statement_opened_from_the_overview_leads_back_to_it(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/quiz")
    answer_all(page, shipped_catalogue)
    page.locator(".overview button").nth(3).click()
    page.locator(".statement.now").get_by_label("Oneens").check()
    expect(page.locator(".steps button:last-child")).to_have_text("Overzicht")
    page.locator(".steps button:last-child").click()
    expect(page.locator(".overview button").nth(3)).to_contain_text("Oneens")


def test_back_stays_in_the_quiz_after_a_change_of_language(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    count = len(shipped_catalogue.statements)
    page = open_page("/nl/quiz")
    for _ in range(3):
        page.locator(".steps button:last-child").click()
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/en/quiz")
    expect(page.locator(".statement.now .kicker")).to_contain_text(f"4/{count}")
    page.get_by_role("button", name="Back").click()
    expect(page.locator(".statement.now .kicker")).to_contain_text(f"3/{count}")
    assert page.url.endswith("/en/quiz")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("width", "height"), [(320, 568), (360, 640)])
def test_no_statement_needs_scrolling_for_its_buttons(
    open_page: Open, shipped_catalogue: Catalogue, language: str, width: int, height: int
) -> None:
    page = open_page(f"/{language}/quiz", width=width, height=height)
    for _ in shipped_catalogue.statements:
        page.locator(".statement.now .choice input").nth(1).check()
        steps = page.locator(".steps").bounding_box()
        extras = page.locator(".statement.now .extras").bounding_box()
        assert steps
        assert extras
        assert extras["y"] + extras["height"] <= steps["y"]
        assert steps["y"] + steps["height"] <= height
        sizes = page.locator(".statement.now .choice").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(box => [box.y, box.width, box.height])"
        )
        assert len(sizes) == 3
        for kind in zip(*sizes, strict=True):
            assert max(kind) - min(kind) < 0.1  # browsers place by 64ths of a pixel
        page.locator(".steps button:last-child").click()


def test_nothing_jumps_when_the_script_takes_over(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    shifted = page.evaluate(
        """() => new Promise((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value })
            .observe({type: "layout-shift", buffered: true});
          setTimeout(() => resolve(sum), 500);
        })"""
    )
    assert shifted < 0.05


def test_comparing_again_waits_for_the_connection(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page(f"/nl/quiz#answers:{shipped_catalogue.statements[0].id}=a")
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    page.wait_for_url("**/nl/result")
    failed: list[str] = []
    page.route("**/healthz", lambda route: route.continue_() if failed else route.abort())
    page.on("requestfailed", lambda request: failed.append(request.url))
    second = shipped_catalogue.statements[1].id
    page.locator(f"details:has([id='yours.{second}']) summary").click()
    page.locator(f"details:has([id='yours.{second}'])").get_by_label("Oneens").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Vergelijk opnieuw").click()
    assert failed
    expect(page.locator(f"details:has([id='yours.{second}']) .said")).to_have_text("Oneens")
