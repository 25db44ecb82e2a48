"""Parties side by side on the result page; the numbers are those of ``test_result_page``."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.web.voter.by_hand import PARTIES, Page, by_hand, words

Serve = Callable[[str, str], FlaskClient]


def test_parties_side_by_side_differences_first(serve_content: Serve) -> None:
    page = by_hand(serve_content, party=["anna", "cees"], compare="1")
    rows = page.table("Stelling | Jij | Anna | Cees")
    assert list(rows) == ["Stelling one.", "Stelling two.", "Stelling three.", "Stelling four."]
    assert rows["Stelling one."] == ["Eens", "Eens", "Oneens"]
    assert rows["Stelling three."] == ["Oneens", "Eens", "Geen standpunt gevonden"]
    assert rows["Stelling four."] == ["Overgeslagen", "Eens", "Geen standpunt gevonden"]
    assert "Ze verschillen op 2 stellingen." in page.text
    assert page.table("Thema | Anna")["Alles"] == ["2 van de 3", "0 van de 2"]


@pytest.mark.parametrize("chosen", [[], ["anna"], list(PARTIES)])
def test_too_few_or_too_many_to_compare_are_told(serve_content: Serve, chosen: list[str]) -> None:
    page = by_hand(serve_content, party=chosen, compare="1")
    assert f"Kies twee tot vier partijen. Je koos er {len(chosen)}." in page.text


def test_marks_of_parties_side_by_side_are_those_of_their_cells(serve_content: Serve) -> None:
    page = by_hand(serve_content, party=["anna", "bert", "cees"], compare="1")
    marks: dict[str, list[str | None]] = {}
    for table in page.root.iter("table"):
        if table.get("class") != "side-by-side":
            continue
        for row in table.find("tbody").findall("tr"):  # type: ignore[union-attr]
            cells = row.findall("td")
            whose = [cell.get("data-who") for cell in cells if cell.get("data-who") != "Jij"]
            assert whose == ["Anna", "Bert", "Cees"]
            marks[words(row[0])] = [
                next((part.get("href") for part in cell.iter() if part.get("href")), None)
                for cell in cells
                if cell.get("data-who") != "Jij"
            ]
    assert marks["Stelling one."] == ["#same", "#same", "#opposite"]
    assert marks["Stelling two."] == ["#same", "#half", "#opposite"]
    assert marks["Stelling three."] == ["#opposite", "#same", "#silent"]
    assert marks["Stelling four."] == [None, None, None]


def picked(page: Page) -> list[str]:
    boxes = [box for box in page.root.iter("input") if box.get("name") == "party"]
    return [box.get("value", "").rstrip(".") for box in boxes if box.get("checked") is not None]


def test_the_parties_to_compare_are_those_that_lead_until_others_are_chosen(
    serve_content: Serve,
) -> None:
    page = by_hand(serve_content)
    assert picked(page) == ["bert", "eva"]
    assert page.find(".//details[@id='compare']").get("open") is None
    chosen = by_hand(serve_content, party=["cees", "anna"], compare="1")
    assert picked(chosen) == ["anna", "cees"]
    assert chosen.find(".//details[@id='compare']").get("open") is not None
    for along in (["cees"], ["anna", "cees"]):  # as another button sends them
        page = by_hand(serve_content, party=along)
        assert picked(page) == along
        assert page.find(".//details[@id='compare']").get("open") is None
