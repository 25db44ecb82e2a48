"""axe on every kind of page, and what axe cannot see: overflow, targets, no motion."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from quiz.content import Catalogue
from quiz.web.app import create_app
from quiz.web.settings import Settings
from tests.browser.looks import (
    at_every_size,
    covered_focus,
    cramped,
    faults,
    overflows,
    small_targets,
    violations,
)
from tests.browser.quiz_pages import at
from tests.browser.test_embedding import served
from tests.browser.test_result_address import answers, give, link_of

Open = Callable[..., Page]
PATHS = (
    "", "quiz", "statements", "statements/{statement}", "parties", "parties/{party}", "matrix",
    "search?q=data", "search?q=zzzz", "method", "privacy", "accessibility", "nothing-here",
    "class", "class/join", "class/join?code=ABC", "class/recover", "class/counted", "class/plan",
    "paper",
)  # fmt: skip


# Each language and each scheme at every run of the fast tests; the other two pairs take as long again.
each_language_and_scheme = pytest.mark.parametrize(
    ("language", "scheme"),
    [
        ("nl", "light"),
        ("en", "dark"),
        pytest.param("nl", "dark", marks=pytest.mark.slow),
        pytest.param("en", "light", marks=pytest.mark.slow),
    ],
)


def addresses(catalogue: Catalogue) -> list[str]:
    names = {"statement": catalogue.statements[0].id, "party": catalogue.parties[0].id}
    return [path.format(**names) for path in PATHS]


@each_language_and_scheme
def test_every_page(
    open_page: Open, shipped_catalogue: Catalogue, language: str, scheme: str
) -> None:
    page = open_page(f"/{language}/", width=320, color_scheme=scheme, reduced_motion="reduce")
    problems: list[tuple[str, str]] = []
    for path in addresses(shipped_catalogue):
        page.goto(f"/{language}/{path}")
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            problems += [(f"{path} {width}", fault) for fault in faults(page)]
        problems += [(path, fault) for fault in cramped(page)]
    assert problems == []


@each_language_and_scheme
def test_overview_and_result(
    open_page: Open, shipped_catalogue: Catalogue, language: str, scheme: str
) -> None:
    page = open_page(f"/{language}/", width=320, color_scheme=scheme, reduced_motion="reduce")
    give(page, shipped_catalogue, at=len(shipped_catalogue.statements))
    problems: list[tuple[str, str]] = []

    def look(name: str) -> None:
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            problems.extend((f"{name} {width}", fault) for fault in faults(page))
        problems.extend((name, fault) for fault in cramped(page))

    page.goto(f"/{language}/quiz")
    expect(page.locator("#overview")).to_be_visible()
    look("overview")
    page.goto(f"/{language}/result")
    expect(page.locator("ol.outcomes")).to_be_visible()
    look("result")
    for fold in ("#yours", "#compare", "#sure"):
        page.locator(f"{fold} > summary").click()
    page.locator("button[name=compare]").click()
    expect(page.locator(".side-by-side").first).to_be_visible()
    page.locator("#show-all").click()
    page.locator("#result .outcome summary").first.click()
    expect(page.locator(".positions .stand").first).to_be_visible()
    page.locator("#yours .choice input").nth(1).check()
    expect(page.locator("#moved")).to_be_visible()
    for inner in page.locator("#sure details summary, .key summary").all():
        inner.click()
    look("result, unfolded")
    assert problems == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_other_form_of_quiz_and_result(
    open_page: Open, shipped_catalogue: Catalogue, language: str
) -> None:
    """A refused form, the result that a form is sent for, that of a link, and one without an order."""
    problems: list[str] = []

    def look(page: Page, name: str) -> None:
        page.wait_for_load_state()
        problems.extend(at_every_size(page, name))

    # axe is a script itself: what a form shows that is sent without one is sent past the page's own
    page = open_page(f"/{language}/quiz")
    at(page, 0)
    send = "document.getElementById('answers').submit()"
    with page.expect_navigation():
        page.evaluate(send)
    expect(page.locator("#problems")).to_be_visible()
    look(page, "problems")
    page = open_page(f"/{language}/quiz")
    at(page, 0)
    page.route("**/*.js", lambda route: route.abort())
    page.locator("fieldset.statement").evaluate_all(
        "all => all.forEach((one, number) => { one.querySelectorAll('.choice input')[number % 3].checked = true })"
    )
    with page.expect_navigation():
        page.evaluate(send)
    expect(page.locator("ol.outcomes")).to_be_visible()
    expect(page.locator("html")).not_to_have_class("js")
    look(page, "result without scripts")
    page = open_page(link_of(answers(shipped_catalogue)).replace("/nl/", f"/{language}/"))
    expect(page.locator(".linked")).to_be_visible()
    look(page, "result of a link")
    first = shipped_catalogue.statements[0]
    page = open_page(f"/{language}/")
    give(page, shipped_catalogue, answers={first.id: f"a.{first.revision}"})
    page.goto(f"/{language}/result")
    expect(page.locator("#too-little")).to_be_visible()
    page.locator("#too-little > summary").click()
    look(page, "too little known")
    assert problems == []


@pytest.mark.slow
def test_the_imprint(browser: Browser, content_folder: Path) -> None:
    path = content_folder / "statements.yaml"
    text = path.read_text(encoding="utf-8")
    own = "  id: small\n  texts: {imprint: Street 1}\n"
    path.write_text(text.replace("  id: small\n", own, 1), encoding="utf-8")
    with served(create_app(Settings(content=content_folder))) as port:
        page = browser.new_page(base_url=f"http://127.0.0.1:{port}")
        page.goto("/en/imprint")
        expect(page.get_by_text("Street 1")).to_be_visible()
        assert at_every_size(page, "imprint") == []
        page.close()


def test_no_sign_of_the_style_sheet_is_read_out(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    """A choice is called “Eens”, not “● Eens”; so it is with every sign that CSS draws."""
    page = open_page("/nl/")
    give(page, shipped_catalogue)
    page.goto("/nl/result")
    page.locator("#yours > summary").click()
    expect(page.locator("#yours .choice input:checked").first).to_be_visible()
    tree = page.locator("body").aria_snapshot()
    assert 'radio "Eens" [checked]' in tree
    assert not set(tree) & set("●○◐▾▴→")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (360, 740), (320, 256), (1280, 256)])
def test_nothing_hides_the_focus(
    open_page: Open, shipped_catalogue: Catalogue, width: int, height: int
) -> None:
    page = open_page("/nl/matrix", width=width, height=height)
    assert covered_focus(page) == []
    page.goto("/nl/quiz")
    at(page, 0)
    say = page.locator(".statement.now details", has_text="Wat zeggen de partijen?")
    say.locator("summary").click()
    expect(say.locator("blockquote").first).to_be_visible()
    page.locator(".statement.now legend h2").focus()
    assert covered_focus(page, 40) == []
    give(page, shipped_catalogue)
    page.goto("/nl/result")
    expect(page.locator("ol.outcomes")).to_be_visible()
    page.locator("#compare > summary").click()
    page.locator("button[name=compare]").click()
    page.locator("#yours > summary").click()
    page.locator("#yours .choice input").nth(1).check()
    expect(page.locator("#moved")).to_be_visible()
    page.locator("h1").evaluate("one => { one.tabIndex = -1; one.focus() }")
    assert covered_focus(page, 120) == []


def test_forced_colours_and_reduced_motion(open_page: Open, shipped_catalogue: Catalogue) -> None:
    page = open_page("/nl/quiz", forced_colors="active", reduced_motion="reduce")
    assert violations(page) == []
    assert page.evaluate("document.getAnimations().length") == 0
    give(page, shipped_catalogue)
    page.goto("/nl/result")
    expect(page.locator("html")).to_have_class("js")
    page.locator("#result .outcome summary").first.click()
    expect(page.locator(".positions blockquote").first).to_be_visible()
    page.locator("#yours > summary").click()
    # axe reads the colours of the style sheet, which the reader's own take the place of
    assert [fault for fault in violations(page) if not fault.startswith("color-contrast")] == []
    assert page.evaluate("document.getAnimations().length") == 0
    chosen = page.locator("#yours .choice:has(:checked)").first
    other = page.locator("#yours .choice:not(:has(:checked))").first
    edge = "one => getComputedStyle(one.querySelector('span')).outlineStyle"
    assert (chosen.evaluate(edge), other.evaluate(edge)) == ("solid", "none")


def test_a_focused_choice_looks_other_than_a_chosen_one(open_page: Open) -> None:
    """In forced colours too, where outline and border take the same colour."""
    for settings in ({}, {"forced_colors": "active"}):
        page = open_page("/nl/quiz", java_script_enabled=False, **settings)
        choices = page.locator(".choices").first
        plain = choices.screenshot()
        choices.locator("input").first.focus()
        focused = choices.screenshot()
        page.keyboard.press("Space")
        both = choices.screenshot()
        page.keyboard.press("Tab")
        chosen = choices.screenshot()
        assert len({plain, focused, both, chosen}) == 4


def test_a_long_word_widens_no_page(open_page: Open) -> None:
    page = open_page("/nl/", width=320)
    for path in ("quiz", "statements", "statements/leave-microsoft-2030", "parties"):
        page.goto(f"/nl/{path}")
        changed = page.evaluate(
            """() => [...document.querySelectorAll('.proposal, .party-line > a, .beside a, .sides a')]
               .map(e => e.textContent = 'gegevensbeschermingseffectbeoordelingsverplichting').length"""
        )
        assert changed, path
        assert overflows(page) == [], path


def test_the_whole_table_fits_a_phone(open_page: Open) -> None:
    page = open_page("/nl/matrix", width=320)
    assert page.evaluate(
        "(() => { const box = document.querySelector('.scroller'); return box.scrollWidth <= box.clientWidth })()"
    )
    roles = page.locator(".matrix").aria_snapshot()
    assert "rowheader" in roles
    assert "columnheader" in roles


LOW = '<a href="#" style="display: block; font-size: 10px; line-height: 12px">Low</a>'
BOX = '<div class="scroller" style="overflow: auto; height: 50px"><p style="height: {}px">Text</p>{}</div>'


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        (f"<p>{LOW}{LOW}</p>", 2),
        (BOX.format(300, f"<p>{LOW}{LOW}</p>"), 2),
        (BOX.format(100, f"<p>{LOW}</p>") + f'<p style="margin-top: 66px">{LOW}</p>', 0),
    ],
    ids=["beside each other", "both scrolled away", "one scrolled away to where the other stands"],
)
def test_low_targets_that_touch_are_found(browser: Browser, markup: str, found: int) -> None:
    page = browser.new_page()
    page.set_content(markup)
    assert len(small_targets(page)) == found
    page.close()
