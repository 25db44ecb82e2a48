"""Arabic on every page, board and print: written from the right, nothing off the edge or turned round."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from quiz.web.app import create_app
from quiz.web.settings import Settings
from tests.browser.test_embedding import served

STATEMENTS = {
    "leave-microsoft": "يجب أن تتوقف الحكومة عن استعمال Microsoft قبل عام 2030.",
    "ban-datacenters": "يجب منع بناء مراكز بيانات جديدة.",
    "state-software": "يجب أن تبني الدولة برامجها بنفسها.",
}
PARTIES = {"alif": "حزب ألف", "ba": "حزب باء", "volt": "Volt"}
PAGES = (
    "", "quiz", "statements", "statements/leave-microsoft", "parties", "parties/volt", "matrix",
    "method", "search?q=Microsoft", "privacy", "accessibility", "class", "class/join", "class/plan",
    "class/counted", "class/recover", "paper", "nowhere",
)  # fmt: skip


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("arabic")
    texts = [
        {"id": name, "theme": "t", "text": {"ar": text}, "explanation": {"ar": "هذا شرح قصير."}}
        for name, text in STATEMENTS.items()
    ]
    quiz = {
        "id": "tajriba", "title": {"ar": "البنية الرقمية"}, "description": {"ar": "كابلات وبيانات"},
        "languages": ["ar"],
    }  # fmt: skip
    themes = [{"id": "t", "name": {"ar": "موضوع"}}]
    content = {"quiz": quiz, "themes": themes, "statements": texts}
    (folder / "statements.yaml").write_text(json.dumps(content, ensure_ascii=False))
    quote = {"text": "نريد أن يكون الأمر كذلك في كل المدن", "source": "q"}
    parties = [
        {
            "id": name, "name": words, "searched": ["q"],
            "answers": {
                statement: {
                    "position": ("agree", "neutral", "disagree")[(number + other) % 3],
                    "explicit": True, "quotes": [quote],
                }
                for other, statement in enumerate(STATEMENTS)
            },
        }
        for number, (name, words) in enumerate(PARTIES.items())
    ]  # fmt: skip
    answers = {"sources": [{"id": "q", "title": "برنامج", "edition": "final"}], "parties": parties}
    (folder / "party_answers.yaml").write_text(json.dumps(answers, ensure_ascii=False))
    app = create_app(Settings(content=folder, database_url=f"sqlite:///{folder}/c.sqlite"))
    with served(app) as port:
        yield f"http://127.0.0.1:{port}"


def holds(page: Page) -> None:
    """Nothing runs off the edge; the heading starts at the right; charts hold their texts."""
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    starts = """() => {
      const [range, heading] = [document.createRange(), document.querySelector("h1")];
      range.selectNodeContents(heading);
      const right = (box) => box.right;
      const main = document.body.matches(".board") ? heading : document.querySelector("main"); // in a grid
      const edge = right(main.getBoundingClientRect()) - parseFloat(getComputedStyle(main).paddingRight);
      return Math.abs(Math.max(...[...range.getClientRects()].map(right)) - edge);
    }"""
    if not page.url.endswith("/quiz"):  # its heading is hidden
        assert page.evaluate(starts) < 3, page.url
    cut = """() => [...document.querySelectorAll(".chart text")].filter((text) => {
      const box = text.getBoundingClientRect(), all = text.ownerSVGElement.getBoundingClientRect();
      return box.width && (box.left < all.left - 1 || box.right > all.right + 1);
    }).map((text) => text.textContent)"""
    assert page.evaluate(cut) == [], page.url


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_written_from_the_right(browser: Browser, arabic: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 740}, base_url=arabic)
    for media in ("screen", "print"):
        page.emulate_media(media=media)  # type: ignore[arg-type]
        for path in PAGES:
            page.goto(f"/ar/{path}")
            holds(page)
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_result_and_board_are_written_from_the_right(
    browser: Browser, arabic: str, width: int
) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 740}, base_url=arabic, java_script_enabled=False
    )
    page.goto("/ar/quiz")
    for statement in page.locator("fieldset.statement").all():
        statement.locator("input[type=radio]").first.check(force=True)
    page.locator("#answers .finish button").click()
    page.wait_for_url("**/ar/result")
    told = page.locator("main").inner_text()
    assert "حزب ألف" in told
    assert "; " not in told
    assert ", " not in told
    assert page.locator("bdi.name", has_text="Volt").count() == 1
    assert "\u2068Volt\u2069" in (page.locator("main").text_content() or "")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.goto("/ar/class")
    page.locator("form:has([name=way]) button[type=submit]").first.click()
    address = page.locator(".board-address b").first
    assert address.evaluate("(shown) => getComputedStyle(shown).direction") == "ltr"
    page.close()


@pytest.mark.parametrize("width", [320, pytest.param(1280, marks=pytest.mark.slow)])
def test_a_whole_lesson_is_written_from_the_right(
    browser: Browser, arabic: str, width: int
) -> None:
    """Every screen of a rehearsal, and what only a real class has; on paper too."""
    page = browser.new_page(viewport={"width": width, "height": 740}, base_url=arabic)

    def look() -> None:
        page.wait_for_load_state()
        for media in ("print", "screen"):
            page.emulate_media(media=media)  # type: ignore[arg-type]
            holds(page)

    def press(selector: str) -> None:
        with page.expect_navigation():
            page.locator(selector).first.click()
        look()

    page.goto("/ar/class")
    for button in (
        "button[formaction$=rehearsal]", "[value=begin]", "[value=close]", "[value=parties]",
        ".board-parties button", "[value=parties]", "[value=talk]",
    ):  # fmt: skip
        press(button)
    for behind in ("order", "end"):
        page.locator(".board-more summary").click()
        press(f".board-more [value={behind}]")
    for button in (
        "form:last-of-type button",
        "[value=divided]",
        "[value=parties]",
        "[value=questions]",
    ):
        press(button)
    page.locator(".board-more summary").click()
    press(".board-more [value=all], .board-more [value=handout]")

    page.goto("/ar/class")
    press(".open-class button.primary")
    board, code = page.url, page.locator(".board-code").inner_text().replace(" ", "")
    page.goto(f"/ar/class/join?code={code}")
    look()
    press("form.search button")
    seat = page.url
    page.goto(board)
    press("[value=begin]")
    page.goto(seat)
    look()
    page.goto(re.sub(r"/board/([^?]+).*", r"/key/\1", board))
    look()
    press("main form button")
    page.close()


def test_pictures_begin_where_the_text_does(browser: Browser, arabic: str) -> None:
    page = browser.new_page(base_url=arabic)
    page.goto("/ar/method")
    right = "(all) => all.map((one) => one.getBoundingClientRect().right)"
    chart = page.locator(".chart:has(.chart-share)").first
    labels = chart.locator(".chart-label").evaluate_all(right)
    bars = chart.locator(".chart-share").evaluate_all(right)
    assert min(labels) > max(bars) > 0
    page.close()


def test_quotes_have_the_marks_of_their_own_language(browser: Browser, arabic: str) -> None:
    page = browser.new_page(base_url=arabic)
    page.goto("/ar/parties/volt")
    quotes = "(quote, lang) => { quote.lang = lang; return getComputedStyle(quote).quotes; }"
    quote = page.locator("blockquote").first
    marks = {tag: quote.evaluate(quotes, tag) for tag in ("ar", "nl", "de", "fr-BE")}
    page.close()
    assert marks == {
        "ar": '"«" "»"', "nl": '"“" "”"', "de": '"„" "“"', "fr-BE": '"«\u00a0" "\u00a0»"',
    }  # fmt: skip
