"""What the method page says of the content, held against figures worked out by hand.

Anna and Bert say the same on two of four statements, so they tie for every voter: half of the first
places each, which is 1.00 equal shares. Cees speaks on one, fewer than ``min_compared``, and is
never ranked; where silence counts as neutral he is.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from docs.coding.alpha import alpha, compare
from quiz.content.paths import shipped
from quiz.web.voter.figures import voters_drawn
from tests.web.conftest import make_app
from tests.web.voter.by_hand import STATEMENTS, Page, answers_yaml, words

ROOT = Path(__file__).parents[3]
Serve = Callable[[str, str], FlaskClient]

PARTIES = {
    "anna": {"one": "agree", "two": "disagree"},
    "bert": {"one": "agree", "two": "disagree"},
    "cees": {"three": "neutral"},
}


@pytest.fixture
def client(serve_content: Serve) -> FlaskClient:
    return serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(PARTIES))


def charts(page: Page) -> dict[str, Element]:
    """Return the charts by their titles."""
    drawn = [svg for svg in page.root.iter() if svg.get("class") == "chart"]
    return {words(svg[0]): svg for svg in drawn}


def labels(chart: Element) -> list[str]:
    return [words(part) for part in chart.iter() if part.tag.endswith("text")]


def test_the_method_page_draws_first_places_positions_and_methods(client: FlaskClient) -> None:
    drawn = charts(Page(client.get("/en/method")))
    assert {title: words(svg[1]) for title, svg in drawn.items()} == {
        "First places of random voters": "One bar a party: how often it comes first, where 1 is an "
        "equal share. The table below holds the same numbers.",
        "Positions by party": "One bar a party: how often agree, neither and disagree.",
        "Another party first under another method": "One bar a method: the share of random voters.",
    }
    first, positions, methods = drawn.values()
    assert labels(first) == ["½×", "1×", "1.5×", "Anna", "1.00×", "Bert", "1.00×"]
    assert labels(positions) == ["Anna", "2/4", "Bert", "2/4", "Cees", "1/4"]
    names = ("Exact", "Quadratic", "Directional", "Hybrid")
    assert labels(methods) == [word for name in names for word in (name, "0%")]


def test_the_method_page_counts_and_names_in_the_pages_language(client: FlaskClient) -> None:
    page = Page(client.get("/nl/method"))
    assert "1,00×" in labels(charts(page)["Eerste plaatsen bij kiezers die zomaar antwoorden"])
    first = page.table("Partij | Standpunten | Eerste plaatsen")
    assert {party: cells[:2] for party, cells in first.items()} == {
        "Anna": ["2", "1,00"], "Bert": ["2", "1,00"], "Cees": ["1", "0,00"],
    }  # fmt: skip
    assert "100.000 verzonnen kiezers" in page.text
    assert "weten: Cees." in page.text
    for answer in ("Eens", "Geen van beide", "Oneens"):
        assert f"Wie altijd ‘{answer}’ antwoordt, ziet vooraan: Anna en Bert." in page.text


def test_the_method_page_names_each_rule_for_silence(client: FlaskClient) -> None:
    rules = Page(client.get("/en/method")).table("Rule | ")
    assert list(rules) == [
        "Compare only what is known", "2 invented statements (this quiz)", "3 invented statements",
        "6 invented statements", "10 invented statements", "30 invented statements",
        "Silence counts as “neither”",
    ]  # fmt: skip
    assert rules["Compare only what is known"][:2] == ["1.00× (Anna)", "1.00× (Anna)"]
    assert rules["Silence counts as “neither”"][0].endswith("× (Cees)")


@pytest.mark.parametrize(
    ("method", "neutral", "chance"),
    [
        ("city-block", "2/3", "1/2"),  # (½ + 1 + ½) / 3 beside (1 + ½ + 0) / 3
        ("exact", "1/3", "1/3"),
        ("quadratic", "5/6", "7/12"),
    ],
)
def test_the_method_page_says_what_chance_gives_a_position(
    serve_content: Serve, method: str, neutral: str, chance: str
) -> None:
    client = serve_content(STATEMENTS.replace("METHOD", method), answers_yaml(PARTIES))
    text = Page(client.get("/en/method")).text
    assert f"gets {neutral} of the points, and agree or disagree {chance}." in text


@pytest.mark.parametrize(
    ("language", "who", "agreed", "advice"),
    [
        (
            "nl",
            "Twee lezers, allebei een computerprogramma,",
            "Krippendorffs α: 1 is altijd hetzelfde, 0 is niet meer dan toeval. Hier is die {}, en {} als",
            "Laat eerst mensen alle standpunten nakijken.",
        ),
        (
            "en",
            "Two readers, both of them computer programs,",
            "Krippendorff’s α: 1 is always the same, 0 is no more than chance. Here it is {}, and {} if",
            "Have people check all positions first.",
        ),
    ],
)
def test_the_method_page_tells_who_coded_how_much_they_agreed_and_who_should_check(
    language: str, who: str, agreed: str, advice: str
) -> None:
    """Of the shipped content, with α as it comes out of both passes; told once."""
    passes = compare(ROOT / "docs" / "coding")
    both, everything = (alpha(pairs) for pairs in (passes.found_by_both, passes.all_pairs))
    figures = (
        f"{value:.2f}".replace(".", "," if language == "nl" else ".")
        for value in (both, everything)
    )
    client = make_app(shipped()).test_client()
    page = Page(client.get(f"/{language}/method"))
    for words_told in (who, agreed.format(*figures), advice):
        assert page.text.count(words_told) == 1, words_told
    assert page.find(".//a[@href='/data/coding/codebook.md']") is not None


def test_fewer_voters_are_drawn_for_a_very_large_quiz() -> None:
    assert voters_drawn(100, 99) == voters_drawn(1, 9999) == 100_000
    assert voters_drawn(100, 100) == voters_drawn(10_000, 1) == 10_000
