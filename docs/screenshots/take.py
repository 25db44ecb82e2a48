"""Take the pictures of the README: every kind of page, at three sizes, light and dark, and a film.

Run by ``make screenshots``; with the word ``film`` it makes what the README shows alone. Serves the shipped content, walks through the quiz with a fixed set of answers, and writes small
files beside this one.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from film import film, picture
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
SIZES = ((360, 740), (768, 1024), (1280, 800))
PAGES = {
    "start": "/nl/", "statements": "/nl/statements", "statement": "/nl/statements/national-cloud",
    "parties": "/nl/parties", "party": "/nl/parties/bbb", "matrix": "/nl/matrix",
    "method": "/nl/method", "privacy": "/nl/privacy",
}  # fmt: skip


def walk(page: Page, name: str) -> None:
    page.goto("/nl/quiz")
    count = page.locator("fieldset.statement").count()
    for number in range(count):
        page.wait_for_function(f"document.querySelectorAll('.statement')[{number}].matches('.now')")
        if number == 11:
            page.screenshot(path=HERE / f"quiz-{name}.png")
        page.locator("#steps .answers button").nth((0, 0, 2, 1, 2)[number % 5]).click()
    page.wait_for_selector("#show-result:visible")
    page.screenshot(path=HERE / f"overview-{name}.png")
    page.locator("#show-result").click()
    page.wait_for_selector(".outcome")
    page.screenshot(path=HERE / f"result-{name}.png")


def take(browser: Browser, address: str) -> None:
    for width, height in SIZES:
        for scheme in ("light", "dark"):
            name = f"{width}-{scheme}"
            context = browser.new_context(
                viewport={"width": width, "height": height}, base_url=address,
                color_scheme=scheme, reduced_motion="reduce",
            )  # fmt: skip
            page = context.new_page()
            for key, path in PAGES.items():
                page.goto(path)
                page.screenshot(path=HERE / f"{key}-{name}.png")
            walk(page, name)
            context.close()


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("Chromium is needed: sudo apt-get install chromium")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    state = tempfile.TemporaryDirectory()
    server = subprocess.Popen(
        [sys.executable, "-m", "quiz", "serve", "--port", str(port), "--workers", "1"],
        cwd=HERE.parents[1],
        env=os.environ
        | {"QUIZ_STATE": state.name, "DATABASE_URL": f"sqlite:///{state.name}/c.sqlite"},
    )
    try:
        for _ in range(400):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            if "film" not in sys.argv:
                take(browser, address)
            picture(browser, address)
            film(browser, address)
            browser.close()
        if squeeze := shutil.which("pngquant"):
            pictures = [str(path) for path in HERE.glob("*.png")]
            subprocess.run([squeeze, "--ext", ".png", "--force", *pictures], check=True)
    finally:
        server.terminate()
        server.wait(timeout=15)
        state.cleanup()


if __name__ == "__main__":
    main()
