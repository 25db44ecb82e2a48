"""Every page, fetched by the checking client, and every link on them."""

from __future__ import annotations

import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from itertools import product
from urllib.parse import urlsplit

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from quiz.content import Catalogue
from quiz.web.compress import zstd


def test_every_link_leads_to_a_page(
    shipped_client: FlaskClient, shipped_catalogue: Catalogue
) -> None:
    waiting, seen = ["/"], set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = shipped_client.get(path, follow_redirects=True)
        assert response.status_code == 200, path
        if response.mimetype != "text/html":
            continue
        page = response.get_data(as_text=True)
        assert re.search(r"(Een uitgave van|Published by)\s+<a [^>]*>Standpunt</a>", page), path
        for link in re.findall(r'(?:href|src)="([^"#]+)', response.get_data(as_text=True)):
            parts = urlsplit(unescape(link))
            if not parts.scheme and parts.path.startswith("/"):
                waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    for language in ("nl", "en"):
        for name in ("", "quiz", "statements", "parties", "matrix", "method", "privacy"):
            assert f"/{language}/{name}" in seen
    assert len(seen) > 2 * (len(shipped_catalogue.statements) + len(shipped_catalogue.parties))


def test_no_address_has_disappeared(app: Flask) -> None:
    """Addresses are a promise: people keep links. Add to this list; take nothing out."""
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    assert rules >= {
        "/", "/<lang>/", "/<lang>/quiz", "/<lang>/result", "/<lang>/result.json",
        "/<lang>/statements", "/<lang>/statements/<statement_id>", "/<lang>/matrix",
        "/<lang>/search", "/<lang>/parties", "/<lang>/parties/<party_id>", "/<lang>/method",
        "/<lang>/privacy", "/<lang>/accessibility", "/healthz", "/api/v1/quiz", "/api/v1/match",
    }  # fmt: skip


def test_front_chooses_the_readers_language(client: FlaskClient) -> None:
    english = client.get("/", headers={"Accept-Language": "en-GB,en;q=0.8"})
    assert english.headers["Location"] == "/en/"
    assert "Accept-Language" in english.headers["Vary"]
    assert client.get("/", headers={"Accept-Language": "fr"}).headers["Location"] == "/nl/"


def test_statement_page_shows_every_party(
    shipped_client: FlaskClient, shipped_catalogue: Catalogue
) -> None:
    statement = shipped_catalogue.statements[2]
    page = shipped_client.get(f"/nl/statements/{statement.id}").get_data(as_text=True)
    for party in shipped_catalogue.parties:
        assert party.name in page
        if statement.id in party.positions:
            for quote in party.positions[statement.id].quotes:
                assert quote.text in unescape(page)


def test_shared_pages_answer_304_and_compress(client: FlaskClient) -> None:
    first = client.get("/nl/quiz", headers={"Accept-Encoding": "br"})
    assert first.headers["Content-Encoding"] == "br"
    again = client.get(
        "/nl/quiz", headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    assert first.headers["ETag"] != client.get("/nl/quiz").headers["ETag"]


@pytest.mark.parametrize(
    ("accepted", "made", "shared"),
    [
        ("", None, None),
        ("gzip, deflate, br, zstd", "zstd", "br"),
        ("gzip, deflate, br", "br", "br"),
        ("zstd;q=0.5, br", "br", "br"),
        ("zstd, br;q=0", "zstd", None),
        ("zstd;q=0, br;q=0.1", "br", "br"),
        ("identity", None, None),
        ("gzip", "gzip", None),
    ],
)
def test_a_browser_gets_what_it_can_read(
    client: FlaskClient, accepted: str, made: str | None, shared: str | None
) -> None:
    """A page made on request, and one that is the same for everybody."""
    unpack = {
        None: bytes,
        "gzip": gzip.decompress,
        "br": brotli.decompress,
        "zstd": zstd.decompress,
    }
    for path, body, encoding in (
        ("/nl/result", {"answer.leave-microsoft": "agree"}, made),
        ("/nl/quiz", None, shared),
    ):
        method = "POST" if body else "GET"
        plain = client.open(path, method=method, data=body)
        response = client.open(
            path, method=method, data=body, headers={"Accept-Encoding": accepted}
        )
        assert response.headers.get("Content-Encoding") == encoding
        assert "Accept-Encoding" in response.headers["Vary"]
        assert unpack[encoding](response.get_data()) == plain.get_data()


def test_many_threads_compress_at_once(client: FlaskClient) -> None:
    """What one packs, another does not disturb; not tried on results, which are made in turn."""
    words = ("agree", "neutral", "disagree", "skip")
    answers = [
        {"answer.leave-microsoft": a, "answer.ban-datacenters": b} for a, b in product(words, words)
    ][:-1]
    plain = [client.post("/nl/quiz", data=fields).get_data() for fields in answers]

    def ask(number: int) -> bytes:
        fields = answers[number % len(answers)]
        packed = client.application.test_client().post(
            "/nl/quiz", data=fields, headers={"Accept-Encoding": "zstd"}
        )
        return bytes(zstd.decompress(packed.get_data()))

    with ThreadPoolExecutor(8) as pool:
        for number, page in enumerate(pool.map(ask, range(200))):
            assert page == plain[number % len(answers)]


def test_missing_pages_say_so_in_the_readers_language(client: FlaskClient) -> None:
    for path, words in (
        ("/nl/statements/nothing", "Deze pagina is er niet"),
        ("/en/parties/nobody", "This page is not here"),
        ("/xx/quiz", "is"),
        ("/nl/nothing", "Deze pagina is er niet"),
    ):
        response = client.get(path)
        assert response.status_code == 404
        assert words in response.get_data(as_text=True)


def test_search_finds_words_in_quotes_and_texts(client: FlaskClient) -> None:
    page = client.get("/nl/search?q=EUROPESE+software").get_data(as_text=True)
    assert "Gevonden bij 1 stelling." in page
    assert "De overheid moet stoppen met Microsoft." in page
    assert "Gevonden bij 1 partij." in page
    assert "&lt;b&gt;<mark>Europese</mark>&lt;/b&gt; <mark>software</mark>" in page
    assert 'href="/en/search?q=EUROPESE+software"' in page
    both = client.get("/nl/search?q=software").get_data(as_text=True)
    own, quoted = both.index("De staat moet zijn <mark>software</mark>"), both.index("stoppen met")
    assert own < quoted  # the statement that says so itself comes first
    assert "Gevonden bij 0 stellingen." in client.get("/nl/search?q=qqq").get_data(as_text=True)
    assert "&lt;script&gt;" in client.get("/nl/search?q=<script>").get_data(as_text=True)


def test_a_crash_gives_a_page_and_no_traceback(app: Flask, client: FlaskClient) -> None:
    def crash() -> str:
        raise ZeroDivisionError

    app.view_functions["voter.privacy"] = crash
    response = client.get("/nl/privacy")
    assert response.status_code == 500
    text = response.get_data(as_text=True)
    assert "Er ging iets mis bij ons" in text
    assert "ZeroDivisionError" not in text
    assert "Traceback" not in text


def test_start_and_result_say_which_election_and_day(
    shipped_client: FlaskClient, shipped_catalogue: Catalogue
) -> None:
    first = shipped_catalogue.statements[0].id
    result = shipped_client.post("/nl/result", data={f"answer.{first}": "agree"})
    for page in (shipped_client.get("/nl/"), result):
        text = page.get_data(as_text=True)
        assert "Tweede Kamerverkiezing, 29 oktober 2025" in text
        assert "Stand van 29 oktober 2025" in text


def test_every_quote_has_a_way_to_say_that_it_is_wrong(
    shipped_client: FlaskClient, shipped_catalogue: Catalogue
) -> None:
    for party in shipped_catalogue.parties:
        page = shipped_client.get(f"/nl/parties/{party.id}").get_data(as_text=True)
        quotes = [quote for position in party.positions.values() for quote in position.quotes]
        assert page.count("Klopt dit niet?") == page.count("<blockquote") == len(quotes)
        for statement in party.positions:
            assert f"?subject={statement}.{party.id}" in page


def test_the_table_marks_every_party_on_every_statement(
    shipped_client: FlaskClient, shipped_catalogue: Catalogue
) -> None:
    page = shipped_client.get("/nl/matrix").get_data(as_text=True)
    table = page[page.index("<tbody") : page.index("</tbody>")]
    marks = re.findall(r'href="#(\w*)"', table)
    known = sum(len(party.positions) for party in shipped_catalogue.parties)
    assert len(marks) == len(shipped_catalogue.parties) * len(shipped_catalogue.statements)
    assert marks.count("silent") == len(marks) - known
    assert set(marks) == {"same", "half", "opposite", "silent"}


def test_search_engines_are_told_what_is_not_for_them(client: FlaskClient) -> None:
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text.splitlines()[0] == "User-agent: *"
    assert "Disallow: /*/search" in response.text
    assert "Disallow: /\n" not in response.text
