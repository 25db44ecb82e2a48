"""A statement's wording is reversed while the quiz is open: earlier answers do not count for it."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from quiz.web.app import create_app
from quiz.web.settings import Settings
from tests.browser.test_embedding import served
from tests.processes import until

OLD = "Nieuwe datacenters moeten verboden worden."
NEW = "Nieuwe datacenters moeten juist mogen."
TOLD = "heeft andere woorden gekregen"
Open = Callable[..., Page]
pytestmark = (
    pytest.mark.slow
)  # each edits a file of a quiz of its own, and waits until it is served


class Edited:
    """A running quiz, and the file that it follows."""

    def __init__(self, address: str, statements: Path) -> None:
        self.address, self.statements = address, statements

    def rewrite(self, old: str, new: str) -> None:
        """Edit the file, and wait until the quiz serves it."""
        before, text = self.page(), self.statements.read_text(encoding="utf-8")
        assert old in text
        self.statements.write_text(text.replace(old, new), encoding="utf-8")
        until(lambda: self.page() != before, seconds=30)

    def page(self) -> str:
        with urllib.request.urlopen(f"{self.address}/nl/quiz", timeout=10) as response:
            return str(response.read().decode())


@pytest.fixture
def quiz(content_folder: Path) -> Iterator[Edited]:
    app = create_app(Settings(content=content_folder, watch=True))
    with served(app) as port:
        yield Edited(f"http://127.0.0.1:{port}", content_folder / "statements.yaml")
    app.extensions["live"].stop()


@pytest.fixture
def open_tab(browser: Browser, quiz: Edited) -> Iterator[Open]:
    contexts = []

    def open_one(path: str, **settings: object) -> Page:
        contexts.append(browser.new_context(base_url=quiz.address, **settings))
        page: Page = contexts[-1].new_page()
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()


def answer_all(page: Page) -> None:
    for number in range(3):
        page.wait_for_function(f"history.state?.at === {number}")
        page.locator(".statement.now h2").wait_for()
        page.locator(".answers button").first.click()
    page.wait_for_function("history.state?.at === 3")


def told(page: Page) -> None:
    """Expect a result of two answers that mentions the third."""
    expect(page.locator("#result .notice")).to_contain_text([TOLD])
    expect(page.locator("#result .notice")).to_contain_text([NEW])
    expect(page.locator("#yours .count")).to_have_text("2")
    expect(page.locator('[id="yours.ban-datacenters"] :checked')).to_have_count(0)


def test_in_the_open_tab(open_tab: Open, quiz: Edited) -> None:
    page = open_tab("/nl/quiz")
    answer_all(page)
    quiz.rewrite(OLD, NEW)
    page.locator("#show-result").click()
    told(page)


def test_in_a_tab_that_comes_back_to_the_quiz(open_tab: Open, quiz: Edited) -> None:
    page = open_tab("/nl/quiz")
    answer_all(page)
    quiz.rewrite(OLD, NEW)
    page.reload()
    now = page.locator(".statement.now")
    expect(now).to_have_attribute("id", "s-ban-datacenters")
    expect(now.locator(".changed")).to_be_visible()
    expect(page.locator(".answers [aria-pressed=true]")).to_have_count(0)


def test_on_the_open_result(open_tab: Open, quiz: Edited) -> None:
    """Changing another answer reloads the page, so that nobody answers an outdated wording."""
    page = open_tab("/nl/quiz")
    answer_all(page)
    page.locator("#show-result").click()
    expect(page.locator("#yours .count")).to_have_text("3")
    quiz.rewrite(OLD, NEW)
    page.locator("#yours > summary").click()
    page.locator('[id="yours.leave-microsoft"] .choice').nth(2).click()
    told(page)
    expect(page.locator('[id="yours.leave-microsoft"] input').nth(2)).to_be_checked()


@pytest.mark.parametrize("button", ["Bekijk mijn uitkomst", "English"])
def test_in_the_form_without_javascript(open_tab: Open, quiz: Edited, button: str) -> None:
    page = open_tab("/nl/quiz", java_script_enabled=False)
    for number in range(3):
        page.locator("fieldset.statement").nth(number).locator(".choice input").first.check()
    quiz.rewrite(OLD, NEW)
    page.get_by_role("button", name=button).click()
    if button == "English":
        changed = page.locator("#s-ban-datacenters")
        expect(changed.locator(".changed")).to_be_visible()
        expect(changed.locator(":checked")).to_have_count(0)
        expect(page.locator("input[type=radio]:checked")).to_have_count(2)
        expect(page.locator(".changed:visible")).to_have_count(1)
    else:
        told(page)


def test_in_a_link(open_tab: Open, quiz: Edited) -> None:
    """Changed and removed statements are named; the rest is compared."""
    page = open_tab("/nl/quiz")
    answer_all(page)
    page.locator("#show-result").click()
    expect(page.locator("#yours .count")).to_have_text("3")
    link = page.evaluate(
        """async () => {
             const { toFragment, Memory } = await import(document.querySelector("[rel=modulepreload][href*=memory]").href);
             return "/nl/result" + toFragment(new Memory(document.getElementById("answers")).own()); }"""
    )
    quiz.rewrite(OLD, NEW)
    told(open_tab(link))
    quiz.rewrite("id: leave-microsoft\n", "id: leave-microsoft\n    status: draft\n")
    page = open_tab(link)
    expect(page.locator("#result .notice")).to_contain_text([TOLD, "Niet meer in de quiz"])
    expect(page.locator("#result .notice").last).to_contain_text("niet meegeteld: leave-microsoft.")
    expect(page.locator("#yours .count")).to_have_text("1")
    quiz.rewrite("id: state-software\n", "id: state-software\n    status: draft\n")
    page = open_tab(link)
    expect(page.locator("#message")).to_contain_text("Er is geen uitkomst")
    expect(page.locator("#message")).to_contain_text(NEW)
    expect(page.locator("#message")).to_contain_text("leave-microsoft, state-software")
