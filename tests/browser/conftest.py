"""A real Chromium without the outside world."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

# A form that is refused, a connection that a test cuts, and a site without https are told on the
# console by the browser.
EXPECTED = re.compile(
    r"status of 4(0[049]|10)|net::ERR_(FAILED|CONTENT_LENGTH_MISMATCH)|Opener-Policy header has been ignored"
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    assert CHROMIUM, "Chromium is needed: sudo apt-get install chromium"
    return browser_type_launch_args | {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-first-run",
            "--host-resolver-rules=MAP school.test 127.0.0.1",
        ],
    }  # fmt: skip


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open pages with given settings; anything on the console fails the test."""
    contexts: list[BrowserContext] = []
    messages: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not EXPECTED.search(message.text):
            messages.append(message.text)

    def open_one(path: str, *, width: int = 360, height: int = 740, **settings: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, base_url=site, **settings
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", listen)
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not messages
