"""The audit's charts: well formed, and as long as their numbers.

A bar may be 230 wide; it begins at 150, beside its label.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from quiz.audit import audit
from quiz.audit.voters import FirstPlaces, Share
from quiz.web.charts import Svg
from quiz.web.voter.audit_charts import change_chart, coverage_chart, first_places_chart
from tests.audit.test_audit import FOUR, build

SPACE = "{http://www.w3.org/2000/svg}"
TEXT = {"title": 'Shares & "more"', "description": "A < B."}
NAMES = {"anna": "Anna", "bert": "Bert", "cees": "Cees"}


def labels(svg: Svg) -> list[str | None]:
    return [text.text for text in ET.fromstring(svg).iter(f"{SPACE}text")]


def lengths(svg: Svg) -> list[tuple[str, float]]:
    """Return each bar's colour and length."""
    rects = ET.fromstring(svg).iter(f"{SPACE}rect")
    return [
        (str(rect.get("class")).removeprefix("chart-"), float(rect.get("width", "nan")))
        for rect in rects
    ]


def places(**multiples: float) -> FirstPlaces:
    """Return first places in equal shares; a party with −1 is never ranked."""
    shares = tuple(
        Share(name, 0.5, max(0.0, multiple), 1.0 if multiple < 0 else 0.25)
        for name, multiple in multiples.items()
    )
    return FirstPlaces("random", 100, 0.0, shares, (), ())


def test_charts_are_well_formed_accessible_and_without_style() -> None:
    four = audit(build(FOUR), voters=1000, seed=3)
    names = {f"p{at}": f"<Party> & {at}" for at in range(4)}
    for svg in (
        first_places_chart(four.random, names, decimal=",", **TEXT),
        coverage_chart(four.balance, names, **TEXT),
        change_chart(four.change.methods, {}, **TEXT),
    ):
        assert svg.__html__() == svg
        root = ET.fromstring(svg)
        assert root.get("role") == "img"
        title, description = root.find(f"{SPACE}title"), root.find(f"{SPACE}desc")
        assert title is not None
        assert description is not None
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert (title.text, description.text) == (TEXT["title"], TEXT["description"])
        assert not [node for node in root.iter() if node.get("style")]
        assert {node.tag.removeprefix(SPACE) for node in root.iter()} <= {
            "svg", "title", "desc", "text", "rect", "line",
        }  # fmt: skip


def test_first_places_stand_in_order_beside_the_bounds_of_the_rule() -> None:
    svg = first_places_chart(places(anna=0.4, cees=-1, bert=1.4), NAMES, **TEXT)
    # 1.65 equal shares are the full width: 1.4 / 1.65 and 0.4 / 1.65 of 230
    assert lengths(svg) == [("share", 195.2), ("share", 55.8)]
    assert labels(svg) == ["½×", "1×", "1.5×", "Bert", "1.40×", "Anna", "0.40×"]
    lines = [float(line.get("x1", 0)) for line in ET.fromstring(svg).iter(f"{SPACE}line")]
    assert lines == [219.7, 289.4, 359.1]
    assert labels(first_places_chart(places(anna=0.4), NAMES, decimal=",", **TEXT))[-1] == "0,40×"


def test_the_longest_of_first_places_keeps_a_margin() -> None:
    svg = first_places_chart(places(anna=3, bert=1), NAMES, **TEXT)
    assert lengths(svg) == [("share", 219.0), ("share", 73.0)]  # 3 of 3.15, and a third of it


def test_positions_are_drawn_in_three_parts_of_all_statements() -> None:
    svg = coverage_chart(
        audit(build(FOUR), voters=10).balance, {f"p{at}": f"P{at}" for at in range(4)}, **TEXT
    )
    assert labels(svg) == ["P0", "3/4", "P1", "3/4", "P2", "2/4", "P3", "1/4"]
    assert lengths(svg) == [
        ("agree", 115.0), ("neutral", 0.0), ("disagree", 57.5),
        ("agree", 57.5), ("neutral", 0.0), ("disagree", 115.0),
        ("agree", 115.0), ("neutral", 0.0), ("disagree", 0.0),
        ("agree", 0.0), ("neutral", 57.5), ("disagree", 0.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shares", "words", "drawn"),
    [
        ({"mild": 0.1, "exact": 0.4}, ["Exact!", "40%", "mild", "10%"], [219.0, 54.8]),
        ({"exact": 0.0}, ["Exact!", "0%"], [0.0]),
        ({"exact": 0.001}, ["Exact!", "0%"], [21.9]),  # a tenth of the least full width, 0.0105
    ],
)
def test_methods_stand_by_how_much_they_change(
    shares: dict[str, float], words: list[str], drawn: list[float]
) -> None:
    svg = change_chart(shares, {"exact": "Exact!"}, **TEXT)
    assert labels(svg) == words
    assert lengths(svg) == [("share", length) for length in drawn]
