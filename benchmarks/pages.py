"""Pages: how soon a throttled phone sees them, and what a result costs in units of "hello".

"Hello" is a view of this same app with the same headers that returns one word, called through WSGI
in this process, turn by turn with the others.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from statistics import median
from typing import Any
from urllib.parse import urlencode

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
    return [*costs(rounds=3 if quick else 40), *paints(turns=1 if quick else 5)]


def costs(*, rounds: int) -> list[Row]:
    app = create_app(Settings(content=shipped()))
    app.add_url_rule("/hello", view_func=lambda: "hello")
    client = app.test_client()
    ids = [entry.id for entry in load(shipped()).statements]
    body = urlencode(
        {f"answer.{name}": ("agree", "neutral", "disagree")[at % 3] for at, name in enumerate(ids)}
    )
    kind = "application/x-www-form-urlencoded"
    calls: dict[str, Any] = {
        "hello": lambda: client.get("/hello"),
        "result": lambda: client.post("/nl/result", data=body, content_type=kind),
        "result, compressed": lambda: client.post(
            "/nl/result", data=body, content_type=kind, headers={"Accept-Encoding": "br, zstd"}
        ),
        "quiz": lambda: client.get("/nl/quiz", headers={"Accept-Encoding": "br"}),
        "statement": lambda: client.get(f"/nl/statements/{ids[0]}"),
    }
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 2):
        for name, call in calls.items():
            start = time.perf_counter()
            for _ in range(10):
                assert call().status_code == 200
            if turn >= 2:
                times[name].append((time.perf_counter() - start) / 10)
    hello = median(times["hello"])
    rows = [Row("hello, through WSGI with the test client", f"{hello * 1e3:.2f} ms", "", None)]
    for name in ("result", "result, compressed", "quiz", "statement"):
        ratio = median(
            hello / other for hello, other in zip(times["hello"], times[name], strict=True)
        )
        rows.append(Row(f"{name}, in hellos a second", f"{ratio:.3f}", "", None))
    for encoding in ("zstd", "br", "gzip"):
        response = client.post(
            "/nl/result", data=body, content_type=kind, headers={"Accept-Encoding": encoding}
        )
        size = len(response.get_data())
        rows.append(
            Row(
                f"result, everything answered, in {encoding}",
                f"{size / 1000:.1f} KB",
                "at most 12 KB",
                size <= 12_000,
            )
        )
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
