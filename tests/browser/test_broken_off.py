"""A response that breaks off on its way, as when its worker is killed: who sends again, and what is seen."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from quiz.content import Catalogue
from tests.browser.test_result_address import give

Open = Callable[..., Page]
ARRIVES = 3000
"""Bytes: the headers and the beginning of the page."""
MOVED = re.compile("stijgt|daalt|volgorde blijft")
SOON = 30_000


class Cutter:
    """Passes connections on to the site; cuts the next so many responses to answers in their middle."""

    def __init__(self, site: str) -> None:
        parts = urlsplit(site)
        self._site = (parts.hostname, parts.port)
        self.left = self.cut = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                browser, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(browser,), daemon=True).start()

    def _serve(self, browser: socket.socket) -> None:
        room: list[int] = []  # how many bytes of a response may still arrive
        with suppress(OSError), browser, socket.create_connection(self._site) as site:
            threading.Thread(target=self._ask, args=(browser, site, room), daemon=True).start()
            while part := site.recv(1 << 16):
                if room:
                    part = part[: room[0]]
                    room[0] -= len(part)
                browser.sendall(part)
                if room and not room[0]:
                    browser.shutdown(socket.SHUT_RDWR)
                    return

    def _ask(self, browser: socket.socket, site: socket.socket, room: list[int]) -> None:
        with suppress(OSError):
            while request := browser.recv(1 << 16):
                if request.startswith(b"POST /nl/result") and self.left:
                    self.left -= 1
                    self.cut += 1
                    room.append(ARRIVES)
                site.sendall(request)


@pytest.fixture
def cutter(site: str) -> Iterator[Cutter]:
    cutter = Cutter(site)
    yield cutter
    cutter.close()


def test_the_script_asks_again_until_the_result_is_whole(
    open_page: Open, cutter: Cutter, shipped_catalogue: Catalogue
) -> None:
    page = open_page(f"{cutter.address}/nl/")
    give(page, shipped_catalogue)
    cutter.left = 2
    page.goto(f"{cutter.address}/nl/result")
    expect(page.locator("ol.outcomes")).to_be_visible(timeout=SOON)
    assert cutter.cut == 2


def test_so_it_does_where_an_answer_is_changed_or_parties_are_compared(
    open_page: Open, cutter: Cutter, shipped_catalogue: Catalogue
) -> None:
    page = open_page(f"{cutter.address}/nl/")
    give(page, shipped_catalogue)
    page.goto(f"{cutter.address}/nl/result")
    expect(page.locator("ol.outcomes")).to_be_visible(timeout=SOON)
    cutter.left = 1
    page.locator("#yours > summary").click()
    first = page.locator(f'[id="yours.{shipped_catalogue.statements[0].id}"]')
    first.get_by_role("radio").nth(1).check(force=True)
    expect(page.locator("#moved p")).to_contain_text(MOVED, timeout=SOON)
    cutter.left = 1
    page.locator("#compare > summary").click()
    page.locator("button[name=compare]").click()
    expect(page.locator("#compare table").first).to_be_visible(timeout=SOON)
    assert cutter.cut == 2


def test_without_the_script_nothing_is_taken_for_a_result_and_a_reload_brings_it(
    open_page: Open, cutter: Cutter, shipped_catalogue: Catalogue
) -> None:
    page = open_page(f"{cutter.address}/nl/quiz", java_script_enabled=False)
    for statement in shipped_catalogue.statements:
        page.locator(f'[name="answer.{statement.id}"]').first.check(force=True)
    cutter.left = 1
    page.get_by_role("button", name="Bekijk mijn uitkomst").click()
    expect(page.locator("ol.outcomes .outcome")).to_have_count(0)
    page.reload()
    expect(page.locator("ol.outcomes")).to_be_visible(timeout=SOON)
    assert cutter.cut == 1
