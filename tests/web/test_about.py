"""No page says in an operator's name what only another quiz can say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape

from flask.testing import FlaskClient

from quiz.web.about import today
from tests.web.test_any_content import parties_yaml, quiz_yaml

Serve = Callable[[str, str], FlaskClient]


def page(client: FlaskClient, path: str) -> str:
    return unescape(client.get(path).text)


def test_only_after_its_day_an_election_is_over(serve_content: Serve) -> None:
    parties = parties_yaml(2, 3)
    as_of = f"  as_of: {today() - timedelta(days=400)}\n"
    for days, over, ahead in (
        (None, False, False),
        (-1, True, False),
        (1, False, True),
        (0, False, True),
    ):
        day = "" if days is None else f"  election_day: {today() + timedelta(days=days)}\n"
        text = page(serve_content(quiz_yaml(["en"], extra=as_of + day), parties), "/en/")
        assert ("The election is over" in text) == over
        assert ("The election is on" in text) == ahead


def test_the_time_follows_from_the_number_of_statements(serve_content: Serve) -> None:
    for number, words in (
        (1, "about 1 minute\n"),
        (33, "about 5 minutes"),
        (100, "about 15 minutes"),
    ):
        client = serve_content(quiz_yaml(["en"], number), parties_yaml(2, number))
        assert words in page(client, "/en/")


def test_the_scope_follows_from_the_themes_or_is_the_operators(serve_content: Serve) -> None:
    text = page(serve_content(quiz_yaml(["en"]), parties_yaml(2, 3)), "/en/")
    assert "The statements are about one theme." in text
    own = "  texts: {scope: Only about bridges., welcome: Hello there., imprint: Street 1}\n"
    client = serve_content(quiz_yaml(["en"], extra=own), parties_yaml(2, 3))
    text = page(client, "/en/")
    assert "Only about bridges." in text
    assert "about one theme" not in text
    assert "Hello there." in text
    assert "Street 1" in page(client, "/en/imprint")
    assert 'href="/en/imprint"' in text


def test_without_an_imprint_there_is_no_such_page(serve_content: Serve) -> None:
    client = serve_content(quiz_yaml(["en"]), parties_yaml(2, 3))
    assert "imprint" not in page(client, "/en/")
    assert client.get("/en/imprint").status_code == 404


def test_silence_is_spoken_of_where_there_is_any(serve_content: Serve) -> None:
    full = serve_content(quiz_yaml(["en"]), parties_yaml(2, 3))
    assert "What is not known" not in page(full, "/en/")
    assert "Silence in these documents" not in page(full, "/en/method")
    part = serve_content(quiz_yaml(["en"], 4), parties_yaml(2, 3))
    assert "What is not known" in page(part, "/en/")
    assert "Silence in these documents" in page(part, "/en/method")


def test_evidence_follows_from_the_sources(serve_content: Serve) -> None:
    def told(source: str, path: str = "/en/method") -> str:
        answers = parties_yaml(2, 3).replace("edition: final", source)
        return page(serve_content(quiz_yaml(["en"]), answers), path)

    plain = told("edition: final")
    assert "The positions rest on" not in plain
    assert "drafts" not in plain
    assert "more about one party" not in plain
    questionnaire = told("edition: final, kind: questionnaire, date: 2025-10-03")
    assert "The positions rest on parties’ own answers to questions." in questionnaire
    assert "the party’s own answer, October 2025" in told(
        "edition: final, kind: questionnaire, date: 2025-10-03", "/en/statements/these-0"
    )
    assert "Some of these documents were drafts." in told("edition: draft, kind: programme")
