"""``quiz preview`` starts on broken content, shows what is wrong, and goes on once it is mended."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from contextvars import copy_context
from pathlib import Path

from quiz.content import check
from quiz.translations.commands import speak
from quiz.web.mending import page, serve_until_mended
from tests.operations.conftest import free_port


def fetch(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def until_served(address: str) -> tuple[int, str]:
    while True:
        try:
            return fetch(address)
        except urllib.error.URLError:
            continue


def test_errors_are_shown_until_they_are_mended(content_folder: Path) -> None:
    path = content_folder / "party_answers.yaml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("position: neutral", "position: <b>netural"), encoding="utf-8")
    port = free_port()
    waiting = threading.Thread(target=serve_until_mended, args=(content_folder, "127.0.0.1", port))
    waiting.start()
    try:
        status, body = until_served(f"http://127.0.0.1:{port}/preview")
        assert status == 503
        assert "party_answers.yaml:25:19" in body
        assert "position: &lt;b&gt;netural" in body
    finally:
        path.write_text(good, encoding="utf-8")
        waiting.join(30)
    assert not waiting.is_alive()


def test_the_page_names_each_error_with_its_remedy(content_folder: Path) -> None:
    path = content_folder / "statements.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("theme: power", "theme: powr"))
    shown = page(check(content_folder).errors)
    assert "There is no theme &#39;powr&#39;. Did you mean &#39;power&#39;?" in shown
    assert '<html lang="en" dir="ltr">' in shown


def test_the_page_speaks_the_language_of_who_started_it(content_folder: Path) -> None:
    path = content_folder / "party_answers.yaml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("position: neutral", "position: netural"), encoding="utf-8")
    port = free_port()
    dutch = copy_context()
    dutch.run(speak, "nl")
    waiting = threading.Thread(
        target=dutch.run, args=(serve_until_mended, content_folder, "127.0.0.1", port)
    )
    waiting.start()
    try:
        _, body = until_served(f"http://127.0.0.1:{port}/preview")
        assert '<html lang="nl" dir="ltr">' in body
        assert "Bedoel je &#39;neutral&#39;?" in body
    finally:
        path.write_text(good, encoding="utf-8")
        waiting.join(30)
