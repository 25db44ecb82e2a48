"""Pages: the size of a result, and how soon a throttled phone shows it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.timing import Row
from quiz.content import load
from quiz.content.paths import shipped
from quiz.web.app import create_app
from quiz.web.settings import Settings

PAINT = """() => new Promise((resolve) => {
  let last = 0;
  new PerformanceObserver((list) => { last = list.getEntries().at(-1).startTime })
    .observe({type: "largest-contentful-paint", buffered: true});
  setTimeout(() => resolve(last), 1500);
})"""

NOTE_TAP = """() => document.getElementById("show-result").addEventListener("click", () =>
  sessionStorage.setItem("tap", performance.timeOrigin + performance.now()), {capture: true})"""


def run(*, quick: bool = False) -> list[Row]:
    return [*sizes(), *paints(turns=1 if quick else 5)]


def sizes() -> list[Row]:
    client = create_app(Settings(content=shipped())).test_client()
    ids = [entry.id for entry in load(shipped()).statements]
    answers = {f"answer.{name}": "and"[at % 3] for at, name in enumerate(ids)}
    rows = []
    for encoding in ("zstd", "br", "gzip"):
        response = client.post("/nl/result", data=answers, headers={"Accept-Encoding": encoding})
        size = len(response.get_data()) / 1000
        what = f"result, everything answered, in {encoding}"
        rows.append(Row(what, f"{size:.1f} KB", "at most 12 KB", size <= 12))
    return rows


def paints(*, turns: int) -> list[Row]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "quiz", "serve", "--port", str(port), "--workers", "1"],
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(400):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            rows = [
                _paint(browser, address + path, turns)
                for path in ("/nl/", "/nl/quiz", "/nl/statements")
            ]
            rows.append(_paint_of_result(browser, address, turns))
            browser.close()
            return rows
    finally:
        server.terminate()
        server.wait(timeout=15)


def _paint_of_result(browser: Any, address: str, turns: int) -> Row:
    """Answer everything, then measure from the tap on the result's button."""
    rows = []
    for _ in range(turns):
        context = browser.new_context(viewport={"width": 360, "height": 740})
        page = context.new_page()
        page.goto(f"{address}/nl/quiz")
        for number in range(page.locator(".statement").count()):
            page.wait_for_function(
                f"document.querySelectorAll('.statement')[{number}].matches('.now')"
            )
            page.locator("#steps .answers button").nth(number % 3).click()
        page.wait_for_selector("#show-result:visible")
        page.evaluate(NOTE_TAP)
        _throttle(context, page)
        page.locator("#show-result").click()
        page.wait_for_selector(".outcome")
        painted = float(page.evaluate(PAINT))
        rows.append(
            painted + page.evaluate("performance.timeOrigin - sessionStorage.getItem('tap')")
        )
        context.close()
    value = median(rows)
    what = "largest contentful paint of the result after the tap, on a throttled phone"
    return Row(what, f"{value:.0f} ms", "under 1,000 ms", value < 1000)


def _paint(browser: Any, address: str, turns: int) -> Row:
    rows = []
    for _ in range(turns):
        context = browser.new_context(viewport={"width": 360, "height": 740})
        page = context.new_page()
        _throttle(context, page)
        page.goto(address)
        rows.append(float(page.evaluate(PAINT)))
        context.close()
    value = median(rows)
    path = "/" + address.split("/", 3)[3]
    return Row(
        f"largest contentful paint of {path} on a throttled phone",
        f"{value:.0f} ms",
        "under 1,000 ms",
        value < 1000,
    )


def _throttle(context: Any, page: Any) -> None:
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 150,
            "downloadThroughput": 1.6e6 / 8,
            "uploadThroughput": 0.75e6 / 8,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
