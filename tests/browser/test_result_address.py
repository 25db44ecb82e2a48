"""The result has an address like any page: whatever way leads back to it, it is there again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page, expect

from quiz.content import Catalogue
from tests.browser.quiz_pages import at, settled

Open = Callable[..., Page]


def answers(catalogue: Catalogue) -> dict[str, str]:
    return {
        entry.id: f"{'and'[number % 3]}.{entry.revision}"
        for number, entry in enumerate(catalogue.statements)
    }


def give(page: Page, catalogue: Catalogue, **values: object) -> None:
    """Lay answers in the tab, as the quiz does."""
    kept = {"answers": answers(catalogue), "double": [], "content": catalogue.content_hash}
    page.evaluate(
        "([id, kept]) => sessionStorage.setItem('standpunt:' + id, JSON.stringify(kept))",
        [catalogue.quiz.id, kept | values],
    )


def own(page: Page, catalogue: Catalogue) -> dict[str, Any]:
    text = page.evaluate("id => sessionStorage.getItem('standpunt:' + id)", catalogue.quiz.id)
    memory: dict[str, Any] = json.loads(text or "{}")
    return memory


def link_of(answers: dict[str, str]) -> str:
    return "/nl/result#answers:" + ",".join(f"{name}={value}" for name, value in answers.items())


@pytest.fixture(params=["bfcache", "no bfcache"])
def tab(
    request: pytest.FixtureRequest,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    site: str,
    shipped_catalogue: Catalogue,
) -> Iterator[Page]:
    """A tab with answers, in a Chromium with and without its back-forward cache."""
    switch = "--disable-back-forward-cache"
    cached = request.param == "bfcache"
    browser = browser_type.launch(
        **browser_type_launch_args, ignore_default_args=[switch] if cached else []
    )
    context = browser.new_context(base_url=site, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.add_init_script(
        "addEventListener('pageshow', (event) => { window.cameBack = event.persisted })"
    )
    page.goto("/nl/")
    give(page, shipped_catalogue)
    page.goto("/nl/result")
    expect(page.locator("ol.outcomes")).to_be_visible()
    yield page
    browser.close()


def step(go: Callable[..., object], tab: Page, path: str) -> None:
    """Take one step in the history, and wait until its page is there.

    A page from the back-forward cache is not loaded again, so "commit" is all there is to wait for;
    and from commit to content a next step would find no active page.
    """
    go(wait_until="commit")
    tab.wait_for_url(path, wait_until="commit")
    expect(tab.locator("h1")).to_be_visible()


def test_back_forward_and_reload_show_it_again(tab: Page, request: pytest.FixtureRequest) -> None:
    outcomes = tab.locator("ol.outcomes")
    headline = tab.locator("h1").inner_text()
    tab.get_by_role("link", name="Partijen", exact=True).click()
    tab.wait_for_url("**/nl/parties")
    step(tab.go_back, tab, "**/nl/result")
    expect(outcomes).to_be_visible()
    cached = request.node.callspec.params["tab"] == "bfcache"
    tab.wait_for_function("cached => window.cameBack === cached", arg=cached)
    step(tab.go_back, tab, "**/nl/")
    step(tab.go_forward, tab, "**/nl/result")
    expect(outcomes).to_be_visible()
    tab.reload()
    expect(outcomes).to_be_visible()
    expect(tab.locator("h1")).to_have_text(headline)
    assert tab.url.endswith("/nl/result")


def test_another_language_and_a_second_visit_show_it_again(tab: Page) -> None:
    tab.get_by_role("link", name="English").click()
    tab.wait_for_url("**/en/result")
    expect(tab.locator("ol.outcomes")).to_be_visible()
    step(tab.go_back, tab, "**/nl/result")
    expect(tab.locator("ol.outcomes")).to_be_visible()
    tab.goto("/en/parties")
    tab.get_by_role("link", name="To your result").click()
    expect(tab.locator("ol.outcomes")).to_be_visible()
    tab.goto("/en/quiz")
    tab.goto("/en/result")
    expect(tab.locator("ol.outcomes")).to_be_visible()


def test_what_was_cleared_does_not_come_back(tab: Page, shipped_catalogue: Catalogue) -> None:
    tab.get_by_role("link", name="Partijen", exact=True).click()
    tab.wait_for_url("**/nl/parties")
    tab.evaluate("sessionStorage.clear()")
    tab.go_back(wait_until="commit")
    expect(tab).not_to_have_url(re.compile("/result$"))
    expect(tab.locator("ol.outcomes")).to_have_count(0)


def test_every_page_leads_back_while_there_are_answers(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/")
    paths = [
        "", "statements", f"statements/{shipped_catalogue.statements[0].id}", "parties",
        f"parties/{shipped_catalogue.parties[0].id}", "matrix", "method", "privacy",
        "accessibility", "search?q=cloud", "nothing-here",
    ]  # fmt: skip
    for path in paths:
        page.goto(f"/nl/{path}")
        expect(page.locator("#way-back")).to_be_hidden()
    give(page, shipped_catalogue)
    for path in paths:
        page.goto(f"/nl/{path}")
        expect(page.get_by_role("link", name="Ga verder waar je was")).to_be_visible()
    give(page, shipped_catalogue, seen=True)
    for path in paths:
        page.goto(f"/nl/{path}")
        expect(page.get_by_role("link", name="Naar je uitkomst")).to_be_visible()


def test_without_answers_it_leads_to_the_quiz(open_page: Open) -> None:
    page = open_page("/nl/result")
    page.wait_for_url("**/nl/quiz")


def test_the_headline_gets_the_focus_where_the_quiz_led_to_it(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/")
    give(page, shipped_catalogue, at=len(shipped_catalogue.statements))
    page.goto("/nl/quiz")
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    expect(page.locator("#result h1")).to_be_focused()
    page.reload()
    expect(page.locator("html.js")).to_be_attached()  # the last of the page's scripts runs
    settled(page)
    expect(page.locator("#result h1")).to_be_visible()
    expect(page.locator("#result h1")).not_to_be_focused()


def test_a_link_stands_beside_ones_own_answers(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    first, second, *_ = shipped_catalogue.statements
    theirs = {first.id: f"A.{first.revision}", second.id: f"d.{second.revision}"}
    page = open_page("/nl/")
    give(page, shipped_catalogue)
    before = own(page, shipped_catalogue)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(link_of(theirs))
    expect(page.locator(".linked")).to_contain_text("komen uit een link")
    page.wait_for_function("document.getElementById('answers')")
    values = page.evaluate("Object.fromEntries(new FormData(document.getElementById('answers')))")
    assert values[f"answer.{first.id}"] == f"a.{first.revision}"
    assert values["double"] == first.id
    assert own(page, shipped_catalogue) == before
    assert not [address for address in requests if first.id in address.partition("#")[0]]
    page.reload()
    expect(page.locator(".linked")).to_be_visible()
    page.get_by_role("link", name="Naar je eigen antwoorden").click()
    page.wait_for_url("**/nl/result")
    expect(page.locator("ol.outcomes")).to_be_visible()
    expect(page.locator(".linked")).to_have_count(0)
    assert own(page, shipped_catalogue)["answers"] == before["answers"]


def test_a_link_works_where_the_quiz_or_the_result_is_open(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    first = shipped_catalogue.statements[0]
    theirs = link_of({first.id: f"a.{first.revision}"})
    page = open_page("/nl/quiz")
    page.evaluate("hash => { location.hash = hash }", theirs.partition("#")[2])
    page.wait_for_url("**/nl/result#*")
    expect(page.locator(".linked")).to_be_visible()
    page.goto("/nl/")
    give(page, shipped_catalogue)
    page.goto("/nl/result")
    expect(page.locator("ol.outcomes")).to_be_visible()
    page.evaluate("hash => { location.hash = hash }", theirs.partition("#")[2])
    expect(page.locator(".linked")).to_be_visible()


def test_a_link_says_which_statements_are_gone_or_changed(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    first, second, *_ = shipped_catalogue.statements
    page = open_page("/nl/")
    give(page, shipped_catalogue)
    before = own(page, shipped_catalogue)
    page.goto(link_of({first.id: f"a.{first.revision}", second.id: "d.000000", "gone": "a.123456"}))
    expect(page.locator(".notice", has_text=second.text["nl"])).to_be_visible()
    expect(page.locator(".notice:not(.linked)")).to_have_count(2)
    page.goto("/nl/")
    page.goto(link_of({"gone": "a.123456"}))
    expect(page.locator("#message")).to_contain_text("geen uitkomst")
    page.goto("/nl/")
    page.goto("/nl/result#answers:nonsense")
    expect(page.locator("#message")).to_contain_text("geen antwoorden die we kunnen lezen")
    assert own(page, shipped_catalogue) == before


def test_answers_to_other_words_do_not_count(open_page: Open, shipped_catalogue: Catalogue) -> None:
    _, second, *_ = shipped_catalogue.statements
    old = answers(shipped_catalogue) | {second.id: "a.000000"}
    page = open_page("/nl/")
    give(page, shipped_catalogue, answers=old)
    page.goto("/nl/result")
    notice = page.locator(".notice", has_text=second.text["nl"])
    expect(notice).to_be_visible()
    page.reload()
    expect(notice).to_be_visible()
    page.goto("/nl/quiz")
    shown = page.locator(".statement.now")
    expect(shown).to_have_attribute("id", f"s-{second.id}")
    expect(shown.locator(".changed")).to_be_visible()
    expect(page.locator(".answers [aria-pressed=true]")).to_have_count(0)
    page.locator("#next").click()
    at(page, 2)
    page.reload()  # whoever goes on is not called back
    at(page, 2)
    page.locator(".answers button").first.click()
    at(page, 3)
    assert own(page, shipped_catalogue)["answers"][second.id] == "a.000000"


def test_a_changed_statement_is_told_until_it_is_answered(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    first, second, *_ = shipped_catalogue.statements
    page = open_page("/nl/")
    give(page, shipped_catalogue, answers=answers(shipped_catalogue) | {second.id: "a.000000"})
    page.goto("/nl/result")
    notice = page.locator("#result .notice", has_text=second.text["nl"])
    expect(notice).to_be_visible()
    page.locator("#yours > summary").click()
    for statement, there in ((first, 1), (second, 0)):
        page.locator(f'[id="yours.{statement.id}"] .choice').last.click()
        expect(page.locator("#moved button")).to_be_visible()
        value = f"d.{statement.revision}"
        assert own(page, shipped_catalogue)["answers"][statement.id] == value
        expect(page.locator("#yours .count")).to_have_text(
            str(len(shipped_catalogue.statements) - there)
        )
        expect(notice).to_have_count(there)
    page.reload()
    expect(page.locator("ol.outcomes")).to_be_visible()
    expect(notice).to_have_count(0)


def test_a_dead_connection_says_so_and_goes_on_by_itself(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/")
    give(page, shipped_catalogue)
    dead = [True]

    def cut(route: Any) -> None:
        dying = dead[0] and (route.request.method == "POST" or "readyz" in route.request.url)
        route.abort() if dying else route.continue_()

    page.route("**/*", cut)
    page.goto("/nl/result")
    expect(page.locator("#message")).to_contain_text("Geen verbinding")
    dead[0] = False
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("ol.outcomes")).to_be_visible()


def test_requests_are_equally_long_whatever_is_answered(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    """Answered, skipped or doubled, whoever leads; and so when the leading two are compared."""
    page = open_page("/nl/")
    lengths: list[int] = []
    page.on(
        "request",
        lambda request: (
            lengths.append(len(request.post_data or "")) if request.method == "POST" else None
        ),
    )
    first, *_, last = shipped_catalogue.statements
    compared, leading = set(), set()
    for letter in "and":
        everything = {
            statement.id: f"{letter}.{statement.revision}"
            for statement in shipped_catalogue.statements
        }
        some = {name: value for name, value in everything.items() if name != first.id}
        for fields, double in ((everything, []), (everything, [last.id]), (some, [])):
            give(page, shipped_catalogue, answers=fields, double=double)
            page.goto("/nl/result")
            expect(page.locator("ol.outcomes")).to_be_visible()
            page.goto("/nl/")
        give(page, shipped_catalogue, answers=everything)
        page.goto("/nl/result#compare")
        picked = page.locator("input[name=party]:checked")
        expect(picked).to_have_count(2)
        leading.add(tuple(picked.nth(at).input_value() for at in range(2)))
        page.get_by_role("button", name="Vergelijk", exact=True).click()
        expect(page.locator("table.side-by-side").first).to_be_visible()
        compared.add(lengths.pop())
        page.goto("/nl/")
    assert len(lengths) == 12
    assert len(set(lengths)) == 1
    assert len(leading) == 3  # the control: there were others each time
    assert len(compared) == 1
