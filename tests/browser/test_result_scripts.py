"""What the result's scripts write, beside an order of parties that was worked out by hand.

Every ranked party has a position on each of three statements: agree (+), neither (0), disagree (-).

                     answered +++          answered ++-
    Alfa     +++     3 same           1    2 same           2
    Beta     ++-     2 same           2    3 same           1
    Gamma    +--     1 same           4    2 same           2
    Delta    ---     none             6    1 same           6
    Epsilon  0--     half             5    1 same and half  4
    Zeta     000     3 half           3    3 half           4
    Eta              nothing to compare
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from quiz.content import Catalogue
from quiz.web.app import create_app
from quiz.web.settings import Settings
from tests.browser.quiz_pages import settled
from tests.browser.test_embedding import served
from tests.browser.test_result_address import give
from tests.conftest import STATEMENTS

Open = Callable[..., Page]
FIRST, SECOND, THIRD = "leave-microsoft", "ban-datacenters", "state-software"
POSITIONS = {
    "Alfa": "+++", "Beta": "++-", "Gamma": "+--", "Delta": "---", "Epsilon": "0--", "Zeta": "000",
    "Eta": "",
}  # fmt: skip
NAMES = {"+": "agree", "0": "neutral", "-": "disagree"}
AGREE, DISAGREE = "Eens", "Oneens"
SHARE = """
window.shared = [];
navigator.share = async (what) => { window.shared.push(what); };
"""


def party(name: str, positions: str) -> str:
    lines = [f"  - id: {name.lower()}", f"    name: {name}", "    answers:"]
    for statement, sign in zip((FIRST, SECOND, THIRD), positions, strict=False):
        lines += [
            f"      {statement}:",
            f"        position: {NAMES[sign]}",
            "        explicit: true",
            f"        summary: {{text: Zo denkt {name} daarover., source: plan}}",
        ]
    return "\n".join(lines) if positions else "\n".join([*lines[:-1], "    answers: {}"])


@pytest.fixture(scope="session")
def content_texts() -> dict[str, str]:
    sources = "sources:\n  - {id: plan, title: Het plan, edition: draft}\n"
    parties = "\n".join(party(*each) for each in POSITIONS.items())
    return {
        "statements.yaml": STATEMENTS,
        "party_answers.yaml": f"{sources}parties:\n{parties}\n",
    }


@pytest.fixture
def result(open_page: Open, content_folder: Path, catalogue: Catalogue) -> Iterator[Page]:
    """The result of three times agree."""
    with served(create_app(Settings(content=content_folder))) as port:
        address = f"http://127.0.0.1:{port}"
        page = open_page(f"{address}/nl/")
        page.add_init_script(SHARE)
        give(
            page,
            catalogue,
            answers={each.id: f"a.{each.revision}" for each in catalogue.statements},
        )
        page.goto(f"{address}/nl/result")
        expect(page.locator("ol.outcomes")).to_be_visible()
        yield page
        page.close()


def row(page: Page, name: str) -> Locator:
    return page.locator(f"#result #{name.lower()}")


def order(page: Page) -> list[str]:
    return page.locator("ol.outcomes .outcome").evaluate_all(
        "rows => rows.map((row) => `${row.dataset.rank} ${row.querySelector('.name').textContent}`)"
    )


def answer_third(page: Page, word: str) -> None:
    """Give the third statement another answer, and wait until the page says what moved."""
    if page.locator("#yours[open]").count() == 0:
        page.locator("#yours > summary").click()
    page.locator(f'[id="yours.{THIRD}"] .choice', has_text=word).first.click()
    expect(page.locator("#moved p")).not_to_be_empty()


def both(page: Page, name: str, statement: str) -> Locator:
    """The two answers, the voter's and the party's, in a party's row."""
    heading = page.locator(f'h5:has(a[href$="/{statement}"])')
    return row(page, name).locator(".stand").filter(has=heading).locator(".both")


def test_who_moved_up_and_who_down(result: Page) -> None:
    assert order(result) == ["1 Alfa", "2 Beta", "3 Zeta", "4 Gamma", "5 Epsilon", "6 Delta"]
    answer_third(result, DISAGREE)
    told = result.locator("#moved p")
    expect(told).to_have_text(
        "Gamma stijgt van 4 naar 2. Alfa daalt van 1 naar 2. Beta stijgt van 2 naar 1. "
        "En er schuiven nog 2 partijen."
    )
    assert order(result) == ["1 Beta", "2 Alfa", "2 Gamma", "4 Epsilon", "4 Zeta", "6 Delta"]
    result.locator("#moved button").click()
    expect(told).to_have_text(
        "Gamma daalt van 2 naar 4. Alfa stijgt van 2 naar 1. Beta daalt van 1 naar 2. "
        "En er schuiven nog 2 partijen."
    )
    assert order(result)[0] == "1 Alfa"


def test_in_an_unfolded_row_the_voters_answer_and_the_partys_are_each_their_own(
    result: Page,
) -> None:
    row(result, "Gamma").locator("summary").click()
    expect(both(result, "Gamma", FIRST)).to_have_text("Jij: EensDe partij: Eens")
    expect(both(result, "Gamma", SECOND)).to_have_text("Jij: EensDe partij: Oneens")
    expect(both(result, "Gamma", THIRD)).to_have_text("Jij: EensDe partij: Oneens")
    expect(row(result, "Gamma").locator("h4")).to_have_text(["Hetzelfde 1", "Tegenovergesteld 2"])


def test_what_is_unfolded_stays_so_when_an_answer_changes(result: Page) -> None:
    delta = row(result, "Delta")
    expect(delta).to_be_hidden()
    result.locator("#show-all").click()
    expect(delta).to_be_visible()
    expect(delta.locator("summary")).to_be_focused()
    expect(result.locator("ol.outcomes .outcome:visible")).to_have_count(6)
    row(result, "Gamma").locator("summary").click()
    expect(both(result, "Gamma", THIRD)).to_have_text("Jij: EensDe partij: Oneens")
    for fold in ("#too-little", "#sure", "#sure .more", ".key"):
        result.locator(f"{fold} > summary").first.click()
    answer_third(result, DISAGREE)
    expect(result.locator("ol.outcomes .outcome:visible")).to_have_count(6)
    expect(result.locator("#show-all")).to_be_hidden()
    expect(both(result, "Gamma", THIRD)).to_have_text("Jij: OneensDe partij: Oneens")
    expect(row(result, "Gamma").locator("h4")).to_have_text(["Hetzelfde 2", "Tegenovergesteld 1"])
    expect(row(result, "Eta")).to_be_visible()
    expect(result.locator(".key ul")).to_be_visible()
    expect(result.locator("#sure table").first).to_be_visible()
    expect(result.locator("#sure table").last).to_be_hidden()
    expect(result.locator("#result details[open]")).to_have_count(3)


def test_a_comparison_that_is_shown_follows_a_changed_answer(result: Page) -> None:
    result.locator("#compare > summary").click()
    result.get_by_role("button", name="Vergelijk", exact=True).click()
    table = result.locator("#compare table").first
    line = table.locator(f'tr:has(a[href$="/{THIRD}"])')

    def shows(yours: str, alfa: str, beta: str) -> None:
        expect(line.locator("td")).to_have_text([yours, AGREE, DISAGREE])
        expect(line.locator("td").nth(1).locator("use")).to_have_attribute("href", alfa)
        expect(line.locator("td").nth(2).locator("use")).to_have_attribute("href", beta)

    expect(table.locator("thead th")).to_have_text(["Stelling", "Jij", "Alfa", "Beta"])
    shows(AGREE, "#same", "#opposite")
    result.locator('input[name=party][value^="zeta"]').check()
    answer_third(result, DISAGREE)
    shows(DISAGREE, "#opposite", "#same")
    # what is chosen for a next comparison stays chosen
    expect(result.locator('input[name=party][value^="zeta"]')).to_be_checked()


def test_without_a_comparison_a_changed_answer_makes_none(result: Page) -> None:
    answer_third(result, DISAGREE)
    expect(result.locator("#compare table")).to_have_count(0)


def test_at_most_four_are_compared(result: Page) -> None:
    result.locator("#compare > summary").click()
    for name in ("alfa", "beta", "delta", "gamma"):
        result.locator(f'input[name=party][value^="{name}"]').check()
    row(result, "Zeta").locator("summary").click()
    row(result, "Zeta").locator("[data-compare]").click()
    chosen = result.locator("input[name=party]:checked")
    expect(chosen).to_have_count(4)
    names = [name.rstrip(".") for name in chosen.evaluate_all("all => all.map((one) => one.value)")]
    assert names == ["alfa", "beta", "delta", "zeta"]
    expect(result.locator('input[value^="zeta"]')).to_be_focused()
    compare = result.get_by_role("button", name="Vergelijk", exact=True)
    compare.click()
    heads = result.locator("#compare table").first.locator("thead th")
    expect(heads).to_have_text(["Stelling", "Jij", "Alfa", "Beta", "Delta", "Zeta"])
    result.locator('input[name=party][value^="gamma"]').check()
    compare.click()
    expect(result.locator("#compare [role=alert]")).to_have_text(
        "Kies twee tot vier partijen. Je koos er 5."
    )


def test_sharing_hands_the_link_to_the_device(result: Page, catalogue: Catalogue) -> None:
    result.locator("#yours > summary").click()
    result.locator(f'[id="yours.{SECOND}"]').get_by_text("Telt dubbel").click()
    settled(result)
    result.locator("[data-action=share]").click()
    one, two, three = (each.revision for each in catalogue.statements)
    fragment = f"#answers:{FIRST}=a.{one},{SECOND}=A.{two},{THIRD}=a.{three}"
    assert result.evaluate("shared") == [{"url": result.url + fragment}]
    expect(result.locator("#kept")).to_be_empty()
