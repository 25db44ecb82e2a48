"""The way of an answer through the pages: good input, bad input, and what is kept."""

from __future__ import annotations

import json
import random
import re
from html import unescape
from pathlib import Path

import html5lib
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from quiz.cli import main
from quiz.content import Catalogue
from quiz.content.catalogue import Party

GOOD = {"answer.leave-microsoft": "agree", "answer.ban-datacenters": "disagree"}


def text_of(response: object) -> str:
    return re.sub(r"\s+", " ", unescape(response.get_data(as_text=True)))  # type: ignore[attr-defined]


def test_result_names_order_words_and_quotes(client: FlaskClient) -> None:
    response = client.post("/nl/result", data=GOOD | {"double": "leave-microsoft"})
    page = text_of(response)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    # Alfa: agree × 2 is the same, neutral beside disagree is half.
    assert "1 zelfde, 1 half, 0 tegenovergesteld, van 2 vergeleken; 0 niet gevonden" in page
    # A = 2·1 + 1·½ = 2½, K = W = 3, N = 2, κ = 10·3/2 = 15, μ = ½: (2½ + 7½) / 18 = 55.6 %
    assert "55,6" in page
    assert "De overheid is in 2030 volledig van Microsoft af." in page
    assert "pagina 12" in page
    assert "telt dubbel" in page


def test_every_party_is_there_and_unranked_ones_stand_apart(client: FlaskClient) -> None:
    page = text_of(client.post("/en/result", data=GOOD))
    order = [page.index(f" id={party}>") for party in ("alfa", "beta", "gamma")]
    assert order == sorted(order)
    assert order[0] < page.index("Too little known to compare") < order[1]


def test_result_without_javascript_can_be_changed_and_translated(client: FlaskClient) -> None:
    page = text_of(client.post("/nl/result", data=GOOD))
    checked = re.findall(r"name=(answer\.[a-z-]+) value=(\w+) checked", page)
    assert dict(checked) == GOOD
    assert "formaction=/en/result" in page
    again = text_of(client.post("/en/quiz", data=GOOD))
    assert dict(re.findall(r'name="(answer\.[a-z-]+)" value="(\w+)" checked', again)) == GOOD


def test_getting_the_result_leads_to_the_quiz(client: FlaskClient) -> None:
    response = client.get("/nl/result")
    assert (response.status_code, response.headers["Location"]) == (302, "/nl/quiz")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "Beantwoord minstens één stelling"),
        ({"answer.leave-microsoft": "skip"}, "Beantwoord minstens één stelling"),
        (GOOD | {"answer.nothing": "agree"}, "We kennen geen stelling ‘nothing’"),
        (GOOD | {"double": "nothing"}, "We kennen geen stelling ‘nothing’"),
        (GOOD | {"answer.state-software": "perhaps"}, "Dit antwoord kennen we niet"),
        (GOOD | {"answer.state-software": "١"}, "Dit antwoord kennen we niet"),
        (GOOD | {"answer.state-software": ["agree", "disagree"]}, "twee antwoorden"),
        (GOOD | {"answer.state-software": ["agree", "agree"]}, "twee antwoorden"),
        (GOOD | {f"answer.x{number}": "agree" for number in range(300)}, "meer velden"),
    ],
)
def test_bad_forms_say_what_is_wrong_and_keep_the_rest(
    client: FlaskClient, body: dict[str, object], words: str
) -> None:
    response = client.post("/nl/result", data=body)
    page = text_of(response)
    assert response.status_code == 400
    assert words in page
    if len(body) < 50:
        for name in GOOD.keys() & body.keys() - {"answer.leave-microsoft"}:
            assert f'name="{name}" value="disagree" checked' in page


def test_ten_thousand_fields_and_ten_megabytes_are_refused(client: FlaskClient) -> None:
    many = "&".join(f"answer.x{number}=agree" for number in range(10_000))
    kind = "application/x-www-form-urlencoded"
    assert client.post("/nl/result", data=many[:200_000], content_type=kind).status_code == 400
    large = client.post("/nl/result", data=b"a=" + b"x" * 10_000_000, content_type=kind)
    assert large.status_code == 413
    assert "Dat was te veel" in text_of(large)


def test_broken_utf8_and_odd_types_are_refused_kindly(client: FlaskClient) -> None:
    kind = "application/x-www-form-urlencoded"
    body = b"answer.ban-datacenters=disagree&answer.leave-microsoft="
    encoded = client.post("/nl/result", data=body + b"%FF%FE", content_type=kind)
    assert encoded.status_code == 400
    assert "Dit antwoord kennen we niet" in text_of(encoded)
    assert 'name="answer.ban-datacenters" value="disagree" checked' in text_of(encoded)
    raw = client.post("/nl/result", data=body + b"\xff\xfe", content_type=kind)
    assert raw.status_code == 400
    assert "Dit antwoord kennen we niet" in text_of(raw)
    assert 'name="answer.ban-datacenters" value="disagree" checked' in text_of(raw)
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain", ""):
        response = client.post("/nl/result", data=b"--x\r\nnonsense", content_type=kind)
        assert response.status_code == 400


def test_a_form_of_older_content_is_scored_on_what_is_left(client: FlaskClient) -> None:
    body = GOOD | {"answer.gone": "agree", "content": "0" * 64}
    page = text_of(client.post("/nl/result", data=body))
    assert "Een paar stellingen zijn weg" in page
    assert "Dit rust op 2 antwoorden" in page


def test_two_to_four_parties_side_by_side(client: FlaskClient) -> None:
    page = text_of(client.post("/nl/result", data=GOOD | {"party": ["alfa", "beta"]}))
    assert "Deze partijen verschillen over 1 stelling" in page
    assert page.index("De overheid moet stoppen", page.index("Partijen naast elkaar")) > 0
    one = text_of(client.post("/nl/result", data=GOOD | {"party": ["alfa", "nobody"]}))
    assert "Kies twee tot vier partijen." in one


def test_saved_result_holds_answers_hash_and_numbers(
    client: FlaskClient, catalogue: Catalogue
) -> None:
    response = client.post("/nl/result.json", data=GOOD | {"double": "leave-microsoft"})
    assert "attachment" in response.headers["Content-Disposition"]
    saved = json.loads(response.get_data())
    assert saved["answers"] == {"leave-microsoft": "agree", "ban-datacenters": "disagree"}
    assert saved["double"] == ["leave-microsoft"]
    assert saved["content_hash"] == catalogue.content_hash
    assert {party["id"] for party in saved["parties"]} == {"alfa", "beta", "gamma"}


def test_ties_share_a_place_and_the_page_says_so(client: FlaskClient) -> None:
    page = text_of(client.post("/nl/result", data={"answer.leave-microsoft": "neutral"}))
    assert "Partijen met hetzelfde getal delen een plaats." in page
    assert re.findall(r"<span class=rank>(\d+)</span>", page) == ["1", "1"]
    assert "niet te onderscheiden" in page


def test_saved_result_is_verified_by_the_command(
    shipped_client: FlaskClient, shipped_catalogue: Catalogue, tmp_path: Path
) -> None:
    body = {
        f"answer.{entry.id}": ("agree", "neutral", "disagree")[number % 3]
        for number, entry in enumerate(shipped_catalogue.statements)
    }
    path = tmp_path / "result.json"
    path.write_bytes(shipped_client.post("/nl/result.json", data=body).get_data())
    good = CliRunner().invoke(main, ["verify", str(path)])
    assert good.exit_code == 0, good.output
    saved = json.loads(path.read_text())
    saved["parties"][0]["match"] += 0.001
    path.write_text(json.dumps(saved))
    assert CliRunner().invoke(main, ["verify", str(path)]).exit_code == 1


def test_another_method_says_what_changes(
    shipped_client: FlaskClient, shipped_catalogue: Catalogue
) -> None:
    body = {
        f"answer.{entry.id}": ("agree", "neutral", "neutral")[number % 3]
        for number, entry in enumerate(shipped_catalogue.statements)
    }
    page = text_of(shipped_client.post("/nl/result", data=body))
    part = page[page.index("Een andere methode") :]
    for words in ("Precies: alleen precies hetzelfde", "Richting: het gaat erom"):
        assert words in part
    assert "Bij jouw antwoorden" in part


def test_each_party_shows_its_rows_by_kind_double_ones_first(
    shipped_client: FlaskClient, shipped_catalogue: Catalogue
) -> None:
    """Against the sorting by hand: whoever answers what, no row is lost or stands elsewhere."""
    chance = random.Random(5)
    for _ in range(6):
        said = {
            entry.id: chance.choice(("agree", "neutral", "disagree", "skip"))
            for entry in shipped_catalogue.statements
        }
        double = {name for name in said if chance.random() < 0.3}
        body = {f"answer.{name}": word for name, word in said.items()} | {"double": sorted(double)}
        page = html5lib.parse(
            shipped_client.post("/nl/result", data=body).get_data(), namespaceHTMLElements=False
        )
        found = {
            item.get("id"): item
            for item in page.iter("li")
            if item.get("class", "").startswith("outcome")
        }
        assert len(found) == len(shipped_catalogue.parties)
        for party in shipped_catalogue.parties:
            groups = {
                part.get("data-kind"): [b.get("id") for b in part.findall("li/p/b[@id]")]
                for part in found[party.id].iter("ul")
            }
            assert groups == by_hand(shipped_catalogue, party, said, double), party.id
            heads = [head.findtext("span") for head in found[party.id].iter("h4")]
            assert heads == [str(len(rows)) for rows in groups.values()]


def by_hand(
    catalogue: Catalogue, party: Party, said: dict[str, str], double: set[str]
) -> dict[str, list[str]]:
    codes = {"agree": 1, "neutral": 0, "disagree": -1}
    groups: dict[str, list[str]] = {"same": [], "half": [], "opposite": [], "skipped": []}
    for twice in (True, False):
        for number, statement in enumerate(catalogue.statements, 1):
            position, word = party.positions.get(statement.id), said[statement.id]
            counts_double = statement.id in double and word != "skip"
            if position is None or counts_double != twice:
                continue
            kind = "skipped"
            if word != "skip":
                kind = ("same", "half", "opposite")[abs(codes[word] - position.code)]
            groups[kind].append(f"{party.id}.{number}")
    return {kind: rows for kind, rows in groups.items() if rows}
