"""What the result says of how sure it is: without an answer, by other methods, and in figures.

The voter and the parties are those that test_result_page.py works out, unless a test has its own.
"""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.web.voter.by_hand import PARTIES, STATEMENTS, Page, answers_yaml, by_hand, words

Serve = Callable[[str, str], FlaskClient]


def test_the_figures_stand_where_one_asks_for_them(serve_content: Serve) -> None:
    figures = by_hand(serve_content).table("Partij | hetzelfde")
    # same, half, opposite, not found, match, lowest, highest; Cees: 0 to (0 + 1) / 4
    assert figures["3 Anna"] == ["2", "0", "1", "0", "65", "75%", "75%"]
    assert figures["1 Bert"] == ["2", "1", "0", "0", "72", "88%", "88%"]
    assert figures["4 Cees"] == ["0", "0", "2", "1", "24", "0%", "25%"]
    # Dirk: A = 2 of K = 2, silent on two and three: (2 + 0) / 4 to (2 + 1 + 1) / 4
    assert figures["– Dirk"] == ["1", "0", "0", "2", "71", "50%", "100%"]


def test_what_decides_is_what_changes_the_first_place(serve_content: Serve) -> None:
    page = by_hand(serve_content)
    items = [words(item) for item in page.find(".//ul[@class='deciding']").findall("li")]
    assert items[0] == "Stelling three. Zonder dit antwoord vooraan: Anna."
    assert not any("vooraan: Anna" in item for item in items[1:])
    assert "Elke keer staat een van deze partijen vooraan: Bert, Eva en Anna." in page.text


def test_what_stays_the_same_is_told_of_two_that_share_the_first_place_too(
    serve_content: Serve,
) -> None:
    """Anna and Bert say all of it. Without one, Cees (0 of 2) falls behind Dirk (½ of 2)."""
    three = ("one", "two", "three")
    parties = {
        "anna": dict.fromkeys(three, "agree"),
        "bert": dict.fromkeys(three, "agree"),
        "cees": {"one": "agree", "two": "disagree", "three": "disagree"},
        "dirk": {"one": "disagree", "two": "neutral", "three": "disagree"},
    }
    client = serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(parties))
    page = Page(client.post("/nl/result", data={f"answer.{name}": "a" for name in three}))
    (item,) = page.find(".//ul[@class='deciding']")
    assert words(item).startswith("Stelling one. Zonder dit antwoord verandert er vooraan niets,")
    assert "Op 5 van de 5 manieren komt er vooraan hetzelfde uit." in page.text


def test_a_party_below_chance_that_leads_without_one_answer_is_told(serve_content: Serve) -> None:
    """Agree with one, which counts double, and two: N = 2, W = 3, κ = 3.

    Anna (0 + 1 + 3/2) / 6 = 0.42, below chance; Bert (2 + 0 + 3/2) / 6 = 0.58; Cees 0.25.
    Without one, κ = 2: Anna (1 + 1) / 3 = 0.67, Bert and Cees (0 + 1) / 3. Without two Bert leads.
    """
    parties = {
        "anna": {"one": "disagree", "two": "agree"},
        "bert": {"one": "agree", "two": "disagree"},
        "cees": {"one": "disagree", "two": "disagree"},
    }
    client = serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(parties))
    voter = {"answer.one": "a", "answer.two": "a", "double": "one"}
    page = Page(client.post("/nl/result", data=voter))
    assert words(page.find(".//h1")).startswith("Met Bert deel je 1 van de 2")
    assert "Eén antwoord minder" not in page.text  # nobody is named with whom one disagrees
    sure = words(page.find(".//details[@id='sure']"))
    assert "Elke keer staat een van deze partijen vooraan: Bert en Anna." in sure
    assert "Stelling one. Zonder dit antwoord vooraan: Anna." in sure
    assert "‘Vooraan’ betekent hier" not in sure


def test_without_the_only_answer_nobody_is_said_to_come_first(serve_content: Serve) -> None:
    """One compared statement is enough here, and without it nothing is left to compare."""
    parties = {party: {"one": "agree"} for party in ("anna", "bert")}
    parties["cees"] = {"one": "disagree"}
    content = STATEMENTS.replace("METHOD", "city-block").replace(
        "min_compared: 2", "min_compared: 1"
    )
    page = Page(
        serve_content(content, answers_yaml(parties)).post("/nl/result", data={"answer.one": "a"})
    )
    assert words(page.find(".//h1")) == "Anna en Bert staan samen vooraan"
    assert "om de beurt" not in page.text
    assert "Zonder dit antwoord kan geen partij vergeleken worden." in page.text


def test_with_too_few_parties_ranked_nobody_is_named_anywhere(serve_content: Serve) -> None:
    """Anna alone has a place, and says the opposite of both answers."""
    parties = {
        "anna": {"one": "disagree", "two": "disagree"},
        "bert": {"one": "agree"},
        "cees": {"three": "agree"},
    }
    client = serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(parties))
    page = Page(client.post("/nl/result", data={"answer.one": "a", "answer.two": "a"}))
    assert (page.place("anna"), page.counts("anna")) == ("1", "0 van de 2 hetzelfde")
    sure = words(page.find(".//details[@id='sure']"))
    assert "te weinig partijen vergeleken worden om te zeggen wie vooraan staat." in sure
    assert "Zonder dit antwoord" not in sure
    assert "Stappen" not in sure
    assert sure.count("Anna") == 1  # in the table of all figures
    assert page.table("Partij | hetzelfde")["1 Anna"][:4] == ["0", "0", "2", "0"]


def test_where_none_is_above_chance_first_is_said_to_mean_nearest(serve_content: Serve) -> None:
    """Agree with both: Anna (½ + 0 + 1) / 4 comes first at 0.375, Bert and Cees 0.25."""
    parties = {
        "anna": {"one": "neutral", "two": "disagree"},
        "bert": {"one": "disagree", "two": "disagree"},
        "cees": {"one": "disagree", "two": "disagree"},
    }
    client = serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(parties))
    page = Page(client.post("/nl/result", data={"answer.one": "a", "answer.two": "a"}))
    assert words(page.find(".//h1")).startswith("Met geen partij deel je meer dan de helft")
    # without two Anna leads alone, without one all three have nothing and tie
    sure = words(page.find(".//details[@id='sure']"))
    assert "‘Vooraan’ betekent hier: het dichtst bij je." in sure
    assert "Elke keer staat een van deze partijen vooraan: Anna, Bert en Cees." in sure


def test_what_decides_is_named_rightly_after_a_skipped_statement(serve_content: Serve) -> None:
    """The same voter and parties with each statement one further on: the first is skipped."""
    after = {"one": "two", "two": "three", "three": "four", "four": "one"}
    moved = {
        party: {after[name]: position for name, position in positions.items()}
        for party, positions in PARTIES.items()
    }
    client = serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(moved))
    voter = {"answer.two": "a", "answer.three": "a", "answer.four": "d", "double": "two"}
    first = Page(client.post("/nl/result", data=voter)).find(".//ul[@class='deciding']/li")
    assert words(first) == "Stelling four. Zonder dit antwoord vooraan: Anna."
    link = first.find("a")
    assert link is not None
    assert link.get("href") == "#yours.four"


def test_every_method_says_whom_it_puts_first(serve_content: Serve) -> None:
    page = by_hand(serve_content)
    # Exact counts neutral beside agree as nothing: Anna, Bert and Eva all have A = 3 of K = 4.
    assert "Precies: Anna, Bert en Eva" in page.text
    assert "Mild: Bert en Eva" in page.text
    ways = {
        words(item.find("b")): words(item.find("span"))
        for item in page.find(".//ul[@class='deciding methods']")
    }
    assert list(ways) == ["Stappen", "Precies", "Mild", "Richting", "Gemengd"]
    assert ways["Stappen"] == "‘Geen van beide’ naast eens of oneens is half hetzelfde."
    assert ways["Mild"] == "‘Geen van beide’ naast eens of oneens is voor driekwart hetzelfde."
    assert ways["Gemengd"].startswith("Halverwege ‘stappen’ en ‘richting’.")
    assert "Op 4 van de 5 manieren komt er vooraan hetzelfde uit." in page.text
    ranks = page.table("Partij | ")
    assert ranks["Cees"] == ["4", "4", "4", "4", "4"]
    assert ranks["Anna"] == ["3", "1", "3", "3", "3"]
    assert ranks["Dirk"] == ["–"] * 5


def test_the_method_in_use_is_marked(serve_content: Serve) -> None:
    page = by_hand(serve_content)
    used = [words(item) for item in page.root.iter("li") if "(hier gebruikt)" in words(item)]
    assert [item.partition(" ‘")[0] for item in used] == ["Stappen (hier gebruikt): Bert en Eva"]
