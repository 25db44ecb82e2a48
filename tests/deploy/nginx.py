"""App hosts behind the nginx that ships, and browsers that ask them.

The configuration is the shipped file; only addresses, ports and paths are those of the test.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

from quiz.classroom.database import Database
from tests.processes import until_up

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
KEY = "a-key-that-the-two-hosts-of-a-test-share"
TRUSTING = ssl._create_unverified_context()  # the test's own certificate


@dataclass
class Site:
    address: str
    hosts: list[tuple[str, subprocess.Popen[bytes]]]
    metrics: list[str]
    log: Path

    def counted(self, page: str) -> int:
        """Return how many requests for this page have reached the running app hosts."""
        total = 0
        for address, (_, process) in zip(self.metrics, self.hosts, strict=True):
            if process.poll() is None:
                with urllib.request.urlopen(f"http://{address}/metrics", timeout=30) as response:
                    rows = re.findall(
                        rf'^quiz_requests_total{{.*page="{page}".*}} (\S+)$',
                        response.read().decode(), re.MULTILINE,
                    )  # fmt: skip
                total += round(sum(map(float, rows)))
        return total


class Browser:
    """A browser without scripts: it keeps cookies, follows redirects and sends forms."""

    def __init__(self, site: Site) -> None:
        self.site, self.jar = site, CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=TRUSTING),
            urllib.request.HTTPCookieProcessor(self.jar),
        )

    def sends(self, name: str, value: str) -> None:
        """Send this header with every request."""
        self._opener.addheaders.append((name, value))

    def ask(self, path: str, **form: str) -> str:
        data = urlencode(form).encode() if form else None
        with self._opener.open(self.site.address + path, data, timeout=15) as response:
            assert response.headers["Strict-Transport-Security"]
            return str(response.read().decode())


def port_on(address: str) -> int:
    with socket.socket() as probe:
        probe.bind((address, 0))
        return int(probe.getsockname()[1])


def configured(folder: Path, port: int, hosts: list[str], plain: int = 0) -> Path:
    """Return a main file that includes the shipped one, with the test's addresses and paths."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    alone = "    server 127.0.0.1:8000 max_fails=0;\n"
    servers = "".join(f"    server {host} max_fails=1 fail_timeout=3s;\n" for host in hosts)
    if len(hosts) == 1:
        servers = 3 * alone.replace("127.0.0.1:8000", hosts[0])
    for shipped, here in (
        (3 * alone, servers),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"),
        ("listen [::]:443 ssl http2;", ""),
        ("listen 80;", f"listen 127.0.0.1:{plain or port_on('127.0.0.1')};"),
        ("listen [::]:80;", ""),
        ("/etc/ssl/standpunt.pem", str(folder / "cert.pem")),
        ("/etc/ssl/standpunt.key", str(folder / "key.pem")),
        ("/var/lib/nginx/standpunt", str(folder / "cache")),
        ("/var/log/nginx/standpunt.log", str(folder / "error.log")),
    ):
        assert text.count(shipped) == 1 + ("/log/" in shipped), shipped
        text = text.replace(shipped, here)
    (folder / "standpunt.conf").write_text(text, encoding="utf-8")
    main = folder / "nginx.conf"
    user = "user root;\n" if os.geteuid() == 0 else ""
    main.write_text(
        f"{user}pid {folder}/pid;\nerror_log {folder}/error.log crit;\nevents {{}}\n"
        f"http {{\n  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;\n"
        f"  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        f"  include {folder}/standpunt.conf;\n}}\n"
    )
    return main


def started_host(
    content: Path, address: str, port: int, database: Database, counts: str, project: Path = ROOT
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "quiz", "serve", "--content", str(content), "--host", address,
         "--port", str(port), "--workers", "1", "--no-watch"],
        cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=os.environ | {"DATABASE_URL": database.url, "QUIZ_ENV": "production",
                          "QUIZ_SECRET_KEY": KEY, "QUIZ_PROXIES": "1", "QUIZ_METRICS": counts,
                          "QUIZ_STATE": str(content.parent / f"state-{port}")},
    )  # fmt: skip


@contextmanager
def proxied(
    folder: Path, hosts: list[tuple[str, subprocess.Popen[bytes]]], metrics: Sequence[str] = ()
) -> Iterator[Site]:
    """Run nginx, as it ships, in front of hosts."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    assert Path(nginx).exists(), "nginx is needed: sudo apt-get install nginx"
    port = port_on("127.0.0.1")
    main = configured(folder, port, [host for host, _ in hosts])
    proxy = subprocess.Popen(
        [nginx, "-p", str(folder), "-c", str(main), "-g", "daemon off;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"https://127.0.0.1:{port}"
    try:
        until_up(f"{address}/healthz", proxy, context=TRUSTING)
        yield Site(address, hosts, list(metrics), folder / "error.log")
    finally:
        proxy.terminate()
        proxy.wait(timeout=20)


def status(browser: Browser, path: str, **form: str) -> int:
    try:
        browser.ask(path, **form)
    except HTTPError as refused:
        return refused.code
    return 200


def opened(board: Browser, **form: str) -> str:
    page = board.ask("/nl/class", **({"way": "together", "length": "all"} | form))
    code = re.search(r'board-code">\s*([0-9A-Z]{3} [0-9A-Z]{4})', page)
    assert code
    board.ask("/nl/class/board", action="begin")
    return code[1]
