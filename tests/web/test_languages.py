"""Which language a reader gets, and which are offered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import make_app
from tests.web.test_any_content import parties_yaml, quiz_yaml

Serve = Callable[[str, str], FlaskClient]


def led_to(client: FlaskClient, header: str | None) -> str:
    headers = {} if header is None else {"Accept-Language": header}
    response = client.get("/", headers=headers)
    assert response.status_code == 302
    assert "Accept-Language" in response.headers["Vary"]
    return response.headers["Location"].strip("/")


@pytest.mark.parametrize(
    ("content", "header", "expected"),
    [
        (["nl", "en"], "nl-NL,en-US;q=0.7,en;q=0.3", "nl"),
        (["nl", "en"], "en-GB,nl;q=0.9", "en"),
        (["nl", "en"], "pl,en;q=0.5", "en"),
        (["nl", "en"], "en;q=0.2,nl-BE;q=0.8", "nl"),
        (["nl", "en"], "nl;q=0,en;q=0.1", "en"),
        (["nl", "en"], "EN-us", "en"),
        (["nl", "en"], "pl", "nl"),
        (["nl", "en"], "*", "nl"),
        (["nl", "en"], "", "nl"),
        (["nl", "en"], None, "nl"),
        (["nl", "en"], ";;;q=x,,", "nl"),
        (["en"], "pl", "en"),
        (["en"], "fr-FR,fr", "en"),
        (["en"], "ga", "en"),
        (["en"], None, "en"),
        (["en", "nl"], "pl", "en"),
        (["nl-BE", "en"], "nl-NL,en;q=0.9", "nl-BE"),
        (["nl-BE", "nl"], "nl", "nl"),
        (["nl"], "en", "nl"),
        (["fy"], "fy,nl", "en"),
        (["fy", "nl"], "fy", "nl"),
    ],
)
def test_the_reader_gets_the_first_of_their_languages_that_there_is(
    serve_content: Serve, content: list[str], header: str | None, expected: str
) -> None:
    client = serve_content(quiz_yaml(content), parties_yaml(2, 3))
    assert led_to(client, header) == expected
    page = client.get(f"/{expected}/").text
    assert f'<html lang="{expected}"' in page


def test_only_languages_with_both_content_and_interface_are_offered(serve_content: Serve) -> None:
    client = serve_content(quiz_yaml(["nl"]), parties_yaml(2, 3))
    assert "hreflang" not in client.get("/nl/").text
    missing = client.get("/en/", headers={"Accept-Language": "en"})
    assert missing.status_code == 404
    assert '<html lang="nl"' in missing.text


def test_a_region_speaks_its_language(serve_content: Serve) -> None:
    client = serve_content(quiz_yaml(["nl-BE"]), parties_yaml(2, 3))
    page = client.get("/nl-BE/quiz").text
    assert "Text these 0 nl-BE" in page
    assert 'lang="nl"' not in page
    assert "Geen van beide" in page


def beside(folder: Path, name: str, text: str) -> None:
    (folder / "translations").mkdir(exist_ok=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    (folder / "translations" / name).write_text(head + text, encoding="utf-8")


def test_a_further_language_is_one_file_beside_the_content(tmp_path: Path) -> None:
    (tmp_path / "statements.yaml").write_text(quiz_yaml(["he", "nl"]))
    (tmp_path / "party_answers.yaml").write_text(parties_yaml(2, 3))
    beside(tmp_path, "he.po", 'msgid "Agree"\nmsgstr "בעד"\n')
    client = make_app(tmp_path).test_client()
    page = client.get("/he/quiz").text
    assert '<html lang="he" dir="rtl">' in page
    assert "בעד" in page
    assert "Disagree" in page  # what it lacks stays English
    assert 'hreflang="he"' in client.get("/nl/").text


def test_an_operators_words_come_before_ours(content_folder: Path) -> None:
    beside(content_folder, "nl.po", 'msgid "Agree"\nmsgstr "Voor"\n')
    page = make_app(content_folder).test_client().get("/nl/quiz").text
    assert "<span>Voor</span>" in page
    assert "<span>Oneens</span>" in page


def test_a_quote_in_another_language_than_the_page_says_which(content_folder: Path) -> None:
    client = make_app(content_folder).test_client()
    assert "page 12, in Dutch" in client.get("/en/parties/alfa").text
    assert "pagina 12, in het" not in client.get("/nl/parties/alfa").text


def test_texts_in_another_language_are_marked_with_their_direction(tmp_path: Path) -> None:
    (tmp_path / "statements.yaml").write_text(quiz_yaml(["fy"]))
    (tmp_path / "party_answers.yaml").write_text(parties_yaml(2, 3))
    client = make_app(tmp_path).test_client()
    assert '<span lang="fy">Text these 0 fy</span>' in client.get("/en/quiz").text
    assert '<blockquote lang="fy">' in client.get("/en/statements/these-0").text
    (tmp_path / "statements.yaml").write_text(quiz_yaml(["ckb"]))  # Sorani Kurdish
    client = make_app(tmp_path).test_client()
    assert '<span lang="ckb" dir="rtl">Text these 0 ckb</span>' in client.get("/en/quiz").text
    assert '<blockquote lang="ckb" dir="rtl">' in client.get("/en/statements/these-0").text


@pytest.mark.parametrize(
    ("language", "as_of", "changed"),
    [
        ("en", "Content as of 29 October 2025.", "Version 1, 4 March 2025: "),
        ("nl", "Stand van 29 oktober 2025.", "Versie 1, 4 maart 2025: "),
    ],
)
def test_the_day_stands_before_the_month(
    serve_content: Serve, language: str, as_of: str, changed: str
) -> None:
    about = "  as_of: 2025-10-29\n  changelog:\n    - {version: 1, date: 2025-03-04, text: {nl: a, en: a}}\n"
    text = quiz_yaml(["nl", "en"], extra=about)
    page = serve_content(text, parties_yaml(2, 3)).get(f"/{language}/method").text
    assert as_of in page
    assert changed in page
