"""The site below a path of another, behind a real nginx that passes the path on, or strips it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.nginx import ROOT, TRUSTING, Browser, Site, configured, port_on
from tests.processes import until_up

LOCATIONS = (
    "    location / {\n        proxy_pass http://standpunt;",
    "    location /static/ {\n        proxy_pass http://standpunt;",
)
WHOLE = (
    "    location /stemhulp/ {\n        proxy_pass http://standpunt;",
    "    location /stemhulp/static/ {\n        proxy_pass http://standpunt;",
)
TAKEN_OFF = (
    "    location /stemhulp/ {\n        proxy_pass http://standpunt/;",
    "    location /stemhulp/static/ {\n        proxy_pass http://standpunt/static/;",
)


@pytest.fixture(params=["whole", "taken off"])
def site(request: pytest.FixtureRequest, content_folder: Path, tmp_path: Path) -> Iterator[Site]:
    taken_off = request.param == "taken off"
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    assert Path(nginx).exists(), "nginx is needed: sudo apt-get install nginx"
    port, own = port_on("127.0.0.1"), port_on("127.0.0.1")
    settings = {"QUIZ_PROXIES": "1", "DATABASE_URL": f"sqlite:///{tmp_path}/classes.sqlite"}
    if not taken_off:
        settings["QUIZ_PREFIX"] = "/stemhulp"
    app = subprocess.Popen(
        [sys.executable, "-m", "quiz", "serve", "--content", str(content_folder),
         "--port", str(own), "--workers", "1", "--no-watch"],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | settings,
    )  # fmt: skip
    folder = Path("/tmp") / f"standpunt-prefix-{port}"
    folder.mkdir()
    proxy = None
    try:
        until_up(f"http://127.0.0.1:{own}/healthz", app, context=TRUSTING)
        main = configured(folder, port, [f"127.0.0.1:{own}"])
        shipped = folder / "standpunt.conf"
        text = shipped.read_text(encoding="utf-8")
        for before, after in zip(LOCATIONS, TAKEN_OFF if taken_off else WHOLE, strict=True):
            assert text.count(before) == 1
            text = text.replace(before, after)
        if taken_off:
            text = text.replace('X-Forwarded-Prefix ""', "X-Forwarded-Prefix /stemhulp")
        shipped.write_text(text, encoding="utf-8")
        proxy = subprocess.Popen(
            [nginx, "-p", str(folder), "-c", str(main), "-g", "daemon off;"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        address = f"https://127.0.0.1:{port}"
        until_up(f"{address}/stemhulp/healthz", proxy, context=TRUSTING)
        yield Site(address, [], [], folder / "error.log")
    finally:
        for process in filter(None, (proxy, app)):
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def test_a_voter_and_a_class_below_a_path(site: Site) -> None:
    browser = Browser(site)
    start = browser.ask("/stemhulp/")
    static = re.findall(r'(?:href|src)="([^"]*/static/[^"]+)"', start)
    assert len(static) >= 2
    for address in static:
        assert address.startswith("/stemhulp/static/")
        browser.ask(address)
    result = browser.ask("/stemhulp/nl/result", **{"answer.leave-microsoft": "agree"})
    assert "Alfa" in result
    board = browser.ask("/stemhulp/nl/class", way="together", length="all")
    assert "board-code" in board
    assert "127.0.0.1/stemhulp/nl/class" in board
    assert {cookie.path for cookie in browser.jar} == {"/stemhulp/"}
    assert all(cookie.name.startswith("__Secure-class_host_") for cookie in browser.jar)


def test_a_visitor_names_no_path(site: Site) -> None:
    browser = Browser(site)
    browser.sends("X-Forwarded-Prefix", "/evil")
    assert "/evil" not in browser.ask("/stemhulp/nl/")
