"""The audit's charts."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from quiz.audit import audit
from quiz.web.voter.audit_charts import change_chart, coverage_chart, first_places_chart
from tests.audit.test_audit import FOUR, build


def test_charts_are_well_formed_accessible_and_without_style() -> None:
    four = audit(build(FOUR), voters=1000, seed=3)
    names = {f"p{at}": f"<Party> & {at}" for at in range(4)}
    text = {"title": 'Shares & "more"', "description": "A < B."}
    for svg in (
        first_places_chart(four.random, names, decimal=",", **text),
        coverage_chart(four.balance, names, **text),
        change_chart(four.change.methods, {}, **text),
    ):
        assert svg.__html__() == svg
        root = ET.fromstring(svg)
        space = "{http://www.w3.org/2000/svg}"
        assert root.get("role") == "img"
        title, description = root.find(f"{space}title"), root.find(f"{space}desc")
        assert title is not None
        assert description is not None
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert (title.text, description.text) == (text["title"], text["description"])
        assert not [node for node in root.iter() if node.get("style")]
        assert {node.tag.removeprefix(space) for node in root.iter()} <= {
            "svg", "title", "desc", "text", "rect", "line",
        }  # fmt: skip
