"""What ships for Debian: nginx's configuration started as it is, and the systemd units."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.deploy.nginx import DEPLOY, KEY, ROOT, configured, port_on

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
