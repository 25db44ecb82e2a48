"""Any content that passes the check works, not only ours."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from quiz.cli import main
from quiz.content.methods import METHODS

Serve = Callable[[str, str], FlaskClient]
PAYLOAD = '"><script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} & ‘’'


def quiz_yaml(
    languages: list[str], statements: int = 3, extra: str = "", words: str = "Text"
) -> str:
    """A quiz with texts in each language; ids are not ours."""

    def text(name: str) -> str:
        return json.dumps({tag: f"{words} {name} {tag}" for tag in languages}, ensure_ascii=False)

    entries = "".join(
        f"  - {{id: these-{number}, theme: thema-1, text: {text(f'these {number}')},"
        f" explanation: {text('erklärung')}}}\n"
        for number in range(statements)
    )
    return (
        f"quiz:\n  id: wahl\n  title: {text('titel')}\n  description: {text('beschreibung')}\n"
        f"  languages: {json.dumps(languages)}\n{extra}"
        f"themes:\n  - {{id: thema-1, name: {text('thema')}}}\nstatements:\n{entries}"
    )


def parties_yaml(
    parties: int, statements: int, words: str = "Ein Zitat, das lang genug ist"
) -> str:
    """Parties without colours or addresses that have answered everything."""
    quote = json.dumps(words, ensure_ascii=False)
    title = json.dumps(words[:150], ensure_ascii=False)
    lines = ["sources:", f"  - {{id: q, title: {title}, edition: final}}", "parties:"]
    for party in range(parties):
        lines.append(
            f"  - id: partei-{party}\n    name: {json.dumps(f'Partei {party} {words[:40]}')}\n    answers:"
        )
        for number in range(statements):
            name = ("agree", "neutral", "disagree")[(party + number) % 3]
            lines.append(
                f"      these-{number}: {{position: {name}, explicit: true,"
                f" quotes: [{{text: {quote}, source: q}}]}}"
            )
    return "\n".join(lines) + "\n"


def take(client: FlaskClient, statements: int, language: str = "nl") -> str:
    body = {f"answer.these-{number}": "agree" for number in range(statements)}
    response = client.post(f"/{language}/result", data=body)
    assert response.status_code == 200
    return unescape(response.get_data(as_text=True))


def test_a_language_that_the_pages_do_not_speak_is_told(tmp_path: Path) -> None:
    (tmp_path / "statements.yaml").write_text(quiz_yaml(["fy", "nl"]))
    (tmp_path / "party_answers.yaml").write_text(parties_yaml(2, 3))
    output = CliRunner().invoke(main, ["check", "--content", str(tmp_path)]).output
    assert (
        "statements.yaml:5:15: warning: The pages themselves are not translated into 'fy'."
        in output
    )
    assert "into 'nl'" not in output


@pytest.mark.parametrize("parties", [1, 40])
def test_one_party_and_forty_with_full_coverage(serve_content: Serve, parties: int) -> None:
    client = serve_content(quiz_yaml(["nl", "en"], 12), parties_yaml(parties, 12))
    page = take(client, 12)
    assert page.count('<li class="outcome') == parties
    assert "Te weinig bekend" not in page
    assert ("Kies twee tot vier partijen" in page) == (parties > 1)
    assert "100.000 verzonnen kiezers" in client.get("/nl/method").text
    assert "100,000 invented voters" in client.get("/en/method").text
    for path in ("/nl/", "/en/matrix", "/nl/parties", "/nl/parties/partei-0", "/nl/method"):
        assert client.get(path).status_code == 200


def test_one_statement(serve_content: Serve) -> None:
    client = serve_content(quiz_yaml(["nl"], 1), parties_yaml(3, 1))
    assert take(client, 1).count('class="dots" viewBox="0 0 16 16"') == 3


def test_two_hundred_statements_have_a_dot_each(serve_content: Serve) -> None:
    client = serve_content(quiz_yaml(["nl"], 200), parties_yaml(5, 200))
    assert f'viewBox="0 0 {16 * 200} 16"' in take(client, 200)


def test_markup_in_every_content_field_stays_text(serve_content: Serve) -> None:
    extra = (
        f"  publisher: {{name: {json.dumps(PAYLOAD)}}}\n  election: {json.dumps(PAYLOAD)}\n"
        "  contact: a@example.org\n"
    )
    client = serve_content(
        quiz_yaml(["nl"], 3, extra, words=PAYLOAD.replace("\n", " ")), parties_yaml(3, 3, PAYLOAD)
    )
    pages = [
        client.get(path).get_data(as_text=True)
        for path in (
            "/nl/", "/nl/quiz", "/nl/statements", "/nl/statements/these-0", "/nl/parties",
            "/nl/parties/partei-0", "/nl/matrix", "/nl/method", "/nl/search?q=alert", "/nl/privacy",
        )
    ]  # fmt: skip
    pages.append(client.post("/nl/result", data={"answer.these-0": "agree"}).get_data(as_text=True))
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "49" not in page.split("alert(2)&gt;")[-1][:8]


def test_long_texts_stay_whole(serve_content: Serve) -> None:
    long = "Donaudampfschifffahrtsgesellschaft " * 40
    client = serve_content(
        quiz_yaml(["nl"], 2, words=long.strip()), parties_yaml(2, 2, long.strip())
    )
    assert long.strip() in take(client, 2)


def test_missing_optional_keys_leave_no_hole(serve_content: Serve) -> None:
    client = serve_content(quiz_yaml(["nl"]), parties_yaml(2, 3))
    start = client.get("/nl/").get_data(as_text=True)
    assert "None" not in start
    assert "heeft geen naam opgegeven" in start
    assert "Klopt dit niet?" not in client.get("/nl/statements/these-0").get_data(as_text=True)


@pytest.mark.parametrize("method", METHODS)
def test_the_words_fit_whatever_method_the_quiz_chose(serve_content: Serve, method: str) -> None:
    extra = f"  matching: {{method: {method}, prior: 0, double_weight: 2, min_compared: 1}}\n"
    # alfa speaks once and neutrally, beta twice: which of them leads depends on the method
    answers = (
        "sources:\n  - {id: q, title: Q, edition: final}\nparties:\n"
        "  - {id: alfa, name: Alfa, answers: {these-0: {position: neutral, explicit: true,"
        " quotes: [{text: Dit citaat is lang genoeg, source: q}]}}}\n"
        "  - {id: beta, name: Beta, answers: {these-0: {position: agree, explicit: true,"
        " quotes: [{text: Dit citaat is lang genoeg, source: q}]}, these-1: {position: disagree,"
        " explicit: true, quotes: [{text: Dit citaat is lang genoeg, source: q}]},"
        " these-2: {position: agree, explicit: true,"
        " quotes: [{text: Dit citaat is lang genoeg, source: q}]}}}\n"
    )
    client = serve_content(quiz_yaml(["en"], 3, extra), answers)
    page = unescape(
        client.post("/en/result", data={f"answer.these-{n}": "agree" for n in range(3)}).text
    )
    # agreement of alfa: ½, 0 under exact, ¾ under quadratic; of beta ⅔ under all
    alfa_leads = {name: name == "quadratic" for name in METHODS}
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    names = {
        "city-block": "City-block", "exact": "Exact", "directional": "Directional",
        "quadratic": "Quadratic", "hybrid": "Hybrid",
    }  # fmt: skip
    for name, leads in alfa_leads.items():
        used = r" \(used here\)" if name == method else ""
        assert re.search(f"{names[name]}{used}: {'Alfa' if leads else 'Beta'} ", shown), name
    method_page = client.get("/en/method").text
    assert ("counts half" in method_page) == (method == "city-block")
    assert names[method] in method_page


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("a@example.org", "mailto:a@example.org?subject=these-0.partei-1"),
        ("https://example.org/tell", "https://example.org/tell?subject=these-0.partei-1"),
        ("https://example.org/?a=b#c", "https://example.org/?a=b&subject=these-0.partei-1#c"),
    ],
)
def test_the_contact_is_told_statement_and_party(
    serve_content: Serve, contact: str, link: str
) -> None:
    client = serve_content(quiz_yaml(["nl"], 1, f'  contact: "{contact}"\n'), parties_yaml(2, 1))
    assert f'href="{link}"' in unescape(client.get("/nl/statements/these-0").get_data(as_text=True))
