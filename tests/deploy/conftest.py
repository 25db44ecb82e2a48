"""Two app hosts on one PostgreSQL, behind the nginx that ships."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from quiz.classroom.database import Database
from tests.classroom.conftest import postgres, postgresql  # noqa: F401  # fixtures of this folder
from tests.deploy.nginx import TRUSTING, Site, port_on, proxied, started_host
from tests.processes import until_up


@pytest.fixture
def site(postgresql: Database, content_folder: Path) -> Iterator[Site]:  # noqa: F811
    """Start the hosts, and nginx in a folder that its workers may enter, whoever they are."""
    hosts, metrics = [], []
    folder = Path("/tmp") / f"standpunt-nginx-{port_on('127.0.0.1')}"
    folder.mkdir()
    try:
        for address in ("127.0.0.1", "127.0.0.2"):
            port, counts = port_on(address), f"{address}:{port_on(address)}"
            process = started_host(content_folder, address, port, postgresql, counts)
            hosts.append((f"{address}:{port}", process))
            metrics.append(counts)
        for host, process in hosts:
            until_up(f"http://{host}/healthz", process, context=TRUSTING)
        with proxied(folder, hosts, metrics) as site:
            yield site
    finally:
        for _, process in hosts:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)
