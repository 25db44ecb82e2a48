"""Keep and share: on paper, as a file, as a link that carries the answers only where it is asked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from quiz.content import Catalogue

Open = Callable[..., Page]
WORDS = {"same": 0, "half": 1, "opposite": 2}
"""Where the number of each kind stands in a party's words."""


def result(open_page: Open, catalogue: Catalogue, *, every: int = 8, **settings: object) -> Page:
    """Take the quiz; one statement of so many counts double."""
    parts = ",".join(
        f"{entry.id}={'and'[number % 3]}{'2' if number % every == 0 else ''}"
        for number, entry in enumerate(catalogue.statements)
    )
    page = open_page(f"/nl/quiz#answers:{parts}", **settings)
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    page.wait_for_url("**/nl/result")
    return page


def test_printed_result_takes_four_pages_at_most_and_cuts_nothing(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = result(open_page, shipped_catalogue, width=1280)
    pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    assert 1 <= pages <= 4
    page.emulate_media(media="print")
    expect(page.locator(".outcome")).to_have_count(len(shipped_catalogue.parties))
    expect(page.locator(".outcome").last).to_be_visible()
    expect(page.locator(".answered summary").last).to_be_visible()
    expect(page.get_by_role("button", name="Wis alles")).to_be_hidden()


def test_download_is_a_file_of_this_result(
    open_page: Open, shipped_catalogue: Catalogue, tmp_path: Path
) -> None:
    page = result(open_page, shipped_catalogue)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download de uitkomst").click()
    download.value.save_as(tmp_path / "result.json")
    saved = json.loads((tmp_path / "result.json").read_text())
    assert saved["content_hash"] == shipped_catalogue.content_hash
    assert len(saved["answers"]) == len(shipped_catalogue.statements)


def test_link_carries_the_answers_after_the_hash_only(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = result(open_page, shipped_catalogue, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopieer een link met mijn antwoorden").click()
    expect(page.locator("#kept")).to_contain_text("Gekopieerd")
    link = page.evaluate("navigator.clipboard.readText()")
    before, _, after = link.partition("#")
    assert "=" not in before
    assert before.endswith("/nl/quiz")
    assert after.startswith("answers:")
    assert "a2" in after
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto("about:blank")
    page.goto(link)
    expect(page.get_by_role("heading", name="Je antwoorden op een rij")).to_be_visible()
    assert not [url for url in requested if "answers:" in url.partition("#")[0]]


def test_clearing_on_the_result_leaves_nothing(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = result(open_page, shipped_catalogue)
    page.get_by_role("button", name="Wis alles").click()
    page.wait_for_url("**/nl/")
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("kind", ["same", "half", "opposite"])
def test_each_dot_leads_to_its_statement(
    open_page: Open, shipped_catalogue: Catalogue, kind: str
) -> None:
    """Those that count double stand first in the row of dots, and so they do below it."""
    page = result(open_page, shipped_catalogue, width=1280, every=2)
    outcome = page.locator(f".outcome:has(use[href='#{kind}-2']):has(use[href='#{kind}'])").first
    rows = outcome.locator(f"ul[data-kind={kind}] > li")
    doubled = outcome.locator(f".dots use[href='#{kind}-2']")
    last = outcome.locator(f".dots use[href='#{kind}']").last
    doubled.first.click(force=True)
    expect(rows.first).to_be_visible()
    expect(rows.first).to_be_in_viewport()
    assert "telt dubbel" in rows.first.inner_text()
    page.evaluate("scrollTo(0, 0)")
    last.click(force=True)
    number = int(re.findall(r"\d+", outcome.locator(".words").inner_text())[WORDS[kind]])
    expect(rows.nth(number - 1)).to_be_in_viewport()
    assert "telt dubbel" not in rows.nth(number - 1).inner_text()


def test_a_dot_without_a_position_leads_to_the_voters_own_answer(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = result(open_page, shipped_catalogue, width=1280, every=2)
    outcome = page.locator(".outcome:has(use[href='#silent-2']):has(use[href='#silent'])").first
    party = next(
        party for party in shipped_catalogue.parties if party.id == outcome.get_attribute("id")
    )
    unknown = [
        (entry.id, number % 2 == 0)
        for number, entry in enumerate(shipped_catalogue.statements)
        if entry.id not in party.positions
    ]
    first = next(name for name, double in unknown if double)
    last = [name for name, double in unknown if not double][-1]
    for dot, name in (
        (outcome.locator(".dots use[href='#silent-2']").first, first),
        (outcome.locator(".dots use[href='#silent']").last, last),
    ):
        own = page.locator(f"details:has([id='yours.{name}'])")
        expect(own).not_to_have_attribute("open", "")
        dot.click(force=True)
        expect(own).to_have_attribute("open", "")
        expect(own).to_be_in_viewport()
        page.evaluate("scrollTo(0, 0)")


def test_preview_for_the_start_page_never_for_a_result(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/")
    image = page.locator("meta[property='og:image']").get_attribute("content")
    assert image
    assert page.request.get(image).ok
    page = result(open_page, shipped_catalogue)
    expect(page.locator("meta[property^='og:']")).to_have_count(0)


def test_under_an_answer_stand_the_parties_on_each_side(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = result(open_page, shipped_catalogue)
    by_name = sorted(shipped_catalogue.parties, key=lambda party: party.name.casefold())
    words = {1: "Eens", 0: "Geen van beide", -1: "Oneens", None: "Geen standpunt gevonden"}
    for statement in shipped_catalogue.statements:
        own = page.locator(f"details:has([id='yours.{statement.id}'])")
        own.locator("summary").click()
        sides = {word: [] for word in words.values()}
        for party in by_name:
            position = party.positions.get(statement.id)
            sides[words[position.code if position else None]].append(party.name)
        shown = [f"{word}|{', '.join(names)}" for word, names in sides.items() if names]
        found = own.locator(".sides > div")
        expect(found).to_have_count(len(shown))
        told = found.evaluate_all(
            "all => all.map(one => [...one.children].map(part => part.textContent).join('|'))"
        )
        assert told == shown, statement.id
    link = page.locator(".sides a").last
    place = link.get_attribute("href") or ""
    link.click()
    row = page.locator(f".evidence > li:has([id='{place[1:]}'])")
    expect(row.locator("p a").first).to_be_in_viewport()
    expect(row.locator("blockquote").first).to_be_in_viewport()
