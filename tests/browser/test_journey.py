"""The statements in a real browser: by taps, by keys, without JavaScript, on a bad line."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from quiz.content import Catalogue
from tests.browser.voter import Open, answer_all, choose, chosen, kept_answers, settled, show_result

ANSWERS = ".answer-buttons button"


def test_one_tap_a_statement(open_page: Open, shipped_catalogue: Catalogue) -> None:
    page = open_page("/nl/quiz", has_touch=True, is_mobile=True)
    taps = answer_all(page) + 1
    show_result(page)
    assert taps <= len(shipped_catalogue.statements) + 4
    expect(page.locator(".outcome")).to_have_count(len(shipped_catalogue.parties))
    assert "=" not in page.url


def test_the_answer_is_recorded_and_back_takes_one_to_it(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    choose(page, 2)
    settled(page)
    expect(page.locator(".statement.now .kicker")).to_contain_text("2/")
    page.locator(".steps").get_by_role("button", name="Terug").click()
    settled(page)
    expect(page.locator(ANSWERS).nth(2)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Haal mijn antwoord weg").click()
    assert chosen(page) == {}
    assert kept_answers(page) == {}
    choose(page, 0)
    settled(page)
    page.go_back()
    settled(page)
    expect(page.locator(ANSWERS).nth(0)).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("button", [f"{ANSWERS} >> nth=0", ".step-buttons .next"])
def test_a_double_click_answers_no_statement_unseen(open_page: Open, button: str) -> None:
    page = open_page("/nl/quiz")
    settled(page)
    page.locator(button).dblclick()
    settled(page)
    expect(page.locator(".statement.now .kicker")).to_contain_text("2/")
    assert len(chosen(page)) <= 1


def test_skip_never_takes_an_answer_away(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    choose(page, 0)
    settled(page)
    page.locator(".steps .back").click()
    settled(page)
    before = chosen(page)
    expect(page.locator(".steps .next")).to_have_text("Volgende")
    page.locator(".steps .next").click()
    settled(page)
    assert chosen(page) == before
    assert page.locator(".stepping input[type=radio]:visible").count() == 0


def test_keys_answer_while_the_statement_has_focus_and_can_be_turned_off(open_page: Open) -> None:
    page = open_page("/nl/quiz", width=1280, height=800)
    for number in range(5):
        settled(page)
        expect(page.locator(".statement.now h2")).to_be_focused()
        page.keyboard.press("123"[number % 3])
    settled(page)
    assert [value[0] for value in chosen(page).values()] == list("andan")
    expect(page.locator("kbd").first).to_be_visible()
    page.get_by_role("link", name="Standpunt").focus()  # elsewhere a key is a key
    page.keyboard.press("1")
    page.get_by_label("Antwoord met de toetsen 1, 2 en 3").uncheck()
    expect(page.locator("kbd").first).to_be_hidden()
    page.locator(".statement.now h2").focus()
    page.keyboard.press("1")
    page.reload()
    settled(page)
    expect(page.get_by_label("Antwoord met de toetsen 1, 2 en 3")).not_to_be_checked()
    page.keyboard.press("1")
    expect(page.locator(".statement.now .kicker")).to_contain_text("6/")
    assert len(chosen(page)) == 5


def test_a_held_key_and_arrows_answer_nothing(open_page: Open) -> None:
    page = open_page("/nl/quiz", width=1280, height=800)
    settled(page)
    page.keyboard.down("1")
    for _ in range(3):
        page.keyboard.down("1")  # repeats, as a key that is held does
    settled(page)
    page.keyboard.down("1")
    page.keyboard.up("1")
    for key in ("ArrowDown", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    settled(page)
    expect(page.locator(".statement.now .kicker")).to_contain_text("2/")
    assert len(chosen(page)) == 1


def test_keys_are_not_shown_on_a_phone(open_page: Open) -> None:
    page = open_page("/nl/quiz", has_touch=True, is_mobile=True)
    settled(page)
    expect(page.locator("kbd").first).to_be_hidden()
    expect(page.locator(".keys")).to_be_hidden()


def test_one_message_and_focus_on_the_heading_at_each_step(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    settled(page)
    page.evaluate(
        """() => {
          window.heard = [];
          new MutationObserver((changes) => {
            const live = new Set(changes.map((change) =>
              (change.target.nodeType === 1 ? change.target : change.target.parentElement)?.closest('[role=status], [role=alert], [aria-live]')));
            for (const region of live) if (region?.textContent.trim() && !region.hidden) window.heard.push(region.textContent);
          }).observe(document.body, {subtree: true, childList: true, characterData: true});
        }"""
    )
    for _ in range(3):
        choose(page, 0)
        settled(page)
        expect(page.locator(".statement.now h2")).to_be_focused()
    heard = page.evaluate("window.heard")
    assert heard == [f"Eens. Stelling {number} van 36" for number in (2, 3, 4)]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("width", "height"), [(320, 568), (360, 740), (768, 1024), (1280, 800)])
def test_the_buttons_stand_in_one_place(
    open_page: Open, shipped_catalogue: Catalogue, language: str, width: int, height: int
) -> None:
    page = open_page(f"/{language}/quiz", width=width, height=height)
    places = set()
    for _ in shipped_catalogue.statements:
        settled(page)
        boxes = page.locator(ANSWERS).evaluate_all(
            "all => all.map(one => { const box = one.getBoundingClientRect(); return [box.x, box.y, box.width, box.height].map(Math.round) })"
        )
        places.add(str(boxes))
        assert max(y + tall for _, y, _, tall in boxes) <= height
        page.locator(".step-buttons .next").click()
    assert len(places) == 1, places


def test_large_letters_leave_the_statement_free(open_page: Open) -> None:
    page = open_page("/nl/quiz", width=320, height=568)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    heading = page.locator(".statement.now h2").bounding_box()
    steps = page.locator(".steps").bounding_box()
    assert heading
    assert steps
    assert steps["y"] >= heading["y"] + heading["height"]


def test_what_counts_double_before_and_after_and_in_the_overview(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    settled(page)
    page.get_by_label("Telt dubbel").check()
    choose(page, 0)
    settled(page)
    expect(page.locator(".progress i").nth(0)).to_have_class(re.compile("answered twice"))
    expect(page.get_by_label("Telt dubbel")).not_to_be_checked()
    for _ in range(35):
        choose(page, 3)
    settled(page)
    boxes = page.locator(".overview").get_by_role("checkbox")
    expect(boxes.nth(0)).to_be_checked()
    boxes.nth(0).uncheck()
    expect(page.locator(".progress i").nth(0)).not_to_have_class(re.compile("twice"))
    boxes.nth(0).check()
    show_result(page)
    expect(page.locator("#yours input[name=double]:checked")).to_have_count(1)


def test_the_way_to_the_result_is_in_sight_and_a_few_tabs_away(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    answer_all(page)
    button = page.get_by_role("button", name="Bekijk mijn uitkomst")
    expect(page.get_by_role("heading", name="Je antwoorden op een rij")).to_be_focused()
    for share in (0, 0.5, 1):
        page.evaluate("share => scrollTo(0, share * document.body.scrollHeight)", share)
        expect(button).to_be_in_viewport(ratio=1)
    page.evaluate("scrollTo(0, 0)")
    for _ in range(3):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/nl/result")


def test_a_statement_opened_from_the_overview_leads_back_to_it(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    answer_all(page)
    page.locator(".overview button").nth(3).click()
    settled(page)
    expect(page.locator(".steps .next")).to_have_text("Overzicht")
    page.get_by_role("button", name="Oneens").click()
    settled(page)
    expect(page.locator(".overview button").nth(3)).to_contain_text("Oneens")


def test_no_answer_is_told_where_one_is(open_page: Open, shipped_catalogue: Catalogue) -> None:
    page = open_page("/nl/quiz")
    for _ in shipped_catalogue.statements:
        choose(page, 3)
    settled(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    expect(page.locator("[role=alert]:visible")).to_contain_text("Beantwoord minstens één stelling")
    expect(page.locator("[role=alert]:visible")).to_be_in_viewport(ratio=1)


def test_a_dead_connection_loses_nothing_and_says_so_where_one_is(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    answer_all(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.context.set_offline(True)
    button = page.locator(".to-result [type=submit]")
    button.click()
    expect(button).to_have_text("Je antwoorden worden vergeleken …")
    expect(page.locator("[role=alert]:visible")).to_contain_text("Geen verbinding")
    expect(page.locator("[role=alert]:visible")).to_be_in_viewport(ratio=1)
    page.context.set_offline(False)
    page.wait_for_url("**/nl/result")
    expect(page.locator(".outcome").first).to_be_attached()


def test_going_back_to_edit_ends_the_waiting(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    answer_all(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    expect(page.locator("[role=alert]:visible")).to_contain_text("Geen verbinding")
    page.locator(".overview button").nth(2).click()
    settled(page)
    with page.expect_event("console", lambda message: message.text == "online"):
        page.evaluate("addEventListener('online', () => fetch('/healthz').then(() => console.info('online')))")
        page.context.set_offline(False)
    expect(page.locator(".statement.now .kicker")).to_contain_text("3/")
    assert page.url.endswith("/nl/quiz")


def test_clear_everything_asks_first(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    answer_all(page)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Wis alles").click()
    assert kept_answers(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Wis alles").click()
    settled(page)
    assert chosen(page) == kept_answers(page) == {}
    page.reload()
    settled(page)
    assert chosen(page) == {}


def test_words_that_changed_while_the_tab_was_open_are_told(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/quiz")
    for number in (0, 1):
        choose(page, number)
    settled(page)
    first, second = (entry.id for entry in shipped_catalogue.statements[:2])
    page.evaluate(
        """id => { for (const [key, value] of Object.entries(sessionStorage)) {
             const kept = JSON.parse(value); kept.answers[id] = 'a.000000'; kept.at = 0;
             sessionStorage.setItem(key, JSON.stringify(kept)); } history.replaceState(null, '') }""",
        first,
    )
    page.reload()
    settled(page)
    assert list(chosen(page)) == [second]
    expect(page.locator(".statement.now .changed")).to_contain_text("is veranderd")


def test_quotes_open_in_place_on_request(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    settled(page)
    details = page.locator(".statement.now details", has_text="Wat zeggen de partijen?")
    expect(details.locator("blockquote")).to_have_count(0)
    details.locator("summary").click()
    expect(details.locator("blockquote").first).to_be_visible()


def test_another_language_goes_on_at_the_same_statement(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    for _ in range(3):
        choose(page, 0)
    settled(page)
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/en/quiz")
    settled(page)
    expect(page.locator(".statement.now .kicker")).to_contain_text("4/")
    assert len(chosen(page)) == 3
    page.locator(".steps").get_by_role("button", name="Back").click()
    settled(page)
    expect(page.locator(".statement.now .kicker")).to_contain_text("3/")
    assert page.url.endswith("/en/quiz")


def test_without_javascript(open_page: Open, shipped_catalogue: Catalogue) -> None:
    page = open_page("/nl/quiz", java_script_enabled=False)
    boxes = page.locator("fieldset.statement")
    expect(boxes).to_have_count(len(shipped_catalogue.statements))
    expect(page.locator(".steps, .overview-page").first).to_be_hidden()
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    expect(page.get_by_role("alert")).to_contain_text("Beantwoord minstens één stelling")
    for number in range(0, len(shipped_catalogue.statements), 2):
        boxes.nth(number).locator(".choice input").nth(number % 3).check()
    boxes.nth(0).get_by_label("Telt dubbel").check()
    page.get_by_role("button", name="English").click()
    expect(boxes.nth(0).locator(".choice input").first).to_be_checked()
    page.get_by_role("button", name="Show my result").click()
    expect(page.locator(".outcome")).to_have_count(len(shipped_catalogue.parties))
    page.goto("/nl/result")
    expect(page.get_by_text("Zonder JavaScript zie je je uitkomst één keer")).to_be_visible()
    page.locator("main").get_by_role("link", name="Naar de stellingen").click()
    page.wait_for_url("**/nl/quiz")


def test_nothing_jumps_when_the_script_takes_over(open_page: Open) -> None:
    page = open_page("/nl/quiz")
    settled(page)
    shifted = page.evaluate(
        """() => new Promise((resolve) => {
          const observer = new PerformanceObserver(() => {});
          observer.observe({type: "layout-shift", buffered: true});
          requestAnimationFrame(() => requestAnimationFrame(() =>
            resolve(observer.takeRecords().reduce((sum, entry) => sum + entry.value, 0))));
        })"""
    )
    assert shifted < 0.05
