"""The shipped nginx configuration and systemd units, run and verified: two app hosts, one
PostgreSQL.

The configuration is the shipped file; only addresses, ports and paths are those of the test.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import IncompleteRead
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest

from quiz.classroom.database import Database
from tests.classroom.conftest import postgres, postgresql  # noqa: F401  # fixtures of this module
from tests.processes import gone, replace_workers, until_up, workers

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
                with urllib.request.urlopen(f"http://{address}/metrics", timeout=5) as response:
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


def configured(folder: Path, port: int, hosts: list[str]) -> Path:
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
        servers = 2 * alone.replace("127.0.0.1:8000", hosts[0])
    for shipped, here in (
        (2 * alone, servers),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"),
        ("listen [::]:443 ssl http2;", ""),
        ("listen 80;", f"listen 127.0.0.1:{port_on('127.0.0.1')};"),
        ("listen [::]:80;", ""),
        ("/etc/ssl/standpunt.pem", str(folder / "cert.pem")),
        ("/etc/ssl/standpunt.key", str(folder / "key.pem")),
        ("/var/lib/nginx/standpunt", str(folder / "cache")),
        ("/var/log/nginx/standpunt.log", str(folder / "error.log")),
    ):
        assert text.count(shipped) == 1, shipped
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


@pytest.fixture
def site(postgresql: Database, content_folder: Path, tmp_path: Path) -> Iterator[Site]:  # noqa: F811
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    assert Path(nginx).exists(), "nginx is needed: sudo apt-get install nginx"
    hosts, metrics, started = [], [], []
    for address in ("127.0.0.1", "127.0.0.2"):
        port, counts = port_on(address), f"{address}:{port_on(address)}"
        process = started_host(content_folder, address, port, postgresql, counts)
        hosts.append((f"{address}:{port}", process))
        metrics.append(counts)
        started.append(process)
    port = port_on("127.0.0.1")
    folder = Path("/tmp") / f"standpunt-nginx-{port}"
    folder.mkdir()
    try:
        for host, process in hosts:
            until_up(f"http://{host}/healthz", process, context=TRUSTING)
        main = configured(folder, port, [host for host, _ in hosts])
        proxy = subprocess.Popen(
            [nginx, "-p", str(folder), "-c", str(main), "-g", "daemon off;"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        started.append(proxy)
        address = f"https://127.0.0.1:{port}"
        until_up(f"{address}/healthz", proxy, context=TRUSTING)
        yield Site(address, hosts, metrics, folder / "error.log")
    finally:
        for process in reversed(started):
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


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


def test_a_class_goes_on_while_one_host_is_killed(site: Site) -> None:
    board, pupils = Browser(site), [Browser(site) for _ in range(20)]
    code = opened(board)
    for pupil in pupils:
        pupil.ask("/nl/class/join", code=code)
    assert all(cookie.secure for cookie in pupils[0].jar)

    def send(number: int) -> bool:
        if number == 7:
            gone(site.hosts[1][1])  # in the middle of it
        body = {"answer.leave-microsoft": "agree" if number % 2 else "disagree", "action": "send"}
        return "Verstuurd:" in pupils[number].ask("/nl/class/seat", **body)

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(send, range(20)))
    assert site.hosts[1][1].poll() is not None or site.hosts[1][1].wait(5)
    assert "<b data-answered>20</b>" in board.ask("/nl/class/board")
    page = board.ask("/nl/class/board", action="close")
    assert re.findall(r'class="number">(\d+)<', page) == ["10", "0", "10"]
    assert "Je uitkomst" in pupils[0].ask("/nl/result", **{"answer.leave-microsoft": "agree"})
    written = site.log.read_text() if site.log.exists() else ""
    assert code.replace(" ", "") not in written


def test_what_is_the_same_for_everybody_is_answered_by_the_cache(site: Site) -> None:
    board, phones = Browser(site), [Browser(site) for _ in range(10)]
    opened(board)
    page = board.ask("/nl/class/board")
    address = re.search(r'data-state="([^"]+)"', page)
    assert address
    before = site.counted("classroom.state")
    start = time.monotonic()
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda phone: [phone.ask(address[1]) for _ in range(30)], phones))
    passed = time.monotonic() - start
    assert site.counted("classroom.state") - before <= 2 * passed + 2  # of 300
    before = site.counted("voter.quiz")
    for phone in phones:
        phone.ask("/nl/quiz")
    assert site.counted("voter.quiz") - before <= 1
    before = site.counted("voter.result")
    for phone in phones:  # the control: a result is nobody else's
        phone.ask("/nl/result", **{"answer.leave-microsoft": "agree"})
    assert site.counted("voter.result") - before == 10


@contextmanager
def proxied(folder: Path, hosts: list[tuple[str, subprocess.Popen[bytes]]]) -> Iterator[Site]:
    """Run another nginx in front of other hosts."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    port = port_on("127.0.0.1")
    main = configured(folder, port, [host for host, _ in hosts])
    proxy = subprocess.Popen([nginx, "-p", str(folder), "-c", str(main), "-g", "daemon off;"])
    try:
        until_up(f"https://127.0.0.1:{port}/healthz", proxy, context=TRUSTING)
        yield Site(f"https://127.0.0.1:{port}", hosts, [], folder / "error.log")
    finally:
        proxy.terminate()
        proxy.wait(timeout=10)


def test_a_restart_of_one_host_alone_fails_no_request(site: Site, tmp_path: Path) -> None:
    process, reloaded = site.hosts[0][1], threading.Event()

    def ask(alone: Site) -> int:
        voter, requests = Browser(alone), 0
        while requests < 10 or not reloaded.is_set():
            assert "Je uitkomst" in voter.ask("/nl/result", **{"answer.leave-microsoft": "agree"})
            requests += 1
        return requests

    with proxied(tmp_path, site.hosts[:1]) as alone, ThreadPoolExecutor(6) as pool:
        requests = pool.map(ask, [alone] * 6)
        try:
            for _ in range(2):
                replace_workers(process)
        finally:
            reloaded.set()
        assert min(requests) >= 10


def test_hosts_that_take_another_release_one_by_one_style_every_page(
    site: Site,
    content_folder: Path,
    tmp_path: Path,
    postgresql: Database,  # noqa: F811
) -> None:
    """Only the hosts with a page's release have its style sheet."""
    project, port = tmp_path / "project", port_on("127.0.0.3")
    for part in ("quiz", "templates"):
        shutil.copytree(ROOT / part, project / part)
    with (project / "quiz/web/static/standpunt.css").open("a") as style:
        style.write("/* the next release */")
    counts = f"127.0.0.3:{port_on('127.0.0.3')}"
    process = started_host(content_folder, "127.0.0.3", port, postgresql, counts, project)
    try:
        until_up(f"http://127.0.0.3:{port}/healthz", process, context=TRUSTING)
        with proxied(tmp_path, [site.hosts[0], (f"127.0.0.3:{port}", process)]) as both:
            voter, styles = Browser(both), set()
            for number in range(20):
                page = voter.ask(f"/nl/quiz?{number}")  # not from the cache
                address = re.search(r"/static/[0-9a-f]+/standpunt\.css", page)
                assert address
                styles.add(address[0])
                for turn in range(1 + number % 2):  # so that either host's turn comes
                    assert "body" in voter.ask(f"{address[0]}?{number}.{turn}")
            assert len(styles) == 2  # the control: both releases made pages
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_a_worker_killed_or_stopped_costs_no_voter_an_answer(
    site: Site, blow: signal.Signals
) -> None:
    """A visitor whose page breaks off when its worker is killed asks again: a reload works."""
    (worker,) = workers(site.hosts[1][1])

    def ask(number: int) -> bool:
        if number == 5:
            os.kill(worker, blow)
        voter, form = Browser(site), {"answer.leave-microsoft": "agree"}
        try:
            page = voter.ask("/nl/result", **form)
        except (IncompleteRead, OSError):
            page = voter.ask("/nl/result", **form)
        return "Je uitkomst" in page

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(ask, range(60)))
    if blow == signal.SIGSTOP:  # the control: it does not answer
        with pytest.raises(OSError, match="timed out"):
            urllib.request.urlopen(f"http://{site.hosts[1][0]}/healthz", timeout=1)
        os.kill(worker, signal.SIGCONT)
    else:
        assert worker not in workers(site.hosts[1][1])  # the control: it is another by now
    until_up(
        f"http://{site.hosts[1][0]}/healthz", site.hosts[1][1], context=TRUSTING
    )  # recovers by itself


def test_with_all_hosts_gone_the_statements_still_stand(site: Site) -> None:
    reader = Browser(site)
    reader.ask("/nl/statements")
    with urllib.request.urlopen(f"http://{site.hosts[0][0]}/nl/statements", timeout=5) as page:
        fresh = re.search(r"s-maxage=(\d+)", page.headers["Cache-Control"])
    assert fresh
    for _, process in site.hosts:
        gone(process)
    time.sleep(int(fresh[1]) + 1)  # until what is kept is no longer fresh, whatever time that is
    with pytest.raises(HTTPError, match="502"):  # the control: nobody is there to make a page
        reader.ask("/nl/parties")
    for _ in range(3):
        assert "De overheid moet stoppen met Microsoft." in reader.ask("/nl/statements")


def test_one_address_opens_many_classes_and_not_thousands(site: Site) -> None:
    board = Browser(site)
    for _ in range(60):  # a school's, at once
        opened(board)
    sent = {"way": "together", "length": "all"}
    assert 429 in {status(board, "/nl/class", **sent) for _ in range(10)}
    for _ in range(100):  # the control: this is told of opening alone
        assert "Je uitkomst" in board.ask("/nl/result", **{"answer.leave-microsoft": "agree"})


def test_a_mended_page_is_out_when_what_is_kept_is_no_longer_fresh(
    site: Site, content_folder: Path, tmp_path: Path
) -> None:
    """Also where nobody has asked for it since: the first who does gets the new one."""
    process = site.hosts[0][1]
    reader = Browser(site)
    with proxied(tmp_path, site.hosts[:1]) as alone:
        reader = Browser(alone)
        assert "moet stoppen met Microsoft" in reader.ask("/nl/statements")
        path = content_folder / "statements.yaml"
        path.write_text(path.read_text().replace("moet stoppen met", "moet weg van"))
        replace_workers(process)  # these hosts do not watch
        with urllib.request.urlopen(f"http://{site.hosts[0][0]}/nl/statements", timeout=5) as page:
            fresh = re.search(r"s-maxage=(\d+)", page.headers["Cache-Control"])
            assert "moet weg van Microsoft" in page.read().decode()
        assert fresh
        assert int(fresh[1]) <= 8  # ten seconds without the two in which a change is seen
        time.sleep(int(fresh[1]) + 0.5)  # until it is no longer fresh, and nobody asks meanwhile
        assert "moet weg van Microsoft" in reader.ask("/nl/statements")


FRESH_DEBIAN = r"""
set -e
ip link set lo up
for place in /etc/ssl /etc/nginx/conf.d /var/cache /var/lib/nginx /run; do mount -t tmpfs none "$place"; done
cp cert.pem /etc/ssl/standpunt.pem
cp key.pem /etc/ssl/standpunt.key
cp standpunt.conf /etc/nginx/conf.d/
nginx
for site in "https://[::1]/" "https://127.0.0.1/" "http://[::1]/" "http://127.0.0.1/"; do
  curl -sk -o /dev/null -D - -H "Host: quiz.example.org" -w "%{http_version} $site\n" "$site"
done
nginx -s stop
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="a machine of its own for nginx needs root")
def test_the_shipped_configuration_starts_on_a_fresh_debian_as_it_is(tmp_path: Path) -> None:
    """In the places of Debian's package, emptied, with the main file that the package brings."""
    configured(tmp_path, port_on("127.0.0.1"), ["127.0.0.1:8000"])  # for its certificate alone
    shutil.copy(DEPLOY / "nginx.conf", tmp_path / "standpunt.conf")
    ended = subprocess.run(
        ["unshare", "--mount", "--net", "bash", "-c", FRESH_DEBIAN],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.count("502") == 2  # no app runs there
    assert ended.stdout.count("308") == 2
    assert "2 https://[::1]/" in ended.stdout
    assert not re.search(r"(?i)^server: nginx/", ended.stdout, re.MULTILINE)


@pytest.mark.parametrize("unit", ["standpunt.service", "standpunt-expire.service"])
def test_the_units_give_away_little(unit: str) -> None:
    ended = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=25", str(DEPLOY / unit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout[-300:]


@pytest.mark.parametrize("unit", sorted(path.name for path in DEPLOY.glob("*.[st][ei][rm]*")))
def test_the_units_verify(unit: str) -> None:
    program = shutil.which("systemd-analyze")
    assert program, "systemd-analyze is needed: sudo apt-get install systemd"
    ended = subprocess.run(
        [program, "verify", "--man=no", str(DEPLOY / unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert unit not in ended.stderr


def runs_where_the_unit_may_read() -> bool:
    """Whether systemd runs, and this folder is none that ``ProtectHome`` and ``PrivateTmp`` hide."""
    hidden = {"home", "root", "tmp"} & {ROOT.parts[1], Path(sys.base_prefix).parts[1]}
    return os.geteuid() == 0 and Path("/run/systemd/system").exists() and not hidden


@pytest.mark.skipif(not runs_where_the_unit_may_read(), reason="systemd does not run here")
@pytest.mark.parametrize("unit", ["standpunt.service", "standpunt-expire.service"])
def test_the_service_runs_as_the_unit_has_it(unit: str) -> None:
    """The shipped unit, with another name, address and key."""
    port, name = port_on("127.0.0.1"), "standpunt-of-a-test"
    settings = Path(f"/run/{name}.env")
    settings.write_text(f"QUIZ_SECRET_KEY={KEY}\n")
    text = (DEPLOY / unit).read_text(encoding="utf-8")
    for shipped, here in (
        ("/opt/standpunt/.venv/bin/python", sys.executable),
        ("WorkingDirectory=/opt/standpunt", f"WorkingDirectory={ROOT}"),
        ("/etc/standpunt.env", str(settings)),
        ("--port 8000", f"--port {port}"),
        ("User=standpunt", f"User={name}"),
        ("StateDirectory=standpunt", f"StateDirectory={name}"),
        ("/var/lib/standpunt", f"/var/lib/{name}"),
    ):
        text = text.replace(shipped, here)
    file = Path(f"/run/systemd/system/{name}.service")
    file.write_text(text)

    def told(*words: str) -> str:
        command = ["systemctl", *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    try:
        told("daemon-reload")
        told("start", f"{name}.service")
        if unit == "standpunt.service":
            pid = int(told("show", "-p", "MainPID", "--value", f"{name}.service"))
            deadline = time.monotonic() + 60
            while '"database":"up"' not in health(port):
                assert time.monotonic() < deadline
                assert Path(f"/proc/{pid}").exists()  # the control: it is still the first one
                time.sleep(0.1)
        else:
            assert told("show", "-p", "Result", "--value", f"{name}.service") == "success\n"
    finally:
        told("stop", f"{name}.service")
        told("clean", "--what=state", f"{name}.service")
        file.unlink()
        settings.unlink()
        told("daemon-reload")


def health(port: int) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as page:
            return str(page.read().decode())
    except OSError:
        return ""
