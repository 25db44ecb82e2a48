"""Small quizzes whose results are worked out by hand, and pages parsed to be held against them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient

Serve = Callable[[str, str], FlaskClient]

STATEMENTS = """\
quiz:
  id: by-hand
  title: {nl: Met de hand, en: By hand}
  description: {nl: Uitgerekend op papier., en: Worked out on paper.}
  languages: [nl, en]
  matching: {method: METHOD, prior: 2, double_weight: 2, min_compared: 2}
  version: 1
themes:
  - {id: all, name: {nl: Alles, en: Everything}}
statements:
""" + "".join(
    f"""\
  - id: {name}
    theme: all
    text: {{nl: "Stelling {name}.", en: "Statement {name}."}}
    explanation: {{nl: "Uitleg {name}.", en: "Explanation {name}."}}
"""
    for name in ("one", "two", "three", "four")
)
PARTIES = {
    "anna": {"one": "agree", "two": "agree", "three": "agree", "four": "agree"},
    "bert": {"one": "agree", "two": "neutral", "three": "disagree"},
    "cees": {"one": "disagree", "two": "disagree"},
    "dirk": {"one": "agree"},
    "eva": {"one": "agree", "two": "neutral", "three": "disagree"},
}
VOTER = {
    "answer.one": "a", "answer.two": "a", "answer.three": "d", "answer.four": "s", "double": "one",
}  # fmt: skip


def answers_yaml(parties: dict[str, dict[str, str]]) -> str:
    lines = ["sources:", "  - {id: book, title: Boek, edition: final}", "parties:"]
    for party, positions in parties.items():
        lines += [f"  - id: {party}", f"    name: {party.title()}", "    searched: [book]"]
        lines.append("    answers:" if positions else "    answers: {}")
        lines += [
            f"      {statement}: {{position: {position}, explicit: true, quotes: "
            f"[{{text: Dit zegt {party} over stelling {statement}., source: book}}]}}"
            for statement, position in positions.items()
        ]
    return "\n".join(lines) + "\n"


def words(element: Element | None) -> str:
    assert element is not None
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


class Page:
    """A page, parsed."""

    def __init__(self, response: Any) -> None:
        assert response.status_code == 200, response.status_code
        self.root = html5lib.parse(response.get_data(as_text=True), namespaceHTMLElements=False)
        self.text = words(self.root.find("body"))

    def find(self, path: str) -> Element:
        element = self.root.find(path)
        assert element is not None, path
        return element

    def row(self, party: str) -> Element:
        return self.find(f".//li[@id='{party}']")

    def place(self, party: str) -> str | None:
        rank = self.row(party).find(".//span[@class='rank']")
        return None if rank is None else words(rank).split()[-1]

    def counts(self, party: str) -> str:
        return words(self.row(party).find(".//span[@class='words']"))

    def marks(self, party: str) -> list[str]:
        uses = [part for part in self.row(party).iter() if part.tag.endswith("use")]
        return [part.get("href", "").removeprefix("#") for part in uses]

    def table(self, start: str) -> dict[str, list[str]]:
        """Return the rows of the table whose head starts so, by what their first cell says."""
        for table in self.root.iter("table"):
            head = [words(cell) for cell in table.find("thead").iter("th")]  # type: ignore[union-attr]
            if " | ".join(head).startswith(start):
                rows = table.find("tbody").findall("tr")  # type: ignore[union-attr]
                return {words(row[0]): [words(cell) for cell in row[1:]] for row in rows}
        raise AssertionError(start)


def by_hand(serve: Serve, voter: dict[str, Any] = VOTER, **extra: Any) -> Page:
    client = serve(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(PARTIES))
    return Page(client.post("/nl/result", data=voter | extra))
