"""What the result page says, held against a result worked out by hand.

Four statements, prior 2, double weight 2, min_compared 2. The voter agrees with one (double) and
two, disagrees with three, and skips four: N = 3, W = 2 + 1 + 1 = 4, κ = 2 · 4 / 3 = 8/3, μ = ½.

| party | one | two | three | four | A | K | match = (A + 4/3) / (K + 8/3) |
| Anna | agree | agree | agree | agree | 2 + 1 + 0 = 3 | 4 | 13/20 = 0.65 |
| Bert, Eva | agree | neutral | disagree | | 2 + ½ + 1 = 3½ | 4 | 29/40 = 0.725 |
| Cees | disagree | disagree | | | 0 | 3 | 4/17 = 0.235 |
| Dirk | agree | | | | | one compared: no place |

Without three Anna has A = K = 3 and comes first; without one or two Bert and Eva still do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import html5lib
import pytest
from babel.dates import format_date
from flask.testing import FlaskClient

from tests.web.voter.by_hand import PARTIES, STATEMENTS, VOTER, Page, answers_yaml, by_hand, words

Serve = Callable[[str, str], FlaskClient]


def test_the_headline_names_who_comes_first_on_what_evidence(serve_content: Serve) -> None:
    page = by_hand(serve_content)
    assert words(page.find(".//h1")) == "Bert en Eva staan samen vooraan"
    assert "Bert: 2 van de 3 hetzelfde, 1 half; Eva: 2 van de 3 hetzelfde, 1 half." in page.text
    assert "Eén antwoord minder, en Anna kan vooraan staan." in page.text
    assert "4 van de 5 partijen konden vergeleken worden." in page.text


def test_places_are_shared_and_nobody_vanishes(serve_content: Serve) -> None:
    page = by_hand(serve_content)
    places = {party: page.place(party) for party in PARTIES}
    assert places == {"anna": "3", "bert": "1", "cees": "4", "dirk": None, "eva": "1"}
    order = [item.get("id") for item in page.root.iter("li") if "outcome" in item.get("class", "")]
    assert order == ["bert", "eva", "anna", "cees", "dirk"]
    assert "Partijen met dezelfde plaats staan op alfabet." in page.text
    assert page.find(".//details[@id='too-little']").find(".//li[@id='dirk']") is not None


def test_counts_and_dots_say_the_same(serve_content: Serve) -> None:
    page = by_hand(serve_content)
    assert page.counts("anna") == "2 van de 3 hetzelfde"
    assert page.marks("anna") == ["same-2", "same", "opposite"]
    assert page.counts("bert") == "2 van de 3 hetzelfde, 1 half"
    assert page.marks("bert") == ["same-2", "same", "half"]
    assert page.counts("cees") == "0 van de 2 hetzelfde · 1 niet gevonden"
    assert page.marks("cees") == ["silent", "opposite-2", "opposite"]
    assert page.counts("dirk") == "1 van de 1 hetzelfde · 2 niet gevonden"


def test_each_row_leads_to_its_own_party(serve_content: Serve) -> None:
    page = by_hand(serve_content)
    for party in PARTIES:
        row, name = page.row(party), party.title()
        link, button = row.find(".//div[@class='positions']/p/a"), row.find(".//button")
        assert link is not None
        assert (link.get("href"), words(link)) == (
            f"/nl/parties/{party}",
            f"Standpunten en citaten van {name}",
        )
        assert words(button) == f"Vergelijk {name} met andere partijen"


def test_the_answers_to_be_changed_are_the_voters_own(serve_content: Serve) -> None:
    boxes = [box for box in by_hand(serve_content).root.iter("input") if "checked" in box.attrib]
    answered = {
        box.get("name"): box.get("value", "")[0] for box in boxes if box.get("type") == "radio"
    }
    assert answered == {"answer.one": "a", "answer.two": "a", "answer.three": "d"}
    assert [box.get("value") for box in boxes if box.get("name") == "double"] == ["one"]


def test_nobody_is_named_with_whom_one_disagrees(serve_content: Serve) -> None:
    """Disagree with one, agree with two: no party shares more than half of it."""
    lonely = {party: {"one": "agree", "two": "disagree"} for party in ("anna", "bert", "cees")}
    client = serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(lonely))
    page = Page(client.post("/nl/result", data={"answer.one": "d", "answer.two": "a"}))
    assert words(page.find(".//h1")) == (
        "Met geen partij deel je meer dan de helft van wat vergeleken kon worden"
    )
    half = Page(client.post("/nl/result", data={"answer.one": "a", "answer.two": "a"}))
    assert words(half.find(".//h1")) == words(page.find(".//h1"))  # exactly half is not more
    more = Page(client.post("/nl/result", data={"answer.one": "a", "answer.two": "d"}))
    assert "staan samen vooraan" in words(more.find(".//h1"))


def test_with_too_few_answers_it_says_what_is_missing(serve_content: Serve) -> None:
    page = by_hand(serve_content, {"answer.two": "a"})
    assert words(page.find(".//h1")) == "Nog te weinig antwoorden"
    assert "Geef nog één antwoord." in page.text
    assert "0 van de 5 partijen konden vergeleken worden." in page.text


def test_percentages_stand_only_where_every_ranked_party_was_compared_on_all(
    serve_content: Serve,
) -> None:
    assert by_hand(serve_content).root.find(".//span[@class='percent']") is None
    full = {party: dict.fromkeys(("one", "two"), "agree") for party in ("anna", "bert", "cees")}
    client = serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(full))
    page = Page(client.post("/nl/result", data={"answer.one": "a", "answer.two": "n"}))
    assert words(page.row("anna").find(".//span[@class='percent']")) == "75%"


def test_a_tie_is_never_cut_by_the_rows_shown_at_first(serve_content: Serve) -> None:
    many = {f"party-{n}": {"one": "agree", "two": "agree"} for n in range(8)}
    many["last"] = {"one": "disagree", "two": "disagree"}
    client = serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(many))
    page = Page(client.post("/nl/result", data={"answer.one": "a", "answer.two": "a"}))
    later = [item.get("id") for item in page.root.iter("li") if "later" in item.get("class", "")]
    assert later == ["last"]


def test_an_answer_belongs_to_the_words_that_were_answered(serve_content: Serve) -> None:
    """The text is turned round while the form is open: the old answer does not count."""
    client = serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(PARTIES))
    form = html5lib.parse(
        client.get("/nl/quiz").get_data(as_text=True), namespaceHTMLElements=False
    )
    sent = {
        box.get("name"): box.get("value")
        for box in form.iter("input")
        if box.get("type") == "radio" and (box.get("value") or "").startswith("a.")
    }
    assert len(sent) == 4
    turned = STATEMENTS.replace("METHOD", "city-block").replace(
        "Stelling two.", "Nooit stelling two."
    )
    page = Page(serve_content(turned, answers_yaml(PARTIES)).post("/nl/result", data=sent))
    assert "Deze stelling heeft andere woorden gekregen sinds ze werd beantwoord." in page.text
    assert "‘Nooit stelling two.’" in page.text
    assert page.counts("anna") == "3 van de 3 hetzelfde"
    box = next(
        box
        for box in page.root.iter("input")
        if box.get("name") == "answer.two" and (box.get("value") or "").startswith("a.")
    )
    assert box.get("checked") is None


def test_the_key_names_each_mark(serve_content: Serve) -> None:
    items = by_hand(serve_content).find(".//details[@class='key']").iter("li")
    key = {
        part.get("href"): words(item) for item in items for part in item.iter() if part.get("href")
    }
    assert {mark: text[:20] for mark, text in key.items()} == {
        "#same": "de partij zegt hetze", "#half": "half: een van jullie", "#silent": "niet gevonden: we vo",
        "#opposite": "de partij zegt het t", "#same-2": "een ring eromheen: d",
    }  # fmt: skip


def test_only_a_party_that_can_come_first_is_named(serve_content: Serve) -> None:
    """Bert shares more than chance, 3 of 4, yet comes first without none of the answers."""
    four = ("one", "two", "three", "four")
    parties = {
        "anna": dict.fromkeys(four, "agree"),
        "bert": dict(zip(four, ("agree", "agree", "neutral", "neutral"), strict=True)),
        "cees": dict.fromkeys(four, "disagree"),
    }
    client = serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(parties))
    page = Page(client.post("/nl/result", data={f"answer.{name}": "a" for name in four}))
    assert words(page.find(".//h1")).startswith("Met Anna deel je 4 van de 4")
    assert "Eén antwoord minder" not in page.text
    assert page.counts("bert") == "2 van de 4 hetzelfde, 2 half"


@pytest.mark.parametrize("party", ["anna", "bert"])
def test_what_a_row_unfolds_are_that_partys_own_positions_and_quotes(
    serve_content: Serve, party: str
) -> None:
    client = serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(PARTIES))
    page = Page(client.get(f"/nl/parties/{party}"))
    stands = page.find(".//div[@id='positions']").iter("article")
    found = {
        stand.get("id"): (stand.get("data-position"), words(stand.find(".//blockquote")))
        for stand in stands
    }
    assert found == {
        name: (position, f"Dit zegt {party} over stelling {name}.")
        for name, position in PARTIES[party].items()
    }


def test_a_result_is_counted_and_says_which_day_it_was_made(serve_content: Serve) -> None:
    client = serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(PARTIES))
    counted: Counter[str] = Counter()

    class Event:
        def __init__(self, name: str) -> None:
            self.name = name

        def inc(self, times: int) -> None:
            counted[self.name] += times

    client.application.extensions["events"] = Event
    before = datetime.now(UTC).date()
    text = Page(client.post("/en/result", data=VOTER)).text
    days = {before, datetime.now(UTC).date()}
    assert any(f"Made on {format_date(day, 'd MMMM y', 'en')} at" in text for day in days)
    assert counted == {"result": 1}
    assert client.post("/en/result", data={"double": "one"}).status_code == 400
    assert counted == {"result": 1}


def test_a_result_says_which_content_produced_it(serve_content: Serve) -> None:
    client = serve_content(STATEMENTS.replace("METHOD", "city-block"), answers_yaml(PARTIES))
    page = Page(client.post("/nl/result", data=VOTER))
    code = client.get("/data/quiz.json").json["content_hash"]
    link = page.find(".//a[@href='/nl/method#content']")
    assert f"Versie 1, inhoudscode {code[:16]}…" in page.text
    assert words(link) == "Versie 1, inhoudscode"
    method = Page(client.get("/nl/method"))
    assert words(method.find(".//h2[@id='content']")) == "Welke inhoud dit is"
    assert code in method.text


@pytest.mark.parametrize(
    ("fewer", "evidence"),
    [
        ({}, "We konden ze elk vergelijken op 2 van je antwoorden."),
        # without a prior one of one is as much as two of two
        ({"anna": {"one": "agree"}}, "We konden ze vergelijken op 1 tot 2 van je antwoorden."),
    ],
)
def test_many_that_share_the_first_place_have_evidence_too(
    serve_content: Serve, fewer: dict[str, dict[str, str]], evidence: str
) -> None:
    four = ("anna", "bert", "cees", "dirk")
    parties = {party: {"one": "agree", "two": "agree"} for party in four} | fewer
    content = STATEMENTS.replace("METHOD", "city-block").replace(
        "prior: 2, double_weight: 2, min_compared: 2", "prior: 0, double_weight: 2, min_compared: 1"
    )
    voter = {"answer.one": "a", "answer.two": "a"}
    page = Page(serve_content(content, answers_yaml(parties)).post("/nl/result", data=voter))
    assert words(page.find(".//h1")) == "4 partijen staan samen vooraan"
    assert evidence in page.text


def test_equal_parties_stand_in_the_alphabet_of_the_page(serve_content: Serve) -> None:
    """Ö comes after Z in the quiz's own Swedish, and beside O on an English page."""
    swedish = STATEMENTS.replace("METHOD", "city-block").replace("nl", "sv")
    both = {party: dict.fromkeys(("one", "two"), "agree") for party in ("zon", "oppna")}
    parties = answers_yaml(both).replace("name: Oppna", "name: Öppna")
    page = Page(serve_content(swedish, parties).post("/en/result", data=VOTER))
    order = [item.get("id") for item in page.root.iter("li") if "outcome" in item.get("class", "")]
    assert order == ["oppna", "zon"]
