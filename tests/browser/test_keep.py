"""Keep and share: on paper, as a file, as a link that carries the answers only where it is asked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from quiz.content import Catalogue
from tests.browser.test_result_address import answers, give, own

Open = Callable[..., Page]
MOST_PAGES = 8
"""With the quotes of five parties."""


def result(open_page: Open, catalogue: Catalogue, **settings: object) -> Page:
    """Open the result of answers to all statements; one in eight counts double."""
    page = open_page("/nl/", **settings)
    give(page, catalogue, double=[entry.id for entry in catalogue.statements[::8]])
    page.goto("/nl/result")
    expect(page.locator("ol.outcomes")).to_be_visible()
    return page


def pages(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


def test_a_printed_result_is_two_pages_and_cuts_nothing(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = result(open_page, shipped_catalogue, width=1280)
    page.locator("#result .outcome summary").first.click()
    expect(page.locator(".positions .stand").first).to_be_visible()
    assert pages(page) <= 2
    page.emulate_media(media="print")
    expect(page.locator(".outcome")).to_have_count(len(shipped_catalogue.parties))
    for row in page.locator("ol.outcomes .outcome").all():
        expect(row.locator(".party-name")).to_be_visible()
        expect(row.locator(".dots")).to_be_visible()
        expect(row.locator(".party-name")).to_contain_text("hetzelfde")
    for number, answer in enumerate(page.locator(".answered").all()):
        expect(answer.locator(".proposal")).to_be_visible()
        words = answer.locator(".choice span:visible")
        expect(words).to_have_text([("Eens", "Geen van beide", "Oneens")[number % 3]])
        expect(answer.get_by_text("Telt dubbel")).to_be_visible(visible=number % 8 == 0)
    expect(page.locator("p.only-print")).to_contain_text("/nl/")
    expect(page.locator("blockquote:visible")).to_have_count(0)
    expect(page.locator("button:visible, .moved-bar:visible, #kept:visible")).to_have_count(0)


def test_an_unfolded_row_holds_that_partys_quotes_sorted_by_how_its_positions_compare(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = result(open_page, shipped_catalogue)
    row = page.locator("ol.outcomes .outcome").nth(1)
    row.locator("summary").click()
    expect(row.locator(".stand").first).to_be_visible()
    party = shipped_catalogue.parties[shipped_catalogue.party_index[row.get_attribute("id") or ""]]
    wanted: dict[str, list[list[str]]] = {"Hetzelfde": [], "Half": [], "Tegenovergesteld": []}
    for number, statement in enumerate(shipped_catalogue.statements):
        if statement.id in party.positions:
            position = party.positions[statement.id]
            apart = abs(
                position.code - (1, 0, -1)[number % 3]
            )  # as answered: agree, neither, disagree
            quotes = [re.sub(r"\s+", " ", quote.text).strip() for quote in position.quotes]
            wanted[list(wanted)[apart]].append([statement.text["nl"], *quotes])
    found: dict[str, list[list[str]]] = row.locator(".positions").evaluate("""(place) => {
      const groups = {};
      let group;
      for (const part of place.children) {
        if (part.matches("h4")) group = groups[part.firstChild.textContent.trim()] = [];
        else if (part.matches(".stand")) group.push([...part.querySelectorAll("h5, blockquote")]
          .map((each) => each.textContent.replace(/\\s+/g, " ").trim()));
      }
      return groups;
    }""")
    sides = {kind: sorted(stands) for kind, stands in wanted.items() if stands}
    assert len(sides) == 3
    assert {kind: sorted(stands) for kind, stands in found.items()} == sides


def test_the_bookmarks_of_a_saved_result_tell_place_party_and_evidence(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = result(open_page, shipped_catalogue, width=1280)
    ranked = page.locator("ol.outcomes .outcome")
    wanted = [
        f"{row.get_attribute('data-rank')} {row.locator('.name').inner_text()}, "
        f"{row.locator('.words b').inner_text()} hetzelfde"
        for row in ranked.all()
    ]
    made = page.pdf(format="A4", tagged=True, outline=True)
    titles = [
        bytes.fromhex(title[1:-1].decode()).decode("utf-16")
        if title.startswith(b"<")
        else title[1:-1].decode("latin-1")
        for title in re.findall(rb"/Title (\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]+>)", made)
    ]
    read = [title.replace("\xa0", " ") for title in titles]
    assert len(wanted) > 5
    for line in wanted:
        assert any(title.startswith(line) for title in read), (line, read)


def test_quotes_of_the_first_five_are_printed_where_that_is_asked_for(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = result(open_page, shipped_catalogue, width=1280)
    plain = pages(page)
    printing = """() => new Promise((done) => {
      window.print = done;
      document.querySelector("[data-action=print-quotes]").click();
    }).then(() => null)"""
    page.evaluate(printing)
    page.emulate_media(media="print")
    shown = "one => [...one.querySelectorAll('blockquote')].filter((each) => each.checkVisibility()).length"
    counts = [row.evaluate(shown) for row in page.locator("#result .outcome").all()]
    assert all(counts[:5])
    assert not any(counts[5:])
    expect(page.locator(".positions a:visible", has_text="Klopt dit niet?")).to_have_count(0)
    page.emulate_media(media="null")
    assert plain < pages(page) <= MOST_PAGES  # a print, after which the page is as it was
    expect(page.locator("blockquote:visible")).to_have_count(0)
    assert pages(page) == plain


def test_download_is_a_file_of_this_result(
    open_page: Open, shipped_catalogue: Catalogue, tmp_path: Path
) -> None:
    page = result(open_page, shipped_catalogue)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    download.value.save_as(tmp_path / "result.json")
    saved = json.loads((tmp_path / "result.json").read_text())
    assert saved["content_hash"] == shipped_catalogue.content_hash
    assert len(saved["answers"]) == len(shipped_catalogue.statements)


def test_link_carries_the_answers_after_the_hash_only(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = result(open_page, shipped_catalogue, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Deel").click()
    expect(page.locator("#kept")).to_contain_text("gekopieerd")
    link = page.evaluate("navigator.clipboard.readText()")
    before, _, after = link.partition("#")
    assert "=" not in before
    assert before.endswith("/nl/result")
    assert after.startswith("answers:")
    first, second, *_ = shipped_catalogue.statements
    assert f"{first.id}=A.{first.revision}" in after
    assert f"{second.id}=n.{second.revision}" in after


def test_clearing_on_the_result_leaves_nothing(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = result(open_page, shipped_catalogue)
    page.once("dialog", lambda question: question.dismiss())
    page.get_by_role("button", name="Wis alles").click()
    expect(page.locator("ol.outcomes")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 1
    page.once("dialog", lambda question: question.accept())
    page.get_by_role("button", name="Wis alles").click()
    page.wait_for_url("**/nl/")
    assert page.evaluate("sessionStorage.length") == 0


def test_preview_for_the_start_page_never_for_a_result(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/")
    image = page.locator("meta[property='og:image']").get_attribute("content")
    assert image
    assert page.request.get(image).ok
    page = result(open_page, shipped_catalogue)
    expect(page.locator("meta[property^='og:']")).to_have_count(0)


def test_skipping_takes_an_answer_away_and_can_be_undone(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = result(open_page, shipped_catalogue)
    page.locator("#yours > summary").click()
    first = page.locator(".answered").first
    chosen = first.locator("input[type=radio]:checked")
    first.locator(".choice input").first.focus()
    for _ in range(4):  # the arrows go round among the answers, and erase none
        page.keyboard.press("ArrowRight")
        expect(chosen).to_be_focused()
    first.get_by_role("button", name="Sla over").click()
    number = len(shipped_catalogue.statements)
    expect(page.locator("#yours .count")).to_have_text(str(number - 1))
    expect(chosen).to_have_count(0)
    expect(first.get_by_role("button", name="Sla over")).to_be_focused()
    kept = own(page, shipped_catalogue)["answers"]
    assert shipped_catalogue.statements[0].id not in kept
    assert len(kept) == number - 1
    undo = page.locator("#moved button")
    while number != len(own(page, shipped_catalogue)["answers"]):
        undo.click()
        expect(page.locator("#yours .count")).to_have_text(str(number))
    expect(chosen).to_have_count(1)


def test_without_javascript_skipping_leads_to_the_statements(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/quiz", java_script_enabled=False)
    boxes = page.locator("fieldset.statement")
    for number in range(3):
        boxes.nth(number).locator(".choice input").first.check()
    boxes.nth(1).get_by_role("button", name="Sla over").click()
    page.wait_for_url(f"**/nl/quiz#s-{shipped_catalogue.statements[1].id}")
    expect(page.locator("input[type=radio]:checked")).to_have_count(2)
    expect(boxes.nth(1).locator("input[type=radio]:checked")).to_have_count(0)
    boxes.nth(0).locator(".choice input").first.press("Enter")
    page.wait_for_url("**/nl/result")
    page.locator("#yours > summary").click()
    page.locator(".answered").nth(2).get_by_role("button", name="Sla over").click()
    expect(page.locator("input[type=radio]:checked")).to_have_count(1)


def test_a_result_that_a_form_was_sent_for_has_an_address_too(
    open_page: Open, shipped_catalogue: Catalogue
) -> None:
    page = open_page("/nl/")
    values = answers(shipped_catalogue)
    page.evaluate(
        """values => { const form = Object.assign(document.createElement("form"), { method: "post", action: "/nl/result" });
             for (const [name, value] of Object.entries(values))
               form.append(Object.assign(document.createElement("input"), { name: "answer." + name, value }));
             document.body.append(form); form.submit() }""",
        values,
    )
    expect(page.locator("ol.outcomes")).to_be_visible()
    page.wait_for_selector("#shell", state="attached")
    assert own(page, shipped_catalogue)["answers"] == values
    page.reload()
    expect(page.locator("ol.outcomes")).to_be_visible()
    page.go_back()
    page.wait_for_url("**/nl/")
